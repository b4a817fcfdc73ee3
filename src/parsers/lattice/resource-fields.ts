import { type FieldPlace, type FieldTable, readList } from '../field-table.ts';
import type { DocumentDraft, GroupDraft, ListenerDraft, RuleDraft, ServiceDraft } from './draft.ts';
import { matchTable, readInto } from './match-fields.ts';
import type {
  AssociationInput,
  DocumentInput,
  ExternalGroupInput,
  GroupInput,
  ListenerInput,
  NetworkInput,
  OriginInput,
  ResourceInput,
  RuleInput,
  ServiceInput,
} from './types.ts';

const KIND = { ignore: 'decides which table the resource is read by' } as const;
const ACCESS = { ignore: 'who may call; a request is followed as if it may' } as const;
const IN_ACCOUNT = { ignore: 'where the resources are, not what they route' } as const;

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

export const networkTable: FieldTable<NetworkInput, DocumentDraft> = {
  kind: KIND,
  name: { ignore: 'services name it in their associations' },
  arn: IN_ACCOUNT,
  create: IN_ACCOUNT,
  authType: ACCESS,
  sharing: IN_ACCOUNT,
};

export const documentTable: FieldTable<DocumentInput, DocumentDraft> = {
  kind: KIND,
  stack: {
    read: (value, draft) => {
      draft.stack = value;
    },
  },
  region: IN_ACCOUNT,
  account: IN_ACCOUNT,
  tags: IN_ACCOUNT,
  resources: {
    read: (value, draft, place) => {
      readList(value, place, (one, at) => readResource(one, draft, at));
    },
  },
};

function readResource(input: ResourceInput, draft: DocumentDraft, place: FieldPlace): void {
  const { origin } = place;
  const nothing = { origin, input: {} };
  switch (input.kind) {
    case 'Service': {
      const empty: ServiceDraft = { origin, name: '', domain: undefined, serves: [] };
      draft.services.push(readInto(input, serviceTable, empty, place));
      return;
    }
    case 'Listener': {
      const empty: ListenerDraft = { origin, name: '', service: '', protocol: 'HTTP', port: 80, action: nothing };
      draft.listeners.push(readInto(input, listenerTable, empty, place));
      return;
    }
    case 'Rule': {
      const match = { origin: origin.at('match'), method: undefined, path: undefined, headers: [] };
      const empty: RuleDraft = { origin, name: '', service: '', listener: '', priority: 0, match, action: nothing };
      draft.rules.push(readInto(input, ruleTable, empty, place));
      return;
    }
    case 'TargetGroup':
    case 'ExternalTargetGroup': {
      const empty: GroupDraft = { origin, name: '', port: undefined, backend: undefined, kind: 'Service', labels: {} };
      const group =
        input.kind === 'TargetGroup'
          ? readInto(input, groupTable, empty, place)
          : readInto(input, externalGroupTable, empty, place);
      draft.groups.set(group.name, group);
      return;
    }
    case 'ServiceNetworkServiceAssociation': {
      const { service, network } = readInto(input, associationTable, { ...draft, service: '', network: '' }, place);
      draft.networks.set(service, network);
      return;
    }
    case 'ServiceNetwork':
      readInto(input, networkTable, draft, place);
      return;
    default:
      // VPC associations, policies and logs change no route.
      return;
  }
}
