import type { Affects, Report } from '../../diagnostics/diagnostic.ts';
import type { ClusterFacts } from '../../ir/facts.ts';
import type { VirtualHost } from '../../ir/model.ts';
import type { SpecObject } from '../source-object.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import { isSubset } from './gateway-pods.ts';
import { hasLabels } from './istio-proxy.ts';
import type { BuiltGateway } from './listeners.ts';
import { ROOT_NAMESPACE } from './root-namespace.ts';

type Labels = Readonly<Record<string, string>>;

interface PolicySpec {
  readonly selector?: { readonly matchLabels?: Labels } | null;
  readonly targetRef?: TargetRef | null;
  readonly targetRefs?: readonly TargetRef[] | null;
  readonly workloadSelector?: { readonly labels?: Labels } | null;
  // AuthorizationPolicy
  readonly action?: string | null;
  readonly rules?: readonly object[] | null;
  // PeerAuthentication
  readonly mtls?: { readonly mode?: string | null } | null;
  readonly portLevelMtls?: Readonly<Record<string, { readonly mode?: string | null } | null>> | null;
  // RequestAuthentication
  readonly jwtRules?: readonly object[] | null;
}

interface TargetRef {
  readonly kind?: string;
  readonly name?: string;
}

export type Policy = SpecObject<PolicySpec>;

/** What the virtual hosts say about whom a policy guards. */
export interface PolicyContext {
  readonly gateways: readonly BuiltGateway[];
  readonly hosts: readonly VirtualHost[];
  readonly facts: ClusterFacts;
  readonly report: Report;
}

/** Reports a policy that cannot be carried over, once, with the hosts that it guards. */
export function reportPolicy(policy: Policy, context: PolicyContext): void {
  const { source, spec } = policy;
  const { report } = context;
  const extras = { affects: guardedHosts(policy, context) };
  const none = { affects: { kind: 'none' } } as const;
  switch (source.kind) {
    case 'AuthorizationPolicy': {
      const action = spec.action ?? 'ALLOW';
      const takesAll = (spec.rules ?? []).some((rule) => Object.keys(rule).length === 0);
      if (action === 'AUDIT') report(d['observability-not-carried']({ kind: 'AUDIT policy' }, source.origin, none));
      else if (action === 'ALLOW' && takesAll) report(d['authorization-policy-allows-all']({}, source.origin, none));
      // A DENY without rules never fires.
      else if (action === 'DENY' && (spec.rules ?? []).length === 0) {
        report(d['observability-not-carried']({ kind: 'DENY policy without rules' }, source.origin, none));
      } else report(d['authorization-policy-not-carried']({ action }, source.origin, extras));
      return;
    }
    case 'RequestAuthentication':
      if ((spec.jwtRules ?? []).length === 0) {
        report(d['observability-not-carried']({ kind: 'RequestAuthentication without rules' }, source.origin, none));
      } else report(d['request-authentication-not-carried']({}, source.origin, extras));
      return;
    case 'PeerAuthentication': {
      const modes = [spec.mtls?.mode, ...Object.values(spec.portLevelMtls ?? {}).map((one) => one?.mode)];
      if (modes.includes('STRICT')) report(d['strict-mtls']({}, source.origin, extras));
      else
        report(
          d['observability-not-carried']({ kind: 'PeerAuthentication, which demands nothing,' }, source.origin, none),
        );
      return;
    }
    default:
      report(d['envoy-filter-not-carried']({ kind: source.kind }, source.origin, extras));
  }
}

/**
 * The hosts whose requests a policy sees: those that reach the pods that it selects, and those that come in through
 * gateway pods that it selects.
 */
function guardedHosts({ namespace, spec }: Policy, { gateways, hosts, facts }: PolicyContext): Affects {
  const target = spec.targetRef ?? spec.targetRefs?.[0] ?? undefined;
  if (target?.kind === 'Service' && target.name !== undefined && (spec.targetRefs?.length ?? 1) <= 1) {
    return { kind: 'backends', namespace, service: target.name };
  }
  const labels = spec.selector?.matchLabels ?? spec.workloadSelector?.labels ?? {};
  const isWide = Object.keys(labels).length === 0;
  const isRoot = namespace === ROOT_NAMESPACE;
  if (isWide && isRoot) return { kind: 'all' };
  const selections = gateways.map((gateway) => ({ gateway, hit: selectsPods(namespace, labels, gateway) }));
  const hits = selections.filter(({ hit }) => hit !== 'no');
  const workloads = new Set(hits.map(({ gateway }) => gateway.gateway.workload));
  const through = hosts.filter(({ scope }) => scope.kind === 'gateway' && workloads.has(scope.workload));
  // Labels of the root namespace select pods everywhere.
  const where = isRoot ? {} : { namespace };
  if (through.length === 0) return { kind: 'backends', ...where, ...(isWide ? {} : { labels }) };
  // Labels that gateway pods carry for sure are no labels of the applications behind them.
  const isForGateways = !isWide && hits.some(({ hit }) => hit === 'yes');
  const behind = isForGateways
    ? []
    : hosts.filter((host) => reaches(host, isRoot ? undefined : namespace, labels, facts));
  return { kind: 'hosts', ids: [...new Set([...through, ...behind].map(({ id }) => id))].sort() };
}

/** Whether a policy selects the pods of a gateway, as far as the input shows them. */
function selectsPods(namespace: string, labels: Labels, { draft, pods }: BuiltGateway): 'yes' | 'maybe' | 'no' {
  const isRoot = namespace === ROOT_NAMESPACE;
  if (!isRoot && pods.namespaceKnown && pods.namespace !== namespace) return 'no';
  const { selector } = draft;
  const isWide = Object.keys(labels).length === 0;
  if (isWide) return pods.namespace === namespace ? 'yes' : 'no';
  const hit = hasLabels(pods, labels);
  const names = Object.keys(selector).length > 0 && isSubset(selector, labels);
  if (hit === true || names) return 'yes';
  // Where not even the namespace is known, only labels that the Gateway itself names speak for its pods.
  return hit === undefined && (isRoot || pods.namespaceKnown) ? 'maybe' : 'no';
}

/** Whether a host leads to pods of a namespace (any, when undefined) whose Service does not contradict the labels. */
function reaches(
  { rules }: VirtualHost,
  namespace: string | undefined,
  labels: Labels,
  { services }: ClusterFacts,
): boolean {
  return rules.some(
    ({ action }) =>
      action.kind === 'forward' &&
      action.shares.some((share) => {
        if (share.kind !== 'backend') return false;
        const { namespace: owner, name, subset } = share.backend;
        const selector: Labels = { ...services.get(`${owner}/${name}`)?.selector, ...subset?.labels };
        const fits = Object.entries(labels).every(([key, value]) => (selector[key] ?? value) === value);
        return fits && (namespace === undefined || owner === namespace);
      }),
  );
}
