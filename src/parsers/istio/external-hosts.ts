import type { SpecObject } from '../source-object.ts';

interface ServiceEntrySpec {
  readonly hosts?: readonly string[] | null;
  readonly ports?: readonly { readonly number?: number; readonly protocol?: string | null }[] | null;
}

/** The hosts that ServiceEntries add to the mesh, each with the ports on which Istio routes HTTP. */
export function readExternalHosts(
  entries: readonly SpecObject<ServiceEntrySpec>[],
): ReadonlyMap<string, readonly number[]> {
  const hosts = new Map<string, readonly number[]>();
  for (const { spec } of entries) {
    const ports = (spec.ports ?? []).flatMap(({ number, protocol }) =>
      number !== undefined && /^(http|http2|grpc|grpc-web)$/i.test(protocol ?? 'http') ? [number] : [],
    );
    for (const host of spec.hosts ?? []) {
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
