import { describe, expect, test } from 'vitest';
import * as s from '../../../test/shared/sample-hosts.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { RoutingModel } from '../../ir/model.ts';
import type { EmitOptions } from '../emitter.ts';
import type { LegalHost } from '../legal-host.ts';
import { listOf, recordOf, textOf } from '../read-manifest.ts';
import { assembleLattice } from './assemble-lattice.ts';

const vs = s.sourceOf('shop');
const web = s.forwardTo([s.backendOf('web')]);
const secure = { port: 443, protocol: 'HTTPS' } as const;
const https = s.listenerOf('https', { ...secure, tls: { certificates: [{ name: 'c' }], options: {} } });
const gateway = s.gatewayOf('gw', [s.listenerOf('http'), https]);
const plain = (name = 'a.com', rules = [s.ruleOf(vs, ['/'], web)]) => s.hostAt(name, ['gw/http'], rules);

function assemble(
  hosts: readonly LegalHost[],
  model: RoutingModel = s.modelOf([gateway]),
  options: Partial<EmitOptions> = {},
) {
  const findings: Diagnostic[] = [];
  const result = assembleLattice(hosts, model, s.optionsOf('lattice', options), (one) => findings.push(one));
  const of = (kind: string) =>
    result.resources
      .map(({ object }) => object)
      .filter((object) => object['kind'] === kind)
      .map((object) => ({
        name: textOf(recordOf(object['metadata'])['name']),
        namespace: recordOf(object['metadata'])['namespace'],
        annotations: recordOf(recordOf(object['metadata'])['annotations']),
        spec: recordOf(object['spec']),
      }));
  const sections = (index: number) =>
    listOf(of('HTTPRoute')[index]?.spec['parentRefs']).map((ref) => ref['sectionName']);
  return { ...result, findings, codes: findings.map(({ code }) => code), of, sections };
}

describe('routes', () => {
  test('hold one match per rule, in order, without names', () => {
    const rules = [
      s.ruleOf(vs, ['=/x', '/y'], web, { name: 'first' }),
      s.ruleOf(vs, ['/'], s.forwardTo([s.backendOf('api')])),
    ];
    const { of } = assemble([plain('a.com', rules)]);
    const printed = listOf(of('HTTPRoute')[0]?.spec['rules']);
    expect(printed.map((rule) => listOf(rule['matches']).map((match) => recordOf(match['path'])['value']))).toEqual([
      ['/x'],
      ['/y'],
      ['/'],
    ]);
    expect(printed.every((rule) => rule['name'] === undefined)).toBe(true);
  });

  test('are one per host, on the listeners of its ports', () => {
    const rules = [s.ruleOf(vs, ['/'], web)];
    const { of, sections } = assemble([
      plain(),
      s.hostAt('a.com', ['gw/https'], rules, secure),
      plain('b.com', [s.ruleOf(vs, ['/'], web, { hostIndex: 1 })]),
    ]);
    expect(of('HTTPRoute').map(({ name, spec }) => [name, spec['hostnames']])).toEqual([
      ['shop', ['a.com']],
      ['shop-b-com', ['b.com']],
    ]);
    expect(sections(0)).toEqual(['http', 'https']);
  });

  test('of several objects go into the namespace of the Gateway', () => {
    const rules = [s.ruleOf(vs, ['/a'], web), s.ruleOf(s.sourceOf('other', { namespace: 'team' }), ['/'], web)];
    const infra = s.gatewayOf('gw', [s.listenerOf('http')], { namespace: 'infra' });
    const { of, codes } = assemble([plain('a.com', rules)], s.modelOf([infra]));
    expect(of('HTTPRoute').map(({ name, namespace }) => [name, namespace])).toEqual([['shop', 'infra']]);
    expect(codes).toContain('lattice/merged-route');
  });

  test('of several objects keep their name when the order of the rules changes', () => {
    const one = s.ruleOf(s.sourceOf('alpha'), ['/a'], web);
    const two = s.ruleOf(s.sourceOf('beta'), ['/b'], web);
    const nameOf = (rules: LegalHost['rules']) => assemble([plain('a.com', [...rules])]).of('HTTPRoute')[0]?.name;
    expect([nameOf([one, two]), nameOf([two, one])]).toEqual(['alpha', 'alpha']);
  });

  test('of the mesh are named after the Service, and clients learn the new name', () => {
    const { of, clientChanges, sections } = assemble([s.meshHost('web', 9080, [s.ruleOf(vs, ['/'], web)])]);
    expect(of('HTTPRoute').map(({ name, namespace, spec }) => [name, namespace, spec['hostnames']])).toEqual([
      ['web', 'shop', undefined],
    ]);
    expect(sections(0)).toEqual(['http-9080']);
    expect(clientChanges).toEqual([
      { before: 'web.shop.svc.cluster.local:9080', after: 'the generated domain of Lattice service web-shop:9080' },
    ]);
  });

  test('of a mesh host with a custom domain list it', () => {
    const { of } = assemble([s.meshHost('web', 9080, [s.ruleOf(vs, ['/'], web)])], undefined, {
      hosts: { 'web.shop.svc.cluster.local': { customDomain: 'web.internal' } },
    });
    expect(of('HTTPRoute')[0]?.spec['hostnames']).toEqual(['web.internal']);
  });

  test('that would share a custom domain are an error for the hosts of both', () => {
    const hosts = { 'web.shop.svc.cluster.local': { customDomain: 'a.com' } };
    const { findings } = assemble([plain(), s.meshHost('web', 80, [s.ruleOf(vs, ['/x'], web)])], undefined, { hosts });
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code, message, affects }) => [code, message, affects])).toEqual([
      [
        'lattice/host-in-two-scopes',
        'a.com is served by Gateway shop/gw on port 80 and, with other rules, by the mesh on port 80',
        { kind: 'hosts', ids: ['80/a.com', 'mesh/web:80'] },
      ],
    ]);
  });

  test('whose names the controller cuts to one get an override', () => {
    const [one, two] = ['a-very-long-route-name-1', 'a-very-long-route-name-2'].map((name) => s.sourceOf(name));
    const hosts = [one, two].flatMap((source, index) =>
      source ? [plain(`h${index}.com`, [s.ruleOf(source, ['/'], web)])] : [],
    );
    const { of, codes } = assemble(hosts);
    const overrides = of('HTTPRoute').map(
      ({ annotations }) => annotations['application-networking.k8s.aws/service-name-override'],
    );
    expect(overrides[0]).toBeUndefined();
    expect(overrides[1]).toMatch(/^a-very-long-route-na-shop-[0-9a-f]{8}$/);
    expect(codes).toContain('lattice/service-name-collision');
  });
});

describe('the Gateway', () => {
  test('is named by the flag, the only gateway or the tool', () => {
    expect(assemble([plain()], undefined, { gateway: { namespace: 'net', name: 'prod' } }).of('Gateway')).toMatchObject(
      [{ name: 'prod', namespace: 'net' }],
    );
    expect(assemble([plain()]).of('Gateway')).toMatchObject([{ name: 'gw', namespace: 'shop' }]);
    const two = s.modelOf([gateway, s.gatewayOf('other', [s.listenerOf('http')])]);
    expect(
      assemble([plain()], two)
        .of('Gateway')
        .map(({ name, namespace }) => [name, namespace]),
    ).toEqual([['latticectl', undefined]]);
  });

  test('of Gateway API leaves the live object of another class alone', () => {
    const source = s.sourceOf('gw', { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway' });
    const route = s.sourceOf('route', { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' });
    const model = s.modelOf([{ ...gateway, className: 'nginx', source }]);
    const hosts = [plain('a.com', [s.ruleOf(route, ['/'], web)])];
    const names = (options: Partial<EmitOptions>) => {
      const { of } = assemble(hosts, model, options);
      return [...of('Gateway'), ...of('HTTPRoute')].map(({ name }) => name);
    };
    expect(names({})).toEqual(['gw-lattice', 'route-lattice']);
    expect(names({ inPlace: true })).toEqual(['gw', 'route']);
  });

  test('of the class passes through with its listeners', () => {
    const native = s.gatewayOf('net', [s.listenerOf('web', { port: 8080 }), s.listenerOf('idle', { port: 9090 })], {
      className: 'amazon-vpc-lattice',
    });
    const { of, sections, findings } = assemble(
      [s.hostAt('a.com', ['net/web'], [s.ruleOf(vs, ['/'], web)], { port: 8080 })],
      s.modelOf([native]),
    );
    expect(listOf(of('Gateway')[0]?.spec['listeners']).map((one) => one['name'])).toEqual(['web', 'idle']);
    expect(sections(0)).toEqual(['web']);
    expect(findings).toEqual([]);
  });

  test('takes certificates from the settings, one listener for each where they differ', () => {
    const rules = [s.ruleOf(vs, ['/'], web)];
    const hosts = ['a.com', 'b.com'].map((name, index) =>
      s.hostAt(
        name,
        ['gw/https'],
        rules.map((rule) => ({ ...rule, hostIndex: index })),
        secure,
      ),
    );
    const option = 'application-networking.k8s.aws/certificate-arn';
    const listeners = (settings: EmitOptions['hosts']) =>
      listOf(assemble(hosts, undefined, { hosts: settings }).of('Gateway')[0]?.spec['listeners']);
    const one = listeners({ 'a.com': { certificateArn: 'arn:1' }, 'b.com': { certificateArn: 'arn:1' } });
    expect(one.map((listener) => [listener['name'], recordOf(recordOf(listener['tls'])['options'])[option]])).toEqual([
      ['https', 'arn:1'],
    ]);
    const two = listeners({ 'a.com': { certificateArn: 'arn:1' }, 'b.com': { certificateArn: 'arn:2' } });
    expect(two.map((listener) => [listener['name'], listener['hostname']])).toEqual([
      ['https-a-com', 'a.com'],
      ['https-b-com', 'b.com'],
    ]);
  });

  test('looks certificates up by discovery without an ARN', () => {
    const { codes } = assemble([s.hostAt('a.com', ['gw/https'], [s.ruleOf(vs, ['/'], web)], secure)]);
    expect(codes).toContain('lattice/certificate-by-discovery');
  });

  test.each([
    ['public', 'lattice/not-public', 'error'],
    ['unknown', 'lattice/exposure-unknown', 'warning'],
  ] as const)('of %s exposure is reported once', (exposure, code, severity) => {
    const { findings } = assemble(
      [plain(), plain('b.com', [s.ruleOf(vs, ['/'], web, { hostIndex: 1 })])],
      s.modelOf([{ ...gateway, exposure }]),
    );
    expect(findings.filter((one) => one.code === code)).toMatchObject([
      { severity, affects: { ids: ['80/a.com', '80/b.com'] } },
    ]);
  });
});

describe('limits', () => {
  const paths = (count: number) => Array.from({ length: count }, (_, index) => `=/p${index}`);

  test('that AWS raises are warnings with the quota', () => {
    const { findings, limits } = assemble([plain('a.com', [s.ruleOf(vs, paths(12), web)])]);
    expect(findings.find(({ code }) => code === 'lattice/over-quota')).toMatchObject({
      severity: 'warning',
      help: expect.stringContaining('L-CF78395E'),
    });
    expect(limits).toContainEqual({ host: 'a.com', limit: 'rulesPerListener', used: 12, of: 10 });
    expect(
      assemble([plain('a.com', [s.ruleOf(vs, paths(12), web)])], undefined, { limits: { rulesPerListener: 20 } }).codes,
    ).not.toContain('lattice/over-quota');
  });

  test('of an HTTPRoute are errors, since Lattice takes one route per host', () => {
    const codesOf = (count: number) => assemble([plain('a.com', [s.ruleOf(vs, paths(count), web)])]).codes;
    expect(codesOf(16)).not.toContain('lattice/too-many-rules');
    expect(codesOf(17)).toContain('lattice/too-many-rules');
    expect(codesOf(17)).not.toContain('internal/invalid-output');
  });

  test('weights beyond 999 are an error that may be accepted as rounded', () => {
    const split = s.forwardTo([
      [s.backendOf('a'), 1999],
      [s.backendOf('b'), 1],
    ]);
    const { findings, of } = assemble([plain('a.com', [s.ruleOf(vs, ['/'], split)])]);
    expect(findings.find(({ code }) => code === 'lattice/weight-not-exact')?.severity).toBe('error');
    expect(of('HTTPRoute')).toHaveLength(1);
  });
});

describe('Services', () => {
  test('with two ports in one route get a second Service', () => {
    const ports = [
      { name: 'a', port: 80, protocol: 'TCP' },
      { name: 'b', port: 90, targetPort: 9090, protocol: 'TCP' },
    ];
    const hosts = [
      plain('a.com', [s.ruleOf(vs, ['/a'], web), s.ruleOf(vs, ['/'], s.forwardTo([s.backendOf('web', 90)]))]),
    ];
    const { of } = assemble(hosts, s.modelOf([gateway], [s.serviceOf('web', { ports })]));
    expect(of('Service').map(({ name, spec }) => [name, spec])).toEqual([
      ['web-port-90', { selector: { app: 'web' }, ports: [{ name: 'b', port: 90, targetPort: 9090 }] }],
    ]);
    const names = listOf(of('HTTPRoute')[0]?.spec['rules']).map((rule) => listOf(rule['backendRefs'])[0]?.['name']);
    expect(names).toEqual(['web', 'web-port-90']);
    expect(assemble(hosts).codes).toContain('lattice/two-ports-one-service');
  });

  const pods = {
    kind: 'Deployment',
    namespace: 'shop',
    name: 'web',
    labels: { app: 'web' },
    ports: [{ name: 'http', port: 8080 }],
  };

  test('have the health check of their readiness probe', () => {
    const readiness = {
      path: '/ready',
      port: 'http',
      scheme: 'HTTP',
      intervalSeconds: 2,
      failureThreshold: 4,
    } as const;
    const { of, codes } = assemble(
      [plain()],
      s.modelOf([gateway], [s.serviceOf('web')], { workloads: [{ ...pods, readiness }] }),
    );
    expect(of('TargetGroupPolicy').map(({ spec }) => spec['healthCheck'])).toEqual([
      {
        enabled: true,
        protocol: 'HTTP',
        path: '/ready',
        intervalSeconds: 5,
        timeoutSeconds: 1,
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 4,
        statusMatch: '200-399',
      },
    ]);
    expect(codes).toContain('lattice/health-check-adjusted');
    expect(codes).not.toContain('lattice/default-health-check');
  });

  test('that speak gRPC need HTTPS', () => {
    const model = s.modelOf(
      [gateway],
      [s.serviceOf('web', { ports: [{ name: 'grpc-api', port: 80, protocol: 'TCP' }] })],
    );
    expect(assemble([plain()], model).codes).toContain('lattice/http2-needs-https');
    const { of, codes } = assemble([s.hostAt('a.com', ['gw/https'], [s.ruleOf(vs, ['/'], web)], secure)], model);
    expect(codes).not.toContain('lattice/http2-needs-https');
    expect(of('TargetGroupPolicy')[0]?.spec).toMatchObject({ protocol: 'HTTP', protocolVersion: 'GRPC' });
  });
});
