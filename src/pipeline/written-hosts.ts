/**
 * The host names that an object writes, found without its parser: for objects that cannot be parsed, so that the
 * hosts that they share with others are not written without their part.
 */
export function writtenHosts(object: Readonly<Record<string, unknown>>): readonly string[] {
  const spec = asRecord(object['spec']);
  const names = [
    ...textsOf(spec['hosts']),
    ...textsOf(spec['hostnames']),
    ...recordsOf(spec['rules']).flatMap((rule) => textsOf([rule['host']])),
    ...recordsOf(spec['listeners']).flatMap((listener) => textsOf([listener['hostname']])),
    ...recordsOf(spec['servers']).flatMap((server) => textsOf(server['hosts'])),
  ];
  // Istio writes `namespace/host` in Gateways.
  return [...new Set(names.map((name) => name.slice(name.indexOf('/') + 1)))].sort();
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function recordsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(asRecord) : [];
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
