import type { HostPattern } from '../../ir/model.ts';

/** A Kubernetes Service that a host name of the mesh stands for. */
export interface ServiceRef {
  readonly namespace: string;
  readonly service: string;
}

/** Completes a short name with the namespace of the object that it stands in; a name with a dot is literal. */
export function completeHost(host: string, namespace: string, clusterDomain: string): string {
  const name = host.toLowerCase();
  return name.includes('.') || name.includes('*') || name.includes(':') || name === ''
    ? name
    : serviceHost({ namespace, service: name }, clusterDomain);
}

/** The full name of a Service in the mesh. */
export function serviceHost({ namespace, service }: ServiceRef, clusterDomain: string): string {
  return `${service}.${namespace}.svc.${clusterDomain}`;
}

/** The Service that a completed host names, or undefined where it is no name of a Service. */
export function toServiceRef(host: string, clusterDomain: string): ServiceRef | undefined {
  const tail = `.svc.${clusterDomain}`;
  if (!host.endsWith(tail)) return undefined;
  const [service, namespace, ...rest] = host.slice(0, -tail.length).split('.');
  if (!service || !namespace || rest.length > 0 || service.includes('*')) return undefined;
  return { namespace, service };
}

/** The names by which clients call a Service, longest first; the bare one only reaches it in its own namespace. */
export function serviceAliases({ namespace, service }: ServiceRef, clusterDomain: string): readonly string[] {
  const full = serviceHost({ namespace, service }, clusterDomain);
  return [full, `${full}.`, `${service}.${namespace}.svc`, `${service}.${namespace}`, service];
}

/** Whether the host `name` (maybe itself a wildcard) lies in `pattern`. */
export function hostCovers(pattern: string, name: string): boolean {
  if (pattern === '*') return true;
  if (!pattern.startsWith('*')) return pattern === name;
  const suffix = pattern.slice(1);
  return name.length > suffix.length && name.endsWith(suffix) ? true : name === pattern;
}

/** What two hosts have in common: the narrower one, or nothing. */
export function intersectHosts(left: string, right: string): string | undefined {
  if (hostCovers(left, right)) return right;
  return hostCovers(right, left) ? left : undefined;
}

/** Most specific first: exact names, then the longer wildcard, then `*`. */
export function compareSpecificity(left: string, right: string): number {
  const rank = (host: string) => (host === '*' ? 2 : host.startsWith('*') ? 1 : 0);
  return rank(left) - rank(right) || right.length - left.length || (left < right ? -1 : left > right ? 1 : 0);
}

export function toHostPattern(host: string): HostPattern {
  if (host === '*') return { kind: 'any' };
  if (host.startsWith('*.')) return { kind: 'suffix', suffix: host.slice(2), labels: 'many' };
  return { kind: 'exact', name: host };
}
