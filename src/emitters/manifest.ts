/** A Kubernetes object or a part of one, keys in printing order. */
export type Manifest = Readonly<Record<string, unknown>>;

/** The fields that have a value, in the order written. */
export function fields(all: Readonly<Record<string, unknown>>): Manifest {
  if (isComplete(all)) return all;
  const kept: Record<string, unknown> = {};
  for (const key in all) if (all[key] !== undefined) kept[key] = all[key];
  return kept;
}

function isComplete(all: Readonly<Record<string, unknown>>): boolean {
  for (const key in all) if (all[key] === undefined) return false;
  return true;
}

/** Whether two parts of manifests print the same. */
export function isSamePart(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const [mine, others] = [Object.keys(left), Object.keys(right)];
  if (mine.length !== others.length || !mine.every((key, index) => key === others[index])) return false;
  const [ours, theirs] = [left as Manifest, right as Manifest];
  return mine.every((key) => isSamePart(ours[key], theirs[key]));
}

/** A list, or nothing where it is empty: an empty list in a manifest says nothing. */
export function listOrNone<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The value of a key, made and kept when it is missing. */
export function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** The items by a key, keys in the order of their first item. */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    // Most groups stay at one item; an empty list would become 17 places wide with it.
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** The items in pieces of at most `size`. */
export function chunk<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
