import type { Cors } from '../../ir/actions.ts';
import type { FieldPlace, FieldTable } from '../field-table.ts';
import { readInto } from './field-reading.ts';
import type { CorsInput } from './types.ts';

type CorsParts = { -readonly [K in keyof Cors]: Cors[K] };

/** What is listed twice says nothing more. */
const once = (values: readonly string[]): readonly string[] => [...new Set(values)];

/** `cors`. */
export const corsTable: FieldTable<CorsInput, CorsParts> = {
  allowOrigins: {
    read: (value, draft) => {
      // A star in an origin is the target's own notation too, so the text says it all.
      draft.origins = once(value).map((origin) => ({ kind: 'exact', value: origin }));
    },
  },
  allowCredentials: {
    read: (value, draft) => {
      draft.credentials = value;
    },
  },
  allowMethods: {
    read: (value, draft) => {
      draft.methods = once(value);
    },
  },
  allowHeaders: {
    read: (value, draft) => {
      draft.requestHeaders = once(value);
    },
  },
  exposeHeaders: {
    read: (value, draft) => {
      draft.exposeHeaders = once(value);
    },
  },
  maxAge: {
    read: (value, draft) => {
      draft.maxAge = value;
    },
  },
};

/** Reads `cors`; a preflight may be remembered for 5 seconds unless it says otherwise. */
export function readCors(input: CorsInput, place: FieldPlace): Cors {
  const draft: CorsParts = {
    origins: [],
    methods: [],
    requestHeaders: [],
    exposeHeaders: [],
    maxAge: 5,
    credentials: false,
    unmatchedPreflight: 'ignore',
  };
  return readInto(input, corsTable, draft, place);
}
