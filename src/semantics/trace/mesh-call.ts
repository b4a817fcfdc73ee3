import type { MeshScope, RoutingModel, VirtualHost } from '../../ir/model.ts';
import { servesHost } from '../evaluate.ts';
import type { ProfileName } from '../profile-names.ts';
import { profileOf, profiles } from '../profiles.ts';
import type { ModelRequest } from '../request-model.ts';

/** No route of the mesh concerns the host: the request goes where its name leads. */
export interface PassThrough {
  readonly kind: 'pass-through';
  readonly backend: string;
  readonly why: string;
}

export type Target = NonNullable<MeshScope['target']>;

/**
 * The Service that a client means by a name: `name` in its own namespace, `name.ns`, `name.ns.svc` or the full name. Two
 * labels are no Service where the input knows neither it nor its namespace.
 */
export function toService(
  host: string,
  fromNamespace: string | undefined,
  { facts, virtualHosts }: RoutingModel,
  clusterDomain: string,
): Target | undefined {
  const tail = `.svc.${clusterDomain}`;
  const short = host.endsWith(tail) ? host.slice(0, -tail.length) : host.replace(/\.svc$/, '');
  const [service, namespace = fromNamespace, ...rest] = short.split('.');
  if (!service || !namespace || rest.length > 0) return undefined;
  const isKnown =
    facts.services.has(`${namespace}/${service}`) ||
    facts.namespaces.has(namespace) ||
    virtualHosts.some(({ scope }) => scope.kind === 'mesh' && scope.target?.namespace === namespace);
  return short === host && host.includes('.') && !isKnown ? undefined : { namespace, service };
}

/** The hosts of the mesh for a client, one for each way in which routes are read. */
export function findMeshHosts(
  hosts: readonly VirtualHost[],
  request: ModelRequest,
  called: Readonly<Record<'host' | 'dialled', Target | undefined>>,
): readonly VirtualHost[] {
  const best = new Map<ProfileName, { readonly host: VirtualHost; readonly rank: number }>();
  for (const host of hosts) {
    const rank = rankForClient(host, request, called[profiles[profileOf(host)].meshCall]);
    if (rank === undefined) continue;
    const before = best.get(profileOf(host));
    if (before === undefined || rank > before.rank) best.set(profileOf(host), { host, rank });
  }
  return [...best.values()].map(({ host }) => host);
}

/** How closely a host of the mesh is meant for a client: its namespace counts before its port. */
function rankForClient(
  { host, scope }: VirtualHost,
  { host: name, port, fromNamespace }: ModelRequest,
  service: Target | undefined,
): number | undefined {
  if (scope.kind !== 'mesh') return undefined;
  const { target, clients } = scope;
  const isCalled =
    target === undefined
      ? servesHost(host, name)
      : target.service === service?.service && target.namespace === service.namespace;
  if (!isCalled || (scope.port !== undefined && scope.port !== port)) return undefined;
  if (clients.kind === 'namespace' && clients.namespace !== fromNamespace) return undefined;
  return (clients.kind === 'namespace' ? 2 : 0) + (scope.port === undefined ? 0 : 1);
}

/** Where a call goes that no route concerns. */
export function passThrough(
  service: Target | undefined,
  name: string,
  port: number,
  { facts }: RoutingModel,
): PassThrough {
  const lead = 'no route of the mesh serves';
  if (service === undefined) {
    const why = `${lead} ${name}, which is no Service here; the request leaves the mesh if that is allowed`;
    return { kind: 'pass-through', backend: `${name}:${port}`, why };
  }
  const key = `${service.namespace}/${service.service}`;
  const known = facts.services.get(key);
  const lacksPort = known !== undefined && !known.ports.some((one) => one.port === port);
  const why = `${lead} ${key} on port ${port}; the request reaches the Service itself${lacksPort ? ', which has no such port' : ''}`;
  return { kind: 'pass-through', backend: `${key}:${port}`, why };
}
