import type { FieldPlace, FieldTable } from '../field-table.ts';
import type {
  ActionDraft,
  DocumentDraft,
  GroupDraft,
  ListenerDraft,
  PolicyDraft,
  RuleDraft,
  ServiceDraft,
} from './draft.ts';
import { into } from './into.ts';
import { matchTable, readInto } from './match-fields.ts';
import type {
  ActionInput,
  AssociationInput,
  ExternalGroupInput,
  GroupInput,
  ListenerInput,
  NetworkInput,
  OriginInput,
  PolicyInput,
  RuleInput,
  ServiceInput,
} from './types.ts';

/** The kind of a resource, in every table. */
export const KIND = { ignore: 'decides which table the resource is read by' } as const;
const ACCESS = { ignore: 'who may call; a request is followed as if it may' } as const;
const TOLD_APART = { ignore: 'the group is told apart by its name and the backend that it stands for' } as const;
/** What names a place and no route. */
export const IN_ACCOUNT = { ignore: 'where the resources are, not what they route' } as const;

const action = {
  read: (input: ActionInput, draft: { action: ActionDraft }, { origin }: FieldPlace) => {
    draft.action = { origin, input };
  },
};

export const serviceTable: FieldTable<ServiceInput, ServiceDraft> = {
  kind: KIND,
  name: into('name'),
  customDomainName: {
    read: (value, draft) => {
      draft.domain = value.toLowerCase();
    },
  },
  certificateArn: into('certificateArn'),
  authType: ACCESS,
  idleTimeoutSeconds: { ignore: 'how long a silent connection stays open, not where requests go' },
  origin: {
    read: ({ serves = [] }, draft) => {
      draft.serves = serves;
    },
    note: 'which hosts of the source it serves',
  },
};

export const listenerTable: FieldTable<ListenerInput, ListenerDraft> = {
  kind: KIND,
  name: into('name'),
  service: into('service'),
  protocol: into('protocol'),
  port: into('port'),
  defaultAction: action,
};

export const ruleTable: FieldTable<RuleInput, RuleDraft> = {
  kind: KIND,
  name: into('name'),
  service: into('service'),
  listener: into('listener'),
  priority: into('priority', 'the lowest number is tried first'),
  match: {
    read: ({ httpMatch }, draft, { origin, report }) => {
      readInto(httpMatch, matchTable, draft.match, { origin: origin.at('httpMatch'), report });
    },
  },
  action,
};

const originField = {
  read: ({ backend, kind = 'Service', labels = {} }: OriginInput, draft: GroupDraft) => {
    draft.backend = backend;
    draft.kind = kind;
    draft.labels = labels;
  },
  note: 'the backend that the group stands for',
};

export const groupTable: FieldTable<GroupInput, GroupDraft> = {
  kind: KIND,
  name: into('name'),
  type: { ignore: 'how targets are reached' },
  config: { ignore: 'how targets are reached and checked' },
  targets: TOLD_APART,
  lambdaEventStructureVersion: { ignore: 'what a function is told, not where requests go' },
  origin: originField,
};

export const externalGroupTable: FieldTable<ExternalGroupInput, GroupDraft> = {
  kind: KIND,
  name: into('name'),
  arn: TOLD_APART,
  serviceExport: TOLD_APART,
  port: TOLD_APART,
  origin: originField,
};

export const associationTable: FieldTable<AssociationInput, DocumentDraft & { service: string; network: string }> = {
  kind: KIND,
  name: { ignore: 'made of the two names that it joins' },
  service: into('service'),
  serviceNetwork: into('network'),
};

export const policyTable: FieldTable<PolicyInput, PolicyDraft> = {
  kind: KIND,
  name: into('name'),
  of: into('of'),
  policy: { ignore: 'not evaluated; a finding names it, and comparing two documents compares its text' },
};

export const networkTable: FieldTable<NetworkInput, DocumentDraft> = {
  kind: KIND,
  name: { ignore: 'services name it in their associations' },
  arn: IN_ACCOUNT,
  create: IN_ACCOUNT,
  authType: ACCESS,
  sharing: IN_ACCOUNT,
};
