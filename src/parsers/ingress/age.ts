import { compareAge, compareText, sortByAge as sort } from '../sort-by-age.ts';
import type { IngressDraft } from './draft.ts';

/** Oldest first, those without a time last, and by namespace and name. */
export function sortByAge(ingresses: readonly IngressDraft[]): readonly IngressDraft[] {
  return sort(ingresses, compareKeys);
}

/** The older one of two where both say when they were made; of equal age by namespace and name. */
export function findOlder(left: IngressDraft, right: IngressDraft): IngressDraft | undefined {
  if (left.source.created === undefined || right.source.created === undefined) return undefined;
  return (compareAge(left, right) || compareKeys(left, right)) <= 0 ? left : right;
}

export function compareKeys({ key: left }: IngressDraft, { key: right }: IngressDraft): number {
  return compareText(left, right);
}
