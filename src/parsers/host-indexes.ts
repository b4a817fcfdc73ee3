/**
 * Numbers the hosts of each object: a host that it names has its place in the list, further ones that a wildcard of it
 * became on its gateways come after. No two hosts of one object share a number.
 */
export class HostIndexes<T extends object> {
  readonly #taken = new Map<T, Map<string, number>>();
  readonly #countHosts: (object: T) => number;

  /** `countHosts` gives how many hosts an object names. */
  constructor(countHosts: (object: T) => number) {
    this.#countHosts = countHosts;
  }

  /** The number of `host`, which comes of the host that the object names at `position`. */
  of(object: T, host: string, position: number): number {
    const taken = this.#taken.get(object);
    if (taken === undefined) {
      this.#taken.set(object, new Map([[host, position]]));
      return position;
    }
    const known = taken.get(host);
    if (known !== undefined) return known;
    const used = new Set(taken.values());
    let index = position;
    while (used.has(index)) index = Math.max(index + 1, this.#countHosts(object));
    taken.set(host, index);
    return index;
  }
}
