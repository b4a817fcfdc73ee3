import type { RoutingModel, VirtualHost } from '../../ir/model.ts';

/** Gives a model with those of its hosts only that may answer a request, so that many requests can be followed. */
export function narrowByHost(model: RoutingModel): (host: string) => RoutingModel {
  const byKey = new Map<string, VirtualHost[]>();
  const always: VirtualHost[] = [];
  for (const host of model.virtualHosts) {
    const key = keyOf(host);
    if (key === undefined) always.push(host);
    else {
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, [host]);
      else known.push(host);
    }
  }
  return (name) => {
    const [service = ''] = name.split('.');
    const own = [...(byKey.get(`gateway ${name}`) ?? []), ...(byKey.get(`mesh ${service}`) ?? [])];
    return { ...model, virtualHosts: [...own, ...always] };
  };
}

/** What a name must be, or begin with, to be served by the host; undefined where that is not one name. */
function keyOf({ scope, host }: VirtualHost): string | undefined {
  if (scope.kind === 'mesh') return scope.target === undefined ? undefined : `mesh ${scope.target.service}`;
  return host.kind === 'exact' ? `gateway ${host.name}` : undefined;
}
