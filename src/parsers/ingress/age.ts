import type { IngressDraft } from './draft.ts';

/** Oldest first where all say when they were made, and by namespace and name. */
export function sortByAge(ingresses: readonly IngressDraft[]): readonly IngressDraft[] {
  const dated = ingresses.every(({ source }) => source.created !== undefined);
  return [...ingresses].sort((left, right) => (dated ? compareAge(left, right) : 0) || compareKeys(left, right));
}

/** The older one of two where both say when they were made; of equal age by namespace and name. */
export function findOlder(left: IngressDraft, right: IngressDraft): IngressDraft | undefined {
  if (left.source.created === undefined || right.source.created === undefined) return undefined;
  return (compareAge(left, right) || compareKeys(left, right)) <= 0 ? left : right;
}

function compareAge(left: IngressDraft, right: IngressDraft): number {
  return Date.parse(left.source.created ?? '') - Date.parse(right.source.created ?? '');
}

export function compareKeys({ key: left }: IngressDraft, { key: right }: IngressDraft): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
