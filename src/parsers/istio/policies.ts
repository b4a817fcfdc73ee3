import type { Affects, Report } from '../../diagnostics/diagnostic.ts';
import type { VirtualHost } from '../../ir/model.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import { isSubset } from './gateway-pods.ts';
import type { BuiltGateway } from './listeners.ts';
import { ROOT_NAMESPACE } from './root-namespace.ts';
import type { IstioObject } from './source-object.ts';

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

export type Policy = IstioObject<PolicySpec>;

/** What the virtual hosts say about whom a policy guards. */
export interface PolicyContext {
  readonly gateways: readonly BuiltGateway[];
  readonly hosts: readonly VirtualHost[];
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
function guardedHosts(policy: Policy, { gateways, hosts }: PolicyContext): Affects {
  const { namespace, spec } = policy;
  const target = spec.targetRef ?? spec.targetRefs?.[0] ?? undefined;
  if (target?.kind === 'Service' && target.name !== undefined && (spec.targetRefs?.length ?? 1) <= 1) {
    return { kind: 'backends', namespace, service: target.name };
  }
  const labels = spec.selector?.matchLabels ?? spec.workloadSelector?.labels ?? {};
  const isWide = Object.keys(labels).length === 0;
  if (isWide && namespace === ROOT_NAMESPACE) return { kind: 'all' };
  const guarded = gateways.filter(
    ({ draft: { selector }, pods }) =>
      (namespace === ROOT_NAMESPACE || pods.namespace === namespace || !pods.namespaceKnown) &&
      (isWide ? pods.namespace === namespace : isSubset(labels, selector) || isSubset(selector, labels)),
  );
  const workloads = new Set(guarded.map(({ gateway }) => gateway.workload));
  const ids = hosts.flatMap(({ id, scope }) => (scope.kind === 'gateway' && workloads.has(scope.workload) ? [id] : []));
  // Labels of the root namespace select pods everywhere.
  const where = namespace === ROOT_NAMESPACE ? {} : { namespace };
  if (ids.length === 0) return { kind: 'backends', ...where, ...(isWide ? {} : { labels }) };
  const reached = hosts.filter((host) => isWide && reaches(host, namespace)).map(({ id }) => id);
  return { kind: 'hosts', ids: [...new Set([...ids, ...reached])].sort() };
}

function reaches({ rules }: VirtualHost, namespace: string): boolean {
  return rules.some(
    ({ action }) =>
      action.kind === 'forward' &&
      action.shares.some((share) => share.kind === 'backend' && share.backend.namespace === namespace),
  );
}
