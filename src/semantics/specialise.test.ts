import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Origin } from '../diagnostics/origin.ts';
import { NO_HEADER_OPS, type Respond } from '../ir/actions.ts';
import type { Rule } from '../ir/model.ts';
import { type Atom, atomAccepts, type MatchedRequest } from './atom.ts';
import type { AtomPath } from './atom-path.ts';
import { dropCovered, type Row } from './listing.ts';
import { comparePrecedence, specialise, type TieTrust } from './specialise.ts';

const origin = new Origin({
  file: 'in.yaml',
  resource: undefined,
  span: () => ({ file: 'in.yaml', line: 1, col: 1, endLine: 1, endCol: 1 }),
  order: 0,
  lineText: () => undefined,
});
const sources = ['a', 'b'].map((name) => ({
  apiVersion: 'v1',
  kind: 'Route',
  name,
  labels: {},
  annotations: {},
  origin,
}));

function respond(status: number): Respond {
  return { kind: 'respond', status, responseHeaders: NO_HEADER_OPS, origin };
}

function toRows(atoms: readonly { atom: Atom; status: number; source: number }[]): readonly Row[] {
  return atoms.map(({ atom, status, source }, order) => {
    const outcome = respond(status);
    const rule = {
      source: sources[source],
      hostIndex: 0,
      index: order,
      matches: [],
      action: outcome,
      origin,
    } as unknown as Rule;
    return { atom, outcome, rule, origin, order, how: 'declared' };
  });
}

const texts = ['/a', '/ab', '/a/b', '/a/b/c', '/b'];
const path: fc.Arbitrary<AtomPath> = fc.oneof(
  fc.constant<AtomPath>({ kind: 'any' }),
  fc.record({ kind: fc.constantFrom('exact' as const, 'segment' as const), value: fc.constantFrom(...texts) }),
);
const tests = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom('h', 'i', 'j'),
      value: fc.record({ kind: fc.constant('exact' as const), value: fc.constantFrom('1', '2') }),
    }),
    {
      selector: ({ name }) => name,
      maxLength: 2,
    },
  )
  .map((list) => list.sort((a, b) => (a.name < b.name ? -1 : 1)));
const atom: fc.Arbitrary<Atom> = fc
  .record({
    path,
    method: fc.option(fc.constantFrom('GET', 'PUT'), { nil: undefined }),
    headers: tests,
    query: fc.constant([]),
  })
  .map(({ method, ...rest }) => (method === undefined ? rest : { ...rest, method }));
const list = fc.array(fc.record({ atom, status: fc.constantFrom(201, 202, 203), source: fc.constantFrom(0, 1) }), {
  minLength: 1,
  maxLength: 7,
});

function* requests(): Generator<MatchedRequest> {
  for (const path of ['/', '/a', '/ab', '/a/b', '/a/b/c', '/a/b/c/d', '/a/x', '/b', '/b/y', '/z'])
    for (const method of ['GET', 'PUT', 'POST'])
      for (const h of [undefined, '1', '2'])
        for (const i of [undefined, '1', '2'])
          for (const j of [undefined, '2']) {
            const headers = Object.fromEntries(
              Object.entries({ h, i, j }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
            );
            yield { method, path, headers, query: {} };
          }
}

/** What a gateway may choose: the rows of highest precedence; ties that it may not break by list order are all possible. */
function choices(rows: readonly Row[], request: MatchedRequest, ties: TieTrust): readonly Row[] {
  const taken = rows.filter((row) => atomAccepts(row.atom, request));
  const best = taken.reduce<Row | undefined>(
    (best, row) => (best === undefined || comparePrecedence(row.atom, best.atom) < 0 ? row : best),
    undefined,
  );
  if (best === undefined) return [];
  const tied = taken.filter((row) => comparePrecedence(row.atom, best.atom) === 0);
  if (ties === 'none') return tied;
  const firstOf = new Map<unknown, Row>();
  for (const row of tied) {
    const group = ties === 'list' ? 'all' : row.rule.source;
    if (!firstOf.has(group)) firstOf.set(group, row);
  }
  return [...firstOf.values()];
}

describe.each(['list', 'source', 'none'] as const)('specialise, ties trusted by %s', (ties) => {
  it('chooses by precedence what the list chooses by order', () => {
    fc.assert(
      fc.property(list, (written) => {
        const rows = dropCovered(toRows(written));
        const closed = specialise(rows, ties, 10_000);
        if (closed.kind !== 'rows') throw new Error('too many rows');
        for (const request of requests()) {
          const first = rows.find((row) => atomAccepts(row.atom, request));
          const want = first?.outcome;
          const inOrder = closed.rows.find((row) => atomAccepts(row.atom, request))?.outcome;
          expect(status(inOrder), `list order of ${JSON.stringify(request)}`).toBe(status(want));
          const possible = choices(closed.rows, request, ties).map(({ outcome }) => status(outcome));
          expect([...new Set(possible)], `precedence of ${JSON.stringify(request)}`).toEqual(
            want === undefined ? [] : [status(want)],
          );
        }
      }),
      { numRuns: process.env['LATTICECTL_DEEP'] === '1' ? 3000 : 60 },
    );
  });
});

function status(outcome: Row['outcome'] | undefined): number | undefined {
  return outcome === undefined || outcome === 'no-match' || outcome.kind !== 'respond' ? undefined : outcome.status;
}
