import { describe, expect, test } from 'vitest';
import { modelOf } from '../../test/model-of.ts';

const gateway = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw, namespace: shop}
spec: {selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}
`;

const virtualService = (name: string, rules: string, created = '') => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: shop${created === '' ? '' : `, creationTimestamp: "${created}"`}}
spec: {hosts: [shop.example.com], gateways: [gw], http: [${rules}]}
`;

const to = (backend: string, match = '') =>
  `{${match === '' ? '' : `match: [${match}], `}route: [{destination: {host: ${backend}, port: {number: 80}}}]}`;

async function conflicts(...documents: readonly string[]): Promise<readonly string[]> {
  const { found } = await modelOf(gateway, ...documents);
  return found
    .filter(({ code }) => code.startsWith('routing/'))
    .map(({ code, witness }) => `${code} ${witness?.request.method} ${witness?.request.url}`);
}

describe('two VirtualServices of unknown age on one host', () => {
  test('conflict where both take a request and do different things', async () => {
    expect(
      await conflicts(
        virtualService('a', to('one', '{uri: {prefix: /x}}')),
        virtualService('b', to('two', '{uri: {exact: /x/y}}')),
      ),
    ).toEqual(['routing/order-undetermined GET http://shop.example.com/x/y']);
  });

  test.each([
    ['disjoint paths', to('one', '{uri: {prefix: /a/}}'), to('two', '{uri: {prefix: /b/}}')],
    ['disjoint header values', to('one', '{headers: {h: {exact: "1"}}}'), to('two', '{headers: {h: {exact: "2"}}}')],
    ['the same action', to('one', '{uri: {prefix: /x}}'), to('one', '{uri: {exact: /x/y}}')],
    // Istio moves what takes everything to the end of the host.
    ['a catch-all', to('one'), to('two', '{uri: {exact: /x}}')],
  ])('do not conflict for %s', async (_, first, second) => {
    expect(await conflicts(virtualService('a', first), virtualService('b', second))).toEqual([]);
  });

  test('do not conflict once their ages are known', async () => {
    const documents = [
      virtualService('a', to('one', '{uri: {prefix: /x}}'), '2024-01-01T00:00:00Z'),
      virtualService('b', to('two', '{uri: {exact: /x/y}}'), '2024-01-02T00:00:00Z'),
    ];
    expect(await conflicts(...documents)).toEqual([]);
  });

  test.each([
    ['a pattern', '{uri: {regex: "/.*"}}'],
    ['a test of the host', '{authority: {exact: shop.example.com}}'],
    ['a test of the scheme', '{scheme: {exact: http}}'],
    ['an empty prefix', '{uri: {prefix: ""}}'],
  ])('conflict where one takes everything by %s, which Istio does not move to the end', async (_, match) => {
    expect(
      await conflicts(virtualService('a', to('one', match)), virtualService('b', to('two', '{uri: {exact: /x}}'))),
    ).toEqual(['routing/order-undetermined GET http://shop.example.com/x']);
  });

  test('two catch-alls conflict', async () => {
    expect(await conflicts(virtualService('a', to('one')), virtualService('b', to('two')))).toEqual([
      'routing/order-undetermined GET http://shop.example.com/',
    ]);
  });
});

const edge = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec: {gatewayClassName: public, listeners: [{name: http, port: 80, protocol: HTTP}]}
`;

const route = (name: string, rules: readonly (readonly [path: string, backend: string])[]) => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: ${name}, namespace: shop}
spec:
  parentRefs: [{name: edge}]
  hostnames: [shop.example.com]
  rules: [${rules.map(([path, backend]) => `{matches: [{path: {value: ${path}}}], backendRefs: [{name: ${backend}, port: 80}]}`).join(', ')}]
`;

async function routeConflicts(...routes: readonly string[]): Promise<readonly string[]> {
  const { found } = await modelOf(edge, ...routes);
  return found
    .filter(({ code }) => code.startsWith('routing/'))
    .map(({ code, witness }) => `${code} ${witness?.request.url}`);
}

describe('two HTTPRoutes behind a listener of one name', () => {
  const named = edge.replace('name: http,', 'name: http, hostname: shop.example.com,');
  const aged = (text: string, created: string) =>
    text.replace('namespace: shop}', `namespace: shop, creationTimestamp: "${created}"}`);
  const wide = (text: string, hosts: string) => text.replace('hostnames: [shop.example.com]', `hostnames: [${hosts}]`);
  const older = (path: string) => aged(route('a', [[path, 'one']]), '2024-01-01T00:00:00Z');
  const younger = (path: string) => aged(route('b', [[path, 'two']]), '2024-01-02T00:00:00Z');

  test.each([
    ['a longer path of a wildcard', wide(older('/x'), '"*.example.com"'), younger('/')],
    ['a longer path without a hostname', older('/'), wide(younger('/x'), '')],
    ['the age of a wildcard', wide(older('/x'), '"*.example.com"'), younger('/x')],
  ])('conflict where %s stands against the name', async (_, first, second) => {
    const { found } = await modelOf(named, first, second);
    expect(found.map(({ code }) => code).filter((code) => code.startsWith('routing/'))).toEqual([
      'routing/host-rank-undetermined',
    ]);
  });

  test.each([
    ['the name has the longer path', wide(older('/'), '"*.example.com"'), younger('/x')],
    ['both write the name', older('/x'), younger('/')],
    [
      'the wildcard stands beside the name in one route',
      wide(older('/x'), '"*.example.com", shop.example.com'),
      younger('/'),
    ],
    ['the paths are disjoint', wide(older('/x'), '"*.example.com"'), younger('/y')],
  ])('do not conflict where %s', async (_, first, second) => {
    const { found } = await modelOf(named, first, second);
    expect(found.map(({ code }) => code).filter((code) => code.startsWith('routing/'))).toEqual([]);
  });
});

describe('two HTTPRoutes of unknown age on one host', () => {
  test('conflict below a catch-all that is listed first and ranks last', async () => {
    expect(
      await routeConflicts(
        route('a', [
          ['/', 'all'],
          ['/x', 'one'],
        ]),
        route('b', [['/x', 'two']]),
      ),
    ).toEqual(['routing/order-undetermined http://shop.example.com/x']);
  });

  test('do not conflict where a longer prefix of one of them takes the requests', async () => {
    const first = route('a', [
      ['/', 'all'],
      ['/x', 'one'],
    ]);
    expect(await routeConflicts(first, route('b', [['/x/y', 'two']]))).toEqual([]);
    expect(
      await routeConflicts(
        first,
        route('b', [
          ['/y', 'two'],
          ['/', 'all'],
        ]),
      ),
    ).toEqual([]);
  });
});
