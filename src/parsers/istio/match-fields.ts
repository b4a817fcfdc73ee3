import type { FieldPlace, FieldTable } from '../field-table.ts';
import { isNoNamespace } from '../object-name.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import type { MatchDraft, Placed } from './draft.ts';
import { placedEntries, readInto } from './field-reading.ts';
import { noNamespace, resolveGatewayName } from './gateway-names.ts';
import type { HttpMatchInput, StringMatchInput } from './types.ts';

type StringMatchDraft = { -readonly [K in keyof StringMatchInput]: StringMatchInput[K] };

/** One string test. */
export const stringMatchTable: FieldTable<StringMatchInput, StringMatchDraft> = {
  exact: {
    read: (value, draft) => {
      draft.exact = value;
    },
  },
  prefix: {
    read: (value, draft) => {
      draft.prefix = value;
    },
  },
  regex: {
    read: (value, draft) => {
      draft.regex = value;
    },
  },
};

const readTest = (input: StringMatchInput, place: FieldPlace): Placed<StringMatchInput> => ({
  value: readInto(input, stringMatchTable, {}, place),
  origin: place.origin,
});

function readTests(
  map: Readonly<Record<string, StringMatchInput | null>>,
  place: FieldPlace,
): ReadonlyMap<string, Placed<StringMatchInput>> {
  const tests = new Map<string, Placed<StringMatchInput>>();
  for (const [name, { value, origin }] of placedEntries<StringMatchInput>(map, place.origin, {})) {
    tests.set(name, readTest(value, { origin, report: place.report }));
  }
  return tests;
}

/** One entry of `match`. */
export const httpMatchTable: FieldTable<HttpMatchInput, MatchDraft> = {
  name: { ignore: 'names the match in logs and metrics, routes nothing' },
  uri: {
    read: (value, draft, place) => {
      draft.uri = readTest(value, place);
    },
  },
  scheme: {
    read: (value, draft, place) => {
      draft.scheme = readTest(value, place);
    },
    note: 'decided by the protocol of the listener',
  },
  method: {
    read: (value, draft, place) => {
      draft.method = readTest(value, place);
    },
  },
  authority: {
    read: (value, draft, place) => {
      draft.authority = readTest(value, place);
    },
  },
  headers: {
    read: (value, draft, place) => {
      draft.headers = readTests(value, place);
    },
  },
  withoutHeaders: {
    read: (value, draft, place) => {
      draft.withoutHeaders = readTests(value, place);
    },
  },
  queryParams: {
    read: (value, draft, place) => {
      draft.query = readTests(value, place);
    },
  },
  ignoreUriCase: {
    read: (value, draft) => {
      draft.ignoreUriCase = value;
    },
  },
  port: {
    read: (value, draft, place) => {
      // 0 is what an unset number looks like in Istio's own types.
      if (value !== 0) draft.port = { value, origin: place.origin };
    },
    note: 'evaluated for each listener',
  },
  sourceLabels: {
    read: (value, draft, place) => {
      if (Object.keys(value).length > 0) draft.sourceLabels = { value, origin: place.origin };
    },
    note: 'evaluated where the labels of the gateway pods are known',
  },
  sourceNamespace: {
    read: (value, draft, place) => {
      if (value === '') return;
      draft.sourceNamespace = { value, origin: place.origin };
      if (isNoNamespace(value)) place.report(d['invalid-value'](noNamespace('sourceNamespace', value), place.origin));
    },
    note: 'gives the clients of that namespace a virtual host of their own',
  },
  gateways: {
    read: (value, draft, place) => {
      if (value.length === 0) return;
      const gateways = value.map((name) => resolveGatewayName(name, draft.namespace));
      draft.gateways = { value: gateways, origin: place.origin };
    },
    note: 'evaluated for each gateway',
  },
  statPrefix: { ignore: 'names a metric, routes nothing' },
};

const NO_TESTS: ReadonlyMap<string, Placed<StringMatchInput>> = new Map();

/** Reads one entry of `match` of an object in `namespace`, which short names of Gateways belong to. */
export function readMatch(input: HttpMatchInput, namespace: string, place: FieldPlace): MatchDraft {
  const draft: MatchDraft = {
    origin: place.origin,
    namespace,
    ignoreUriCase: false,
    headers: NO_TESTS,
    withoutHeaders: NO_TESTS,
    query: NO_TESTS,
  };
  return readInto(input, httpMatchTable, draft, place);
}
