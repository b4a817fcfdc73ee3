import { integer, mappings, text } from '../loose.ts';
import type { SpecObject } from '../source-object.ts';

/** Of a kind that has no schema here: its fields may be of any type. */
interface ServiceEntrySpec {
  readonly hosts?: unknown;
  readonly ports?: unknown;
}

/** The hosts that ServiceEntries add to the mesh, each with the ports on which Istio routes HTTP. */
export function readExternalHosts(
  entries: readonly SpecObject<ServiceEntrySpec>[],
): ReadonlyMap<string, readonly number[]> {
  const hosts = new Map<string, readonly number[]>();
  for (const { spec } of entries) {
    const ports = mappings(spec.ports).flatMap(({ number, protocol }) =>
      /^(http|http2|grpc|grpc-web)$/i.test(text(protocol) ?? 'http') ? (integer(number) ?? []) : [],
    );
    const written: readonly unknown[] = Array.isArray(spec.hosts) ? spec.hosts : [];
    for (const host of written) {
      if (typeof host !== 'string') continue;
      const name = host.toLowerCase();
      const known = new Set([...(hosts.get(name) ?? []), ...ports]);
      hosts.set(
        name,
        [...known].sort((left, right) => left - right),
      );
    }
  }
  return hosts;
}
