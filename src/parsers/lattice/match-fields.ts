import { exactly, type StringPredicate, startingWith } from '../../ir/predicates.ts';
import { quoteRe2 } from '../../semantics/languages/quote-re2.ts';
import { type FieldTable, fieldReader, readList } from '../field-table.ts';
import { latticeSourceDiagnostics } from './diagnostics.ts';
import type { MatchDraft } from './draft.ts';
import { into } from './into.ts';
import type { HeaderMatchInput, HttpMatchInput } from './types.ts';

/** Reads a resource by its table. */
export const readInto = fieldReader(latticeSourceDiagnostics['unknown-field']);

interface HeaderDraft {
  name: string;
  match: HeaderMatchInput['match'];
  caseSensitive: boolean;
}

/** A header; letter case of the value does not count unless the flag says so. */
export const headerTable: FieldTable<HeaderMatchInput, HeaderDraft> = {
  name: {
    read: (value, draft) => {
      draft.name = value.toLowerCase();
    },
  },
  match: into('match', 'exact, prefix or contains'),
  caseSensitive: into('caseSensitive'),
};

/** `match.httpMatch` of a rule. */
export const matchTable: FieldTable<HttpMatchInput, MatchDraft> = {
  method: into('method'),
  pathMatch: {
    read: ({ match: { exact, prefix }, caseSensitive }, draft) => {
      const ignoreCase = caseSensitive !== true;
      if (exact !== undefined) draft.path = { kind: 'exact', value: exact, ignoreCase };
      else if (prefix !== undefined) draft.path = { kind: 'prefix', value: prefix, ignoreCase };
    },
    note: 'how a prefix is read is not documented',
  },
  headerMatches: {
    read: (value, draft, place) => {
      draft.headers = [
        ...readList(value, place, (one, at) => {
          const empty: HeaderDraft = { name: '', match: {}, caseSensitive: false };
          const { name, match, caseSensitive } = readInto(one, headerTable, empty, at);
          return { name, value: toPredicate(match, !caseSensitive) };
        }),
      ];
    },
  },
};

function toPredicate(
  { exact, prefix, contains = '' }: HeaderMatchInput['match'],
  ignoreCase: boolean,
): StringPredicate {
  if (exact !== undefined) return exactly(exact, ignoreCase);
  if (prefix !== undefined) return startingWith(prefix, ignoreCase);
  return { kind: 'regex', pattern: `${ignoreCase ? '(?i)' : ''}.*${quoteRe2(contains)}.*` };
}
