import fc from 'fast-check';
import type { Action, Edits, Forward, Redirect, Respond, Rewrite, Share } from './lists.ts';
import { BACKENDS } from './vocabulary.ts';

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const backend = pick(...BACKENDS);

const edits: fc.Arbitrary<Edits> = pick<Edits>(
  { remove: ['e'] },
  { set: { e: '1' } },
  { set: { e: '2' } },
  { add: { e: '1' } },
  { add: { f: '1' }, remove: ['e'] },
  { set: { e: '1' }, add: { f: '1' } },
);

const share = (name: string, weight: number): fc.Arbitrary<Share> =>
  fc.oneof(
    { arbitrary: fc.constant({ backend: name, weight }), weight: 10 },
    { arbitrary: edits.map((request) => ({ backend: name, weight, request })), weight: 1 },
    { arbitrary: edits.map((response) => ({ backend: name, weight, response })), weight: 1 },
    { arbitrary: pick(500, 503).map((status) => ({ status, weight })), weight: 1 },
  );

const shares: fc.Arbitrary<readonly Share[]> = fc.oneof(
  { arbitrary: backend.chain((name) => fc.tuple(share(name, 1))), weight: 3 },
  {
    arbitrary: fc
      .tuple(fc.shuffledSubarray([...BACKENDS], { minLength: 2, maxLength: 3 }), pick(1, 2, 9))
      .chain(([names, weight]) => fc.tuple(...names.map((name, index) => share(name, index === 0 ? weight : 1)))),
    weight: 1,
  },
);

/** Rewrites that fit every path; prefix rewrites are made where the prefix is known, see `withPrefixRewrite`. */
const rewrite: fc.Arbitrary<Rewrite> = pick<Rewrite>(
  { kind: 'full', path: '/b' },
  { kind: 'full', path: '/' },
  { kind: 'string', from: '/', to: '/b/' },
  { kind: 'regex', source: '^/([^/]*)', substitution: '/b/\\1' },
);

/** The replacements of a known prefix. */
const REPLACEMENTS = ['/b', '/', '/c', '/b/c'] as const;

/** A prefix rewrite as it is still to be given its prefix: only the rule's paths say what that is. */
export type PrefixRewrite = Omit<Extract<Rewrite, { from: string }>, 'from'>;

export const prefixRewrite: fc.Arbitrary<PrefixRewrite> = fc.record({
  kind: pick<PrefixRewrite['kind']>('string', 'segment'),
  to: pick(...REPLACEMENTS),
});

/** A key that is there one time in `rarity`. */
const rarely = <Key extends string, T>(
  key: Key,
  value: fc.Arbitrary<T>,
  rarity: number,
): fc.Arbitrary<{ readonly [K in Key]?: T }> =>
  fc.oneof(
    { arbitrary: fc.constant({}), weight: rarity - 1 },
    { arbitrary: value.map((given) => ({ [key]: given }) as { readonly [K in Key]?: T }), weight: 1 },
  );

const forward: fc.Arbitrary<Forward> = fc
  .tuple(
    shares,
    rarely('rewrite', rewrite, 10),
    rarely('host', pick('in.test', 'of.test'), 20),
    rarely('cors', pick('https://a.test', 'https://b.test'), 25),
    rarely('request', edits, 8),
    rarely('response', edits, 16),
    rarely('timeout', pick(1_000, 5_000), 8),
    rarely('backendTimeout', pick(500, 900), 20),
    rarely(
      'retry',
      pick<Forward['retry'] & object>(
        { attempts: 2, codes: [503] },
        { attempts: 3, codes: [] },
        { attempts: 2, codes: [500, 503], perTry: 700 },
      ),
      12,
    ),
    rarely(
      'mirrors',
      pick<Forward['mirrors'] & object>(
        [{ backend: 'two', fraction: 1_000_000 }],
        [
          { backend: 'two', fraction: 500_000 },
          { backend: 'three', fraction: 1_000_000 },
        ],
      ),
      12,
    ),
    rarely(
      'fault',
      pick<Forward['fault'] & object>({ delay: 50, fraction: 1_000 }, { abort: 503, fraction: 1_000 }),
      15,
    ),
    rarely(
      'session',
      pick<Forward['session'] & object>({ kind: 'cookie', name: 'c' }, { kind: 'header', name: 'x' }),
      15,
    ),
  )
  .map(([own, ...extras]) => Object.assign({ kind: 'forward' as const, shares: own }, ...extras) as Forward);

const redirect: fc.Arbitrary<Redirect> = fc
  .tuple(
    fc.record({ status: pick(301, 302), port: pick<Redirect['port']>('scheme', 'request', 'listener', 8443) }),
    rarely('scheme', fc.constant('https' as const), 2),
    rarely('host', pick('to.test', 'at.test'), 2),
    rarely('path', rewrite, 3),
    rarely('response', edits, 10),
  )
  .map(([own, ...extras]) => Object.assign({ kind: 'redirect' as const, ...own }, ...extras) as Redirect);

export const respond: fc.Arbitrary<Respond> = fc
  .tuple(pick(404, 404, 200, 503), rarely('body', pick('no', 'yes'), 6), rarely('response', edits, 10))
  .map(([status, ...extras]) => Object.assign({ kind: 'respond' as const, status }, ...extras) as Respond);

export const action: fc.Arbitrary<Action> = fc.oneof(
  { arbitrary: forward, weight: 15 },
  { arbitrary: redirect, weight: 3 },
  { arbitrary: respond, weight: 2 },
);
