import type { ErrorObject } from 'ajv';
import type { Report } from '../diagnostics/diagnostic.ts';
import type { Origin, PathSegment } from '../diagnostics/origin.ts';
import { isMapping } from './expand-list.ts';
import { explainError, type Place } from './explain-error.ts';
import { foldErrors } from './fold-errors.ts';
import type { ValidatorSet } from './load-validators.ts';
import type { KubernetesDocument } from './read-documents.ts';

/**
 * Checks an object against the schema of its kind and reports what is wrong, once per place. True
 * when it may be parsed: it is valid, or nothing is known about its kind. A field that is null
 * counts as absent, as in Kubernetes; unknown fields are left to the parsers.
 */
export function checkSchema(document: KubernetesDocument, validators: ValidatorSet, report: Report): boolean {
  const validate = validators.validatorOf(document.resource);
  if (validate === undefined || validate(document.object)) return true;
  let errors: readonly ErrorObject[] = validate.errors ?? [];
  if (errors.some((error) => valueAt(document.object, pathOf(document.object, error.instancePath)) === null)) {
    if (validate(withoutNulls(document.object))) return true;
    errors = validate.errors ?? [];
  }
  for (const error of foldErrors(errors)) {
    const path = pathOf(document.object, error.instancePath);
    const place: Place = {
      origin: document.origin.at(...path),
      value: valueAt(document.object, path),
      written: writtenAt(document.origin.at(...path)),
    };
    report(explainError(error, place));
  }
  return false;
}

/** Resolves a JSON pointer; numbers index lists and name the keys of mappings. */
function pathOf(object: unknown, pointer: string): readonly PathSegment[] {
  const path: PathSegment[] = [];
  let value = object;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const step = Array.isArray(value) ? Number(key) : key;
    path.push(step);
    value = childOf(value, step);
  }
  return path;
}

function valueAt(object: unknown, path: readonly PathSegment[]): unknown {
  return path.reduce<unknown>(childOf, object);
}

function childOf(value: unknown, step: PathSegment): unknown {
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined;
  return isMapping(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

/** What the author wrote at a place, when it stands on one line: `on` for true. */
function writtenAt(origin: Origin): string | undefined {
  const { line, col, endLine, endCol } = origin.span();
  return line === endLine ? origin.document.lineText(line)?.slice(col - 1, endCol - 1) : undefined;
}

/** A copy whose mappings hold no nulls. Nulls in lists stay: leaving them out would move the others. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isMapping(value)) return value;
  const entries = Object.entries(value).filter(([, child]) => child !== null);
  return Object.fromEntries(entries.map(([key, child]) => [key, withoutNulls(child)]));
}
