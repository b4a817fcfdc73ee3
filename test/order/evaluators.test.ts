import { describe, expect, test } from 'vitest';
import { evaluateGatewayApi } from './gateway-api-precedence.ts';
import { evaluateIstio } from './istio-first-match.ts';
import { evaluateLattice } from './lattice-document-order.ts';
import {
  destination,
  type HttpRoute,
  hostOf,
  type IstioMatch,
  type IstioRule,
  type Request,
  type RouteMatch,
  virtualService,
} from './manifests.ts';
import { printOutcome } from './outcome.ts';
import { listWords } from './pattern-language.ts';

const host = hostOf(0);
const ask = (path: string, more: Partial<Request> = {}): Request => ({
  method: 'GET',
  host,
  path,
  query: '',
  headers: {},
  ...more,
});
const canary = { headers: { 'x-canary': 'yes' } };

const to = (name: string, ...match: readonly IstioMatch[]): IstioRule => ({ match, route: [destination(name)] });
const istio = (rules: readonly IstioRule[], request: Request): string =>
  printOutcome(evaluateIstio([virtualService(rules)], request));

/** A match and the backend that it goes to. */
type Ranked = readonly (readonly [RouteMatch, string])[];

const route = (...rules: Ranked): HttpRoute => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'list', namespace: 'shop' },
  spec: {
    hostnames: [host],
    rules: rules.map(([match, name]) => ({ matches: [match], backendRefs: [{ name, port: 80 }] })),
  },
});
const prefix = (value: string) => ({ type: 'PathPrefix', value });
const exact = (value: string) => ({ type: 'Exact', value });
const header = [{ type: 'Exact', name: 'x-canary', value: 'yes' }];

/** Canary header before everything, `/api/` before a login below it, the rest to the web: a at d stand for the four. */
const worked = [
  to('a', { headers: { 'x-canary': { exact: 'yes' } } }),
  to('b', { uri: { prefix: '/api/' } }),
  to('c', { uri: { exact: '/api/v2/login' } }),
  to('d'),
];

/** The same order by precedence, worked out by hand. */
const workedRoute = route(
  [{ path: exact('/api'), headers: header }, 'a'],
  [{ path: exact('/api') }, 'd'],
  [{ path: prefix('/api'), headers: header }, 'a'],
  [{ path: prefix('/api') }, 'b'],
  [{ path: prefix('/'), headers: header }, 'a'],
  [{ path: prefix('/') }, 'd'],
);

describe('the worked example of a canary header above path rules', () => {
  test.each([
    [ask('/'), 'd'],
    [ask('/', canary), 'a'],
    [ask('/api'), 'd'],
    [ask('/api', canary), 'a'],
    [ask('/api/'), 'b'],
    [ask('/api/x', canary), 'a'],
    [ask('/api/v2/login'), 'b'],
    [ask('/apix'), 'd'],
  ])('%j goes to %s', (request, backend) => {
    const want = `shop/${backend}:80 1/1`;
    expect(istio(worked, request)).toBe(want);
    expect(printOutcome(evaluateGatewayApi([workedRoute], request))).toBe(want);
    for (const reading of ['string', 'segment'] as const) {
      if (reading === 'segment' || request.path !== '/apix')
        expect(printOutcome(evaluateLattice([workedRoute], request, reading))).toBe(want);
    }
  });

  test('a copy rule by rule sends canary users of /api to another backend', () => {
    const copied = route(
      [{ path: prefix('/'), headers: header }, 'a'],
      [{ path: prefix('/api') }, 'b'],
      [{ path: exact('/api/v2/login') }, 'c'],
      [{ path: prefix('/') }, 'd'],
    );
    const answer = (request: Request) => printOutcome(evaluateGatewayApi([copied], request));
    expect(answer(ask('/api/x', canary))).toBe('shop/b:80 1/1');
    expect(answer(ask('/api/v2/login'))).toBe('shop/c:80 1/1');
    expect(answer(ask('/api'))).toBe('shop/b:80 1/1');
  });
});

describe('Istio', () => {
  test('takes a prefix as a string and its slash literally', () => {
    expect(istio([to('a', { uri: { prefix: '/api' } })], ask('/apix'))).toBe('shop/a:80 1/1');
    expect(istio([to('a', { uri: { prefix: '/api/' } })], ask('/api'))).toBe('status 404');
  });

  test('takes a regex over the whole path only', () => {
    const rules = [to('a', { uri: { regex: '/(a|b)/.*' } })];
    expect(istio(rules, ask('/a/x'))).toBe('shop/a:80 1/1');
    expect(istio(rules, ask('/c/a/x'))).toBe('status 404');
  });

  test.each([
    ['an excluded value passes a request without the header', { exact: 'a' }, undefined, true],
    ['an excluded value passes another value', { exact: 'a' }, 'b', true],
    ['an excluded value stops itself', { exact: 'a' }, 'a', false],
    ['a pattern that takes the empty text stops a request without the header', { regex: '.*' }, undefined, false],
    ['a pattern that wants a character passes a request without the header', { regex: '.+' }, undefined, true],
    ['an excluded presence passes a request without the header', {}, undefined, true],
    ['an excluded presence stops even an empty value', {}, '', false],
    ['a star means presence', { regex: '*' }, 'b', false],
  ])('%s', (_, condition, value, passes) => {
    const headers = value === undefined ? {} : { 'x-user': value };
    const answer = istio([to('a', { withoutHeaders: { 'X-User': condition } })], ask('/', { headers }));
    expect(answer).toBe(passes ? 'shop/a:80 1/1' : 'status 404');
  });

  test('compares the first value of a query parameter as it was sent', () => {
    const rules = [to('a', { queryParams: { page: { exact: '1' } } })];
    expect(istio(rules, ask('/', { query: 'page=1&page=2' }))).toBe('shop/a:80 1/1');
    expect(istio(rules, ask('/', { query: 'page=%31' }))).toBe('status 404');
    expect(istio([to('a', { queryParams: { page: {} } })], ask('/', { query: 'page' }))).toBe('shop/a:80 1/1');
  });

  test('builds nothing below the first catch-all, and does not take /.* for one', () => {
    expect(istio([to('a', {}), to('b', { uri: { exact: '/x' } })], ask('/x'))).toBe('shop/a:80 1/1');
    expect(istio([to('a', { uri: { prefix: '/x' } }, { uri: { regex: '/.*' } }), to('b')], ask('/y'))).toBe(
      'shop/a:80 1/1',
    );
  });

  test('splits by weight, drops zeros, and gives a lone destination everything', () => {
    const split = (...route: IstioRule['route']) => istio([{ route }], ask('/'));
    expect(split(destination('a', 1), destination('b', 2))).toBe('shop/a:80 1/3, shop/b:80 2/3');
    expect(split(destination('a', 50), destination('b', 0), destination('a', 50))).toBe('shop/a:80 1/1');
    expect(split(destination('a', 0))).toBe('shop/a:80 1/1');
    expect(split(destination('a', 7))).toBe('shop/a:80 1/1');
    expect(split(destination('a', 30), destination('b', 90), destination('c'))).toBe('shop/a:80 1/4, shop/b:80 3/4');
  });
});

describe('Gateway API', () => {
  const answer = (request: Request, ...rules: Ranked) => printOutcome(evaluateGatewayApi([route(...rules)], request));

  test('prefers exact paths, then long prefixes, methods, headers and queries, then the order', () => {
    const query = [{ name: 'page', value: '1' }];
    const request = ask('/api', { ...canary, query: 'page=1' });
    const ranked: Ranked = [
      [{ path: prefix('/') }, 'e'],
      [{ path: prefix('/'), headers: header, queryParams: query }, 'd'],
      [{ path: prefix('/'), method: 'GET' }, 'c'],
      [{ path: prefix('/api') }, 'b'],
      [{ path: exact('/api') }, 'a'],
    ];
    expect(answer(request, ...ranked)).toBe('shop/a:80 1/1');
    expect(answer(request, ...ranked.slice(0, 4))).toBe('shop/b:80 1/1');
    expect(answer(request, ...ranked.slice(0, 3))).toBe('shop/c:80 1/1');
    expect(answer(request, ...ranked.slice(0, 2))).toBe('shop/d:80 1/1');
    expect(answer(request, [{ headers: header }, 'a'], [{ headers: [{ name: 'X-Canary', value: 'yes' }] }, 'b'])).toBe(
      'shop/a:80 1/1',
    );
  });

  test('takes a prefix by segment, whatever its slash', () => {
    expect(answer(ask('/api'), [{ path: prefix('/api/') }, 'a'])).toBe('shop/a:80 1/1');
    expect(answer(ask('/apix'), [{ path: prefix('/api') }, 'a'])).toBe('status 404');
  });

  test('answers 500 without backends', () => {
    const empty = route([{}, 'a']);
    const noBackends = { ...empty, spec: { ...empty.spec, rules: [{ matches: [{}] }] } };
    expect(printOutcome(evaluateGatewayApi([noBackends], ask('/')))).toBe('status 500');
  });

  test('leaves a tie between two routes with other outcomes open', () => {
    const other = { ...route([{}, 'b']), metadata: { name: 'other', namespace: 'shop' } };
    expect(() => evaluateGatewayApi([route([{}, 'a']), other], ask('/'))).toThrow('age');
  });

  test('refuses what the schema refuses', () => {
    const rules = Array.from({ length: 17 }, (_, index) => [{ path: exact(`/${index}`) }, 'a'] as const);
    expect(() => answer(ask('/'), ...rules)).toThrow('over the limits');
    expect(() => answer(ask('/'), [{ method: 'PURGE' }, 'a'])).toThrow('PURGE');
  });
});

describe('Lattice', () => {
  const answer = (request: Request, reading: 'string' | 'segment', ...rules: Ranked) =>
    printOutcome(evaluateLattice([route(...rules)], request, reading));

  test('takes the first rule, whatever its precedence', () => {
    const rules: Ranked = [
      [{ path: prefix('/') }, 'a'],
      [{ path: exact('/x') }, 'b'],
    ];
    expect(answer(ask('/x'), 'string', ...rules)).toBe('shop/a:80 1/1');
  });

  test('reads a prefix both ways', () => {
    const rule = [{ path: prefix('/api') }, 'a'] as const;
    expect(answer(ask('/apix'), 'string', rule)).toBe('shop/a:80 1/1');
    expect(answer(ask('/apix'), 'segment', rule)).toBe('status 404');
    expect(answer(ask('/api'), 'string', [{ path: prefix('/api/') }, 'a'])).toBe('status 404');
    expect(answer(ask('/api'), 'segment', [{ path: prefix('/api/') }, 'a'])).toBe('shop/a:80 1/1');
  });

  test('compares header values without case', () => {
    const rule = [{ path: prefix('/'), headers: header }, 'a'] as const;
    expect(answer(ask('/', { headers: { 'x-canary': 'YES' } }), 'string', rule)).toBe('shop/a:80 1/1');
  });

  test('refuses what the controller refuses or drops', () => {
    const queryParams = [{ name: 'page', value: '1' }];
    expect(() => answer(ask('/'), 'string', [{ path: prefix('/'), queryParams }, 'a'])).toThrow('query');
    const pattern = [{ type: 'RegularExpression', name: 'x-canary', value: '.*' }];
    expect(() => answer(ask('/'), 'string', [{ path: prefix('/'), headers: pattern }, 'a'])).toThrow('pattern');
    expect(() => answer(ask('/'), 'string', [{ path: prefix('/') }, 'a'], [{ path: prefix('/') }, 'b'])).toThrow(
      'two rules',
    );
  });
});

describe('the words of an expression', () => {
  const words = (regex: string) => listWords(regex)?.map(({ text, open }) => (open ? `${text}…` : text));
  test.each([
    ['/(a|b)/x', ['/a/x', '/b/x']],
    ['/api(/.*)?', ['/api', '/api/…']],
    ['^/c[xy]$', ['/cx', '/cy']],
    ['/a\\.b', ['/a.b']],
    ['/[^/]+', undefined],
    ['/x.y', undefined],
    ['/a+', undefined],
  ])('%s', (regex, want) => expect(words(regex)).toEqual(want));
});
