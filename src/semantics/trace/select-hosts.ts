import type { RoutingModel, VirtualHost } from '../../ir/model.ts';
import type { ProfileName } from '../profile-names.ts';
import { isReadBy, profileOf, profiles } from '../profiles.ts';
import type { ModelRequest } from '../request-model.ts';
import { findGatewayHosts, isAtGateway, isGeneratedOnly, serves, serviceName, speaks } from './gateway-call.ts';
import { findMeshHosts, type PassThrough, passThrough, toService } from './mesh-call.ts';

/** Which virtual hosts answer a request. */
export type Selection =
  /** One for each set of proxies that serves the host; never empty. */
  | { readonly kind: 'hosts'; readonly hosts: readonly VirtualHost[] }
  | PassThrough
  | { readonly kind: 'none'; readonly why: string; readonly noAnswer?: true };

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
    const atGateway = findGatewayHosts(open, request, model);
    const spoken = atGateway.filter((one) => speaks(request, one, model));
    if (spoken.length > 0) return { kind: 'hosts', hosts: spoken };
    if (atGateway.length > 0) return { kind: 'none', why: whyUnspoken(request), noAnswer: true };
    if (inMesh.length > 0) return { kind: 'hosts', hosts: inMesh };
    if (semantics !== undefined && open.length === 0) return { kind: 'none', why: `nothing is read as ${semantics}` };
    const { host: service } = called;
    const isKnown = service !== undefined && model.facts.services.has(`${service.namespace}/${service.service}`);
    if (!isKnown) {
      const gateways = open.filter(isAtGateway);
      const nowhere =
        gateways.length > 0 && gateways.every((one) => profiles[profileOf(one)].unservedLeadsNowhere === true);
      return { kind: 'none', why: whyUnserved(open, request), ...(nowhere ? { noAnswer: true } : {}) };
    }
  }
  if (inMesh.length > 0) return { kind: 'hosts', hosts: inMesh };
  // A proxy that goes by the Host header does so for Services without routes, too.
  const meshCalls = new Set(
    open.filter(({ scope }) => scope.kind === 'mesh').map((one) => profiles[profileOf(one)].meshCall),
  );
  const meshCall = meshCalls.has('dialled') && meshCalls.size === 1 ? 'dialled' : 'host';
  return passThrough(called[meshCall], request[meshCall], request.port, model);
}

function whyUnspoken({ scheme, port, url }: ModelRequest): string {
  if (scheme === 'http') return `port ${port} speaks TLS; https:// asks it`;
  const plain = url.replace(/^https/i, 'http');
  return `port ${port} speaks plain HTTP, and a client of https a TLS that nobody answers; where something in front ends TLS, ask for ${plain}`;
}

function whyUnserved(hosts: readonly VirtualHost[], { host, port }: ModelRequest): string {
  const lead = `no host serves ${host} on port ${port}`;
  if (hosts.some(({ scope }) => scope.kind === 'mesh' && scope.target?.service === host)) {
    return `${lead}; a Service of the mesh has this name, and --from-ns says where the client is`;
  }
  const gateways = hosts.filter(isAtGateway).map((one) => ({ ...one, port: one.scope.port }));
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
