import type { ErrorObject } from 'ajv';

/** An error of ajv, with the errors of its alternatives where it is about alternatives. */
export interface FoldedError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Of `anyOf` and `oneOf`: why each alternative failed. */
  readonly alternatives: readonly FoldedError[];
  /** Of `required`: all missing fields of the place. */
  readonly missing: readonly string[];
}

/** The wrong type of a value says more than the bounds that it also breaks. */
const rank = [
  'type',
  'required',
  'additionalProperties',
  'unevaluatedProperties',
  'enum',
  'const',
  'pattern',
  'format',
];

/**
 * Reduces ajv's errors to one per place. ajv reports every failed alternative of an `anyOf` next to
 * the failure as a whole; here they become parts of it, and an alternative that failed deeper inside
 * (the one that was meant) speaks for the whole.
 */
export function foldErrors(errors: readonly ErrorObject[]): readonly FoldedError[] {
  const byPlace = new Map<string, FoldedError>();
  for (const error of nest(errors)) {
    const known = byPlace.get(error.instancePath);
    byPlace.set(error.instancePath, known === undefined ? error : join(known, error));
  }
  return [...byPlace.values()];
}

function join(left: FoldedError, right: FoldedError): FoldedError {
  if (left.keyword === 'required' && right.keyword === 'required') {
    return { ...left, missing: [...new Set([...left.missing, ...right.missing])] };
  }
  return rankOf(right) < rankOf(left) ? right : left;
}

function rankOf({ keyword }: FoldedError): number {
  const index = rank.indexOf(keyword);
  return index < 0 ? rank.length : index;
}

function nest(errors: readonly ErrorObject[]): readonly FoldedError[] {
  // The errors of alternatives stand directly before the error of the whole.
  const folded: { readonly error: FoldedError; readonly schemaPath: string }[] = [];
  for (const { keyword, instancePath, schemaPath, params } of errors) {
    if (keyword === 'if' || keyword === 'allOf') continue;
    const alternatives: FoldedError[] = [];
    if (keyword === 'anyOf' || keyword === 'oneOf') {
      for (
        let last = folded.at(-1);
        last !== undefined && isInside(last, instancePath, schemaPath);
        last = folded.at(-1)
      ) {
        alternatives.unshift(last.error);
        folded.pop();
      }
    }
    const missing = typeof params['missingProperty'] === 'string' ? [params['missingProperty']] : [];
    folded.push({ error: { keyword, instancePath, params, alternatives, missing }, schemaPath });
  }
  return folded.flatMap(({ error }) => speakers(error));
}

function isInside(
  { error, schemaPath }: { readonly error: FoldedError; readonly schemaPath: string },
  instancePath: string,
  outer: string,
): boolean {
  const below = error.instancePath === instancePath || error.instancePath.startsWith(`${instancePath}/`);
  return below && (schemaPath.startsWith(`${outer}/`) || /^#\/(definitions|\$defs)\//.test(schemaPath));
}

function speakers(error: FoldedError): readonly FoldedError[] {
  const deeper = error.alternatives.filter(({ instancePath }) => instancePath !== error.instancePath);
  return deeper.length > 0 ? deeper : [error];
}
