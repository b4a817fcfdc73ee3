import { type HeaderOps, type HeaderValue, NO_HEADER_OPS } from '../../ir/actions.ts';

/** One set of changes, then another, as Envoy runs them in one list: all removals, all sets, all additions. */
export function joinHeaderOps(first: HeaderOps, second: HeaderOps): HeaderOps {
  if (first === NO_HEADER_OPS && second === NO_HEADER_OPS) return NO_HEADER_OPS;
  const set = new Map<string, HeaderValue>();
  for (const value of [...first.set, ...second.set]) set.set(value.name, value);
  return {
    remove: [...new Set([...first.remove, ...second.remove])].sort(),
    set: [...set.values()].sort(byName),
    add: [...first.add, ...second.add].sort(byName),
  };
}

/**
 * The changes of a destination that still show after those of its rule, which Envoy makes later: what the rule sets
 * or removes, it has the last word on. Names that both change otherwise are given too.
 */
export function cutOverruled(
  destination: HeaderOps,
  rule: HeaderOps,
): { readonly ops: HeaderOps; readonly contested: readonly string[] } {
  const overruled = new Set([...rule.remove, ...rule.set.map(({ name }) => name)]);
  const keep = ({ name }: HeaderValue) => !overruled.has(name);
  const ops: HeaderOps = {
    remove: destination.remove.filter((name) => !overruled.has(name)),
    set: destination.set.filter(keep),
    add: destination.add.filter(keep),
  };
  const added = new Set(rule.add.map(({ name }) => name));
  const changed = [...ops.remove, ...ops.set.map(({ name }) => name), ...ops.add.map(({ name }) => name)];
  return { ops, contested: [...new Set(changed.filter((name) => added.has(name)))].sort() };
}

function byName(left: HeaderValue, right: HeaderValue): number {
  return left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
}
