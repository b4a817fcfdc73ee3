import fc from 'fast-check';
import {
  BACKENDS,
  destination,
  type IstioDestination,
  type IstioMatch,
  type IstioRule,
  type Profile,
  type StringMatch,
} from './manifests.ts';

export type RuleList = readonly IstioRule[];

/** Words of which none is the beginning of another, so that no literal goes on where another ends. */
const SEGMENTS = ['api', 'cart', 'users', 'img', 'v1'] as const;
const METHODS = ['GET', 'POST', 'DELETE'] as const;
const HEADERS = ['x-canary', 'End-User', 'x-tenant'] as const;
const VALUES = ['yes', 'beta', 'v2'] as const;
const QUERIES = ['page', 'Debug'] as const;

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** `fc.oneof` by weights, in tenths at the finest. */
const weighed = <T>(...entries: readonly (readonly [number, fc.Arbitrary<T>])[]): fc.Arbitrary<T> =>
  fc.oneof(...entries.map(([weight, arbitrary]) => ({ weight: 10 * weight, arbitrary })));

const exact = (values: fc.Arbitrary<string>): fc.Arbitrary<StringMatch> => values.map((value) => ({ exact: value }));
const prefix = (values: fc.Arbitrary<string>): fc.Arbitrary<StringMatch> => values.map((value) => ({ prefix: value }));
const regex = (...values: readonly string[]): fc.Arbitrary<StringMatch> =>
  pick(...values).map((value) => ({ regex: value }));

/** One to three segments, nested often since the vocabulary is small. */
const segmentPath: fc.Arbitrary<string> = fc
  .array(pick(...SEGMENTS), { minLength: 1, maxLength: 3, size: 'max' })
  .map((segments) => `/${segments.join('/')}`);
const slashed = segmentPath.map((path) => `${path}/`);

/** Paths that go on where a literal of the vocabulary ends, or end before it. */
const lookAlike = pick('/apix', '/api-docs', '/api/v10', '/cart.json', '/ap', '/usersx/', '/img/v1x/y');

const PATH_PATTERNS = [
  '/(api|cart)',
  '/api(/.*)?',
  '/users/.*',
  '/(api|img)/.*',
  '/img/[ab]',
  '/cart/?',
  '/(users|img)(/v1)?',
  '/api/v1(/.*)?',
  '^/cart$',
] as const;

const anyUri: fc.Arbitrary<StringMatch | undefined> = weighed<StringMatch | undefined>(
  [22, fc.constant(undefined)],
  [30, exact(segmentPath)],
  [4, exact(slashed)],
  [30, prefix(segmentPath)],
  [20, prefix(slashed)],
  [4, prefix(pick('/'))],
  [2, exact(lookAlike)],
  [2, prefix(lookAlike)],
  [14, regex(...PATH_PATTERNS)],
  [2, regex('/cart.*', '/.*', '/api/v1/?.*')],
  [0.5, regex('/users/[0-9]+', '/[^/]+/v1')],
);

const plainUri: fc.Arbitrary<StringMatch | undefined> = weighed<StringMatch | undefined>(
  [2, fc.constant(undefined)],
  [4, exact(segmentPath)],
  [4, prefix(segmentPath)],
  [2, prefix(slashed)],
);

const anyMethod: fc.Arbitrary<StringMatch | undefined> = weighed<StringMatch | undefined>(
  [70, fc.constant(undefined)],
  [25, exact(pick(...METHODS))],
  [5, regex('GET|POST', '(PUT|DELETE)', 'P(OS|U)T')],
  [0.4, prefix(pick('P'))],
  [0.4, exact(pick('PURGE'))],
);

const plainMethod: fc.Arbitrary<StringMatch | undefined> = weighed<StringMatch | undefined>(
  [3, fc.constant(undefined)],
  [1, exact(pick(...METHODS))],
);

const exactValue = exact(pick(...VALUES));

/** In `standard` a pattern stays a pattern, but two of them on one header have no common form, so they are not frequent. */
const standardValue: fc.Arbitrary<StringMatch> = weighed(
  [80, exactValue],
  [1, exact(pick('Yes'))],
  [4, prefix(pick('be', 'v'))],
  [6, regex('yes|beta', '(v1|v2)', 'v[12]')],
  [2, regex('v.*', '.*a.*')],
  [5, fc.constant<StringMatch>({})],
);

/** Lattice rules compare whole values, so only finite patterns are frequent; the rest shows up as refusals. */
const latticeValue: fc.Arbitrary<StringMatch> = weighed(
  [80, exactValue],
  [1, exact(pick('Yes'))],
  [10, regex('yes|beta', '(v1|v2)', 'v[12]')],
  [0.3, prefix(pick('be', 'v'))],
  [0.2, regex('v.*')],
  [0.3, fc.constant<StringMatch>({})],
);

const someOf = (
  names: readonly string[],
  values: fc.Arbitrary<StringMatch>,
  counts: readonly [number, number, number],
): fc.Arbitrary<Readonly<Record<string, StringMatch>> | undefined> =>
  weighed<number>([counts[0], fc.constant(0)], [counts[1], fc.constant(1)], [counts[2], fc.constant(2)]).chain(
    (count) =>
      count === 0
        ? fc.constant(undefined)
        : fc
            .tuple(
              fc.shuffledSubarray([...names], { minLength: count, maxLength: count }),
              fc.array(values, fixed(count)),
            )
            .map(([chosen, conditions]) =>
              Object.fromEntries(chosen.map((name, index) => [name, conditions[index] ?? {}])),
            ),
  );

const fixed = (length: number): fc.ArrayConstraints => ({ minLength: length, maxLength: length });

interface MatchParts {
  readonly uri: StringMatch | undefined;
  readonly method: StringMatch | undefined;
  readonly headers: Readonly<Record<string, StringMatch>> | undefined;
  readonly withoutHeaders: Readonly<Record<string, StringMatch>> | undefined;
  readonly queryParams: Readonly<Record<string, StringMatch>> | undefined;
}

/** Fields without a value are left out. A header may be asked for and excluded at once, as users do by mistake. */
const toMatch = ({ uri, method, headers, withoutHeaders, queryParams }: MatchParts): IstioMatch => ({
  ...(uri === undefined ? {} : { uri }),
  ...(method === undefined ? {} : { method }),
  ...(headers === undefined ? {} : { headers }),
  ...(withoutHeaders === undefined ? {} : { withoutHeaders }),
  ...(queryParams === undefined ? {} : { queryParams }),
});

const none = fc.constant(undefined);

const matchParts = {
  standard: fc.record<MatchParts>({
    uri: anyUri,
    method: anyMethod,
    headers: someOf(HEADERS, standardValue, [60, 30, 10]),
    withoutHeaders: someOf(
      HEADERS,
      weighed(
        [80, exactValue],
        [5, regex('yes|beta')],
        [4, fc.constant<StringMatch>({})],
        [2, regex('*')],
        [2, regex('.*')],
      ),
      [93, 6, 1],
    ),
    queryParams: someOf(
      QUERIES,
      weighed([85, exact(pick('1', 'on'))], [5, regex('1|2')], [5, fc.constant<StringMatch>({})]),
      [85, 12, 3],
    ),
  }),
  lattice: fc.record<MatchParts>({
    uri: anyUri,
    method: anyMethod,
    headers: someOf(HEADERS, latticeValue, [60, 30, 10]),
    withoutHeaders: someOf(
      HEADERS,
      weighed([90, exactValue], [5, regex('yes|beta')], [0.5, fc.constant<StringMatch>({})], [1, regex('.*')]),
      [93, 6, 1],
    ),
    queryParams: none,
  }),
} as const satisfies Record<Profile, fc.Arbitrary<MatchParts>>;

const plainParts = {
  standard: fc.record<MatchParts>({
    uri: plainUri,
    method: plainMethod,
    headers: someOf(HEADERS, exactValue, [6, 3, 1]),
    withoutHeaders: none,
    queryParams: someOf(QUERIES, exact(pick('1', 'on')), [8, 1, 1]),
  }),
  lattice: fc.record<MatchParts>({
    uri: plainUri,
    method: plainMethod,
    headers: someOf(HEADERS, exactValue, [6, 3, 1]),
    withoutHeaders: none,
    queryParams: none,
  }),
} as const satisfies Record<Profile, fc.Arbitrary<MatchParts>>;

/** Few paths around one that a prefix with a slash leaves bare, and exceptions beside it. */
const bareParts = fc.record<MatchParts>({
  uri: weighed<StringMatch | undefined>(
    [2, exact(pick('/api'))],
    [4, prefix(pick('/api/'))],
    [2, prefix(pick('/api/v1/'))],
    [1, exact(pick('/api/v1'))],
    [0.5, none],
  ),
  method: plainMethod,
  headers: someOf(HEADERS.slice(0, 1), exactValue, [6, 3, 0]),
  withoutHeaders: someOf(HEADERS.slice(2), exactValue, [6, 3, 0]),
  queryParams: none,
});

const backend = pick(...BACKENDS);

/** One destination of any weight, or a split whose weights need not add up to 100 and may hold zeros. */
const route: fc.Arbitrary<readonly IstioDestination[]> = weighed<readonly IstioDestination[]>(
  [8, backend.map((name) => [destination(name)])],
  [1, fc.tuple(backend, pick(0, 7, 100)).map(([name, weight]) => [destination(name, weight)])],
  [
    3,
    fc
      .array(fc.tuple(backend, pick(undefined, 0, 1, 2, 33, 50, 67, 90)), { minLength: 2, maxLength: 3 })
      .filter((parts) => parts.some(([, weight]) => (weight ?? 0) > 0))
      .map((parts) => parts.map(([name, weight]) => destination(name, weight))),
  ],
);

const listOf = (match: fc.Arbitrary<MatchParts>, withCatchAll: number): fc.Arbitrary<RuleList> => {
  const rule = fc
    .tuple(
      weighed<number>([7, fc.constant(1)], [2, fc.constant(2)], [1, fc.constant(3)]).chain((count) =>
        fc.array(match.map(toMatch), fixed(count)),
      ),
      route,
    )
    .map(([match, route]): IstioRule => ({ match, route }));
  const catchAll = fc
    .tuple(pick<readonly IstioMatch[] | undefined>(undefined, [{ uri: { prefix: '/' } }], [{}]), route)
    .map(([match, route]): IstioRule => (match === undefined ? { route } : { match, route }));
  const ending = weighed<RuleList>(
    [withCatchAll, catchAll.map((last) => [last])],
    [100 - withCatchAll, fc.constant<RuleList>([])],
  );
  return fc
    .tuple(fc.array(rule, { minLength: 1, maxLength: 7, size: 'max' }), ending)
    .map(([rules, last]) => [...rules, ...last]);
};

/** Ordered lists of 1 to 8 rules with every condition that an Istio rule of the property may have; 85 % end in a catch-all. */
export const anyList = {
  standard: listOf(matchParts.standard, 85),
  lattice: listOf(matchParts.lattice, 85),
} as const satisfies Record<Profile, fc.Arbitrary<RuleList>>;

/** Lists that must always convert: prefixes of whole segments, exact paths, methods and values, and a catch-all. */
export const plainList = {
  standard: listOf(plainParts.standard, 100),
  lattice: listOf(plainParts.lattice, 100),
} as const satisfies Record<Profile, fc.Arbitrary<RuleList>>;

/** Lists without a catch-all, where bare paths meet no rule. */
export const bareList: fc.Arbitrary<RuleList> = listOf(bareParts, 0);

/** The same lists for the same seed, on every machine. */
export const sampleLists = (lists: fc.Arbitrary<RuleList>, count: number, seed: number): readonly RuleList[] =>
  fc.sample(lists, { numRuns: count, seed });
