import { type FieldPlace, type FieldTable, readList } from '../field-table.ts';
import type { MatchDraft, PathDraft, ValueDraft } from './draft.ts';
import { readInto } from './field-reading.ts';
import type { MatchInput, PathMatchInput, ValueMatchInput } from './types.ts';

/** `path` of a match. */
export const pathMatchTable: FieldTable<PathMatchInput, PathDraft> = {
  type: {
    read: (value, draft) => {
      draft.type = value;
    },
  },
  value: {
    read: (value, draft) => {
      draft.value = value;
    },
  },
};

/** A test of a header or of a query parameter. */
export const valueMatchTable: FieldTable<ValueMatchInput, ValueDraft> = {
  type: {
    read: (value, draft) => {
      draft.type = value;
    },
  },
  name: {
    read: (value, draft) => {
      draft.name = value;
    },
  },
  value: {
    read: (value, draft) => {
      draft.value = value;
    },
  },
};

function readValues(input: readonly ValueMatchInput[], place: FieldPlace): readonly ValueDraft[] {
  return readList(input, place, (one, at) => {
    const empty: ValueDraft = { origin: at.origin, name: '', type: 'Exact', value: '' };
    return readInto(one, valueMatchTable, empty, at);
  });
}

/** One entry of `matches`. */
export const matchTable: FieldTable<MatchInput, MatchDraft> = {
  path: {
    read: (value, draft, place) => {
      draft.path = readInto(value, pathMatchTable, everyPath(place), place);
    },
  },
  headers: {
    read: (value, draft, place) => {
      draft.headers = readValues(value, place);
    },
  },
  queryParams: {
    read: (value, draft, place) => {
      draft.query = readValues(value, place);
    },
  },
  method: {
    read: (value, draft) => {
      draft.method = value;
    },
  },
};

const NO_VALUES: readonly ValueDraft[] = [];

/** What an unwritten path means. */
function everyPath({ origin }: FieldPlace): PathDraft {
  return { origin, type: 'PathPrefix', value: '/' };
}

/** Reads one entry of `matches`; nothing written takes every request. */
export function readMatch(input: MatchInput, place: FieldPlace): MatchDraft {
  const draft: MatchDraft = { origin: place.origin, path: everyPath(place), headers: NO_VALUES, query: NO_VALUES };
  return readInto(input, matchTable, draft, place);
}
