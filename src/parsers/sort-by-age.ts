import type { SourceObject } from '../ir/model.ts';

/**
 * The oldest first where all say when they were made; else, and among objects of one age, the names decide, in the
 * way of the format.
 */
export function sortByAge<T extends { readonly source: SourceObject }>(
  objects: readonly T[],
  compareNames: (left: T, right: T) => number,
): readonly T[] {
  const dated = objects.every(({ source }) => source.created !== undefined);
  return [...objects].sort((left, right) => (dated ? compareAge(left, right) : 0) || compareNames(left, right));
}

/** Below zero where the first is older, for objects that both say when they were made. */
export function compareAge(left: { readonly source: SourceObject }, right: { readonly source: SourceObject }): number {
  return Date.parse(left.source.created ?? '') - Date.parse(right.source.created ?? '');
}

export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
