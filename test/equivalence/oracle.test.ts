import { describe, expect, test } from 'vitest';
import { tryAll } from './brute-force.ts';
import { inOrder, pathPasses, rewritten, takerOf } from './evaluate.ts';
import { ANY, type Condition, EVERYTHING, type FieldTest, type List, type Request, type Rule } from './lists.ts';
import { HOST } from './universe.ts';

const ask = (path: string, more: Partial<Request> = {}): Request => ({
  host: HOST,
  method: 'GET',
  path,
  headers: {},
  query: {},
  ...more,
});
const on = (more: Partial<Condition>): Condition => ({ ...EVERYTHING, ...more });
const to = (backend: string, ...conditions: readonly Condition[]): Rule => ({
  conditions,
  action: { kind: 'forward', shares: [{ backend, weight: 1 }] },
});
const listOf = (order: List['order'], ...rules: readonly Rule[]): List => ({
  order,
  rules,
  otherwise: { kind: 'respond', status: 404 },
});
const taker = (list: List, request: Request): number => takerOf(inOrder(list), request);

const exact = on({ path: { kind: 'exact', text: '/a' } });
const below = on({ path: { kind: 'segment', text: '/a' } });
const withX = (test: FieldTest): Condition => on({ headers: { x: test } });
const isA: FieldTest = { absent: false, value: { kind: 'exact', text: 'a' } };
const notA: FieldTest = { absent: true, value: { kind: 'not', of: { kind: 'exact', text: 'a' } } };

describe('the evaluator of lists', () => {
  test.each([
    ['string', '/a', ['/a', '/ab', '/a/b']],
    ['segment', '/a', ['/a', '/a/b']],
    ['string', '/a/', ['/a/b']],
    ['exact', '/a', ['/a']],
  ] as const)('reads the path test %s %s', (kind, text, taken) => {
    expect(['/a', '/ab', '/a/b', '/A', '/b'].filter((path) => pathPasses({ kind, text }, path))).toEqual(taken);
    expect(pathPasses({ kind, text, fold: true }, taken[0].toUpperCase())).toBe(true);
  });

  test('takes the first rule written, or the best rank', () => {
    const rules = [to('one', on({ path: ANY })), to('two', below), to('three', exact)];
    const answers = (order: List['order']) =>
      [ask('/b'), ask('/a'), ask('/a/b')].map((request) => taker(listOf(order, ...rules), request));
    expect(answers('first-match')).toEqual([0, 0, 0]);
    expect(answers('ingress')).toEqual([0, 2, 1]);
    expect(answers('gateway-api')).toEqual([0, 2, 1]);
    const named = on({ path: below.path, headers: { x: isA } });
    const ranked = listOf('gateway-api', to('one', below), to('two', named));
    expect(taker(ranked, ask('/a', { headers: { x: 'a' } }))).toBe(1);
    expect(taker({ ...ranked, order: 'ingress' }, ask('/a', { headers: { x: 'a' } }))).toBe(0);
  });

  test('tells absence from an empty value', () => {
    const passes = (fields: FieldTest, x?: string) =>
      taker(listOf('first-match', to('one', withX(fields))), ask('/', { headers: x === undefined ? {} : { x } })) === 0;
    expect([passes(notA), passes(notA, ''), passes(notA, 'a'), passes(notA, 'A')]).toEqual([true, true, false, true]);
    expect([passes({ absent: true }), passes({ absent: true }, '')]).toEqual([true, false]);
    expect([passes({ absent: false, value: ANY }), passes({ absent: false, value: ANY }, '')]).toEqual([false, true]);
  });

  test.each([
    [{ kind: 'string', from: '/a', to: '/' }, '/a/b', '//b'],
    [{ kind: 'segment', from: '/a', to: '/' }, '/a/b', '/b'],
    [{ kind: 'segment', from: '/a', to: '/' }, '/a', '/'],
    [{ kind: 'segment', from: '/a', to: '/c' }, '/a/', '/c/'],
    [{ kind: 'full', path: '/c' }, '/a/b', '/c'],
    [{ kind: 'regex', source: '/(a)', substitution: '/\\1\\1' }, '/a/a', '/aa/aa'],
  ] as const)('rewrites by %j', (rewrite, path, want) => expect(rewritten(rewrite, path)).toBe(want));
});

describe('trying all requests', () => {
  const all = on({});
  const seen = (left: readonly Rule[], right: readonly Rule[]) =>
    tryAll({ left: listOf('first-match', ...left), right: listOf('first-match', ...right) });

  test.each([
    [
      'a negated header and the rule above',
      [to('one', withX(isA)), to('two', all)],
      [to('two', withX(notA)), to('one', all)],
    ],
    [
      'a segment prefix in two parts',
      [to('one', below)],
      [to('one', on({ path: { kind: 'string', text: '/a/' } }), exact)],
    ],
    [
      'a pattern in other words',
      [to('one', on({ path: { kind: 'regex', source: '/a|/b' } }))],
      [to('one', on({ path: { kind: 'exact', text: '/b' } }), exact)],
    ],
  ])('finds no difference between %s', (_, left, right) => {
    expect([...seen(left, right).differs.keys()]).toEqual([]);
  });

  test.each([
    [
      'a string for a segment prefix',
      [to('one', below)],
      [to('one', on({ path: { kind: 'string', text: '/a' } }))],
      'status',
      ask('/aA'),
    ],
    [
      'an excluded value for an absent header',
      [to('one', withX(notA))],
      [to('one', withX({ absent: true }))],
      'status',
      ask('/', { headers: { x: '' } }),
    ],
    [
      'another letter case',
      [to('one', exact)],
      [to('one', on({ path: { kind: 'exact', text: '/a', fold: true } }))],
      'status',
      ask('/A'),
    ],
    ['rules swapped', [to('one', exact), to('two', below)], [to('two', below), to('one', exact)], 'backend', ask('/a')],
  ] as const)('finds %s', (_, left, right, dimension, request) => {
    const { differs } = seen(left, right);
    expect([...differs.keys()]).toEqual([dimension]);
    expect(differs.get(dimension)?.request).toMatchObject(request);
  });

  test('finds two rewrites that differ on some of the paths only', () => {
    const rewriting = (kind: 'string' | 'segment'): Rule => ({
      conditions: [below],
      action: { kind: 'forward', shares: [{ backend: 'one', weight: 1 }], rewrite: { kind, from: '/a', to: '/' } },
    });
    expect(seen([rewriting('string')], [rewriting('segment')]).differs.get('rewrite')?.request).toMatchObject(
      ask('/a/'),
    );
  });

  test('finds the rules that nothing reaches', () => {
    expect(seen([to('one', below), to('two', exact), to('three', all)], []).reached.left).toEqual(new Set([0, 2]));
  });
});
