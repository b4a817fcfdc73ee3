import fc from 'fast-check';
import { ANY, type Condition, type Fields, type FieldTest, type PathTest, type TextTest } from './lists.ts';
import { randomPathPattern, randomValuePattern } from './patterns.ts';
import {
  AUTHORITY_TESTS,
  EXACT_PATHS,
  EXACT_VALUES,
  METHOD_TESTS,
  PATH_PATTERNS,
  SEGMENT_PREFIXES,
  STRING_PREFIXES,
  VALUE_PATTERNS,
  VALUE_PREFIXES,
} from './vocabulary.ts';

export const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

export const weighed = <T>(...entries: readonly (readonly [number, fc.Arbitrary<T>])[]): fc.Arbitrary<T> =>
  fc.oneof(...entries.map(([weight, arbitrary]) => ({ weight: 2 * weight, arbitrary })));

const literal = (kind: 'exact' | 'string' | 'segment', texts: readonly string[]): fc.Arbitrary<PathTest> =>
  fc
    .tuple(pick(...texts), weighed([9, fc.constant(false)], [1, fc.constant(true)]))
    .map(([text, fold]) => (fold ? { kind, text, fold } : { kind, text }));

const pathTest: fc.Arbitrary<PathTest> = weighed<PathTest>(
  [6, fc.constant(ANY)],
  [7, literal('exact', EXACT_PATHS)],
  [5, literal('string', STRING_PREFIXES)],
  [4, literal('segment', SEGMENT_PREFIXES)],
  [4, pick(...PATH_PATTERNS.map(({ source }) => ({ kind: 'regex' as const, source })))],
  [1, randomPathPattern.map((source) => ({ kind: 'regex', source }))],
);

const plainText: fc.Arbitrary<TextTest> = weighed<TextTest>(
  [6, pick(...EXACT_VALUES).map((text) => ({ kind: 'exact', text }))],
  [1, pick('ab', 'a').map((text) => ({ kind: 'exact', text, fold: true }))],
  [2, pick(...VALUE_PREFIXES).map((text) => ({ kind: 'prefix', text }))],
  [2, pick(...VALUE_PATTERNS.map(({ source }) => ({ kind: 'regex' as const, source })))],
  [0.5, randomValuePattern.map((source) => ({ kind: 'regex', source }))],
);

const negated = plainText.map((of): TextTest => ({ kind: 'not', of }));

const fieldTest: fc.Arbitrary<FieldTest> = weighed<FieldTest>(
  [2, fc.constant({ absent: false, value: ANY })],
  [2, fc.constant({ absent: true })],
  [10, plainText.map((value) => ({ absent: false, value }))],
  [3, negated.map((value) => ({ absent: true, value }))],
  [1, negated.map((value) => ({ absent: false, value }))],
  // What Envoy says of a pattern that takes the empty text: the absent header passes like an empty one.
  [1, plainText.map((value) => ({ absent: true, value }))],
  [
    1,
    fc.tuple(plainText, negated).map(([one, other]) => ({ absent: false, value: { kind: 'all', of: [one, other] } })),
  ],
);

const fields = (
  names: readonly string[],
  counts: readonly [number, number, number],
  tests = fieldTest,
): fc.Arbitrary<Fields> =>
  weighed(
    [counts[0], fc.constant<readonly string[]>([])],
    [counts[1], pick(...names).map((name): readonly string[] => [name])],
    [counts[2], fc.shuffledSubarray<string>([...names], { minLength: 2, maxLength: 2 })],
  ).chain((chosen) =>
    fc
      .array(tests, { minLength: chosen.length, maxLength: chosen.length })
      .map((found) =>
        Object.fromEntries(chosen.flatMap((name, index) => (found[index] ? [[name, found[index]]] : []))),
      ),
  );

export const condition: fc.Arbitrary<Condition> = fc
  .record({
    path: pathTest,
    method: weighed<TextTest>([4, fc.constant(ANY)], [1, pick(...METHOD_TESTS)]),
    authority: weighed<TextTest>([15, fc.constant(ANY)], [1, pick(...AUTHORITY_TESTS)]),
    headers: fields(['x', 'y', 'constructor'], [6, 4, 1]),
    host: weighed<TextTest>([30, fc.constant(ANY)], [1, pick(...AUTHORITY_TESTS)]),
    query: fields(['p', 'q'], [10, 2, 1]),
    opaque: weighed<readonly string[]>([30, fc.constant([])], [1, pick(['from'], ['from', 'to'], ['to'])]),
  })
  .map(({ opaque, host, ...shown }) => ({
    ...shown,
    headers: host.kind === 'any' ? shown.headers : { ...shown.headers, host: { absent: false, value: host } },
    ...(opaque.length === 0 ? {} : { opaque }),
  }));

const fewTests = pick<FieldTest>(
  { absent: false, value: ANY },
  { absent: true },
  { absent: false, value: { kind: 'exact', text: 'a' } },
  { absent: false, value: { kind: 'exact', text: 'b' } },
  { absent: true, value: { kind: 'not', of: { kind: 'exact', text: 'a' } } },
);

/** Conditions on several headers at once, hardly ever on the path: many of them meet in one request. */
export const headerCondition: fc.Arbitrary<Condition> = fc.record({
  path: weighed<PathTest>(
    [6, fc.constant(ANY)],
    [1, pick(...SEGMENT_PREFIXES).map((text) => ({ kind: 'segment', text }))],
  ),
  method: weighed<TextTest>(
    [3, fc.constant(ANY)],
    [1, pick<TextTest>({ kind: 'exact', text: 'GET' }, { kind: 'exact', text: 'POST' })],
  ),
  authority: fc.constant(ANY),
  headers: fields(['x', 'y', 'w'], [1, 3, 5], fewTests),
  query: fields(['p', 'q'], [4, 2, 1], fewTests),
});
