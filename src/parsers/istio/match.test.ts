import { describe, expect, test } from 'vitest';
import {
  gateway,
  hostOf,
  joinDocuments,
  matchOf,
  meshRules,
  parseIstio,
  service,
  sketchPredicate,
  virtualService,
} from '../../../test/istio/parse-istio.ts';

const to = 'route: [{destination: {host: s, port: {number: 80}}}]';
const oneMatch = (match: string) => matchOf(meshRules(`[{match: [${match}], ${to}}]`));

describe('paths', () => {
  test.each([
    ['{uri: {prefix: /api}}', { kind: 'prefix', value: '/api', reading: 'string', ignoreCase: false }],
    ['{uri: {prefix: /api/}}', { kind: 'prefix', value: '/api/', reading: 'string', ignoreCase: false }],
    ['{uri: {prefix: /a}, ignoreUriCase: true}', { kind: 'prefix', value: '/a', reading: 'string', ignoreCase: true }],
    ['{uri: {exact: /a}}', { kind: 'exact', value: '/a', ignoreCase: false }],
    ["{uri: {regex: '/v[12]/.*'}}", { kind: 'regex', pattern: '/v[12]/.*' }],
    ["{uri: {regex: '.*'}}", { kind: 'any' }],
    ['{uri: {prefix: /}}', { kind: 'any' }],
    ['{uri: {}}', { kind: 'any' }],
    ['{}', { kind: 'any' }],
  ])('%s', (match, path) => {
    expect(oneMatch(match).path).toEqual(path);
  });
});

describe('headers', () => {
  const header = (match: string) =>
    oneMatch(match).headers.map(
      ({ name, absent, value }) => `${name} ${absent ? 'or absent ' : ''}${sketchPredicate(value)}`,
    );

  test.each([
    ['{headers: {X-User: {exact: A}}}', ['x-user =A']],
    ['{headers: {x: {prefix: a-}, a: {regex: b+}}}', ['a ~b+', 'x a-…']],
    ['{headers: {x: {}}}', ['x *']],
    ["{headers: {x: {regex: '.*'}}}", ['x *']],
    ['{headers: {x: null}}', ['x *']],
    ['{withoutHeaders: {x: {}}}', ['x or absent 0']],
    ["{withoutHeaders: {x: {regex: '*'}}}", ['x or absent 0']],
    ['{withoutHeaders: {x: {exact: a}}}', ['x or absent !=a']],
    // A missing header is compared as the empty text, so a test that takes the empty text fails on absence.
    ["{withoutHeaders: {x: {exact: ''}}}", ['x !=']],
    ["{withoutHeaders: {x: {regex: 'a*'}}}", ['x !~a*']],
    ["{withoutHeaders: {x: {regex: 'a+'}}}", ['x or absent !~a+']],
    ['{headers: {x: {prefix: a}}, withoutHeaders: {X: {exact: ab}}}', ['x a…&!=ab']],
  ])('%s', (match, expected) => {
    expect(header(match)).toEqual(expected);
  });

  test('a test that nothing passes takes its match out, with a finding', () => {
    const parsed = meshRules(`[{match: [{withoutHeaders: {x: {regex: '.*'}}}, {uri: {exact: /a}}], ${to}}]`);
    expect(hostOf(parsed, 'mesh:default/s:*').rules[0]?.matches).toHaveLength(1);
    expect(parsed.codes).toEqual(['istio/match-never-holds']);
  });

  test('pseudo headers are the method and the authority', () => {
    const match = oneMatch("{headers: {':method': {exact: GET}, ':authority': {prefix: s}}}");
    expect(sketchPredicate(match.method)).toBe('=GET');
    expect(sketchPredicate(match.authority)).toBe('s…');
    expect(match.headers).toEqual([]);
  });

  test('claims of tokens stay open', () => {
    const [claim] = oneMatch("{headers: {'@request.auth.claims.group': {exact: admin}}}").opaque;
    expect(claim?.name).toBe('@request.auth.claims.group');
  });
});

test('query parameters keep the case of their names and never pass when absent', () => {
  expect(oneMatch('{queryParams: {B: {exact: ""}, a: {}}}').query).toEqual([
    { name: 'B', absent: false, value: { kind: 'exact', value: '', ignoreCase: false } },
    { name: 'a', absent: false, value: { kind: 'any' } },
  ]);
});

describe('conditions that Istio decides before a request comes', () => {
  const servers = '[{port: {number: 80, name: http, protocol: HTTP}, hosts: [a.com]}]';
  const onGateway = (match: string) =>
    parseIstio(
      joinDocuments(
        virtualService('a', `{hosts: [a.com], gateways: [gw], http: [{match: [${match}], ${to}}]}`),
        gateway('gw', servers),
        service('s', 80),
      ),
    );
  const id = 'istio=ingressgateway:80/a.com';

  test.each(['{port: 80}', '{scheme: {exact: http}}', '{gateways: [gw]}', '{gateways: [default/gw]}'])(
    '%s holds',
    (match) => {
      const [found] = hostOf(onGateway(match), id).rules[0]?.matches ?? [];
      expect(found).toMatchObject({ path: { kind: 'any' }, headers: [], opaque: [] });
    },
  );

  test.each(['{port: 8080}', '{scheme: {exact: https}}', '{gateways: [mesh]}'])('%s takes the host away', (match) => {
    expect(onGateway(match).hosts.size).toBe(0);
  });

  test('where gateways are named, labels and namespaces of clients do not count', () => {
    const match = '{gateways: [gw], sourceLabels: {a: b}, sourceNamespace: x}';
    expect(hostOf(onGateway(match), id).rules[0]?.matches[0]?.opaque).toEqual([]);
  });

  test('labels of the selector are labels of the pods, others are not known', () => {
    const holds = hostOf(onGateway('{sourceLabels: {istio: ingressgateway}}'), id);
    expect(holds.rules[0]?.matches[0]?.opaque).toEqual([]);
    expect(onGateway('{sourceLabels: {istio: other}}').hosts.size).toBe(0);
    const open = hostOf(onGateway('{sourceLabels: {app: web}}'), id);
    expect(open.rules[0]?.matches[0]?.opaque[0]).toMatchObject({ name: 'sourceLabels', value: 'app=web' });
  });

  test('labels of mesh clients are not known', () => {
    expect(oneMatch('{sourceLabels: {app: web}}').opaque[0]?.value).toBe('app=web');
  });

  test('the name of the host itself is no condition, another one never holds', () => {
    const [found] = hostOf(onGateway('{authority: {exact: a.com}}'), id).rules[0]?.matches ?? [];
    expect(found?.authority).toEqual({ kind: 'any' });
    const other = onGateway('{authority: {exact: b.com}}');
    expect(other.hosts.size).toBe(0);
    expect(other.codes).toEqual(['istio/match-never-holds']);
    const port = hostOf(onGateway("{authority: {exact: 'a.com:8080'}}"), id).rules[0]?.matches[0];
    expect(sketchPredicate(port?.authority ?? { kind: 'any' })).toBe('=a.com:8080');
  });

  test.each([
    ['{authority: {exact: a.com}}', '=a.com'],
    ["{authority: {exact: 'a.com:8080'}}", '=a.com:8080'],
    ["{authority: {regex: 'a[.]com'}}", '~a[.]com'],
    ['{authority: {prefix: a.}}', 'any'],
  ])('on a port that clients name %s stays a condition', (match, authority) => {
    const odd = parseIstio(
      joinDocuments(
        virtualService('a', `{hosts: [a.com], gateways: [gw], http: [{match: [${match}], ${to}}]}`),
        gateway('gw', '[{port: {number: 8080, name: http, protocol: HTTP}, hosts: [a.com]}]'),
        service('s', 80),
      ),
    );
    const [found] = hostOf(odd, 'istio=ingressgateway:8080/a.com').rules[0]?.matches ?? [];
    expect(sketchPredicate(found?.authority ?? { kind: 'any' })).toBe(authority === 'any' ? '*' : authority);
  });

  test.each([
    ['{authority: {prefix: a.}}', 'any'],
    ["{authority: {regex: '[a-c]\\.com(:\\d+)?'}}", 'any'],
    ['{withoutHeaders: {host: {prefix: b.}}}', 'any'],
    ['{withoutHeaders: {":authority": {exact: b.com}}}', 'any'],
    // A client may send the port along.
    ["{authority: {prefix: 'a.com:'}}", 'a.com:…'],
    ["{authority: {regex: '.*:8080'}}", '~.*:8080'],
    ["{authority: {regex: 'a.com.+'}}", '~a.com.+'],
    ["{authority: {regex: '\\Qa.com\\E'}}", '~\\Qa.com\\E'],
  ])('the host decides %s', (match, authority) => {
    const [found] = hostOf(onGateway(match), id).rules[0]?.matches ?? [];
    expect(sketchPredicate(found?.authority ?? { kind: 'any' })).toBe(authority === 'any' ? '*' : authority);
  });

  test.each([
    '{authority: {prefix: b.}}',
    '{authority: {regex: "(?i:b|c)[.]com"}}',
    '{withoutHeaders: {host: {prefix: a.}}}',
    '{withoutHeaders: {host: {exact: a.com}}}',
    '{withoutHeaders: {host: {}}}',
    '{uri: {exact: "/a?b=c"}}',
    '{uri: {prefix: "*"}}',
    '{uri: {prefix: a/}, ignoreUriCase: true}',
  ])('no request of the host meets %s', (match) => {
    const parsed = onGateway(match);
    expect(parsed.hosts.size).toBe(0);
    expect(parsed.codes.filter((code) => code === 'istio/match-never-holds')).toHaveLength(1);
  });

  test('a wildcard host meets no name that has a host of its own', () => {
    const hosts = '[a.com, "*.a.com", b.a.com]';
    const onHosts = (match: string) =>
      parseIstio(
        joinDocuments(
          virtualService(
            'a',
            `{hosts: ${hosts}, gateways: [gw], http: [{match: [${match}], ${to}}, {redirect: {uri: /}}]}`,
          ),
          gateway('gw', servers.replace('[a.com]', '["*"]')),
          service('s', 80),
        ),
      );
    const rulesAt = (match: string) =>
      [...onHosts(match).hosts].map(([host, { rules }]) => `${host.slice(host.indexOf('/') + 1)} ${rules.length}`);
    expect(rulesAt('{authority: {exact: b.a.com}}')).toEqual(['a.com 1', '*.a.com 1', 'b.a.com 2']);
    expect(rulesAt('{headers: {host: {exact: "a.com:80"}}}')).toEqual(['a.com 2', '*.a.com 1', 'b.a.com 1']);
    // It holds for one of the hosts, so nothing is to be said.
    expect(onHosts('{authority: {exact: b.a.com}}').codes).toEqual([]);
    expect(rulesAt('{authority: {exact: c.a.com}}')).toEqual(['a.com 1', '*.a.com 2', 'b.a.com 1']);
    expect(rulesAt('{withoutHeaders: {host: {exact: b.a.com}}}')).toEqual(['a.com 2', '*.a.com 2', 'b.a.com 1']);
  });

  test('a client namespace gets a virtual host of its own', () => {
    const parsed = meshRules(`[{match: [{sourceNamespace: x, uri: {prefix: /x}}], redirect: {uri: /x}}, {${to}}]`);
    expect([...parsed.hosts].map(([key, host]) => [key, host.rules.length])).toEqual([
      ['mesh:default/s:*', 1],
      ['mesh:default/s:*@x', 2],
    ]);
  });
});
