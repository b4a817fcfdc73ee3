/** How many parts a table has. A change copies one of them, and the list of all. */
const shardCount = 256;

type Shard<Value> = ReadonlyMap<string, Value>;
type Grouping = (row: never) => string | readonly string[];

const emptyShards: readonly Shard<never>[] = Array.from({ length: shardCount }, () => new Map<string, never>());

/**
 * The rows of a table by their keys, never changed in place: a change gives new rows that share every part which is the
 * same. So each of thousands of writes is cheap, earlier states can be kept, and what was computed for a part holds as
 * long as the part does. The order is that of the parts, which says nothing.
 */
export class Rows<Value> {
  readonly shards: readonly Shard<Value>[];

  private constructor(shards: readonly Shard<Value>[]) {
    this.shards = shards;
  }

  static empty<Value>(): Rows<Value> {
    return new Rows<Value>(emptyShards);
  }

  get(key: string): Value | undefined {
    return this.shards[shardOf(key)]?.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** The rows with these written, or removed where there is no value. */
  with(changes: readonly (readonly [key: string, value: Value | undefined])[]): Rows<Value> {
    const shards = [...this.shards];
    const copied = new Map<number, Map<string, Value>>();
    for (const [key, value] of changes) {
      const index = shardOf(key);
      const shard = copied.get(index) ?? new Map(shards[index]);
      copied.set(index, shard);
      shards[index] = shard;
      if (value === undefined) shard.delete(key);
      else shard.set(key, value);
    }
    return new Rows(shards);
  }

  values(): readonly Value[] {
    return this.shards.flatMap((shard) => (shard.size === 0 ? [] : [...shard.values()]));
  }

  entries(): readonly (readonly [string, Value])[] {
    return this.shards.flatMap((shard) => (shard.size === 0 ? [] : [...shard]));
  }

  /**
   * The rows that `by` puts under a key, which may be several keys for one row. `by` has to be the same function every
   * time, since its answers are kept.
   */
  where(by: (row: Value) => string | readonly string[], key: string): readonly Value[] {
    return this.shards.flatMap((shard) => (shard.size === 0 ? [] : (groupsOf(shard, by).get(key) ?? [])));
  }
}

const groupings = new WeakMap<object, Map<Grouping, ReadonlyMap<string, readonly unknown[]>>>();

function groupsOf<Value>(
  shard: Shard<Value>,
  by: (row: Value) => string | readonly string[],
): ReadonlyMap<string, readonly Value[]> {
  const known = groupings.get(shard) ?? new Map<Grouping, ReadonlyMap<string, readonly unknown[]>>();
  groupings.set(shard, known);
  const found = known.get(by);
  // What stands under `by` was made by it.
  if (found !== undefined) return found as ReadonlyMap<string, readonly Value[]>;
  const groups = new Map<string, Value[]>();
  for (const row of shard.values()) {
    for (const key of [by(row)].flat()) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [row]);
      else group.push(row);
    }
  }
  known.set(by, groups);
  return groups;
}

function shardOf(key: string): number {
  let value = 0;
  for (let index = 0; index < key.length; index += 1) value = (Math.imul(value, 31) + key.charCodeAt(index)) | 0;
  return (value ^ (value >>> 8) ^ (value >>> 16)) & (shardCount - 1);
}
