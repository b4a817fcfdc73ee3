import { beforeAll, describe, expect, test } from 'vitest';
import { modelOf } from '../../../test/model-of.ts';
import { printOutcome } from '../../cli/render/outcome.ts';
import { loadRegexEngine } from '../languages/regex-engine.ts';
import { readRequest, type WrittenRequest } from '../request-model.ts';
import { type Answer, type TraceOptions, trace } from './trace.ts';

beforeAll(async () => {
  await loadRegexEngine();
});

type Asked = Partial<Omit<WrittenRequest, 'headers'>> & {
  readonly headers?: Readonly<Record<string, string>>;
} & TraceOptions;

/** The answers of a configuration to a request. */
async function answers(documents: readonly string[], url: string, asked: Asked = {}): Promise<readonly Answer[]> {
  const { headers = {}, semantics, ...written } = asked;
  const list = Object.entries(headers).map(([name, value]) => ({ name, value }));
  const reading = readRequest({ method: 'GET', ...written, url, headers: list });
  if (reading.kind === 'bad') throw new Error(reading.problem);
  return trace(await modelOf(...documents), reading.request, semantics === undefined ? {} : { semantics }).answers;
}

async function answer(...[documents, url, asked]: Parameters<typeof answers>): Promise<Answer> {
  const [first, ...others] = await answers(documents, url, asked);
  expect(others).toEqual([]);
  if (first === undefined) throw new Error('there is always an answer');
  return first;
}

async function outcome(...asked: Parameters<typeof answers>): Promise<string> {
  return printOutcome((await answer(...asked)).outcome);
}

const gateway = (
  servers = "[{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]",
  name = 'edge',
  selector = 'edge',
) => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: ${name}, namespace: shop}
spec: {selector: {istio: ${selector}}, servers: ${servers}}`;

const virtualService = (http: string, { hosts = '[a.com]', gateways = '[edge]', name = 'vs', extra = '' } = {}) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: shop}
spec:
  hosts: ${hosts}
  gateways: ${gateways}
  ${extra}
  http: ${http}`;

const to = (host: string, more = '') => `{destination: {host: ${host}, port: {number: 80}}${more}}`;

const service = (name: string, namespace = 'shop') => `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: {selector: {app: ${name}}, ports: [{name: http, port: 80}]}`;

describe('Istio at a gateway', () => {
  test('the first rule wins, and a string prefix takes what only starts like it', async () => {
    const input = [
      gateway(),
      virtualService(
        `[{match: [{uri: {prefix: /a}}], route: [${to('one')}]}, {match: [{uri: {exact: /ab}}], route: [${to('two')}]}]`,
      ),
    ];
    expect(await outcome(input, 'http://a.com/ab')).toBe('shop/one:80');
    const missed = await answer(input, 'http://a.com/b');
    expect(missed.outcome).toEqual({ kind: 'status', status: 404 });
    expect(missed.matched).toBeUndefined();
    expect(missed.skipped.map(({ failed }) => failed)).toEqual([
      'path /b does not start with /a',
      'path /b is not /ab',
    ]);
  });

  test('shares are exact fractions with subsets', async () => {
    const rule =
      '[{route: [{destination: {host: web, subset: v1, port: {number: 80}}, weight: 2}, {destination: {host: web, subset: v2, port: {number: 80}}, weight: 1}]}]';
    const rules = `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: web, namespace: shop}
spec: {host: web, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]}`;
    const found = await answer([gateway(), virtualService(rule), rules, service('web')], 'http://a.com/');
    expect(found.outcome).toMatchObject({
      backends: [
        { name: 'shop/web:80@v1', fraction: { part: 2, whole: 3 } },
        { name: 'shop/web:80@v2', fraction: { part: 1, whole: 3 } },
      ],
    });
    expect(printOutcome(found.outcome)).toBe('shop/web:80@v1 66.67 % (2/3), shop/web:80@v2 33.33 % (1/3)');
  });

  test.each([
    ['rewrite: {uri: /v1/}', '/a/x', '/v1//x'],
    ['rewrite: {uri: /v1}', '/a/x?q=1', '/v1/x?q=1'],
    [String.raw`rewrite: {uriRegexRewrite: {match: "/(\\w)", rewrite: "/\\1-"}}`, '/a/x', '/a-/x-'],
    ['timeout: 1s', '/a/x', '/a/x'],
  ])('%s makes of %s %s', async (part, path, expected) => {
    const input = [gateway(), virtualService(`[{match: [{uri: {prefix: /a}}], ${part}, route: [${to('web')}]}]`)];
    expect((await answer(input, `http://a.com${path}`)).upstream?.path).toBe(expected);
  });

  test('headers are removed, set and added; the host is rewritten', async () => {
    const headers = '{request: {remove: [x-gone], set: {x-set: new}, add: {x-more: b}}}';
    const input = [
      gateway(),
      virtualService(`[{headers: ${headers}, rewrite: {authority: b.com}, route: [${to('web')}]}]`),
    ];
    const sent = { 'x-gone': '1', 'x-set': 'old', 'x-more': 'a' };
    const { upstream } = await answer(input, 'http://a.com/', { headers: sent });
    expect(upstream).toEqual({ method: 'GET', host: 'b.com', path: '/', headers: { 'x-set': 'new', 'x-more': 'a,b' } });
  });

  test('of two levels the destination has the last word alone, the rule among several', async () => {
    const own = ', headers: {request: {set: {x: destination}}}';
    const single = [gateway(), virtualService(`[{headers: {request: {set: {x: rule}}}, route: [${to('web', own)}]}]`)];
    expect((await answer(single, 'http://a.com/')).upstream?.headers).toEqual({ x: 'destination' });
    const route = `[${to('web', `, weight: 1${own}`)}, ${to('api', `, weight: 1${own.replace('{x:', '{z:')}`)}]`;
    const several = [gateway(), virtualService(`[{headers: {request: {set: {x: rule}}}, route: ${route}}]`)];
    const found = await answer(several, 'http://a.com/');
    expect(found.upstream?.headers).toEqual({ x: 'rule' });
    expect(found.outcome).toMatchObject({
      backends: [{ name: 'shop/web:80' }, { headers: { x: 'rule', z: 'destination' } }],
    });
  });

  test.each([
    ['{uri: /new}', 'http://a.com/old?q=1', '301 http://a.com/new?q=1'],
    ['{scheme: https}', 'http://a.com/old', '301 https://a.com/old'],
    ['{scheme: https}', 'http://a.com:8080/old', '301 https://a.com:8080/old', 8080],
    ['{authority: b.com, redirectCode: 308}', 'http://a.com:8080/old', '308 http://b.com/old', 8080],
    ['{port: 8443, scheme: https}', 'http://a.com/old', '301 https://a.com:8443/old'],
    ['{derivePort: FROM_REQUEST_PORT, authority: b.com}', 'http://a.com:8080/', '301 http://b.com:8080/', 8080],
  ])('redirect %s of %s is %s', async (redirect, url, expected, port = 80) => {
    const servers = `[{port: {number: ${port}, name: http, protocol: HTTP}, hosts: ['*']}]`;
    expect(await outcome([gateway(servers), virtualService(`[{redirect: ${redirect}}]`)], url)).toBe(expected);
  });

  test('a listener that redirects to https answers before the rules', async () => {
    const servers = "[{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*'], tls: {httpsRedirect: true}}]";
    const found = await answer([gateway(servers), virtualService(`[{route: [${to('web')}]}]`)], 'http://a.com/x?y');
    expect(printOutcome(found.outcome)).toBe('301 https://a.com/x?y');
    expect(found.matched?.field).toContain('httpsRedirect');
  });

  test('an abort of every request is what they meet; other faults, mirrors and timeouts are said', async () => {
    const always = '{abort: {httpStatus: 418, percentage: {value: 100}}}';
    expect(
      await outcome([gateway(), virtualService(`[{fault: ${always}, route: [${to('web')}]}]`)], 'http://a.com/'),
    ).toBe('status 418');
    const rule = `[{fault: {delay: {fixedDelay: 1500ms, percentage: {value: 0.5}}}, mirror: {host: copy, port: {number: 80}}, timeout: 2s, retries: {attempts: 0}, route: [${to('web')}]}]`;
    const { extras } = await answer([gateway(), virtualService(rule)], 'http://a.com/');
    expect(extras).toEqual([
      'delay of 1500ms for 0.5 % of the requests',
      'mirrored to shop/copy:80, 100 % of the requests',
      'timeout 2s',
      'no retries',
    ]);
  });

  test('a preflight of an allowed origin never reaches the backend', async () => {
    const input = [
      gateway(),
      virtualService(`[{corsPolicy: {allowOrigins: [{exact: "http://b.com"}]}, route: [${to('web')}]}]`),
    ];
    const headers = { origin: 'http://b.com', 'access-control-request-method': 'PUT' };
    expect(await outcome(input, 'http://a.com/', { method: 'OPTIONS', headers })).toBe('status 200');
    expect(await outcome(input, 'http://a.com/', { method: 'OPTIONS' })).toBe('shop/web:80');
  });

  test('the most specific host answers alone, in its scheme', async () => {
    const wide = virtualService(`[{route: [${to('wide')}]}]`, { hosts: "['*.a.com']", name: 'wide' });
    const exact = virtualService(`[{match: [{uri: {exact: /x}}], route: [${to('exact')}]}]`, { hosts: '[x.a.com]' });
    const found = await answer([gateway(), wide, exact], 'http://x.a.com/y');
    expect(printOutcome(found.outcome)).toBe('status 404');
    expect(found.conditions).toEqual([]);
    expect(await outcome([gateway(), wide, exact], 'http://y.a.com/')).toBe('shop/wide:80');
  });

  test('sets of proxies that answer differently are shown each', async () => {
    const second = gateway(undefined, 'second', 'other');
    const input = [gateway(), second, virtualService(`[{route: [${to('one')}]}]`)];
    const other = virtualService(`[{route: [${to('two')}]}]`, { gateways: '[second]', name: 'other' });
    expect((await answers([...input, other], 'http://a.com/')).map((one) => printOutcome(one.outcome))).toEqual([
      'shop/one:80',
      'shop/two:80',
    ]);
    const same = other.replace('host: two', 'host: one');
    expect((await answer([...input, same], 'http://a.com/')).where).toContain('istio=other');
  });

  test('a condition that no request shows is said', async () => {
    const labelled = `[{match: [{sourceLabels: {app: x}}], route: [${to('one')}]}, {route: [${to('two')}]}]`;
    const found = await answer([gateway(), virtualService(labelled)], 'http://a.com/');
    expect(printOutcome(found.outcome)).toBe('shop/two:80');
    expect(found.conditions).toMatchObject([
      { holds: 'sourceLabels app=x is not met', outcome: { backends: [{ name: 'shop/one:80' }] } },
    ]);
  });
});

describe('Istio in the mesh', () => {
  const mesh = [
    service('web'),
    virtualService(`[{match: [{sourceNamespace: lab}], route: [${to('canary')}]}, {route: [${to('stable')}]}]`, {
      hosts: '[web]',
      gateways: '[mesh]',
    }),
  ];

  test.each([
    ['web', 'shop', 'shop/stable:80'],
    ['web', 'lab', 'lab/web:80'],
    ['web.shop', 'lab', 'shop/canary:80'],
    ['web.shop.svc', 'other', 'shop/stable:80'],
    ['web.shop.svc.cluster.local.', undefined, 'shop/stable:80'],
    ['b.com', 'shop', 'b.com:80'],
  ])('%s of a client in %s leads to %s', async (host, fromNamespace, expected) => {
    expect(await outcome(mesh, `http://${host}/`, fromNamespace === undefined ? {} : { fromNamespace })).toBe(expected);
  });

  test('what no route serves passes through to the Service, which is said', async () => {
    const found = await answer([...mesh, service('api')], 'http://api.shop:81/', { fromNamespace: 'shop' });
    expect(found.where).toBe(
      'no route of the mesh serves shop/api on port 81; the request reaches the Service itself, which has no such port',
    );
    expect((await answer(mesh, 'http://web/')).where).toContain('--from-ns');
  });

  test('semantics choose the scopes', async () => {
    const both = virtualService(
      `[{match: [{gateways: [mesh]}], route: [${to('inside')}]}, {route: [${to('outside')}]}]`,
      { hosts: '[web.shop.svc.cluster.local]', gateways: '[mesh, edge]' },
    );
    const input = [gateway(), service('web'), both];
    const url = 'http://web.shop.svc.cluster.local/';
    expect(await outcome(input, url)).toBe('shop/outside:80');
    expect(await outcome(input, url, { semantics: 'istio-sidecar' })).toBe('shop/inside:80');
    expect(await outcome(input, url, { fromNamespace: 'shop' })).toBe('shop/inside:80');
    expect((await answer(input, url, { semantics: 'ingress' })).where).toBe('nothing is read as ingress');
  });
});

const route = (
  rules: string,
  { hostnames = '[a.com]', parent = '{name: edge}', name = 'r', namespace = 'shop', annotations = '{}' } = {},
) => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: ${name}, namespace: ${namespace}, annotations: ${annotations}}
spec:
  parentRefs: [${parent}]
  hostnames: ${hostnames}
  rules: ${rules}`;

const edge = (className = 'other', listeners = '[{name: http, port: 80, protocol: HTTP}]') => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec: {gatewayClassName: ${className}, listeners: ${listeners}}`;

const on = (type: string, value: string, backend: string) =>
  `{matches: [{path: {type: ${type}, value: "${value}"}}], backendRefs: [{name: ${backend}, port: 80}]}`;

describe('Gateway API', () => {
  test('the most specific match wins', async () => {
    const input = [edge(), route(`[${on('PathPrefix', '/', 'root')}, ${on('PathPrefix', '/a', 'a')}]`)];
    expect(await outcome(input, 'http://a.com/a/b')).toBe('shop/a:80');
    expect(await outcome(input, 'http://a.com/ab')).toBe('shop/root:80');
  });

  test('where the rank of a pattern decides, both answers are said', async () => {
    const input = [
      edge(),
      route(`[${on('RegularExpression', '/a.*', 'pattern')}, ${on('PathPrefix', '/', 'prefix')}]`),
    ];
    const found = await answer(input, 'http://a.com/ab');
    expect(printOutcome(found.outcome)).toBe('shop/prefix:80');
    expect(found.conditions).toMatchObject([
      { holds: expect.stringContaining('as in Istio'), outcome: { backends: [{ name: 'shop/pattern:80' }] } },
    ]);
    expect((await answer(input, 'http://a.com/b')).conditions).toEqual([]);
  });

  test('where a wider host would answer, falling through is said', async () => {
    const wide = route(`[${on('PathPrefix', '/', 'wide')}]`, { hostnames: '["*.a.com"]', name: 'wide' });
    const exact = route(`[${on('Exact', '/x', 'exact')}]`, { hostnames: '[b.a.com]' });
    const found = await answer([edge(), wide, exact], 'http://b.a.com/y');
    expect(printOutcome(found.outcome)).toBe('status 404');
    expect(found.conditions).toMatchObject([
      { otherwise: expect.stringContaining('falls through'), outcome: { backends: [{ name: 'shop/wide:80' }] } },
    ]);
  });

  test('a more specific listener keeps a host from the routes of another one, which is said', async () => {
    const listeners =
      '[{name: any, port: 80, protocol: HTTP}, {name: own, port: 80, protocol: HTTP, hostname: "*.a.com"}]';
    const found = await answer(
      [
        edge('other', listeners),
        route(`[${on('PathPrefix', '/', 'web')}]`, {
          hostnames: '[b.a.com]',
          parent: '{name: edge, sectionName: any}',
        }),
      ],
      'http://b.a.com/',
    );
    expect(printOutcome(found.outcome)).toBe('status 404');
    expect(found.conditions).toMatchObject([
      { otherwise: expect.stringContaining('isolated'), outcome: { backends: [{ name: 'shop/web:80' }] } },
    ]);
  });

  test('a rule without backends answers 500, an invalid share its part', async () => {
    const rules = '[{backendRefs: []}]';
    expect(await outcome([edge(), route(rules)], 'http://a.com/')).toBe('status 500');
    const split = '[{backendRefs: [{name: web, port: 80}, {name: other, namespace: x, port: 80}]}]';
    expect(await outcome([edge(), route(split)], 'http://a.com/')).toBe('shop/web:80 50 %, status 500 50 %');
  });

  test('filters of the rule, then of the backend', async () => {
    const set = (value: string) =>
      `{type: RequestHeaderModifier, requestHeaderModifier: {add: [{name: x, value: ${value}}]}}`;
    const rules = `[{filters: [${set('rule')}, {type: URLRewrite, urlRewrite: {hostname: b.com, path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}], matches: [{path: {type: PathPrefix, value: /a}}], backendRefs: [{name: web, port: 80, filters: [${set('backend')}]}]}]`;
    expect((await answer([edge(), route(rules)], 'http://a.com/a/x?y=1')).upstream).toEqual({
      method: 'GET',
      host: 'b.com',
      path: '/x?y=1',
      headers: { x: 'rule,backend' },
    });
  });

  test('a route of the client namespace comes before the one for all', async () => {
    const parent = '{group: "", kind: Service, name: web, namespace: shop}';
    const producer = route(`[${on('PathPrefix', '/', 'all')}]`, { parent, hostnames: '[]' });
    const consumer = route(`[${on('PathPrefix', '/', 'own')}]`, { parent, hostnames: '[]', namespace: 'lab' });
    const input = [service('web'), producer, consumer];
    expect(await outcome(input, 'http://web.shop/', { fromNamespace: 'lab' })).toBe('lab/own:80');
    expect(await outcome(input, 'http://web.shop/', { fromNamespace: 'x' })).toBe('shop/all:80');
    // Where the connection leads decides, not the Host header.
    const headers = { host: 'api.shop' };
    expect(await outcome(input, 'http://web.shop/', { fromNamespace: 'x', headers })).toBe('shop/all:80');
  });
});

describe('the AWS controller', () => {
  const lattice = edge('amazon-vpc-lattice');

  test('the list decides, and the reading of a prefix is left open', async () => {
    const input = [lattice, route(`[${on('PathPrefix', '/a', 'a')}, ${on('PathPrefix', '/ab', 'ab')}]`)];
    const found = await answer(input, 'http://a.com/ab');
    expect(printOutcome(found.outcome)).toBe('shop/a:80');
    expect(found.profile).toBe('gateway-api-aws');
    expect(found.conditions).toMatchObject([{ outcome: { backends: [{ name: 'shop/ab:80' }] } }]);
    expect((await answer(input, 'http://a.com/a/b')).conditions).toEqual([]);
  });

  test('a route without a host name answers to its generated name only', async () => {
    const input = [lattice, route(`[${on('PathPrefix', '/', 'web')}]`, { hostnames: '[]' })];
    expect((await answer(input, 'http://a.com/')).where).toContain('r-shop-….vpc-lattice-svcs');
    expect(await outcome(input, 'http://r-shop-0ab.7d.vpc-lattice-svcs.eu-west-1.on.aws/')).toBe('shop/web:80');
  });
});

test('an Ingress wildcard takes one label; the longest path answers', async () => {
  const ingress = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: i, namespace: shop}
spec:
  ingressClassName: edge
  rules:
    - host: "*.a.com"
      http:
        paths:
          - {pathType: Prefix, path: /, backend: {service: {name: web, port: {number: 80}}}}
          - {pathType: Prefix, path: /api, backend: {service: {name: api, port: {number: 80}}}}`;
  const found = await answer([ingress], 'http://x.a.com/api/y');
  expect(printOutcome(found.outcome)).toBe('shop/api:80');
  expect(found.profile).toBe('ingress');
  expect(await outcome([ingress], 'http://y.x.a.com/')).toBe('status 404');
});

test('a request for constructor finds nothing that was not sent', async () => {
  const input = [
    gateway(),
    virtualService(`[{match: [{headers: {constructor: {}}}], route: [${to('one')}]}, {route: [${to('two')}]}]`),
  ];
  expect(await outcome(input, 'http://a.com/')).toBe('shop/two:80');
});

describe('nobody answers', () => {
  const route = (name: string, parent: string, to: string, match = '') => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: ${name}, namespace: shop}
spec:
  parentRefs: [${parent}]
  hostnames: [a.com]
  rules: [{${match}backendRefs: [{name: ${to}, port: 80}]}]`;

  test('a client that speaks TLS to a plain port, nor one that does not to the port of TLS', async () => {
    const secure =
      "[{port: {number: 443, name: https, protocol: HTTPS}, hosts: ['*'], tls: {mode: SIMPLE, credentialName: c}}]";
    const plain = [gateway(), virtualService(`[{route: [${to('web')}]}]`)];
    expect(await outcome(plain, 'http://a.com/')).toBe('shop/web:80');
    const met = await answer(plain, 'https://a.com:80/x');
    expect([printOutcome(met.outcome), met.where]).toEqual([
      'no answer',
      'port 80 speaks plain HTTP, and a client of https a TLS that nobody answers; where something in front ends TLS, ask for http://a.com:80/x',
    ]);
    const tls = [gateway(secure), virtualService(`[{route: [${to('web')}]}]`)];
    expect(await outcome(tls, 'https://a.com/')).toBe('shop/web:80');
    expect(await outcome(tls, 'http://a.com:443/')).toBe('no answer');
  });

  test('what an unseen Gateway speaks is not known', async () => {
    expect(await outcome([route('r', '{name: gw, port: 8443}', 'web')], 'https://a.com:8443/')).toBe('shop/web:80');
  });

  test('a name that leads to no service of VPC Lattice', async () => {
    const lattice = [edge('amazon-vpc-lattice'), route('r', '{name: edge}', 'web')];
    expect(await outcome(lattice, 'http://a.com/')).toBe('shop/web:80');
    expect(await outcome(lattice, 'http://b.com/')).toBe('no answer');
    expect(await outcome([edge(), route('r', '{name: edge}', 'web')], 'http://b.com/')).toBe('status 404');
  });
});

test('a route that names no listener of an unseen Gateway answers at those that others name', async () => {
  const route = (name: string, parent: string, to: string, path: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: ${name}, namespace: shop}
spec:
  parentRefs: [${parent}]
  hostnames: [a.com]
  rules: [{matches: [{path: {type: PathPrefix, value: ${path}}}], backendRefs: [{name: ${to}, port: 80}]}]`;
  const input = [route('r', '{name: gw, port: 80}', 'web', '/'), route('s', '{name: gw}', 'admin', '/admin')];
  expect(await outcome(input, 'http://a.com/admin')).toBe('shop/admin:80');
  expect(await outcome(input, 'http://a.com/')).toBe('shop/web:80');
  expect(await outcome([...input].reverse(), 'http://a.com/admin')).toBe('shop/admin:80');
  // Sections may stand for different ports.
  const sections = [
    route('r', '{name: gw, sectionName: a}', 'web', '/'),
    route('s', '{name: gw, sectionName: b}', 'admin', '/'),
  ];
  expect(await answers(sections, 'http://a.com/')).toHaveLength(2);
});
