import type { RoutingModel, VirtualHost } from '../../ir/model.ts';
import { selectHost, servesHost } from '../evaluate.ts';
import type { ProfileName } from '../profile-names.ts';
import { isReadBy, profileOf, profiles } from '../profiles.ts';
import type { ModelRequest } from '../request-model.ts';
import { findMeshHosts, type PassThrough, passThrough, toService } from './mesh-call.ts';

/** Which virtual hosts answer a request. */
export type Selection =
  /** One for each set of proxies that serves the host; never empty. */
  | { readonly kind: 'hosts'; readonly hosts: readonly VirtualHost[] }
  | PassThrough
  | { readonly kind: 'none'; readonly why: string };

export interface SelectOptions {
  readonly clusterDomain: string;
  /** Only hosts that are read so may answer. */
  readonly semantics?: ProfileName;
}

/** Finds who answers: gateways first, then the mesh; a client that says where it is calls in the mesh. */
export function selectHosts(model: RoutingModel, request: ModelRequest, options: SelectOptions): Selection {
  const { semantics, clusterDomain } = options;
  const open =
    semantics === undefined ? model.virtualHosts : model.virtualHosts.filter((one) => isReadBy(one, semantics));
  const toTarget = (name: string) => toService(name, request.fromNamespace, model, clusterDomain);
  const called = { host: toTarget(request.host), dialled: toTarget(request.dialled) };
  const inMesh = findMeshHosts(open, request, called);
  if (request.fromNamespace === undefined) {
    const atGateway = findGatewayHosts(open, request);
    if (atGateway.length > 0) return { kind: 'hosts', hosts: atGateway };
    if (inMesh.length > 0) return { kind: 'hosts', hosts: inMesh };
    if (semantics !== undefined && open.length === 0) return { kind: 'none', why: `nothing is read as ${semantics}` };
    const { host: service } = called;
    const isKnown = service !== undefined && model.facts.services.has(`${service.namespace}/${service.service}`);
    if (!isKnown) return { kind: 'none', why: whyUnserved(open, request) };
  }
  if (inMesh.length > 0) return { kind: 'hosts', hosts: inMesh };
  // A proxy that goes by the Host header does so for Services without routes, too.
  const meshCalls = new Set(
    open.filter(({ scope }) => scope.kind === 'mesh').map((one) => profiles[profileOf(one)].meshCall),
  );
  const meshCall = meshCalls.has('dialled') && meshCalls.size === 1 ? 'dialled' : 'host';
  return passThrough(called[meshCall], request[meshCall], request.port, model);
}

/** The hosts that serve a name at the gateways of a port: one for each set of proxies. */
function findGatewayHosts(hosts: readonly VirtualHost[], { host, port }: ModelRequest): readonly VirtualHost[] {
  const byProxies = new Map<string, VirtualHost[]>();
  for (const one of hosts) {
    if (one.scope.kind !== 'gateway' || one.scope.port !== port || !serves(one, host)) continue;
    const key = proxiesOf(one);
    byProxies.set(key, [...(byProxies.get(key) ?? []), one]);
  }
  return [...byProxies.values()].flatMap((list) => selectHost(list, host) ?? []);
}

/** Which proxies serve a host; each route of VPC Lattice without a host name is a service of its own. */
function proxiesOf(host: VirtualHost): string {
  if (isGeneratedOnly(host)) return host.id;
  return host.scope.kind === 'gateway' ? host.scope.workload : host.id;
}

function serves(host: VirtualHost, name: string): boolean {
  if (!isGeneratedOnly(host)) return servesHost(host.host, name);
  const [label = ''] = name.split('.');
  return (
    name.includes('.vpc-lattice-svcs.') && (label === serviceName(host) || label.startsWith(`${serviceName(host)}-`))
  );
}

/** Whether a host is reached by a name that Lattice generates, and by no other. */
export function isGeneratedOnly(host: VirtualHost): boolean {
  const profile = profileOf(host);
  return host.host.kind === 'any' && (profile === 'gateway-api-aws' || profile === 'lattice');
}

/** What the Lattice service of a route is called, with which its generated name starts. */
function serviceName({ origin, rules }: VirtualHost): string {
  const { name = '', namespace = 'default' } = origin.document.resource ?? {};
  const [rule] = rules;
  return rule?.source.annotations['application-networking.k8s.aws/service-name-override'] ?? `${name}-${namespace}`;
}

function whyUnserved(hosts: readonly VirtualHost[], { host, port }: ModelRequest): string {
  const lead = `no host serves ${host} on port ${port}`;
  if (hosts.some(({ scope }) => scope.kind === 'mesh' && scope.target?.service === host)) {
    return `${lead}; a Service of the mesh has this name, and --from-ns says where the client is`;
  }
  const gateways = hosts.flatMap((one) => (one.scope.kind === 'gateway' ? [{ ...one, port: one.scope.port }] : []));
  const others = gateways.filter((one) => serves(one, host)).map((one) => one.port);
  const ports = (list: readonly number[]) => [...new Set(list)].sort((left, right) => left - right).join(', ');
  if (others.length > 0) return `${lead}; it is served on ${ports(others)}`;
  const generated = gateways.filter((one) => one.port === port && isGeneratedOnly(one)).map(serviceName);
  if (generated.length > 0) {
    const names = generated.slice(0, 3).map((name) => `${name}-….vpc-lattice-svcs.…`);
    const more = generated.length > names.length ? ` and ${generated.length - names.length} more` : '';
    return `${lead}; routes without a hostname have generated names only: ${names.join(', ')}${more}`;
  }
  if (gateways.length === 0 || gateways.some((one) => one.port === port)) return lead;
  return `${lead}; gateways listen on ${ports(gateways.map((one) => one.port))}`;
}
