import type { Affects, Report } from '../../diagnostics/diagnostic.ts';
import type { KubernetesDocument } from '../../documents/read-documents.ts';
import type { VirtualHost } from '../../ir/model.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import { gatewayId } from './gateways.ts';
import { intersectHosts, toHostPattern } from './host-patterns.ts';
import { type ApiObject, toApiObject } from './source-object.ts';

interface RefLike {
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
}

interface OtherSpec {
  readonly hostnames?: readonly string[] | null;
  readonly parentRefs?: readonly RefLike[] | null;
  readonly parentRef?: RefLike | null;
  readonly targetRef?: RefLike | null;
  readonly targetRefs?: readonly RefLike[] | null;
  readonly listeners?: readonly { readonly hostname?: string }[] | null;
}

/** Routes whose traffic never meets an HTTPRoute. */
const NOT_HTTP = new Set(['TLSRoute', 'TCPRoute', 'UDPRoute']);

/** Reports an object of a kind that is not translated, with the hosts that would lack its part. */
export function reportOther(
  document: KubernetesDocument,
  defaultNamespace: string,
  hosts: readonly VirtualHost[],
  report: Report,
): void {
  const object = toApiObject<OtherSpec>(document, defaultNamespace);
  const { kind, origin } = object.source;
  const code = NOT_HTTP.has(kind) || kind === 'GRPCRoute' ? 'route-kind-not-read' : 'policy-kind-not-read';
  report(
    d[kind.endsWith('ListenerSet') ? 'route-kind-not-read' : code]({ kind }, origin, {
      affects: affectedBy(object, hosts),
    }),
  );
}

function affectedBy({ namespace, source, spec }: ApiObject<OtherSpec>, hosts: readonly VirtualHost[]): Affects {
  if (NOT_HTTP.has(source.kind)) return { kind: 'none' };
  const targets = [...(spec.targetRefs ?? []), ...(spec.targetRef ? [spec.targetRef] : [])];
  if (targets.length > 0) {
    const [first] = targets;
    const isOne = targets.length === 1 && first?.kind === 'Service' && first.name !== undefined;
    return isOne ? { kind: 'backends', namespace, service: first.name } : { kind: 'backends', namespace };
  }
  const parents = [...(spec.parentRefs ?? []), ...(spec.parentRef ? [spec.parentRef] : [])];
  const names = [...(spec.hostnames ?? []), ...(spec.listeners ?? []).flatMap(({ hostname }) => hostname ?? [])];
  const patterns =
    names.length === 0 ? [toHostPattern(undefined)] : names.map((name) => toHostPattern(name.toLowerCase()));
  const gateways = new Set(parents.map((parent) => gatewayId(parent.namespace ?? namespace, parent.name ?? '')));
  const ids = hosts.flatMap(({ id, scope, host, order }) =>
    // The AWS controller gives each route a service of its own, which the others do without.
    scope.kind === 'gateway' &&
    order.kind === 'gateway-api' &&
    gateways.has(scope.workload) &&
    patterns.some((pattern) => intersectHosts(pattern, host) !== undefined)
      ? [id]
      : [],
  );
  return ids.length === 0 ? { kind: 'hostnames', names } : { kind: 'hosts', ids };
}
