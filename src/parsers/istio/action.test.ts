import { describe, expect, test } from 'vitest';
import {
  forwardOf,
  hostOf,
  joinDocuments,
  meshRules,
  type ParsedText,
  parseIstio,
  service,
  sketch,
  virtualService,
} from '../../../test/istio/parse-istio.ts';

const rulesOf = (parsed: ParsedText) => hostOf(parsed, 'mesh:default/s:*').rules;
const dest = (weight?: number, host = 's', more = '') =>
  `{destination: {host: ${host}, port: {number: 80}${more}}${weight === undefined ? '' : `, weight: ${weight}`}}`;
const forward = (rule: string) => forwardOf(rulesOf(meshRules(`[{route: [${dest()}], ${rule}}]`))[0]);
const actionOf = (rule: string) => rulesOf(meshRules(`[{${rule}}]`))[0]?.action;

describe('weights', () => {
  const shares = (...parts: readonly string[]) => rulesOf(meshRules(`[{route: [${parts.join(', ')}]}]`)).map(sketch);

  test('a single destination gets everything, whatever its weight', () => {
    expect(shares(dest(0))).toEqual(['* 1:s:80']);
    expect(shares(dest(7))).toEqual(['* 1:s:80']);
    expect(shares(dest())).toEqual(['* 1:s:80']);
  });

  test('are reduced, zeros dropped, equal destinations merged', () => {
    expect(shares(dest(90), dest(10, 't'))).toEqual(['* 9:s:80 1:t:80']);
    expect(shares(dest(33), dest(67, 't'))).toEqual(['* 33:s:80 67:t:80']);
    expect(shares(dest(0), dest(10, 't'))).toEqual(['* 1:t:80']);
    expect(shares(dest(), dest(10, 't'))).toEqual(['* 1:t:80']);
    expect(shares(dest(25), dest(25), dest(50, 't'))).toEqual(['* 1:s:80 1:t:80']);
  });

  test('keep Services of different namespaces apart', () => {
    const parts = [dest(50, 's.a.svc.cluster.local'), dest(50, 's.b.svc.cluster.local')];
    expect(shares(...parts)).toEqual(['* 1:a/s:80 1:b/s:80']);
  });

  test('of 0 everywhere are an error', () => {
    expect(meshRules(`[{route: [${dest(-1)}, ${dest(2, 't')}]}]`).codes).toContain('istio/invalid-value');
    expect(meshRules(`[{route: [${dest(0)}, ${dest(0, 't')}]}]`).codes).toContain('istio/invalid-value');
  });
});

describe('destinations', () => {
  const subsets = '{name: v1, labels: {version: v1}}, {name: all}';
  const rule = `{apiVersion: networking.istio.io/v1beta1, kind: DestinationRule, metadata: {name: r}, spec: {host: s, subsets: [${subsets}]}}`;
  const withRule = (subset: string, ...more: readonly string[]) =>
    parseIstio(
      joinDocuments(
        virtualService(
          'a',
          `{hosts: [s], http: [{route: [{destination: {host: s, subset: ${subset}, port: {number: 80}}}]}]}`,
        ),
        service('s', 80),
        ...more,
      ),
    );

  test('a subset is looked up, and one without labels is the whole Service', () => {
    expect(rulesOf(withRule('v1', rule)).map(sketch)).toEqual(['* 1:s:80@v1']);
    expect(rulesOf(withRule('all', rule)).map(sketch)).toEqual(['* 1:s:80']);
  });

  test('an undefined subset answers 503', () => {
    const parsed = withRule('v9', rule);
    expect(rulesOf(parsed).map(sketch)).toEqual(['* 1!503']);
    expect(parsed.codes).toEqual(['istio/subset-undefined']);
    expect(withRule('v1').diagnostics[0]?.message).toMatch(/no DestinationRule/);
  });

  test('canary subsets stay two backends', () => {
    const route = [dest(90, 's', ', subset: v1'), dest(10, 's', ', subset: v2')].join(', ');
    const both = rule.replace('{name: all}', '{name: v2, labels: {version: v2}}');
    const documents = [virtualService('a', `{hosts: [s], http: [{route: [${route}]}]}`), service('s', 80), both];
    expect(rulesOf(parseIstio(joinDocuments(...documents))).map(sketch)).toEqual(['* 9:s:80@v1 1:s:80@v2']);
  });

  const portless = (...facts: readonly string[]) =>
    parseIstio(
      joinDocuments(
        virtualService(
          'a',
          '{hosts: [s], http: [{route: [{destination: {host: t}}]}, {route: [{destination: {host: t}}]}]}',
        ),
        service('s', 80),
        ...facts,
      ),
    );

  test('without a port take the only one of their Service', () => {
    expect(rulesOf(portless(service('t', 8080))).map(sketch)[0]).toBe('* 1:t:8080');
  });

  test('without a port and a known Service are one finding with the lines to add', () => {
    const { diagnostics } = portless();
    const asked = diagnostics.filter(({ code }) => code === 'istio/port-unknown');
    expect(asked).toHaveLength(1);
    expect(asked[0]?.help).toContain('services: {default/t: {ports: [{port: 80}]}}');
    expect(asked[0]?.affects).toEqual({ kind: 'hosts', ids: ['mesh:default/s:*'] });
  });

  test('without a port and with several of them take the port that was called', () => {
    const parsed = parseIstio(
      joinDocuments(
        virtualService('a', '{hosts: [t], http: [{route: [{destination: {host: t}}]}]}'),
        service('t', 8080, 9090),
      ),
    );
    expect([...parsed.hosts.values()].flatMap(({ rules }) => rules.map(sketch))).toEqual(['* 1:t:8080', '* 1:t:9090']);
  });

  test.each([
    ['api.partner.com', undefined],
    ['b.svc-tools.com', undefined],
    ['t.other.svc', 't.other.svc.cluster.local'],
  ])('%s is no Service', (host, suggestion) => {
    const parsed = meshRules(`[{route: [${dest(undefined, host)}]}]`);
    expect(rulesOf(parsed).map(sketch)).toEqual(['* 1!503']);
    const [finding] = parsed.diagnostics;
    expect(finding?.code).toBe('istio/destination-not-a-service');
    if (suggestion !== undefined) expect(finding?.help).toContain(suggestion);
  });

  test('a port that the Service lacks answers 503', () => {
    const parsed = meshRules('[{route: [{destination: {host: s, port: {number: 81}}}]}]');
    expect(rulesOf(parsed).map(sketch)).toEqual(['* 1!503']);
    expect(parsed.codes).toEqual(['istio/port-not-in-service']);
  });
});

describe('rewrites', () => {
  test('replace the matched prefix, and the whole path of other matches', () => {
    const match = 'match: [{uri: {exact: /x}}, {uri: {prefix: /y}}, {uri: {regex: "/z.*"}}, {}]';
    const rules = rulesOf(meshRules(`[{${match}, rewrite: {uri: /n}, route: [${dest()}]}]`));
    expect(rules.map((rule) => [rule.index, forwardOf(rule).rewrite])).toEqual([
      [0, { kind: 'full', path: '/n' }],
      [0, { kind: 'prefix', from: '/y', to: '/n', reading: 'string' }],
      [0, { kind: 'full', path: '/n' }],
      [0, { kind: 'prefix', from: '/', to: '/n', reading: 'string' }],
    ]);
  });

  test('neighbours with one prefix stay one rule, and the order of matches is kept', () => {
    const match = 'match: [{uri: {prefix: /a}, method: {exact: GET}}, {uri: {prefix: /a}}, {uri: {prefix: /b}}]';
    const rules = rulesOf(meshRules(`[{${match}, rewrite: {uri: /n}, route: [${dest()}]}]`));
    expect(rules.map(({ matches }) => matches.length)).toEqual([2, 1]);
  });

  test('that give the path back as it came are none', () => {
    const match =
      'match: [{uri: {prefix: /a}}, {uri: {exact: /a}}, {uri: {exact: /b}}, {uri: {prefix: /A}, ignoreUriCase: true}]';
    const rules = rulesOf(meshRules(`[{${match}, rewrite: {uri: /a}, route: [${dest()}]}]`));
    expect(rules.map((rule) => [sketch(rule), forwardOf(rule).rewrite?.kind])).toEqual([
      ['/a…|=/a 1:s:80', undefined],
      ['=/b 1:s:80', 'full'],
      ['/A… 1:s:80', 'prefix'],
    ]);
    expect(forward('rewrite: {uri: /}').rewrite).toBeUndefined();
  });

  test('of the authority leave the path alone', () => {
    const action = forward('match: [{uri: {prefix: /auth}}], rewrite: {authority: be.internal}');
    expect([action.hostRewrite, action.rewrite]).toEqual(['be.internal', undefined]);
  });

  test('by expression', () => {
    expect(forward(String.raw`rewrite: {uriRegexRewrite: {match: /a/(.*), rewrite: '/b/\1'}}`).rewrite).toEqual({
      kind: 'regex',
      pattern: '/a/(.*)',
      substitution: '/b/\\1',
    });
  });

  test.each([
    ['{prefix: /a/}', String.raw`{match: ^/a/(.*)$, rewrite: '/b/\1'}`, { kind: 'prefix', from: '/a/', to: '/b/' }],
    ['{prefix: /a/}', String.raw`{match: /a/(.*), rewrite: '/b/\1'}`, { kind: 'prefix', from: '/a/', to: '/b/' }],
    ['{prefix: /a/x}', '{match: ^/a, rewrite: /b}', { kind: 'prefix', from: '/a/x', to: '/b/x' }],
    ['{prefix: /v1.0/}', String.raw`{match: '^/v1\.0/(.*)', rewrite: '/\1'}`, { kind: 'prefix', to: '/' }],
    ['{exact: /a/x}', String.raw`{match: ^/a/(.*)$, rewrite: '/b/\1'}`, { kind: 'full', path: '/b/x' }],
    ['{prefix: /a}', String.raw`{match: ^/a/(.*)$, rewrite: '/b/\1'}`, { kind: 'regex' }],
    ['{prefix: /a/}', '{match: /a, rewrite: /b}', { kind: 'regex' }],
    ['{prefix: /a/}', String.raw`{match: ^/a/(.+)$, rewrite: '/b/\1'}`, { kind: 'regex' }],
    ['{prefix: /a/}', String.raw`{match: ^/a/(.*)$, rewrite: '/\1/b'}`, { kind: 'regex' }],
    ['{prefix: /a/}', String.raw`{match: ^/a/(.*)$, rewrite: '/b\0'}`, { kind: 'regex' }],
    ['{prefix: /a/}', String.raw`{match: ^/a/(.*)$, rewrite: 'b/\1'}`, { kind: 'regex' }],
    ['{prefix: /a/}', String.raw`{match: '^/[a]/(.*)$', rewrite: '/b/\1'}`, { kind: 'regex' }],
    ['{regex: "/a/.*"}', String.raw`{match: ^/a/(.*)$, rewrite: '/b/\1'}`, { kind: 'regex' }],
  ])('by expression are those of a prefix where they swap it: %s %s', (uri, rewrite, expected) => {
    expect(forward(`match: [{uri: ${uri}}], rewrite: {uriRegexRewrite: ${rewrite}}`).rewrite).toMatchObject(expected);
  });
});

describe('redirects', () => {
  test.each([
    ['{uri: /n}', { status: 301, port: { kind: 'request' }, path: { kind: 'full', path: '/n' } }],
    ['{authority: n.com}', { host: 'n.com', port: { kind: 'scheme' } }],
    [
      "{authority: 'n.com:8443', redirectCode: 308}",
      { host: 'n.com', port: { kind: 'explicit', number: 8443 }, status: 308 },
    ],
    ['{scheme: https, port: 8443}', { scheme: 'https', port: { kind: 'explicit', number: 8443 } }],
    ['{derivePort: FROM_REQUEST_PORT}', { port: { kind: 'listener' } }],
    ['{derivePort: FROM_PROTOCOL_DEFAULT}', { port: { kind: 'request' } }],
  ])('%s', (redirect, expected) => {
    expect(actionOf(`redirect: ${redirect}`)).toMatchObject({ kind: 'redirect', ...expected });
  });

  test('of a prefix depend on the match', () => {
    expect(actionOf('match: [{uri: {prefix: /a}}], redirect: {prefixRewrite: /b}')).toMatchObject({
      path: { kind: 'prefix', from: '/a', to: '/b', reading: 'string' },
    });
  });

  test('with a query or an unknown code are errors', () => {
    expect(meshRules('[{redirect: {uri: "/n?a=1"}}]').codes).toEqual(['istio/redirect-query']);
    expect(actionOf('redirect: {uri: "/n?a=1"}')).toMatchObject({ path: { kind: 'full', path: '/n' }, query: 'a=1' });
    expect(meshRules('[{redirect: {redirectCode: 304}}]').codes).toEqual(['istio/invalid-value']);
  });
});

test.each([
  ['redirect: {uri: new}', 'it does not start with a slash'],
  ['redirect: {uri: "%PREFIX()%/a"}', 'it does not start with a slash'],
  ['redirect: {uri: "/a%REQ(x)%"}', 'it holds a percent sign that escapes nothing'],
  ['match: [{uri: {prefix: /a}}], redirect: {prefixRewrite: b}', 'it does not start with a slash'],
  [`match: [{uri: {prefix: /a/}}], rewrite: {uri: " "}, route: [${dest()}]`, 'it does not start with a slash'],
  [`rewrite: {uri: "/a b"}, route: [${dest()}]`, 'it holds a character that must be percent-encoded'],
  ['redirect: {uri: "/a%20b"}', undefined],
])('a replacement that is no path is an error: %s', (rule, problem) => {
  const { codes, diagnostics } = meshRules(`[{${rule}}]`);
  expect(codes).toEqual(problem === undefined ? [] : ['istio/replacement-no-path']);
  const problems = diagnostics.flatMap(({ message }) => /is no path: (.*)/.exec(message)?.[1] ?? []);
  expect(problems).toEqual(problem === undefined ? [] : [problem]);
});

describe('headers', () => {
  test('that name the Host are lost where they stand', () => {
    expect(forward('headers: {request: {set: {Host: h}}}').places?.hostRewrite?.field).toBe(
      'spec.http[0].headers.request.set.Host',
    );
  });

  test('are lower case and sorted; Host becomes a rewrite and %% a percent sign', () => {
    const action = forward(
      'headers: {request: {set: {X-B: 1%%, Host: h.com}, add: {a: b}, remove: [Z, w]}, response: {set: {q: r}}}',
    );
    expect(action.hostRewrite).toBe('h.com');
    expect(action.requestHeaders).toEqual({
      remove: ['w', 'z'],
      set: [{ name: 'x-b', value: '1%' }],
      add: [{ name: 'a', value: 'b' }],
    });
    expect(action.responseHeaders.set).toEqual([{ name: 'q', value: 'r' }]);
  });

  test('with operators of Envoy are errors', () => {
    const parsed = meshRules(`[{route: [${dest()}], headers: {request: {set: {x: '%REQ(y)%'}}}}]`);
    expect(parsed.codes).toEqual(['istio/header-operator']);
  });

  const rule = 'headers: {request: {set: {x: rule}}}';
  const part = (weight: number, host: string, value: string) =>
    `{destination: {host: ${host}, port: {number: 80}}, weight: ${weight}, headers: {request: {set: {x: ${value}}}}}`;

  test('of a single destination win over those of the rule', () => {
    const [one] = rulesOf(meshRules(`[{route: [${part(1, 's', 'own')}], ${rule}}]`));
    expect(forwardOf(one).requestHeaders.set).toEqual([{ name: 'x', value: 'own' }]);
  });

  test('of several destinations give way to those of the rule', () => {
    const [one] = rulesOf(meshRules(`[{route: [${part(1, 's', 'own')}, ${part(1, 't', 'own')}], ${rule}}]`));
    const action = forwardOf(one);
    expect(action.requestHeaders.set).toEqual([{ name: 'x', value: 'rule' }]);
    expect(action.shares.map((share) => share.kind === 'backend' && share.backend.requestHeaders.set)).toEqual([
      [],
      [],
    ]);
  });

  test('Host of some destinations only is an error', () => {
    const parts = [part(1, 's', 'a').replace('x:', 'Host:'), dest(1, 't')];
    const codes = meshRules(`[{route: [${parts.join(', ')}]}]`).codes;
    expect(codes).toContain('istio/host-rewrite-per-destination');
  });
});

describe('behaviour', () => {
  test('timeouts, retries, faults and mirrors', () => {
    expect(forward('timeout: 1.5s').requestTimeout).toBe(1_500);
    expect(forward('timeout: 0s').requestTimeout).toBeUndefined();
    expect(forward('retries: {attempts: 3, perTryTimeout: 2s, retryOn: "503,reset"}').retry).toEqual({
      attempts: 3,
      perTryTimeout: 2_000,
      codes: [503],
      conditions: ['reset'],
    });
    expect(forward('retries: {attempts: 0}').retry).toEqual({ attempts: 0, codes: [], conditions: [] });
    expect(forward('timeout: 1s').retry).toBeUndefined();
    expect(
      forward('fault: {abort: {httpStatus: 555, percentage: {value: 0.5}}, delay: {fixedDelay: 1s}}').fault,
    ).toEqual({
      abort: { status: 555, grpc: false, fraction: 5_000 },
    });
    expect(forward('fault: {delay: {fixedDelay: 1s, percent: 10}}').fault?.delay).toEqual({
      duration: 1_000,
      fraction: 100_000,
    });
  });

  test('mirror percentages in all spellings', () => {
    const fractions = (more: string) =>
      forward(`mirror: {host: s, port: {number: 80}}${more}`).mirrors.map(({ fraction }) => fraction);
    expect(fractions('')).toEqual([1_000_000]);
    expect(fractions(', mirrorPercentage: {value: 5}')).toEqual([50_000]);
    expect(fractions(', mirror_percent: 5')).toEqual([50_000]);
    expect(fractions(', mirrorPercentage: {value: 0}')).toEqual([]);
    const listed = 'mirrors: [{destination: {host: s, port: {number: 80}}}], mirrorPercentage: {value: 5}';
    expect(forward(listed).mirrors.map(({ fraction }) => fraction)).toEqual([1_000_000]);
    expect(
      forward('mirrors: [{destination: {host: s, port: {number: 80}}, percentage: {value: 0.0001}}]').mirrors[0]
        ?.fraction,
    ).toBe(1);
  });

  test('cors, old and new', () => {
    expect(forward('corsPolicy: {allowOrigin: [https://a.com, "*"], maxAge: 24h}').cors).toMatchObject({
      origins: [
        { kind: 'exact', value: 'https://a.com' },
        { kind: 'regex', value: '.*' },
      ],
      maxAge: 86_400,
      unmatchedPreflight: 'forward',
    });
  });

  test('answers of Envoy itself', () => {
    expect(actionOf('directResponse: {status: 418, body: {bytes: aGk=}}')).toMatchObject({
      kind: 'respond',
      status: 418,
      body: 'hi',
    });
  });

  test('no action, or two of them, is an error', () => {
    expect(meshRules('[{match: [{uri: {exact: /a}}]}]').codes).toEqual(['istio/action-count']);
    expect(meshRules(`[{redirect: {uri: /a}, route: [${dest()}]}]`).codes).toEqual(['istio/action-count']);
  });
});

test('what no request reaches is left out and reported, unless another proxy reaches it', () => {
  const catchAll = `{route: [${dest()}]}`;
  const after = '{match: [{uri: {prefix: /a}}], redirect: {uri: /b}}';
  const parsed = meshRules(`[${catchAll}, ${after}]`);
  expect(rulesOf(parsed)).toHaveLength(1);
  expect(parsed.codes).toEqual(['istio/rule-never-reached']);
  const limited = `{match: [{gateways: [gw]}], route: [${dest()}]}`;
  expect(rulesOf(meshRules(`[${limited}, ${after}]`)).map(sketch)).toEqual(['/a… 301']);
});

test('a match that holds for no proxy of its VirtualService is reported', () => {
  const elsewhere = `{match: [{scheme: {exact: ftp}}, {uri: {exact: /a}}], route: [${dest()}]}`;
  const parsed = meshRules(`[${elsewhere}]`);
  expect(rulesOf(parsed)).toHaveLength(1);
  expect(parsed.codes).toEqual(['istio/match-never-holds']);
  expect(parsed.diagnostics[0]?.origin?.field).toBe('spec.http[0].match[0]');
});

test('a field that Istio does not have is an error with the near one', () => {
  const parsed = meshRules(`[{route: [${dest()}], timeuot: 1s}]`);
  expect(parsed.codes).toEqual(['istio/unknown-field']);
  expect(parsed.diagnostics[0]?.help).toContain('timeout');
});

describe('fields that Istio refuses beside each other', () => {
  test.each([
    ['redirect: {uri: /}, fault: {delay: {fixedDelay: 1s, percentage: {value: 1}}}', 'fault'],
    ['directResponse: {status: 500}, rewrite: {uri: /}', 'rewrite'],
    [`route: [${dest()}], rewrite: {uri: /, uriRegexRewrite: {match: a, rewrite: b}}`, 'rewrite.uriRegexRewrite'],
    [`route: [${dest()}], rewrite: {authority: a}, headers: {request: {set: {Host: b}}}`, 'headers.request.set.Host'],
    [`route: [${dest()}], mirror: {host: s}, mirrors: [{destination: {host: s, port: {number: 80}}}]`, 'mirror'],
  ])('%s', (rule, field) => {
    const { diagnostics } = meshRules(`[{${rule}}]`);
    expect(diagnostics.filter(({ code }) => code === 'istio/invalid-value').map(({ origin }) => origin?.field)).toEqual(
      [`spec.http[0].${field}`],
    );
  });
});
