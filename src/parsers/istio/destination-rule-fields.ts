import type { Affects, Diagnostic, Report } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import type { SourceObject } from '../../ir/model.ts';
import type { FieldPlace, FieldTable } from '../field-table.ts';
import type { SpecObject } from '../source-object.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import { readInto } from './field-reading.ts';
import { completeHost } from './hosts.ts';
import type {
  DestinationRuleSpec,
  LoadBalancerInput,
  PortTrafficPolicyInput,
  SubsetInput,
  TrafficPolicyInput,
} from './types.ts';

/** A part of a traffic policy that is reported once a converted route leads to its host. */
export interface PolicyLoss {
  /** The subset that it belongs to; absent = all endpoints of the host. */
  readonly subset?: string;
  readonly toDiagnostic: (host: string, affects: Affects) => Diagnostic;
}

export interface DestinationRuleDraft {
  readonly source: SourceObject;
  readonly namespace: string;
  /** Completed; may be a wildcard. */
  host: string;
  exportTo: readonly string[];
  selector?: Readonly<Record<string, string>>;
  readonly subsets: Map<string, Readonly<Record<string, string>>>;
  readonly losses: PolicyLoss[];
}

interface PolicyDraft {
  readonly losses: PolicyLoss[];
  readonly subset?: string;
}

function addLoss(draft: PolicyDraft, toDiagnostic: PolicyLoss['toDiagnostic']): void {
  draft.losses.push(draft.subset === undefined ? { toDiagnostic } : { subset: draft.subset, toDiagnostic });
}

const behaviour = (field: string) => ({
  read: (_: object, draft: PolicyDraft, { origin }: FieldPlace) =>
    addLoss(draft, (host) => d['backend-behaviour-lost']({ field, host }, origin)),
  note: 'reported for hosts that a converted route leads to',
});

const tunnelled = (field: string) => ({
  read: (_: object, draft: PolicyDraft, { origin }: FieldPlace) =>
    addLoss(draft, (host, affects) => d['backend-tunnel-lost']({ field, host }, origin, { affects })),
  note: 'reported for hosts that a converted route leads to',
});

/** What holds for one port. */
export const portTrafficPolicyTable: FieldTable<PortTrafficPolicyInput, PolicyDraft> = {
  port: { ignore: 'its settings are reported one by one, at their own places' },
  connectionPool: behaviour('connectionPool'),
  outlierDetection: behaviour('outlierDetection'),
  loadBalancer: {
    read: (value: LoadBalancerInput, draft, { origin }) => {
      const field = value.consistentHash ? 'loadBalancer.consistentHash' : 'loadBalancer';
      addLoss(draft, (host) => d['backend-behaviour-lost']({ field, host }, origin));
    },
    note: 'reported for hosts that a converted route leads to',
  },
  tls: {
    read: ({ mode = 'DISABLE' }, draft, { origin }) => {
      const isMesh = mode === 'ISTIO_MUTUAL' || mode === 'DISABLE';
      const code = isMesh ? 'backend-mesh-tls' : 'backend-tls-not-carried';
      addLoss(draft, (host, affects) =>
        d[code]({ host, mode }, origin, { affects: isMesh ? { kind: 'none' } : affects }),
      );
    },
    note: 'reported for hosts that a converted route leads to',
  },
};

const { connectionPool, outlierDetection, loadBalancer, tls } = portTrafficPolicyTable;

/** `trafficPolicy` of a rule or of a subset. */
export const trafficPolicyTable: FieldTable<TrafficPolicyInput, PolicyDraft> = {
  connectionPool,
  outlierDetection,
  loadBalancer,
  tls,
  retryBudget: behaviour('retryBudget'),
  proxyProtocol: tunnelled('proxyProtocol'),
  tunnel: tunnelled('tunnel'),
  portLevelSettings: {
    read: (value, draft, { origin, report }) => {
      for (const [index, settings] of value.entries()) {
        readInto(settings, portTrafficPolicyTable, draft, { origin: origin.at(index), report });
      }
    },
  },
};

interface SubsetDraft {
  name: string;
  labels: Readonly<Record<string, string>>;
  policy?: { readonly input: TrafficPolicyInput; readonly origin: Origin };
}

/** One entry of `subsets`. */
export const subsetTable: FieldTable<SubsetInput, SubsetDraft> = {
  name: {
    read: (value, draft) => {
      draft.name = value;
    },
  },
  labels: {
    read: (value, draft) => {
      draft.labels = value;
    },
  },
  trafficPolicy: {
    read: (input, draft, { origin }) => {
      draft.policy = { input, origin };
    },
  },
};

/** `spec` of a DestinationRule. */
export const destinationRuleTable: FieldTable<DestinationRuleSpec, DestinationRuleDraft> = {
  host: { read: () => undefined, note: 'read before the other fields' },
  exportTo: {
    read: (value, draft) => {
      draft.exportTo = value;
    },
  },
  workloadSelector: {
    read: ({ matchLabels }, draft) => {
      if (matchLabels !== undefined && Object.keys(matchLabels).length > 0) draft.selector = matchLabels;
    },
  },
  trafficPolicy: {
    read: (value, draft, place) => {
      readInto(value, trafficPolicyTable, { losses: draft.losses }, place);
    },
  },
  subsets: {
    read: (value, draft, { origin, report }) => {
      for (const [index, input] of value.entries()) {
        const place = { origin: origin.at(index), report };
        const subset = readInto<SubsetInput, SubsetDraft>(input, subsetTable, { name: '', labels: {} }, place);
        // Istio takes the first of two subsets with one name.
        if (!draft.subsets.has(subset.name)) draft.subsets.set(subset.name, subset.labels);
        if (subset.policy === undefined) continue;
        const policyPlace = { origin: subset.policy.origin, report };
        const losses = { losses: draft.losses, subset: subset.name };
        readInto(subset.policy.input, trafficPolicyTable, losses, policyPlace);
      }
    },
  },
};

/** Reads a DestinationRule; its losses are reported by who knows which hosts routes lead to. */
export function readDestinationRule(
  { source, namespace, spec }: SpecObject<DestinationRuleSpec>,
  clusterDomain: string,
  report: Report,
): DestinationRuleDraft {
  const host = completeHost(spec.host ?? '', namespace, clusterDomain);
  const draft: DestinationRuleDraft = { source, namespace, host, exportTo: [], subsets: new Map(), losses: [] };
  return readInto(spec, destinationRuleTable, draft, { origin: source.origin.at('spec'), report });
}
