import type { VirtualServiceDraft } from './draft.ts';

/**
 * Numbers the hosts of each VirtualService: a host that it names has its place in the list, further ones that a
 * wildcard of it became on its gateways come after. No two hosts of one object share a number.
 */
export class HostIndexes {
  readonly #taken = new Map<VirtualServiceDraft, Map<string, number>>();

  /** The number of `host`, which comes of the VirtualService's host at `position`. */
  of(draft: VirtualServiceDraft, host: string, position: number): number {
    const taken = this.#taken.get(draft) ?? new Map<string, number>();
    this.#taken.set(draft, taken);
    const known = taken.get(host);
    if (known !== undefined) return known;
    const used = new Set(taken.values());
    let index = position;
    while (used.has(index)) index = Math.max(index + 1, draft.hosts.length);
    taken.set(host, index);
    return index;
  }
}
