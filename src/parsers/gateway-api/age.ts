import type { SourceObject } from '../../ir/model.ts';
import { compareText, sortByAge as sort } from '../sort-by-age.ts';

interface Aged {
  readonly source: SourceObject;
  readonly namespace: string;
  readonly name: string;
}

/**
 * The order of routes whose rules rank alike: the oldest first, then by `namespace/name`. Those without a time stand
 * last.
 */
export function sortByAge<T extends Aged>(objects: readonly T[]): readonly T[] {
  return sort(objects, (left, right) =>
    compareText(`${left.namespace}/${left.name}`, `${right.namespace}/${right.name}`),
  );
}
