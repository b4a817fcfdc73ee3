import type { EmitOptions } from '../emitters/emitter.ts';
import type { Gateway, RoutingModel, VirtualHost } from '../ir/model.ts';

/**
 * The model of the output without hosts that come in at a Gateway which it names and does not have. The reader takes
 * such a Gateway to exist; of our own output that holds only where the input left it out, too.
 */
export function dropUnattached(
  written: RoutingModel,
  source: Pick<RoutingModel, 'gateways'>,
  options: EmitOptions,
): RoutingModel {
  const known = source.gateways.filter(isImplied);
  const isRenamed = options.gateway !== undefined || options.gatewayClass !== undefined;
  const isKnown = ({ id }: Gateway) => known.some((one) => one.id === id) || (isRenamed && known.length > 0);
  const absent = new Set(written.gateways.filter((one) => isImplied(one) && !isKnown(one)).map(({ id }) => id));
  if (absent.size === 0) return written;
  const isAttached = ({ scope }: VirtualHost) =>
    scope.kind === 'mesh' || scope.listeners.some(({ gateway }) => !absent.has(gateway));
  return { ...written, virtualHosts: written.virtualHosts.filter(isAttached) };
}

/** Whether a route names it and no object of the input is it. */
function isImplied({ extra }: Gateway): boolean {
  return extra['implied'] === true;
}
