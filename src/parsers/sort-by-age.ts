import type { SourceObject } from '../ir/model.ts';

/**
 * The oldest first, behind them those that do not say when they were made. Among these, and among objects of one age,
 * the names decide, in the way of the format.
 */
export function sortByAge<T extends { readonly source: SourceObject }>(
  objects: readonly T[],
  compareNames: (left: T, right: T) => number,
): readonly T[] {
  const isUndated = ({ source }: T) => Number(source.created === undefined);
  return [...objects].sort(
    (left, right) =>
      isUndated(left) - isUndated(right) ||
      (isUndated(left) === 0 ? compareAge(left, right) : 0) ||
      compareNames(left, right),
  );
}

/** Below zero where the first is older, for objects that both say when they were made. */
export function compareAge(left: { readonly source: SourceObject }, right: { readonly source: SourceObject }): number {
  return Date.parse(left.source.created ?? '') - Date.parse(right.source.created ?? '');
}

export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
