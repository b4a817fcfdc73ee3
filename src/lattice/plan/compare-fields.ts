import type { Field } from '../fields.ts';
import type { Tags } from '../owner.ts';
import type { FieldChange } from './plan-types.ts';

/** What two lists of fields have that the other has not, by path. */
export function compareFields(
  before: readonly Field[],
  after: readonly Field[],
): readonly (FieldChange & { readonly isFixed: boolean })[] {
  const [old, fresh] = [byPath(before), byPath(after)];
  const paths = new Set([...fresh.keys(), ...old.keys()]);
  return [...paths].flatMap((path) => {
    const [left, right] = [old.get(path), fresh.get(path)];
    if (left?.value === right?.value) return [];
    // What the wanted side does not say is as it is.
    if (right === undefined && left?.isOptional === true) return [];
    const isFixed = left?.isFixed === true || right?.isFixed === true;
    return [{ path, before: left?.value ?? null, after: right?.value ?? null, isFixed }];
  });
}

/** Tags as fields. */
export function tagFields(tags: Tags): readonly Field[] {
  return Object.entries(tags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ path: `tags[${name}]`, value }));
}

function byPath(fields: readonly Field[]): ReadonlyMap<string, Field> {
  return new Map(fields.map((field) => [field.path, field]));
}
