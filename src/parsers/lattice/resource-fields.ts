import type { FieldTable } from '../field-table.ts';
import type { DocumentDraft, GroupDraft, ListenerDraft, PolicyDraft, RuleDraft, ServiceDraft } from './draft.ts';
import { matchTable, readInto } from './match-fields.ts';
import type {
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
/** What names a place and no route. */
export const IN_ACCOUNT = { ignore: 'where the resources are, not what they route' } as const;

export const serviceTable: FieldTable<ServiceInput, ServiceDraft> = {
  kind: KIND,
  name: {
    read: (value, draft) => {
      draft.name = value;
    },
  },
  customDomainName: {
    read: (value, draft) => {
      draft.domain = value.toLowerCase();
    },
  },
  certificateArn: { ignore: 'what the listener shows to clients, not where requests go' },
  authType: ACCESS,
  origin: {
    read: ({ serves = [] }, draft) => {
      draft.serves = serves;
    },
    note: 'which hosts of the source it serves',
  },
};

export const listenerTable: FieldTable<ListenerInput, ListenerDraft> = {
  kind: KIND,
  name: {
    read: (value, draft) => {
      draft.name = value;
    },
  },
  service: {
    read: (value, draft) => {
      draft.service = value;
    },
  },
  protocol: {
    read: (value, draft) => {
      draft.protocol = value;
    },
  },
  port: {
    read: (value, draft) => {
      draft.port = value;
    },
  },
  defaultAction: {
    read: (input, draft, { origin }) => {
      draft.action = { origin, input };
    },
  },
};

export const ruleTable: FieldTable<RuleInput, RuleDraft> = {
  kind: KIND,
  name: {
    read: (value, draft) => {
      draft.name = value;
    },
  },
  service: {
    read: (value, draft) => {
      draft.service = value;
    },
  },
  listener: {
    read: (value, draft) => {
      draft.listener = value;
    },
  },
  priority: {
    read: (value, draft) => {
      draft.priority = value;
    },
    note: 'the lowest number is tried first',
  },
  match: {
    read: ({ httpMatch }, draft, { origin, report }) => {
      readInto(httpMatch, matchTable, draft.match, { origin: origin.at('httpMatch'), report });
    },
  },
  action: {
    read: (input, draft, { origin }) => {
      draft.action = { origin, input };
    },
  },
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
  name: {
    read: (value, draft) => {
      draft.name = value;
    },
  },
  type: { ignore: 'how targets are reached' },
  config: { ignore: 'how targets are reached and checked' },
  targets: { ignore: 'the group is told apart by its name and the backend that it stands for' },
  origin: originField,
};

export const externalGroupTable: FieldTable<ExternalGroupInput, GroupDraft> = {
  kind: KIND,
  name: {
    read: (value, draft) => {
      draft.name = value;
    },
  },
  arn: { ignore: 'the group is told apart by its name and the backend that it stands for' },
  serviceExport: { ignore: 'the group is told apart by its name and the backend that it stands for' },
  port: { ignore: 'the group is told apart by its name and the backend that it stands for' },
  origin: originField,
};

export const associationTable: FieldTable<AssociationInput, DocumentDraft & { service: string; network: string }> = {
  kind: KIND,
  name: { ignore: 'made of the two names that it joins' },
  service: {
    read: (value, draft) => {
      draft.service = value;
    },
  },
  serviceNetwork: {
    read: (value, draft) => {
      draft.network = value;
    },
  },
};

export const policyTable: FieldTable<PolicyInput, PolicyDraft> = {
  kind: KIND,
  name: {
    read: (value, draft) => {
      draft.name = value;
    },
  },
  of: {
    read: (value, draft) => {
      draft.of = value;
    },
  },
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
