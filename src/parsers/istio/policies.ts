import type { Affects, Diagnostic, Report } from '../../diagnostics/diagnostic.ts';
import type { ClusterFacts } from '../../ir/facts.ts';
import type { Guard, VirtualHost } from '../../ir/model.ts';
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

/**
 * A policy that cannot be carried over as a guard of the hosts that it concerns; one that restricts nothing is reported.
 */
export function readPolicy(policy: Policy, context: PolicyContext): Guard | undefined {
  const lost = findLoss(policy, context);
  if (lost === undefined) return undefined;
  const { kind, origin } = policy.source;
  if (!staysInForce(policy, context)) return { lost };
  const finding = d['policy-stays-in-force']({ kind }, origin, { affects: { kind: 'none' } });
  return { lost, kept: { className: 'istio', finding } };
}

/** What is lost with a policy, with the hosts that it guards. */
function findLoss(policy: Policy, context: PolicyContext): Diagnostic | undefined {
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
      } else return d['authorization-policy-not-carried']({ action }, source.origin, extras);
      return undefined;
    }
    case 'RequestAuthentication':
      if ((spec.jwtRules ?? []).length > 0) return d['request-authentication-not-carried']({}, source.origin, extras);
      report(d['observability-not-carried']({ kind: 'RequestAuthentication without rules' }, source.origin, none));
      return undefined;
    case 'PeerAuthentication': {
      const modes = [spec.mtls?.mode, ...Object.values(spec.portLevelMtls ?? {}).map((one) => one?.mode)];
      if (modes.includes('STRICT')) return d['strict-mtls']({}, source.origin, extras);
      const kind = 'PeerAuthentication, which demands nothing,';
      report(d['observability-not-carried']({ kind }, source.origin, none));
      return undefined;
    }
    default:
      return d['envoy-filter-not-carried']({ kind: source.kind }, source.origin, extras);
  }
}

/**
 * Whether a policy guards the same pods once Istio runs new gateways, which stand in the namespaces of their Gateways
 * under other labels. What an extension without a selector does to a gateway may hang on the old one.
 */
function staysInForce({ source, namespace, spec }: Policy, { gateways }: PolicyContext): boolean {
  if (targetOf(spec) !== undefined) return true;
  const labels = labelsOf(spec);
  if (Object.keys(labels).length > 0)
    return gateways.every((gateway) => selectsPods(namespace, labels, gateway) === 'no');
  if (EXTENSIONS.has(source.kind)) return false;
  if (namespace === ROOT_NAMESPACE) return true;
  return gateways.every(
    (gateway) => (selectsPods(namespace, labels, gateway) === 'yes') === (gateway.draft.namespace === namespace),
  );
}

const EXTENSIONS = new Set(['EnvoyFilter', 'WasmPlugin', 'TrafficExtension']);

function targetOf({ targetRef, targetRefs }: PolicySpec): TargetRef | undefined {
  return targetRef ?? targetRefs?.[0] ?? undefined;
}

function labelsOf({ selector, workloadSelector }: PolicySpec): Labels {
  return selector?.matchLabels ?? workloadSelector?.labels ?? {};
}

/**
 * The hosts whose requests a policy sees: those that reach the pods that it selects, and those that come in through
 * gateway pods that it selects.
 */
function guardedHosts({ namespace, spec }: Policy, { gateways, hosts, facts }: PolicyContext): Affects {
  const target = targetOf(spec);
  if (target?.kind === 'Service' && target.name !== undefined && (spec.targetRefs?.length ?? 1) <= 1) {
    return { kind: 'backends', namespace, service: target.name };
  }
  const labels = labelsOf(spec);
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
