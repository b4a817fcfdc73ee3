import type { RouteDraft } from './draft.ts';

/**
 * Numbers the hosts of each route: a host that it names has its place in the list, further ones that a listener made
 * of it come after. No two hosts of one route share a number.
 */
export class HostIndexes {
  readonly #taken = new Map<RouteDraft, Map<string, number>>();

  /** The number of `host`, which comes of the route's hostname at `position`. */
  of(route: RouteDraft, host: string, position: number): number {
    const taken = this.#taken.get(route) ?? new Map<string, number>();
    this.#taken.set(route, taken);
    const known = taken.get(host);
    if (known !== undefined) return known;
    const used = new Set(taken.values());
    let index = position;
    while (used.has(index)) index = Math.max(index + 1, route.hostnames.length);
    taken.set(host, index);
    return index;
  }
}
