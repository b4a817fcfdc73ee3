import { type HeaderOps, type HeaderValue, NO_HEADER_OPS } from '../../ir/actions.ts';
import { type FieldPlace, type FieldTable, readList } from '../field-table.ts';
import { readInto } from './field-reading.ts';
import type { HeaderInput, HeaderModifierInput } from './types.ts';

type HeaderParts = { -readonly [K in keyof HeaderValue]: HeaderValue[K] };
type OpsParts = { -readonly [K in keyof HeaderOps]: HeaderOps[K] };

/** One header of `set` or `add`. */
export const headerTable: FieldTable<HeaderInput, HeaderParts> = {
  name: {
    read: (value, draft) => {
      draft.name = value.toLowerCase();
    },
  },
  value: {
    read: (value, draft) => {
      draft.value = value;
    },
  },
};

/** `requestHeaderModifier` and `responseHeaderModifier`. */
export const headerModifierTable: FieldTable<HeaderModifierInput, OpsParts> = {
  set: {
    read: (value, draft, place) => {
      draft.set = readValues(value, place);
    },
  },
  add: {
    read: (value, draft, place) => {
      draft.add = readValues(value, place);
    },
  },
  remove: {
    read: (value, draft) => {
      draft.remove = [...new Set(value.map((name) => name.toLowerCase()))].sort();
    },
  },
};

/** Of several entries of one name the first counts. */
function readValues(input: readonly HeaderInput[], place: FieldPlace): readonly HeaderValue[] {
  const values = new Map<string, HeaderValue>();
  for (const one of readList(input, place, (entry, at) =>
    readInto<HeaderInput, HeaderParts>(entry, headerTable, { name: '', value: '' }, at),
  )) {
    if (!values.has(one.name)) values.set(one.name, one);
  }
  return [...values.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** Reads a header modifier. */
export function readHeaderOps(input: HeaderModifierInput, place: FieldPlace): HeaderOps {
  return readInto<HeaderModifierInput, OpsParts>(input, headerModifierTable, { ...NO_HEADER_OPS }, place);
}
