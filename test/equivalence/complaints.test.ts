import { expect, test } from 'vitest';
import { differencesAt, tryAll } from './brute-force.ts';
import type { Comparison } from './comparison.ts';
import { complaintsAbout } from './complaints.ts';
import type { Pair, Request } from './lists.ts';
import { DIMENSIONS } from './outcome.ts';
import { type MadePair, samplePairs } from './pairs.ts';
import { requestsOf, spaceOf } from './requests.ts';

/** A comparison that is right: by trying requests, its witnesses of the same size as the smallest. */
const compare = (pair: Pair): Comparison => {
  const { differs, reached } = tryAll(pair, requestsOf(spaceOf(pair)));
  const dimensions = Object.fromEntries(
    DIMENSIONS.map((dimension) => [dimension, differs.has(dimension) ? 'differs' : 'equal']),
  ) as Comparison['dimensions'];
  const witnesses = [...differs].map(([dimension, { request }]) => ({ dimension, request }));
  return { dimensions, witnesses, reached, reasons: [] };
};

const pairs = samplePairs(40, 5);
const different = pairs.filter((pair) => compare(pair).witnesses.length > 0);

const withWitnesses = (comparison: Comparison, change: (request: Request) => Request): Comparison => ({
  ...comparison,
  witnesses: comparison.witnesses.map(({ dimension, request }) => ({ dimension, request: change(request) })),
});

test('a right comparison draws no complaint', () => {
  for (const pair of pairs) expect(complaintsAbout(pair, compare(pair)), JSON.stringify(pair)).toEqual([]);
});

test.each<readonly [string, (right: Comparison, pair: MadePair) => Comparison, RegExp]>([
  [
    'calls everything equal',
    (right, pair) => ({ ...right, dimensions: compare({ left: pair.left, right: pair.left }).dimensions }),
    /is equal/,
  ],
  ['names no witness', (right) => ({ ...right, witnesses: [] }), /without a witness/],
  [
    'sends its witness to another host',
    (right) => withWitnesses(right, (request) => ({ ...request, host: 'other' })),
    /no request/,
  ],
  [
    'forgets the rules that are reached',
    (right) => ({ ...right, reached: { left: new Set(), right: new Set() } }),
    /reaches/,
  ],
  [
    'does not know',
    (right) => ({ ...right, dimensions: { ...right.dimensions, access: 'unknown' } }),
    /without a reason/,
  ],
  [
    'adds a header for nothing',
    (right) => withWitnesses(right, (request) => ({ ...request, headers: { ...request.headers, spare: '' } })),
    /is larger/,
  ],
])('a comparison that %s is found out', (_, spoil, complaint) => {
  for (const pair of different) {
    expect(complaintsAbout(pair, spoil(compare(pair), pair)).join('\n')).toMatch(complaint);
  }
});

test('a witness that shows nothing is found out', () => {
  const [pair] = different.filter(
    (one) => differencesAt(one, { host: 'h.test', method: 'GET', path: '/', headers: {}, query: {} }).length === 0,
  );
  if (pair === undefined) throw new Error('some pair agrees on the plain request');
  const spoiled = withWitnesses(compare(pair), (request) => ({
    ...request,
    method: 'GET',
    path: '/',
    headers: {},
    query: {},
  }));
  expect(complaintsAbout(pair, spoiled).join('\n')).toContain('is treated alike');
});
