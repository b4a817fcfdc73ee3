import { type FieldPlace, type FieldTable, readList } from '../field-table.ts';
import type { DocumentDraft, GroupDraft, ListenerDraft, PolicyDraft, RuleDraft, ServiceDraft } from './draft.ts';
import { readInto } from './match-fields.ts';
import {
  associationTable,
  externalGroupTable,
  groupTable,
  IN_ACCOUNT,
  KIND,
  listenerTable,
  networkTable,
  policyTable,
  ruleTable,
  serviceTable,
} from './resource-fields.ts';
import type { DocumentInput, ResourceInput } from './types.ts';

/** The document: its resources, each by the table of its kind. */
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
      const empty: ServiceDraft = { origin, name: '', domain: undefined, certificateArn: undefined, serves: [] };
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
    case 'AuthPolicy': {
      const empty: PolicyDraft = { origin, of: 'Service', name: '' };
      draft.policies.push(readInto(input, policyTable, empty, place));
      return;
    }
    case 'ServiceNetwork':
      readInto(input, networkTable, draft, place);
      return;
    default:
      // VPC associations and logs change no route.
      return;
  }
}
