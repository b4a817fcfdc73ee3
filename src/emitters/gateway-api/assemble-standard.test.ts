import { describe, expect, test } from 'vitest';
import * as s from '../../../test/shared/sample-hosts.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { RoutingModel } from '../../ir/model.ts';
import type { EmitOptions } from '../emitter.ts';
import type { LegalHost } from '../legal-host.ts';
import { listOf, recordOf, textOf, textsOf } from '../read-manifest.ts';
import { assembleStandard } from './assemble-standard.ts';

const vs = s.sourceOf('shop');
const web = s.forwardTo([s.backendOf('web')]);
const api = s.forwardTo([s.backendOf('api')]);
const gateway = s.gatewayOf('gw', [
  s.listenerOf('http'),
  s.listenerOf('https', { port: 443, protocol: 'HTTPS', tls: { certificates: [{ name: 'c' }], options: {} } }),
]);

function assemble(
  hosts: readonly LegalHost[],
  model: RoutingModel = s.modelOf([gateway]),
  options: Partial<EmitOptions> = {},
) {
  const findings: Diagnostic[] = [];
  const { resources } = assembleStandard(hosts, model, s.optionsOf('standard', options), (one) => findings.push(one));
  const of = (kind: string) => resources.map(({ object }) => object).filter((object) => object['kind'] === kind);
  const routes = of('HTTPRoute').map((object) => ({
    name: textOf(recordOf(object['metadata'])['name']),
    namespace: recordOf(object['metadata'])['namespace'],
    spec: recordOf(object['spec']),
  }));
  return { findings, codes: findings.map(({ code }) => code), of, routes };
}

const isError = ({ severity }: Diagnostic): boolean => severity === 'error';

describe('names and groups', () => {
  test('one route serves the hosts and ports with equal rules', () => {
    const rules = [s.ruleOf(vs, ['/'], web)];
    const second = rules.map((rule) => ({ ...rule, hostIndex: 1 }));
    const { routes } = assemble([
      s.hostAt('b.com', ['gw/http'], second),
      s.hostAt('a.com', ['gw/http'], rules),
      s.hostAt('a.com', ['gw/https'], rules, { port: 443, protocol: 'HTTPS' }),
      s.hostAt('b.com', ['gw/https'], second, { port: 443, protocol: 'HTTPS' }),
    ]);
    expect(
      routes.map(({ name, spec }) => [
        name,
        spec['hostnames'],
        listOf(spec['parentRefs']).map((ref) => ref['sectionName']),
      ]),
    ).toEqual([['shop', ['a.com', 'b.com'], ['http', 'https']]]);
  });

  test('the first host keeps the name of the object, others append theirs', () => {
    const { routes } = assemble([
      s.hostAt('a.com', ['gw/http'], [s.ruleOf(vs, ['/'], web)]),
      s.hostAt('*.b.com', ['gw/http'], [s.ruleOf(vs, ['/'], api, { hostIndex: 1 })]),
    ]);
    expect(routes.map(({ name }) => name)).toEqual(['shop', 'shop-wildcard-b-com']);
  });

  test('HTTPS keeps the name over a redirect on the plain port, and a gateway over the mesh', () => {
    const redirect = {
      kind: 'redirect',
      status: 301,
      scheme: 'https',
      port: { kind: 'request' },
      responseHeaders: web.requestHeaders,
      origin: vs.origin,
    } as const;
    const { routes } = assemble([
      s.hostAt('a.com', ['gw/http'], [s.ruleOf(vs, ['/'], redirect)]),
      s.hostAt('a.com', ['gw/https'], [s.ruleOf(vs, ['/'], web)], { port: 443, protocol: 'HTTPS' }),
      s.meshHost('web', undefined, [s.ruleOf(vs, ['/'], web)]),
    ]);
    expect(routes.map(({ name, spec }) => [name, spec['hostnames'] !== undefined])).toEqual([
      ['shop', true],
      ['shop-80', true],
      ['shop-mesh', false],
    ]);
    const [rule] = listOf(routes[1]?.spec['rules']);
    expect(rule?.['filters']).toEqual([
      { type: 'RequestRedirect', requestRedirect: { scheme: 'https', port: 443, statusCode: 301 } },
    ]);
  });

  test('one route attaches to one port of a Service, since references tell sections apart only', () => {
    const rules = [s.ruleOf(vs, ['/'], web)];
    const { routes, findings } = assemble([s.meshHost('web', 80, rules), s.meshHost('web', 8080, rules)]);
    expect(routes.map(({ name, spec }) => [name, listOf(spec['parentRefs']).map((ref) => ref['port'])])).toEqual([
      ['shop', [8080]],
      ['shop-mesh', [80]],
    ]);
    expect(findings.filter(isError)).toEqual([]);
  });

  test('listeners that became one are named once', () => {
    const twice = s.gatewayOf('gw', [s.listenerOf('http'), s.listenerOf('http-again')]);
    const host = s.hostAt('a.com', ['gw/http', 'gw/http-again'], [s.ruleOf(vs, ['/'], web)]);
    const { routes, findings } = assemble([host], s.modelOf([twice]));
    expect(routes.map(({ spec }) => listOf(spec['parentRefs']).length)).toEqual([1]);
    expect(findings.filter(isError)).toEqual([]);
  });

  test('rules for the clients of the own namespace of a Service are errors: a route there is for everyone', () => {
    const [mine, others] = [[s.ruleOf(vs, ['/'], web)], [s.ruleOf(vs, ['/'], api)]];
    const own = s.meshHost('web', undefined, mine, 'shop');
    const errors = (...hosts: readonly LegalHost[]) =>
      assemble(hosts)
        .findings.filter(isError)
        .map(({ code, affects }) => [code, affects]);
    expect(errors(own)).toEqual([['gateway-api/mesh-clients-widened', { kind: 'hosts', ids: ['mesh/web:'] }]]);
    expect(errors(s.meshHost('web', undefined, mine, 'other'))).toEqual([]);
    const all = s.meshHost('web', undefined, others);
    expect(errors({ ...own, host: { ...own.host, id: 'own' } }, all)).toEqual([
      ['gateway-api/mesh-clients-collide', { kind: 'hosts', ids: ['mesh/web:', 'own'] }],
    ]);
  });

  test('more than 16 hosts are split, and further parts are named after their first host', () => {
    const hosts = Array.from({ length: 18 }, (_, index) =>
      s.hostAt(`h${index}.com`, ['gw/http'], [s.ruleOf(vs, ['/'], web, { hostIndex: index })]),
    );
    const { routes } = assemble(hosts);
    expect(routes.map(({ name, spec }) => [name, textsOf(spec['hostnames']).length])).toEqual([
      ['shop', 16],
      ['shop-h16-com', 2],
    ]);
  });

  test('two objects that would share a name are an error for the hosts of both', () => {
    const twin = s.sourceOf('shop-b-com');
    const { codes, findings, routes } = assemble([
      s.hostAt('a.com', ['gw/http'], [s.ruleOf(vs, ['/'], web)]),
      s.hostAt('b.com', ['gw/http'], [s.ruleOf(vs, ['/'], api, { hostIndex: 1 })]),
      s.hostAt('c.com', ['gw/http'], [s.ruleOf(twin, ['/'], web)]),
    ]);
    expect(codes).toContain('gateway-api/name-collision');
    expect(findings.find(({ code }) => code === 'gateway-api/name-collision')?.affects).toEqual({
      kind: 'hosts',
      ids: ['80/b.com', '80/c.com'],
    });
    expect(routes.map(({ name }) => name)).toEqual(['shop']);
  });

  test('an absent namespace stays absent', () => {
    const { namespace: _, ...bare } = vs;
    const { routes } = assemble([s.hostAt('a.com', ['gw/http'], [s.ruleOf(bare, ['/'], web)])]);
    expect(routes[0]?.namespace).toBeUndefined();
  });
});

test('rules of one rank that do not fit into one route are an error', () => {
  const rules = Array.from({ length: 17 }, (_, index) => {
    const header = { name: `x-${index}`, kind: 'exact', value: '1' } as const;
    const match = { path: { kind: 'exact', value: '/a' }, headers: [header], query: [] } as const;
    return s.ruleOf(vs, [match], s.forwardTo([s.backendOf(`web-${index}`)]));
  });
  const { codes, routes } = assemble([s.hostAt('a.com', ['gw/http'], rules)]);
  expect(codes).toContain('gateway-api/too-many-rules');
  expect(routes).toEqual([]);
  expect(assemble([s.hostAt('a.com', ['gw/http'], rules.slice(1))]).codes).not.toContain('gateway-api/too-many-rules');
});

describe('references across namespaces', () => {
  test('get a grant each, and the listener admits the namespace of the route', () => {
    const far = s.forwardTo([s.backendOf('far', 80, { namespace: 'other' })]);
    const own = s.gatewayOf('gw', [s.listenerOf('http')], { namespace: 'infra' });
    const { of } = assemble([s.hostAt('a.com', ['gw/http'], [s.ruleOf(vs, ['/'], far)])], s.modelOf([own]));
    expect(of('ReferenceGrant').map((one) => one['spec'])).toEqual([
      {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }],
        to: [{ group: '', kind: 'Service', name: 'far' }],
      },
    ]);
    const [listener] = listOf(recordOf(of('Gateway')[0]?.['spec'])['listeners']);
    expect(listener?.['allowedRoutes']).toEqual({
      namespaces: { from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } },
    });
  });
});

describe('subsets', () => {
  const subset = { name: 'v2', labels: { version: 'v2' } };
  const hosts = [
    s.hostAt('a.com', ['gw/http'], [s.ruleOf(vs, ['/'], s.forwardTo([s.backendOf('web', 80, { subset })]))]),
  ];

  test('become Services with the labels of both', () => {
    const { of } = assemble(hosts, s.modelOf([gateway], [s.serviceOf('web')]));
    expect(of('Service').map((one) => recordOf(one['spec'])['selector'])).toEqual([{ app: 'web', version: 'v2' }]);
  });

  test('without the manifest are one error per Service, with the settings to paste', () => {
    const { findings, routes } = assemble(hosts);
    expect(findings.map(({ code }) => code)).toEqual(['gateway-api/subset-needs-service']);
    expect(findings[0]?.help).toContain('"shop/web":');
    expect(routes).toEqual([]);
  });

  test('that contradict the selector are an error', () => {
    const { codes } = assemble(hosts, s.modelOf([gateway], [s.serviceOf('web', { selector: { version: 'v1' } })]));
    expect(codes).toEqual(['gateway-api/subset-not-selectable']);
  });

  test('may have Services already', () => {
    const { of, routes } = assemble(hosts, s.modelOf([gateway]), { subsetService: '{service}-{subset}' });
    expect(of('Service')).toEqual([]);
    expect(listOf(listOf(routes[0]?.spec['rules'])[0]?.['backendRefs'])[0]?.['name']).toBe('web-v2');
  });

  test('get another name where an unlike Service has theirs', () => {
    const taken = s.serviceOf('web-v2', { selector: { app: 'other' } });
    const { of } = assemble(hosts, s.modelOf([gateway], [s.serviceOf('web'), taken]));
    expect(textOf(recordOf(of('Service')[0]?.['metadata'])['name'])).toMatch(/^web-v2-[0-9a-f]{8}$/);
  });
});

describe('gateways', () => {
  test('keep the listeners that routes use, and say what class they got', () => {
    const { of, codes } = assemble([s.hostAt('a.com', ['gw/http'], [s.ruleOf(vs, ['/'], web)])]);
    expect(listOf(recordOf(of('Gateway')[0]?.['spec'])['listeners']).map((one) => one['name'])).toEqual(['http']);
    expect(codes).toEqual(['gateway-api/class-assumed']);
  });

  test('with more than 64 listeners are an error', () => {
    const many = Array.from({ length: 65 }, (_, index) =>
      s.listenerOf(`l${index}`, { host: { kind: 'exact', name: `h${index}.com` } }),
    );
    const hosts = many.map(({ name }, index) =>
      s.hostAt(`h${index}.com`, [`gw/${name}`], [s.ruleOf(vs, ['/'], web, { hostIndex: index })]),
    );
    const { codes, of } = assemble(hosts, s.modelOf([s.gatewayOf('gw', many)]));
    expect(codes).toContain('gateway-api/too-many-listeners');
    expect(of('Gateway')).toEqual([]);
  });

  test('of the same port, protocol and host are one listener', () => {
    const twice = s.gatewayOf('gw', [s.listenerOf('http'), s.listenerOf('http-2')]);
    const { routes, of } = assemble(
      [s.hostAt('a.com', ['gw/http', 'gw/http-2'], [s.ruleOf(vs, ['/'], web)])],
      s.modelOf([twice]),
    );
    expect(listOf(recordOf(of('Gateway')[0]?.['spec'])['listeners'])).toHaveLength(1);
    expect(listOf(routes[0]?.spec['parentRefs'])).toHaveLength(1);
  });

  test('without a certificate withhold their hosts', () => {
    const bare = s.gatewayOf('gw', [s.listenerOf('https', { port: 443, protocol: 'HTTPS' })]);
    const { codes } = assemble(
      [s.hostAt('a.com', ['gw/https'], [s.ruleOf(vs, ['/'], web)], { port: 443, protocol: 'HTTPS' })],
      s.modelOf([bare]),
    );
    expect(codes).toContain('gateway-api/certificate-missing');
  });
});

test('a value that the schema refuses is a finding of its rule, not an invalid object', () => {
  const bad = s.forwardTo([s.backendOf('web')], {
    requestHeaders: { remove: [], set: [{ name: 'a', value: '' }], add: [] },
  });
  const { codes, routes } = assemble([s.hostAt('a.com', ['gw/http'], [s.ruleOf(vs, ['/a//b'], bad)])]);
  expect(codes).toEqual(['gateway-api/value-not-allowed', 'gateway-api/value-not-allowed']);
  expect(routes).toEqual([]);
});

test('a header value of any length is checked at once', () => {
  const long = `${'x'.repeat(4000)}Ü`;
  const match = s.matchOf('/', { headers: [{ name: 'a', kind: 'exact', value: long }] });
  const { codes } = assemble([s.hostAt('a.com', ['gw/http'], [s.ruleOf(vs, [match], web)])], undefined, {
    channel: 'experimental',
  });
  expect(codes).toEqual(['gateway-api/value-not-allowed']);
});
