import type { Affects, Diagnostic, Report } from '../../diagnostics/diagnostic.ts';
import type { ClusterFacts } from '../../ir/facts.ts';
import type { Guard, VirtualHost } from '../../ir/model.ts';
import type { Loose } from '../loose.ts';
import type { SpecObject } from '../source-object.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import { isSubset } from './gateway-pods.ts';
import { hasLabels } from './istio-proxy.ts';
import type { BuiltGateway } from './listeners.ts';
import { type PolicyDraft, readPolicyFields } from './policy-fields.ts';
import { ROOT_NAMESPACE } from './root-namespace.ts';

type Labels = Readonly<Record<string, string>>;

interface Policy extends Pick<SpecObject<object>, 'source' | 'namespace'> {
  readonly draft: PolicyDraft;
}

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
export function readPolicy(object: SpecObject<Loose>, context: PolicyContext): Guard | undefined {
  const { source, namespace } = object;
  const policy: Policy = { source, namespace, draft: readPolicyFields(object) };
  const lost = findLoss(policy, context);
  if (lost === undefined) return undefined;
  const { kind, origin } = source;
  if (!staysInForce(policy, context)) return { lost };
  const finding = d['policy-stays-in-force']({ kind }, origin, { affects: { kind: 'none' } });
  return { lost, kept: { className: 'istio', finding } };
}

/** What is lost with a policy, with the hosts that it guards. */
function findLoss(policy: Policy, context: PolicyContext): Diagnostic | undefined {
  const { source, draft } = policy;
  const { report } = context;
  const extras = { affects: guardedHosts(policy, context) };
  const none = { affects: { kind: 'none' } } as const;
  switch (source.kind) {
    case 'AuthorizationPolicy': {
      const { action, takesAll, hasRules } = draft;
      if (action === 'AUDIT') report(d['observability-not-carried']({ kind: 'AUDIT policy' }, source.origin, none));
      else if (action === 'ALLOW' && takesAll) report(d['authorization-policy-allows-all']({}, source.origin, none));
      // A DENY without rules never fires.
      else if (action === 'DENY' && !hasRules) {
        report(d['observability-not-carried']({ kind: 'DENY policy without rules' }, source.origin, none));
      } else return d['authorization-policy-not-carried']({ action }, source.origin, extras);
      return undefined;
    }
    case 'RequestAuthentication':
      if (draft.hasJwtRules) return d['request-authentication-not-carried']({}, source.origin, extras);
      report(d['observability-not-carried']({ kind: 'RequestAuthentication without rules' }, source.origin, none));
      return undefined;
    case 'PeerAuthentication': {
      const { mtlsModes } = draft;
      if (mtlsModes.includes('STRICT')) return d['strict-mtls']({}, source.origin, extras);
      const other = mtlsModes.find((mode) => !LENIENT.includes(mode));
      if (other !== undefined) {
        const want = 'STRICT, PERMISSIVE, DISABLE or UNSET';
        return d['invalid-value']({ field: 'mode', value: JSON.stringify(other), want }, source.origin, extras);
      }
      const kind = 'PeerAuthentication, which demands nothing,';
      report(d['observability-not-carried']({ kind }, source.origin, none));
      return undefined;
    }
    default:
      return d['envoy-filter-not-carried']({ kind: source.kind }, source.origin, extras);
  }
}

/** Modes of mutual TLS that let plain requests in. */
const LENIENT: readonly unknown[] = ['PERMISSIVE', 'DISABLE', 'UNSET'];

/**
 * Whether a policy guards the same pods once Istio runs new gateways, which stand in the namespaces of their Gateways
 * under other labels. What an extension without a selector does to a gateway may hang on the old one.
 */
function staysInForce({ source, namespace, draft }: Policy, { gateways }: PolicyContext): boolean {
  const { labels, targets } = draft;
  if (targets.length > 0) return true;
  if (Object.keys(labels).length > 0)
    return gateways.every((gateway) => selectsPods(namespace, labels, gateway) === 'no');
  if (EXTENSIONS.has(source.kind)) return false;
  if (namespace === ROOT_NAMESPACE) return true;
  return gateways.every(
    (gateway) => (selectsPods(namespace, labels, gateway) === 'yes') === (gateway.draft.namespace === namespace),
  );
}

const EXTENSIONS = new Set(['EnvoyFilter', 'WasmPlugin', 'TrafficExtension']);

/**
 * The hosts whose requests a policy sees: those that reach the pods that it selects, and those that come in through
 * gateway pods that it selects, of Istio's own Gateways or of others.
 */
function guardedHosts(policy: Policy, context: PolicyContext): Affects {
  const { namespace, draft } = policy;
  const { labels, targets } = draft;
  const [target, ...others] = targets;
  const name = others.length === 0 && typeof target?.['name'] === 'string' ? target['name'] : undefined;
  if (target?.['kind'] === 'Service' && name !== undefined) return { kind: 'backends', namespace, service: name };
  const isRoot = namespace === ROOT_NAMESPACE;
  if (target !== undefined) {
    // A class of gateways is about the whole mesh; a waypoint guards the Services of its namespace.
    if (targets.some(({ kind }) => kind === 'GatewayClass')) return { kind: 'all' };
    const isOfOne = target['kind'] === 'Gateway' && name !== undefined;
    const through: Affects = { kind: 'gateways', namespace, ...(isOfOne ? { name } : {}) };
    return { kind: 'each-of', of: [{ kind: 'backends', namespace }, through] };
  }
  const isWide = Object.keys(labels).length === 0;
  if (isWide && isRoot) return { kind: 'all' };
  const through: Affects = { kind: 'gateways', ...(isRoot ? {} : { namespace }), ...(isWide ? {} : { labels }) };
  return { kind: 'each-of', of: [guardedByIstio(policy, context), through] };
}

function guardedByIstio({ namespace, draft: { labels } }: Policy, { gateways, hosts, facts }: PolicyContext): Affects {
  const isWide = Object.keys(labels).length === 0;
  const isRoot = namespace === ROOT_NAMESPACE;
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
