import fc from 'fast-check';
import { action, type PrefixRewrite, prefixRewrite, respond } from './generate-action.ts';
import {
  ANY,
  type Condition,
  type Fields,
  type FieldTest,
  type List,
  type PathTest,
  type Rule,
  type TextTest,
} from './lists.ts';
import { randomPathPattern, randomValuePattern } from './patterns.ts';
import { commonPrefix } from './prefix-rewrites.ts';
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

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const weighed = <T>(...entries: readonly (readonly [number, fc.Arbitrary<T>])[]): fc.Arbitrary<T> =>
  fc.oneof(...entries.map(([weight, arbitrary]) => ({ weight: 2 * weight, arbitrary })));

const literal = (kind: 'exact' | 'string' | 'segment', texts: readonly string[]): fc.Arbitrary<PathTest> =>
  fc
    .tuple(pick(...texts), weighed([9, fc.constant(false)], [1, fc.constant(true)]))
    .map(([text, fold]) => (fold ? { kind, text, fold } : { kind, text }));

export const pathTest: fc.Arbitrary<PathTest> = weighed<PathTest>(
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

export const fieldTest: fc.Arbitrary<FieldTest> = weighed<FieldTest>(
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

const fields = (names: readonly string[], counts: readonly [number, number, number]): fc.Arbitrary<Fields> =>
  weighed(
    [counts[0], fc.constant<readonly string[]>([])],
    [counts[1], pick(...names).map((name): readonly string[] => [name])],
    [counts[2], fc.shuffledSubarray<string>([...names], { minLength: 2, maxLength: 2 })],
  ).chain((chosen) =>
    fc
      .array(fieldTest, { minLength: chosen.length, maxLength: chosen.length })
      .map((tests) =>
        Object.fromEntries(chosen.flatMap((name, index) => (tests[index] ? [[name, tests[index]]] : []))),
      ),
  );

const condition: fc.Arbitrary<Condition> = fc
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

/** A rewrite of the prefix that all paths of the rule begin with, where they do. */
const withPrefixRewrite = (rule: Rule, rewrite: PrefixRewrite | undefined): Rule => {
  const from = commonPrefix(rule.conditions);
  if (rewrite === undefined || from === undefined) return rule;
  const whole = { ...rewrite, from };
  switch (rule.action.kind) {
    case 'forward':
      return { ...rule, action: { ...rule.action, rewrite: whole } };
    case 'redirect':
      return { ...rule, action: { ...rule.action, path: whole } };
    case 'respond':
      return rule;
  }
};

/** The rule without what it asks of the Host header. */
export const withoutHost = (own: Rule): Rule => ({
  ...own,
  conditions: own.conditions.map(({ headers: { host, ...headers }, ...others }) => ({
    ...others,
    headers,
    authority: ANY,
  })),
});

const rule: fc.Arbitrary<Rule> = fc
  .tuple(
    weighed([7, fc.constant(1)], [2, fc.constant(2)], [1, fc.constant(3)]).chain((count) =>
      fc.array(condition, { minLength: count, maxLength: count }),
    ),
    action,
    weighed<PrefixRewrite | undefined>([4, fc.constant(undefined)], [1, prefixRewrite]),
  )
  .map(([conditions, own, rewrite]) => withPrefixRewrite({ conditions, action: own }, rewrite));

/** Lists of one or two rules that ask for no name of their host. */
export const smallList: fc.Arbitrary<List> = fc
  .record({
    order: pick<List['order']>('first-match', 'gateway-api'),
    rules: fc.array(rule, { minLength: 1, maxLength: 2 }),
    otherwise: fc.constant<List['otherwise']>({ kind: 'respond', status: 404 }),
  })
  .map((own) => ({ ...own, rules: own.rules.map(withoutHost) }));

/** Lists of one to seven rules; half are asked in the order written. */
export const list: fc.Arbitrary<List> = fc.record({
  order: weighed<List['order']>(
    [5, fc.constant('first-match')],
    [3, fc.constant('gateway-api')],
    [2, fc.constant('ingress')],
  ),
  rules: fc.array(rule, { minLength: 1, maxLength: 7, size: 'max' }),
  otherwise: weighed<List['otherwise']>([4, fc.constant({ kind: 'respond', status: 404 })], [1, respond]),
});
