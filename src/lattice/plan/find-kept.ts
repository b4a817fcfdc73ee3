import type { LiveResource } from '../live-state.ts';
import type { IsProtected } from './protection.ts';

/**
 * Why some orphans are not deleted, by key: the settings protect them, or something that stays stands in them or leads to
 * them. A service that stays keeps everything that answers for it, and a network that stays keeps its VPCs and its policy:
 * half of either would change what others meet. So does one of `unsaid`, of which nothing says who may call: without its
 * policy it might let nobody in.
 */
export function findKept(
  resources: readonly LiveResource[],
  orphans: readonly LiveResource[],
  isProtected: IsProtected,
  unsaid: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, string> {
  const keeper = new Keeper(resources, orphans);
  for (const one of resources) if (one.owner.kind !== 'ours') keeper.keepAround(one, 'is not of this stack');
  for (const one of orphans) if (isProtected(one.key)) keeper.keep(one, 'the settings protect it', 'is protected');
  for (const one of orphans) {
    if (one.kind === 'AuthPolicy' && one.parent !== undefined && unsaid.has(one.parent))
      keeper.keep(one, 'the settings do not say who may call through its network');
  }
  // What is kept may keep something else.
  for (let before = -1; before !== keeper.kept.size; ) {
    before = keeper.kept.size;
    for (const one of orphans) keeper.keepWithOthers(one);
  }
  return keeper.kept;
}

class Keeper {
  readonly kept = new Map<string, string>();
  readonly #byKey: ReadonlyMap<string, LiveResource>;
  readonly #byArn: ReadonlyMap<string, LiveResource>;
  readonly #orphans: ReadonlySet<string>;
  /** Services with a listener or rule of others, which may lead anywhere. */
  readonly #visited: ReadonlySet<string>;

  constructor(resources: readonly LiveResource[], orphans: readonly LiveResource[]) {
    this.#byKey = new Map(resources.map((one) => [one.key, one]));
    this.#byArn = new Map(resources.map((one) => [one.arn, one]));
    this.#orphans = new Set(orphans.map(({ key }) => key));
    const guests = resources.filter(
      ({ kind, owner }) => (kind === 'Rule' || kind === 'Listener') && owner.kind !== 'ours',
    );
    this.#visited = new Set(guests.flatMap((one) => this.#above(one)));
  }

  keep(one: LiveResource, reason: string, why = 'is kept'): void {
    if (this.kept.has(one.key)) return;
    this.kept.set(one.key, reason);
    this.keepAround(one, why);
  }

  /** Keeps what a resource cannot be without. */
  keepAround(one: LiveResource, why: string): void {
    const note = (key: string, reason: string) => {
      if (!this.kept.has(key)) this.kept.set(key, `${one.key} ${reason} it and ${why}`);
    };
    for (const above of this.#above(one)) note(above, 'stands in');
    if (one.leadsTo !== undefined) note(one.leadsTo, 'leads to');
  }

  /** Keeps an orphan because of another one that is kept. */
  keepWithOthers(one: LiveResource): void {
    const owner = this.#wholesOf(one).find((key) => this.#isKeptOrphan(key));
    if (owner !== undefined) this.keep(one, `${owner} is kept, and would not be the same without it`);
    for (const arn of one.users ?? []) {
      const user = this.#byArn.get(arn);
      if (user?.owner.kind !== 'ours') this.keep(one, `${user?.key ?? arn} leads to it and is not of this stack`);
      else if (this.#isKeptOrphan(user.key) || this.#visited.has(user.key))
        this.keep(one, `${user.key} may lead to it and is kept`);
    }
  }

  /** The services and networks that a resource is a part of; a network can do without the services that leave it. */
  #wholesOf(one: LiveResource): readonly string[] {
    if (one.kind === 'ServiceNetworkServiceAssociation') return one.leadsTo === undefined ? [] : [one.leadsTo];
    return this.#above(one).filter((key) => key.startsWith('Service ') || key.startsWith('ServiceNetwork '));
  }

  #isKeptOrphan(key: string): boolean {
    return this.kept.has(key) && this.#orphans.has(key);
  }

  #above({ parent }: LiveResource): readonly string[] {
    if (parent === undefined) return [];
    const one = this.#byKey.get(parent);
    return one === undefined ? [parent] : [parent, ...this.#above(one)];
  }
}
