import type { Affects, Report } from '../../diagnostics/diagnostic.ts';
import type { KubernetesDocument } from '../../documents/read-documents.ts';
import type { VirtualHost } from '../../ir/model.ts';
import { type SpecObject, toSpecObject } from '../source-object.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import { gatewayId } from './gateways.ts';
import { intersectHosts, toHostPattern } from './host-patterns.ts';

/** Nothing is known about these kinds, so neither about the types of their fields. */
type Loose = Readonly<Record<string, unknown>>;

/** Routes whose traffic never meets an HTTPRoute. */
const NOT_HTTP = new Set(['TLSRoute', 'TCPRoute', 'UDPRoute']);

/** Reports an object of a kind that is not translated, with the hosts that would lack its part. */
export function reportOther(
  document: KubernetesDocument,
  defaultNamespace: string,
  hosts: readonly VirtualHost[],
  report: Report,
): void {
  const object = toSpecObject<Loose>(document, defaultNamespace);
  const { kind, origin } = object.source;
  const code = NOT_HTTP.has(kind) || kind === 'GRPCRoute' ? 'route-kind-not-read' : 'policy-kind-not-read';
  report(
    d[kind.endsWith('ListenerSet') ? 'route-kind-not-read' : code]({ kind }, origin, {
      affects: affectedBy(object, hosts),
    }),
  );
}

function affectedBy({ namespace, source, spec }: SpecObject<Loose>, hosts: readonly VirtualHost[]): Affects {
  if (NOT_HTTP.has(source.kind)) return { kind: 'none' };
  const targets = [...mappings(spec['targetRefs']), ...mappings([spec['targetRef']])];
  if (targets.length > 0) {
    const [first] = targets;
    const service = targets.length === 1 && first?.['kind'] === 'Service' ? first['name'] : undefined;
    return typeof service === 'string' ? { kind: 'backends', namespace, service } : { kind: 'backends', namespace };
  }
  const parents = [...mappings(spec['parentRefs']), ...mappings([spec['parentRef']])];
  const names = texts([spec['hostnames'], mappings(spec['listeners']).map((listener) => listener['hostname'])].flat());
  const patterns =
    names.length === 0 ? [toHostPattern(undefined)] : names.map((name) => toHostPattern(name.toLowerCase()));
  const gateways = new Set(
    parents.map((parent) => gatewayId(String(parent['namespace'] ?? namespace), String(parent['name'] ?? ''))),
  );
  const ids = hosts.flatMap(({ id, scope, host, order }) =>
    // The AWS controller gives each route a service of its own, which the others do without.
    scope.kind === 'gateway' &&
    order.kind === 'gateway-api' &&
    gateways.has(scope.workload.replace(/#.*/, '')) &&
    patterns.some((pattern) => intersectHosts(pattern, host) !== undefined)
      ? [id]
      : [],
  );
  return ids.length === 0 ? { kind: 'hostnames', names } : { kind: 'hosts', ids };
}

function mappings(value: unknown): readonly Loose[] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  return entries.filter((entry): entry is Loose => typeof entry === 'object' && entry !== null);
}

function texts(values: readonly unknown[]): readonly string[] {
  return values.filter((value) => typeof value === 'string');
}
