import { describe, expect, test } from 'vitest';
import {
  gateway,
  hostOf,
  joinDocuments,
  parseIstio,
  service,
  sketch,
  virtualService,
} from '../../../test/istio/parse-istio.ts';

const http = '[{route: [{destination: {host: s, port: {number: 80}}}]}]';
const server = (hosts: string, port = 80) =>
  `{port: {number: ${port}, name: http-${port}, protocol: HTTP}, hosts: [${hosts}]}`;
const idsOf = (...documents: readonly string[]) => [
  ...parseIstio(joinDocuments(...documents, service('s', 80))).hosts.keys(),
];

describe('hosts of a gateway', () => {
  test('are what the VirtualService and the server have in common', () => {
    const gw = gateway('gw', `[${server("'*.a.com', b.com")}]`);
    const vs = virtualService('v', `{hosts: [x.a.com, '*.b.com', b.com, '*.y.a.com'], gateways: [gw], http: ${http}}`);
    expect(idsOf(gw, vs)).toEqual([
      'istio=ingressgateway:80/x.a.com',
      'istio=ingressgateway:80/*.y.a.com',
      'istio=ingressgateway:80/b.com',
    ]);
  });

  test('of a server may be kept for one namespace', () => {
    const gw = gateway('gw', `[${server('team/a.com, ./b.com, "*/c.com"')}]`, 'infra');
    const vs = (namespace: string) =>
      virtualService('v', `{hosts: ['*'], gateways: [infra/gw], http: ${http}}`, `, namespace: ${namespace}`);
    expect(idsOf(gw, vs('team'))).toEqual(['istio=ingressgateway:80/a.com', 'istio=ingressgateway:80/c.com']);
    expect(idsOf(gw, vs('infra'))).toEqual(['istio=ingressgateway:80/b.com', 'istio=ingressgateway:80/c.com']);
  });

  test('that two Gateways of the same pods serve by different rules are an error', () => {
    const pods = '{istio: ingressgateway}';
    const one = gateway('one', `[${server("'*'")}]`);
    const two = gateway('two', `[${server("'*'")}]`).replace(pods, '{istio: ingressgateway, app: gw}');
    const vs = (name: string, host: string, gateways: string) =>
      virtualService(name, `{hosts: [${host}], gateways: [${gateways}], http: ${http}}`);
    const overlap = (...documents: readonly string[]) =>
      parseIstio(joinDocuments(one, two, ...documents, service('s', 80))).diagnostics.flatMap((finding) =>
        finding.code === 'istio/selectors-overlap' ? [[finding.severity, finding.affects]] : [],
      );
    const none = [['warning', { kind: 'none' }]];
    expect(overlap(vs('a', 'a.com', 'one'), vs('b', 'b.com', 'two'))).toEqual(none);
    expect(overlap(vs('a', 'a.com', 'one, two'))).toEqual(none);
    const ids = ['istio=ingressgateway:80/a.com', 'app=gw,istio=ingressgateway:80/a.com'];
    expect(overlap(vs('a', 'a.com', 'one'), vs('b', 'a.com', 'two'))).toEqual([['error', { kind: 'hosts', ids }]]);
  });

  test('outside of the gateway are a warning, a missing gateway is an error for its hosts', () => {
    const gw = gateway('gw', `[${server('a.com')}]`);
    const parsed = parseIstio(
      joinDocuments(gw, virtualService('v', `{hosts: [b.com], gateways: [gw, other/gw2], http: ${http}}`)),
    );
    expect(parsed.codes).toEqual(['istio/host-not-in-gateway', 'istio/gateway-not-found']);
    expect(parsed.diagnostics.map(({ affects }) => affects)).toContainEqual({ kind: 'hostnames', names: ['b.com'] });
  });

  test('go where exportTo lets the pods of the gateway see them', () => {
    const gw = gateway('gw', `[${server('a.com')}]`);
    const pods =
      '{apiVersion: v1, kind: Service, metadata: {name: gw, namespace: ingress}, spec: {selector: {istio: ingressgateway}, ports: [{port: 80}]}}';
    const outcome = (exportTo: string, ...more: readonly string[]) => {
      const vs = virtualService('v', `{hosts: [a.com], gateways: [gw], exportTo: ${exportTo}, http: ${http}}`);
      const { codes, hosts } = parseIstio(joinDocuments(gw, vs, service('s', 80), ...more));
      return [hosts.size, ...codes];
    };
    expect(outcome('["*"]')).toEqual([1]);
    expect(outcome('[ingress]', pods)).toEqual([1]);
    expect(outcome('["."]', pods)).toEqual([0, 'istio/not-exported-to-gateway']);
    expect(outcome('[ingress]')).toEqual([1, 'istio/gateway-pods-not-in-input']);
    expect(outcome('["."]')).toEqual([1, 'istio/gateway-pods-not-in-input']);
  });

  test('that are Services are for the mesh where it is named, too', () => {
    const gw = gateway('gw', `[${server('a.com')}]`);
    const vs = (gateways: string) => virtualService('v', `{hosts: [s, a.com], gateways: ${gateways}, http: ${http}}`);
    expect(parseIstio(joinDocuments(gw, vs('[gw, mesh]'), service('s', 80))).codes).toEqual([]);
    expect(parseIstio(joinDocuments(gw, vs('[gw]'), service('s', 80))).codes).toEqual(['istio/host-not-in-gateway']);
  });

  test('without a rule that is ever met keep their requests from a wider host', () => {
    const gw = gateway('gw', `[${server("'*'")}]`);
    const never = (name: string, match: string) =>
      virtualService(name, `{hosts: [${name}.a.com], gateways: [gw], http: [{match: [${match}], redirect: {uri: /}}]}`);
    const wide = virtualService('wide', `{hosts: ['*.a.com'], gateways: [gw], http: ${http}}`);
    const documents = [gw, never('x', '{scheme: {exact: https}}'), never('y', '{port: 81}'), service('s', 80)];
    expect(idsOf(...documents)).toEqual([]);
    // Istio builds no route for another port, so that the wider host answers for y.
    expect(idsOf(...documents, wide)).toEqual(['istio=ingressgateway:80/*.a.com', 'istio=ingressgateway:80/x.a.com']);
  });

  test('have one virtual host for all Gateways of one selector and port', () => {
    const documents = [gateway('g1', `[${server('a.com')}]`), gateway('g2', `[${server("'*'")}]`)];
    const vs = virtualService('v', `{hosts: [a.com], gateways: [g1, g2], http: ${http}}`);
    const parsed = parseIstio(joinDocuments(...documents, vs, service('s', 80)));
    const host = hostOf(parsed, 'istio=ingressgateway:80/a.com');
    expect(host.rules).toHaveLength(1);
    expect(host.scope).toMatchObject({ listeners: [{ gateway: 'default/g1' }, { gateway: 'default/g2' }] });
  });

  test('are known to every Gateway of the selector and port whose narrowest listener takes them', () => {
    const documents = [
      gateway('g1', `[${server("'*', '*.a.com'")}]`),
      gateway('g2', `[${server('x.a.com')}]`),
      gateway('g3', `[${server('y.a.com')}]`),
    ];
    const wild = virtualService('w', `{hosts: ['*.a.com'], gateways: [g1], http: ${http}}`);
    const own = virtualService('v', `{hosts: [x.a.com], gateways: [g2], http: ${http}}`);
    const parsed = parseIstio(joinDocuments(...documents, wild, own, service('s', 80)));
    expect(hostOf(parsed, 'istio=ingressgateway:80/x.a.com').scope).toMatchObject({
      listeners: [
        { gateway: 'default/g2', listener: 'http-80' },
        { gateway: 'default/g1', listener: 'http-80-any-a-com' },
      ],
    });
  });

  test('of a wildcard are served through narrower listeners where no host between takes all', () => {
    const gw = gateway('gw', `[${server("'*', '*.a.com', '*.b.a.com'")}]`);
    const wild = virtualService('w', `{hosts: ['*.a.com'], gateways: [gw], http: ${http}}`);
    const narrow = virtualService('v', `{hosts: [x.b.a.com], gateways: [gw], http: ${http}}`);
    const parsed = parseIstio(joinDocuments(gw, wild, narrow, service('s', 80)));
    const listeners = (id: string) => {
      const { scope } = hostOf(parsed, `istio=ingressgateway:80/${id}`);
      return scope.kind === 'gateway' ? scope.listeners.map(({ listener }) => listener) : [];
    };
    expect(listeners('*.b.a.com')).toContain('http-80-any-b-a-com');
    expect(listeners('*.a.com')).not.toContain('http-80-any-b-a-com');
    const redirect = `[${server("'*.a.com'")}, ${server("'*'").replace('http-80', 'plain').replace(/}$/, ', tls: {httpsRedirect: true}}')}]`;
    const other = parseIstio(
      joinDocuments(gateway('gw', redirect), virtualService('v', `{hosts: [x.a.com], gateways: [gw], http: ${http}}`)),
    );
    expect(hostOf(other, 'istio=ingressgateway:80/*').scope).toMatchObject({
      listeners: [{ listener: 'plain' }, { listener: 'http-80' }],
    });
  });

  test('redirect to https at the port that was called', () => {
    const secure = '{port: {number: 8080, name: http, protocol: HTTP}, hosts: [a.com], tls: {httpsRedirect: true}}';
    const host = hostOf(parseIstio(gateway('gw', `[${secure}]`)), 'istio=ingressgateway:8080/a.com');
    expect(host.rules[0]?.action).toMatchObject({ kind: 'redirect', scheme: 'https', port: { kind: 'request' } });
  });

  test('number the hosts that a wildcard becomes, so that no two share a name', () => {
    const gw = gateway('gw', `[${server('a.com, b.com')}]`);
    const vs = virtualService('v', `{hosts: ['*'], gateways: [gw], http: ${http}}`);
    const { hosts } = parseIstio(joinDocuments(gw, vs, service('s', 80)));
    expect([...hosts.values()].map(({ rules }) => rules[0]?.hostIndex)).toEqual([0, 1]);
  });
});

describe('several VirtualServices on one host', () => {
  const rule = (path: string) => `[{match: [{uri: {prefix: ${path}}}], redirect: {uri: /x}}, {redirect: {uri: /x}}]`;
  const gw = gateway('gw', `[${server("'*'")}]`);
  const vs = (name: string, created?: string, more = '') =>
    virtualService(
      name,
      `{hosts: [a.com], gateways: [gw], http: ${rule(`/${name}`)}${more}}`,
      created === undefined ? '' : `, creationTimestamp: '${created}'`,
    );
  const orderOf = (...documents: readonly string[]) =>
    hostOf(parseIstio(joinDocuments(gw, ...documents)), 'istio=ingressgateway:80/a.com').rules.map(sketch);

  test('stand by name, what takes everything last', () => {
    expect(orderOf(vs('b'), vs('a'))).toEqual(['/a… 301', '/b… 301', '* 301', '* 301']);
  });

  test('stand server by server, whatever their age', () => {
    const gw = gateway('gw', `[${server("'*.a.com'")}, ${server('x.a.com').replace('http-80', 'second')}]`);
    const to = (path: string) =>
      `[{match: [{uri: {prefix: ${path}}}], route: [{destination: {host: s, port: {number: 80}}}]}]`;
    const born = (day: number) => `, creationTimestamp: "2024-01-0${day}T00:00:00Z"`;
    const old = virtualService('old', `{hosts: ['*.a.com'], gateways: [gw], http: ${to('/old')}}`, born(1));
    const young = virtualService('young', `{hosts: [x.a.com], gateways: [gw], http: ${to('/young')}}`, born(2));
    const host = hostOf(parseIstio(joinDocuments(gw, old, young, service('s', 80))), 'istio=ingressgateway:80/x.a.com');
    expect(host.rules.map(({ source }) => source.name)).toEqual(['young', 'old']);
  });

  test('stand by age, those without one last', () => {
    const old = '2024-01-01T00:00:00Z';
    expect(orderOf(vs('a', '2024-06-01T00:00:00Z'), vs('b', old)).slice(0, 2)).toEqual(['/b… 301', '/a… 301']);
    expect(orderOf(vs('a'), vs('b', old)).slice(0, 2)).toEqual(['/b… 301', '/a… 301']);
    expect(orderOf(vs('b'), vs('a')).slice(0, 2)).toEqual(['/a… 301', '/b… 301']);
  });

  test('stand behind those that only this namespace sees', () => {
    expect(orderOf(vs('a'), vs('b', undefined, ', exportTo: [.]')).slice(0, 2)).toEqual(['/b… 301', '/a… 301']);
  });
});

describe('listeners', () => {
  const tls = (mode: string, more = '') =>
    `{port: {number: 443, name: HTTPS_Main, protocol: HTTPS}, hosts: [a.com, '*.b.com'], tls: {mode: ${mode}, credentialName: cert${more}}}`;

  test('are one for each host, with the certificate of the server', () => {
    const { gateways } = parseIstio(gateway('gw', `[${tls('SIMPLE')}]`, 'infra'));
    expect(
      gateways[0]?.listeners.map(({ name, host, protocol, tls: own }) => [
        name,
        host.kind,
        protocol,
        own?.certificates,
      ]),
    ).toEqual([
      ['https-main', 'exact', 'HTTPS', [{ namespace: 'infra', name: 'cert' }]],
      ['https-main-any-b-com', 'suffix', 'HTTPS', [{ namespace: 'infra', name: 'cert' }]],
    ]);
  });

  test('of one name are told apart', () => {
    const servers = [server('a.com', 80), server('b.com', 8080)].map((one) =>
      one.replace(/name: http-\d+/, 'name: http'),
    );
    const { gateways } = parseIstio(gateway('gw', `[${servers.join(', ')}]`));
    expect(gateways[0]?.listeners.map(({ name }) => name)).toEqual(['http', 'http-8080']);
  });

  test.each([
    [tls('MUTUAL'), 'istio/client-certificates-lost'],
    [tls('SIMPLE', ', minProtocolVersion: TLSV1_3'), 'istio/tls-parameters-lost'],
    [tls('SIMPLE').replace('credentialName: cert', 'serverCertificate: /c'), 'istio/certificate-in-files'],
    [tls('PASSTHROUGH'), 'istio/server-not-translated'],
    ['{port: {number: 27017, name: m, protocol: MONGO}, hosts: [a.com]}', 'istio/server-not-translated'],
    [
      `${server('a.com')}, {port: {number: 80, name: x, protocol: HTTPS}, hosts: [b.com], tls: {mode: SIMPLE, credentialName: c}}`,
      'istio/server-conflict',
    ],
  ])('%s', (servers, code) => {
    expect(parseIstio(gateway('gw', `[${servers}]`)).codes).toEqual([code]);
  });

  test('say who would get in without client certificates', () => {
    const effect = (mode: string) => parseIstio(gateway('gw', `[${tls(mode)}]`)).diagnostics[0]?.effect;
    expect(effect('MUTUAL')).toContain('Clients without a certificate');
    // These get in today.
    expect(effect('OPTIONAL_MUTUAL')).toContain('Clients with a certificate that is not trusted');
  });

  test('know whether the internet reaches them', () => {
    const balancer = (annotations: string) =>
      `{apiVersion: v1, kind: Service, metadata: {name: ingress, namespace: istio-system, annotations: {${annotations}}}, spec: {type: LoadBalancer, selector: {app: ingress, istio: ingressgateway}, ports: [{port: 80}]}}`;
    const exposure = (...more: readonly string[]) =>
      parseIstio(joinDocuments(gateway('gw', `[${server('a.com')}]`), ...more)).gateways[0]?.exposure;
    expect(exposure()).toBe('unknown');
    expect(exposure(balancer(''))).toBe('public');
    expect(exposure(balancer('service.beta.kubernetes.io/aws-load-balancer-scheme: internal'))).toBe('internal');
  });
});

test('a server that redirects to https does so for every host, routed or not', () => {
  const gw = gateway(
    'gw',
    `[{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*.a.com'], tls: {httpsRedirect: true}}]`,
  );
  const vs = virtualService('v', `{hosts: [x.a.com], gateways: [gw], http: ${http}}`);
  const { hosts } = parseIstio(joinDocuments(gw, vs, service('s', 80)));
  expect([...hosts].map(([id, { rules }]) => [id, rules.map(sketch), rules[0]?.source.kind])).toEqual([
    ['istio=ingressgateway:80/x.a.com', ['* 301'], 'VirtualService'],
    ['istio=ingressgateway:80/*.a.com', ['* 301'], 'Gateway'],
  ]);
  expect([...hosts.values()][0]?.rules[0]).toMatchObject({
    index: -1,
    action: { scheme: 'https', port: { kind: 'request' } },
  });
});
