import type { EmitOptions } from '../emitters/emitter.ts';
import { classSuffix } from '../emitters/gateway-api/plan-gateways.ts';
import type { Gateway, Listener, RoutingModel, VirtualHost } from '../ir/model.ts';

/**
 * The model of the output with its unseen Gateways as the source has them. Listeners that cannot be told apart stand in
 * gateways of their own, numbered as routes name them: where a route is withheld, the output names fewer of them, and
 * one of the rest takes its place.
 */
export function alignImplied(
  written: RoutingModel,
  source: Pick<RoutingModel, 'gateways'>,
  options: EmitOptions,
): RoutingModel {
  const unseen = source.gateways
    .filter(isImplied)
    .map((gateway) => ({ gateway, written: writtenId(gateway, options) }));
  const places = new Map<string, string>();
  for (const gateway of written.gateways.filter(isImplied)) {
    const [listener] = gateway.listeners;
    const same =
      listener && unseen.find((one) => one.written === withoutPlace(gateway.id) && has(one.gateway, listener));
    if (same !== undefined && same.gateway.id !== gateway.id) places.set(gateway.id, same.gateway.id);
  }
  if (places.size === 0) return written;
  const placeOf = (id: string) => places.get(id) ?? id;
  return {
    ...written,
    gateways: written.gateways.map((one) => ({ ...one, id: placeOf(one.id), workload: placeOf(one.workload) })),
    virtualHosts: written.virtualHosts.map((host) => moveHost(host, placeOf)),
  };
}

function isImplied({ extra }: Gateway): boolean {
  return extra['implied'] === true;
}

/** The id of the Gateway that the routes of the output name: a change of class gives it another name. */
function writtenId({ id, source, className }: Gateway, options: EmitOptions): string {
  return `${withoutPlace(id)}${classSuffix(source, className, options)}`;
}

function withoutPlace(id: string): string {
  return id.replace(/#.*/, '');
}

function has({ listeners }: Gateway, { name, port }: Listener): boolean {
  return listeners.some((one) => one.name === name && one.port === port);
}

function moveHost(host: VirtualHost, placeOf: (id: string) => string): VirtualHost {
  const { scope, id } = host;
  if (scope.kind !== 'gateway') return host;
  const workload = placeOf(scope.workload);
  if (workload === scope.workload) return host;
  return {
    ...host,
    id: `${workload}${id.slice(scope.workload.length)}`,
    scope: {
      ...scope,
      workload,
      listeners: scope.listeners.map((one) => ({ ...one, gateway: placeOf(one.gateway) })),
    },
  };
}
