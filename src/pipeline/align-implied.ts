import type { EmitOptions } from '../emitters/emitter.ts';
import { classSuffix } from '../emitters/gateway-api/plan-gateways.ts';
import type { Gateway, RoutingModel, VirtualHost } from '../ir/model.ts';

/**
 * The model of the output with its unseen Gateways as the source has them. Listeners that cannot be told apart stand in
 * gateways of their own, in the order in which routes name them: where a route is withheld, the output names fewer of
 * them, and one of the rest takes its place.
 */
export function alignImplied(
  written: RoutingModel,
  source: Pick<RoutingModel, 'gateways'>,
  options: EmitOptions,
): RoutingModel {
  const places = listPlaces(source.gateways.filter(isImplied), options);
  if (places.size === 0) return written;
  const implied = new Set(written.gateways.filter(isImplied).map(({ id }) => id));
  const placeOf: PlaceOf = (id, listener, port) =>
    implied.has(id) ? (places.get(keyOf(id, listener, port)) ?? id) : id;
  return {
    ...written,
    gateways: written.gateways.flatMap((gateway) => splitGateway(gateway, placeOf)),
    virtualHosts: written.virtualHosts.map((host) => moveHost(host, placeOf)),
  };
}

type PlaceOf = (id: string, listener: string, port: number) => string;

/** The gateway of the source that each listener stands in, by the id of the Gateway that the output names. */
function listPlaces(unseen: readonly Gateway[], options: EmitOptions): ReadonlyMap<string, string> {
  return new Map(
    unseen.flatMap(({ id, source, className, listeners }) => {
      // A change of class gives it another name.
      const written = `${withoutPlace(id)}${classSuffix(source, className, options)}`;
      return listeners.map(({ name, port }) => [keyOf(written, name, port), id] as const);
    }),
  );
}

function keyOf(id: string, listener: string, port: number): string {
  return JSON.stringify([withoutPlace(id), listener, port]);
}

function withoutPlace(id: string): string {
  return id.replace(/#.*/, '');
}

function isImplied({ extra }: Gateway): boolean {
  return extra['implied'] === true;
}

/** The gateway, once for each place that its listeners belong to. */
function splitGateway(gateway: Gateway, placeOf: PlaceOf): readonly Gateway[] {
  const { id, listeners } = gateway;
  const places = new Set(listeners.map(({ name, port }) => placeOf(id, name, port)));
  if (places.size === 0 || (places.size === 1 && places.has(id))) return [gateway];
  return [...places].map((place) => ({
    ...gateway,
    id: place,
    workload: place,
    listeners: listeners.filter(({ name, port }) => placeOf(id, name, port) === place),
  }));
}

function moveHost(host: VirtualHost, placeOf: PlaceOf): VirtualHost {
  const { scope, id } = host;
  if (scope.kind !== 'gateway') return host;
  const listeners = scope.listeners.map((one) => ({
    ...one,
    gateway: placeOf(one.gateway, one.listener, scope.port),
  }));
  const workload = listeners[0]?.gateway;
  if (workload === undefined || workload === scope.workload || scope.listeners[0]?.gateway === workload) return host;
  return { ...host, id: `${workload}${id.slice(scope.workload.length)}`, scope: { ...scope, workload, listeners } };
}
