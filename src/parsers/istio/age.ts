import type { SourceObject } from '../../ir/model.ts';
import { compareText, sortByAge as sort } from '../sort-by-age.ts';

interface Aged {
  readonly source: SourceObject;
  readonly namespace: string;
}

/** Istio's own order: creation time, then name, then namespace; those without a time stand last. */
export function sortByAge<T extends Aged>(objects: readonly T[]): readonly T[] {
  return sort(
    objects,
    (left, right) => compareText(left.source.name, right.source.name) || compareText(left.namespace, right.namespace),
  );
}
