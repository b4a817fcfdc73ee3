import type { MeshScope, RoutingModel, VirtualHost } from '../../ir/model.ts';
import { selectHost, servesHost } from '../evaluate.ts';
import type { ProfileName } from '../profile-names.ts';
import { isReadBy, profileOf } from '../profiles.ts';
import type { ModelRequest } from '../request-model.ts';

/** Which virtual hosts answer a request. */
export type Selection =
  /** One for each set of proxies that serves the host; never empty. */
  | { readonly kind: 'hosts'; readonly hosts: readonly VirtualHost[] }
  /** No route of the mesh concerns the host: the request goes where its name leads. */
  | { readonly kind: 'pass-through'; readonly backend: string; readonly why: string }
  | { readonly kind: 'none'; readonly why: string };

export interface SelectOptions {
  readonly clusterDomain: string;
  /** Only hosts that are read so may answer. */
  readonly semantics?: ProfileName;
}

/** Finds who answers: gateways first, then the mesh; a client that says where it is calls in the mesh. */
export function selectHosts(model: RoutingModel, request: ModelRequest, options: SelectOptions): Selection {
  const { semantics } = options;
  const open =
    semantics === undefined ? model.virtualHosts : model.virtualHosts.filter((one) => isReadBy(one, semantics));
  const service = toService(request, options.clusterDomain);
  const inMesh = findMeshHosts(open, request, service);
  if (request.fromNamespace === undefined) {
    const atGateway = findGatewayHosts(open, request);
    if (atGateway.length > 0) return { kind: 'hosts', hosts: atGateway };
    if (inMesh.length > 0) return { kind: 'hosts', hosts: inMesh };
    const known = service !== undefined && model.facts.services.has(`${service.namespace}/${service.service}`);
    if (!known) return { kind: 'none', why: whyUnserved(open, request) };
  }
  if (inMesh.length > 0) return { kind: 'hosts', hosts: inMesh };
  if (service === undefined) {
    const why = `no route of the mesh serves ${request.host}, which is no Service here; the request leaves the mesh if that is allowed`;
    return { kind: 'pass-through', backend: `${request.host}:${request.port}`, why };
  }
  const name = `${service.namespace}/${service.service}`;
  return {
    kind: 'pass-through',
    backend: `${name}:${request.port}`,
    why: `no route of the mesh serves ${name}; the request reaches the Service itself`,
  };
}

/** The hosts that serve a name at the gateways of a port: one for each set of proxies. */
function findGatewayHosts(hosts: readonly VirtualHost[], { host, port }: ModelRequest): readonly VirtualHost[] {
  const byProxies = new Map<string, VirtualHost[]>();
  for (const one of hosts) {
    if (one.scope.kind !== 'gateway' || one.scope.port !== port || !servesHost(one.host, host)) continue;
    const key = proxiesOf(one);
    byProxies.set(key, [...(byProxies.get(key) ?? []), one]);
  }
  const chosen = [...byProxies.values()].flatMap((list) => selectHost(list, host) ?? []);
  // A service of Lattice without a host name is known by its generated name only: it stands back where a name is served.
  const named = chosen.filter((one) => !isGeneratedOnly(one));
  return named.length > 0 ? named : chosen;
}

/** Which proxies serve a host; each route of VPC Lattice without a host name is a service of its own. */
function proxiesOf(host: VirtualHost): string {
  if (isGeneratedOnly(host)) return host.id;
  return host.scope.kind === 'gateway' ? host.scope.workload : host.id;
}

/** Whether a host is reached by a name that Lattice generates, and by no other. */
export function isGeneratedOnly(host: VirtualHost): boolean {
  return host.host.kind === 'any' && profileOf(host) === 'gateway-api-aws';
}

type Target = NonNullable<MeshScope['target']>;

/** The Service that a client means by a name: `name` in its own namespace, `name.ns`, `name.ns.svc` or the full name. */
function toService({ host, fromNamespace }: ModelRequest, clusterDomain: string): Target | undefined {
  const tail = `.svc.${clusterDomain}`;
  const short = host.endsWith(tail) ? host.slice(0, -tail.length) : host.replace(/\.svc$/, '');
  const [service, namespace = fromNamespace, ...rest] = short.split('.');
  if (!service || !namespace || rest.length > 0) return undefined;
  return { namespace, service };
}

/** The hosts of the mesh for a client, one for each way in which routes are read. */
function findMeshHosts(
  hosts: readonly VirtualHost[],
  request: ModelRequest,
  service: Target | undefined,
): readonly VirtualHost[] {
  const best = new Map<ProfileName, { readonly host: VirtualHost; readonly rank: number }>();
  for (const host of hosts) {
    const rank = rankForClient(host, request, service);
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

function whyUnserved(hosts: readonly VirtualHost[], { host, port }: ModelRequest): string {
  const lead = `no host serves ${host} on port ${port}`;
  const gateways = hosts.flatMap((one) => (one.scope.kind === 'gateway' ? [{ ...one, port: one.scope.port }] : []));
  const others = gateways.filter((one) => servesHost(one.host, host)).map((one) => one.port);
  const ports = (list: readonly number[]) => [...new Set(list)].sort((left, right) => left - right).join(', ');
  if (others.length > 0) return `${lead}; it is served on ${ports(others)}`;
  if (gateways.length === 0 || gateways.some((one) => one.port === port)) return lead;
  return `${lead}; gateways listen on ${ports(gateways.map((one) => one.port))}`;
}
