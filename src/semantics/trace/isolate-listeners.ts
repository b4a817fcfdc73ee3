import type { RoutingModel, VirtualHost } from '../../ir/model.ts';
import { selectHost, servesHost } from '../evaluate.ts';
import { profileOf, profiles } from '../profiles.ts';
import type { ModelRequest } from '../request-model.ts';

/**
 * What of a virtual host answers where listeners are isolated from each other: the most specific listener of the port
 * takes the request, and no route behind another one does. Gives the host itself back where that changes nothing.
 */
export function isolateListeners(host: VirtualHost, request: ModelRequest, model: RoutingModel): VirtualHost {
  if (!profiles[profileOf(host)].open.includes('listener-isolation')) return host;
  const listener = mostSpecificListener(host, request, model);
  if (listener === undefined) return host;
  const own = isBehind(host, listener) ? host : findBehind(listener, host, request, model);
  const rules = own?.rules.filter(({ listeners }) => listeners?.includes(listener.name) !== false) ?? [];
  if (own === host && rules.length === host.rules.length) return host;
  return { ...(own ?? host), rules };
}

interface Place {
  readonly gateway: string;
  readonly name: string;
}

function isBehind({ scope }: VirtualHost, { gateway, name }: Place): boolean {
  return scope.kind === 'gateway' && scope.listeners.some((one) => one.gateway === gateway && one.listener === name);
}

function findBehind(listener: Place, host: VirtualHost, request: ModelRequest, model: RoutingModel) {
  const others = model.virtualHosts.filter((one) => isSamePlace(one, host) && isBehind(one, listener));
  return selectHost(others, request.host);
}

/** Whether two virtual hosts stand behind one port of one set of proxies. */
export function isSamePlace({ scope: left }: VirtualHost, { scope: right }: VirtualHost): boolean {
  return (
    left.kind === 'gateway' && right.kind === 'gateway' && left.workload === right.workload && left.port === right.port
  );
}

function mostSpecificListener(
  { scope }: VirtualHost,
  { host }: ModelRequest,
  { gateways }: RoutingModel,
): Place | undefined {
  if (scope.kind !== 'gateway') return undefined;
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
