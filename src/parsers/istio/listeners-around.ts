import { compareSpecificity, hostCovers } from './hosts.ts';
import type { ServedHost } from './listeners.ts';

/** The virtual hosts of one set of proxies and port, with the listeners that lead to each. */
type ServedHosts = ReadonlyMap<string, { readonly served: readonly ServedHost[] }>;

/** What a host is compared with: listeners of one name by it, those of wildcards, wildcard hosts with all of theirs, and all hosts. */
export interface UsedListeners {
  readonly byName: ReadonlyMap<string, readonly ServedHost[]>;
  readonly wildcards: readonly ServedHost[];
  readonly wide: ServedHosts;
  readonly names: Pick<ReadonlySet<string>, 'has'>;
}

/** Sorts out the listeners of a port once for all its hosts. */
export function listUsed(hosts: ServedHosts): UsedListeners {
  const seen = new Set<ServedHost['listener']>();
  const byName = new Map<string, ServedHost[]>();
  const wildcards: ServedHost[] = [];
  for (const { served } of hosts.values()) {
    for (const one of served) {
      if (seen.has(one.listener)) continue;
      seen.add(one.listener);
      const name = one.host.host;
      if (name.startsWith('*')) wildcards.push(one);
      else byName.set(name, [...(byName.get(name) ?? []), one]);
    }
  }
  const wide = new Map<string, { readonly served: readonly ServedHost[] }>();
  const used = { byName, wildcards, wide, names: hosts };
  // The wider ones first: what they are served through decides for the narrower ones.
  const names = [...hosts.keys()].filter((host) => host.startsWith('*')).sort((a, b) => compareSpecificity(b, a));
  for (const name of names) {
    const own = hosts.get(name)?.served ?? [];
    wide.set(name, { served: [...own, ...listenersAround(name, own, used)] });
  }
  return used;
}

/**
 * Further listeners that a host has to be served through. A listener answers for the names of which it is the narrowest
 * of its Gateway, and in Istio all Gateways of a port share one table of hosts, so that no wildcard that is served
 * through another Gateway takes requests of the host.
 */
export function listenersAround(
  host: string,
  own: readonly ServedHost[],
  { byName, wildcards, wide, names }: UsedListeners,
): readonly ServedHost[] {
  const named = byName.get(host) ?? [];
  const isOwn = (one: ServedHost) => own.some(({ listener }) => listener === one.listener);
  // Mostly a host is served through all that could serve it.
  if (!host.startsWith('*') && named.every(isOwn) && wildcards.every(isOwn)) return NONE;
  const gateways = new Set(own.map(({ gateway }) => gateway.id));
  const wider = [...wide].filter(([name]) => name !== host && hostCovers(name, host));
  const isShadowed = (id: string) =>
    wider.some(([, { served }]) => served.some((one) => one.gateway.id === id && hostCovers(one.host.host, host)));
  const narrowest = new Map<string, ServedHost>();
  for (const one of [...named, ...wildcards]) {
    const best = narrowest.get(one.gateway.id);
    if (!hostCovers(one.host.host, host)) continue;
    if (best === undefined || compareSpecificity(one.host.host, best.host.host) < 0) narrowest.set(one.gateway.id, one);
  }
  const above = [...narrowest.values()].filter(({ gateway: { id } }) => gateways.has(id) || isShadowed(id));
  const within = (host.startsWith('*') ? [...byName.values()].flat().concat(wildcards) : []).filter(
    ({ gateway: { id }, host: { host: name } }) =>
      gateways.has(id) &&
      name !== host &&
      hostCovers(host, name) &&
      !names.has(name) &&
      !isTaken(name, host, wide.keys()),
  );
  const listed = new Set(own.map(({ listener }) => listener));
  return [...above, ...within].filter(({ listener }) => !listed.has(listener));
}

const NONE: readonly ServedHost[] = [];

/** Whether a wildcard host between a listener's name and a wider host takes all requests of the listener. */
function isTaken(name: string, wider: string, wide: Iterable<string>): boolean {
  return [...wide].some((host) => host !== wider && hostCovers(wider, host) && hostCovers(host, name));
}
