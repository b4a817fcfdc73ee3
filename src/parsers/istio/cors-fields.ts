import type { Cors } from '../../ir/actions.ts';
import type { FieldPlace, FieldTable } from '../field-table.ts';
import { readDuration } from './duration-fields.ts';
import { readInto } from './field-reading.ts';
import { stringMatchTable } from './match-fields.ts';
import type { CorsInput, StringMatchInput } from './types.ts';

type CorsDraft = { -readonly [K in keyof Cors]: Cors[K] } & { oldOrigins: Cors['origins'] };
type OriginTest = Cors['origins'][number];

/** What is listed twice says nothing more. */
const once = (values: readonly string[]): readonly string[] => [...new Set(values)];

/** `corsPolicy` of a rule. */
export const corsTable: FieldTable<CorsInput, CorsDraft> = {
  allowOrigins: {
    read: (value, draft, { origin, report }) => {
      const origins = value.flatMap((test, index) => {
        const match: StringMatchInput = readInto(test, stringMatchTable, {}, { origin: origin.at(index), report });
        return toOrigin(match);
      });
      draft.origins = [...new Map(origins.map((one) => [JSON.stringify(one), one])).values()];
    },
  },
  allowOrigin: {
    read: (value, draft) => {
      draft.oldOrigins = once(value).map((text) =>
        text === '*' ? { kind: 'regex', value: '.*' } : { kind: 'exact', value: text },
      );
    },
    note: 'old spelling of allowOrigins, which wins over it',
  },
  allowMethods: {
    read: (value, draft) => {
      draft.methods = once(value);
    },
  },
  allowHeaders: {
    read: (value, draft) => {
      draft.requestHeaders = once(value.map((name) => name.toLowerCase()));
    },
  },
  exposeHeaders: {
    read: (value, draft) => {
      draft.exposeHeaders = once(value.map((name) => name.toLowerCase()));
    },
  },
  maxAge: {
    read: (value, draft, place) => {
      const millis = readDuration(value, 'maxAge', place);
      if (millis !== undefined) draft.maxAge = Math.floor(millis / 1_000);
    },
  },
  allowCredentials: {
    read: (value, draft) => {
      draft.credentials = value;
    },
  },
  unmatchedPreflights: {
    read: (value, draft) => {
      draft.unmatchedPreflight = value === 'IGNORE' ? 'ignore' : 'forward';
    },
  },
};

function toOrigin({ exact, prefix, regex }: StringMatchInput): readonly OriginTest[] {
  if (exact !== undefined) return [{ kind: 'exact', value: exact }];
  if (prefix !== undefined) return [{ kind: 'prefix', value: prefix }];
  return regex === undefined ? [] : [{ kind: 'regex', value: regex }];
}

export function readCors(input: CorsInput, place: FieldPlace): Cors {
  const empty: CorsDraft = {
    origins: [],
    oldOrigins: [],
    methods: [],
    requestHeaders: [],
    exposeHeaders: [],
    credentials: false,
    unmatchedPreflight: 'forward',
  };
  const { oldOrigins, ...cors } = readInto(input, corsTable, empty, place);
  return cors.origins.length > 0 ? cors : { ...cors, origins: oldOrigins };
}
