import type { RoutingModel, VirtualHost } from '../ir/model.ts';
import { type RoutingRequest, selectHost, servesHost } from './evaluate.ts';
import { profileOf, profiles } from './profiles.ts';

/**
 * What of a virtual host answers where listeners are isolated from each other: the most specific listener of the port
 * takes the request, and no route behind another one does. Gives the host itself back where that changes nothing.
 */
export function isolateListeners(host: VirtualHost, { host: name }: Called, model: Model): VirtualHost {
  const listener = listenerOf(host, name, model);
  if (listener === undefined) return host;
  const own = isBehind(host, listener) ? host : findBehind(listener, host, name, model);
  const rules = own?.rules.filter(({ listeners }) => listeners?.includes(listener.name) !== false) ?? [];
  if (own === host && rules.length === host.rules.length) return host;
  return { ...(own ?? host), rules };
}

type Called = Pick<RoutingRequest, 'host'>;
type Model = Pick<RoutingModel, 'gateways' | 'virtualHosts'>;

/**
 * The listener that keeps a name from the routes of a virtual host where listeners are isolated from each other;
 * undefined where the host stands behind it itself, or where its configuration is not read so.
 */
export function listenerBefore(
  host: VirtualHost,
  name: string,
  model: Pick<RoutingModel, 'gateways'>,
): string | undefined {
  const listener = listenerOf(host, name, model);
  return listener === undefined || isBehind(host, listener) ? undefined : listener.name;
}

interface Place {
  readonly gateway: string;
  readonly name: string;
}

function isBehind({ scope }: VirtualHost, { gateway, name }: Place): boolean {
  return scope.kind === 'gateway' && scope.listeners.some((one) => one.gateway === gateway && one.listener === name);
}

function findBehind(listener: Place, host: VirtualHost, name: string, { virtualHosts }: Model) {
  const others = virtualHosts.filter((one) => isSamePlace(one, host) && isBehind(one, listener));
  return selectHost(others, name);
}

/** Whether two virtual hosts stand behind one port of one set of proxies. */
export function isSamePlace({ scope: left }: VirtualHost, { scope: right }: VirtualHost): boolean {
  return (
    left.kind === 'gateway' && right.kind === 'gateway' && left.workload === right.workload && left.port === right.port
  );
}

/** The most specific listener of the port that takes a name, where the specification leaves isolation open. */
function listenerOf(
  virtualHost: VirtualHost,
  host: string,
  { gateways }: Pick<RoutingModel, 'gateways'>,
): Place | undefined {
  const { scope } = virtualHost;
  if (scope.kind !== 'gateway' || !profiles[profileOf(virtualHost)].open.includes('listener-isolation'))
    return undefined;
  const listeners = gateways
    .filter(({ workload }) => workload === scope.workload)
    .flatMap((gateway) => gateway.listeners.map((listener) => ({ ...listener, gateway: gateway.id })))
    .filter((listener) => listener.port === scope.port && servesHost(listener.host, host));
  const [first] = listeners;
  if (first === undefined) return undefined;
  const length = ({ host: pattern }: (typeof listeners)[number]) =>
    pattern.kind === 'any' ? 0 : pattern.kind === 'suffix' ? pattern.suffix.length : Number.MAX_SAFE_INTEGER;
  return listeners.reduce((best, one) => (length(one) > length(best) ? one : best), first);
}
