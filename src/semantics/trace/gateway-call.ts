import type { Gateway, GatewayScope, HostPattern, RoutingModel, VirtualHost } from '../../ir/model.ts';
import { selectHost, servesHost } from '../evaluate.ts';
import { profileOf } from '../profiles.ts';
import type { ModelRequest } from '../request-model.ts';

type AtGateway = VirtualHost & { readonly scope: GatewayScope };

/** The hosts that serve a name at the gateways of a port: one for each set of proxies. */
export function findGatewayHosts(
  hosts: readonly VirtualHost[],
  { host, port }: ModelRequest,
  model: Pick<RoutingModel, 'gateways'>,
): readonly AtGateway[] {
  const byProxies = new Map<string, AtGateway[]>();
  for (const one of hosts) {
    if (!isAtGateway(one) || one.scope.port !== port || !serves(one, host)) continue;
    const key = isGeneratedOnly(one) ? one.id : one.scope.workload;
    byProxies.set(key, [...(byProxies.get(key) ?? []), one]);
  }
  const groups = spreadOpen([...byProxies.values()], unseenOf(model.gateways));
  return groups.flatMap((list) => {
    const chosen = selectHost(list, host);
    return chosen === undefined ? [] : [withTwins(chosen, list)];
  });
}

/** Whether the client speaks what the listeners of a host expect; what an unseen Gateway expects is only a guess. */
export function speaks({ scheme }: ModelRequest, { scope }: AtGateway, { gateways }: Pick<RoutingModel, 'gateways'>) {
  return (scheme === 'https') === (scope.protocol === 'HTTPS') || unseenOf(gateways).has(scope.workload);
}

/** Whether a virtual host, as far as it stands at a gateway, takes a host name. */
export function serves(host: VirtualHost, name: string): boolean {
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
export function serviceName({ origin, rules }: VirtualHost): string {
  const { name = '', namespace = 'default' } = origin.document.resource ?? {};
  const [rule] = rules;
  return rule?.source.annotations['application-networking.k8s.aws/service-name-override'] ?? `${name}-${namespace}`;
}

export function isAtGateway(host: VirtualHost): host is AtGateway {
  return host.scope.kind === 'gateway';
}

/** The workloads of Gateways that are not in the input, with what tells the Gateway itself. */
function unseenOf(gateways: readonly Gateway[]): ReadonlyMap<string, string> {
  const unseen = gateways.filter(({ extra }) => extra['implied'] === true);
  return new Map(unseen.map(({ workload, namespace = '', name }) => [workload, `${namespace}/${name}`]));
}

/**
 * A route that names neither a port nor a section of an unseen Gateway attaches to every listener of it, also to those
 * that other routes name.
 */
function spreadOpen(groups: readonly AtGateway[][], unseen: ReadonlyMap<string, string>): readonly AtGateway[][] {
  const gatewayOf = (list: readonly AtGateway[]) => unseen.get(list[0]?.scope.workload ?? '');
  const isOpen = (list: readonly AtGateway[]) =>
    gatewayOf(list) !== undefined &&
    list.every(
      ({ scope, order }) => order.kind === 'gateway-api' && scope.listeners.every((one) => one.listener === ''),
    );
  const open = groups.filter(isOpen);
  const named = groups.filter((list) => !isOpen(list));
  const isFor = (list: readonly AtGateway[], other: readonly AtGateway[]) => gatewayOf(list) === gatewayOf(other);
  return [
    ...named.map((list) => [...list, ...open.filter((other) => isFor(list, other)).flat()]),
    ...open.filter((list) => !named.some((other) => isFor(list, other))),
  ];
}

/** A host with the rules of the others that serve the very same names behind the same proxies. */
function withTwins(host: AtGateway, list: readonly AtGateway[]): AtGateway {
  const key = keyOf(host.host);
  const twins = list.filter((one) => one.scope.workload !== host.scope.workload && keyOf(one.host) === key);
  return twins.length === 0 ? host : { ...host, rules: [host, ...twins].flatMap(({ rules }) => rules) };
}

const keyOf = (pattern: HostPattern) => JSON.stringify(pattern);
