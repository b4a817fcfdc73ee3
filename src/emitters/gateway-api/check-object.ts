import type { Manifest } from '../manifest.ts';
import { arrayOf, listOf, recordOf, textOf } from '../read-manifest.ts';

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SERVICE_NAME = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const HOSTNAME = /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const MAX_ROUTE_MATCHES = 128;

/**
 * What the schema or a CEL rule of an object's kind would refuse, in words, or undefined. Rules are checked one by one
 * when they are printed (`check-rule.ts`); this looks at the object around them.
 */
export function findObjectProblem(object: Manifest): string | undefined {
  const metadata = recordOf(object['metadata']);
  const [name, namespace, kind] = [textOf(metadata['name']), metadata['namespace'], object['kind']];
  if (name.length > 253 || !SUBDOMAIN.test(name)) return `the name ${name} is no DNS subdomain`;
  if (namespace !== undefined && (textOf(namespace).length > 63 || !LABEL.test(textOf(namespace)))) {
    return `the namespace ${textOf(namespace)} is no DNS label`;
  }
  const spec = recordOf(object['spec']);
  if (kind === 'HTTPRoute') return findRouteProblem(spec);
  if (kind === 'Gateway') return findGatewayProblem(spec);
  if (kind === 'Service' && (name.length > 63 || !SERVICE_NAME.test(name)))
    return `the name ${name} is no name of a Service`;
  return undefined;
}

function findRouteProblem(spec: Manifest): string | undefined {
  const [parents, rules] = [listOf(spec['parentRefs']), listOf(spec['rules'])];
  const hostnames = arrayOf(spec['hostnames']);
  if (parents.length > 32) return `${parents.length} parentRefs; at most 32`;
  if (parents.length > 1 && new Set(parents.map(parentKey)).size < parents.length) {
    return 'two parentRefs name the same section';
  }
  if (hostnames.length > 16) return `${hostnames.length} hostnames; at most 16`;
  const wrong = hostnames.find((host) => !isHostname(host));
  if (wrong !== undefined) return `the hostname ${textOf(wrong)} is not of the allowed form`;
  if (rules.length === 0 || rules.length > 16) return `${rules.length} rules; at least 1 and at most 16`;
  const matches = rules.map((rule) => arrayOf(rule['matches']).length);
  if (matches.some((count) => count === 0 || count > 64)) return 'a rule with no match or more than 64';
  const sum = matches.reduce((total, count) => total + count, 0);
  return sum > MAX_ROUTE_MATCHES ? `${sum} matches; at most ${MAX_ROUTE_MATCHES}` : undefined;
}

/** Without a section the port tells them apart in the experimental channel, where alone a source can write so. */
function parentKey({ kind = '', namespace = '', name, sectionName, port = '' }: Manifest): string {
  return JSON.stringify([kind, namespace, name, sectionName ?? (kind === 'Service' ? '' : port)]);
}

function findGatewayProblem(spec: Manifest): string | undefined {
  const listeners = listOf(spec['listeners']);
  if (listeners.length === 0 || listeners.length > 64)
    return `${listeners.length} listeners; at least 1 and at most 64`;
  if (new Set(listeners.map((one) => one['name'])).size < listeners.length) return 'two listeners have one name';
  const keys = listeners.map((one) => JSON.stringify([one['port'], one['protocol'], one['hostname'] ?? null]));
  if (new Set(keys).size < keys.length) return 'two listeners take the same requests';
  for (const { name, port, hostname, tls, protocol } of listeners.map(listenerParts)) {
    if (!isPort(port)) return `the listener ${name} has the port ${String(port)}`;
    if (name.length > 253 || !SUBDOMAIN.test(name)) return `the listener name ${name} is no DNS subdomain`;
    if (hostname !== undefined && !isHostname(hostname))
      return `the hostname ${textOf(hostname)} is not of the allowed form`;
    if (protocol === 'HTTP' && tls !== undefined) return `the HTTP listener ${name} has TLS settings`;
    const { mode, certificateRefs, options } = recordOf(tls);
    if (protocol === 'HTTPS' && mode === 'Passthrough') return `the HTTPS listener ${name} does not terminate TLS`;
    const parts = arrayOf(certificateRefs).length + Object.keys(recordOf(options)).length;
    if (tls !== undefined && mode !== 'Passthrough' && parts === 0) return `the listener ${name} has no certificate`;
  }
  return undefined;
}

function listenerParts(listener: Manifest) {
  return {
    name: textOf(listener['name']),
    port: listener['port'],
    hostname: listener['hostname'],
    tls: listener['tls'],
    protocol: listener['protocol'],
  };
}

function isPort(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65_535;
}

function isHostname(value: unknown): boolean {
  return textOf(value).length <= 253 && HOSTNAME.test(textOf(value));
}
