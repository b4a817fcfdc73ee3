import { expect, test } from 'vitest';
import { gateway, joinDocuments, parseIstio, service, virtualService } from '../../../test/istio/parse-istio.ts';
import { istioDiagnostics } from './diagnostics.ts';

const to = (more = '') => `route: [{destination: {host: s, port: {number: 80}${more}}}]`;
const vs = (http: string, more = '') => virtualService('v', `{hosts: [s], http: [${http}]${more}}`);
const mesh = (rule: string) => joinDocuments(vs(`{${to()}, ${rule}}`), service('s', 80));
const server = (more = '', tls = '') =>
  `{port: {number: ${tls === '' ? 80 : 443}, name: p, protocol: ${tls === '' ? 'HTTP' : 'HTTPS'}}, hosts: [a.com]${more}${tls === '' ? '' : `, tls: {${tls}}`}}`;
const object = (group: string, kind: string, spec: string, namespace = 'default') =>
  `{apiVersion: ${group}.istio.io/v1, kind: ${kind}, metadata: {name: o, namespace: ${namespace}}, spec: ${spec}}`;
const rule = (spec: string, namespace?: string) => object('networking', 'DestinationRule', `{${spec}}`, namespace);
const part = (host: string, weight: number, headers: string) =>
  `{destination: {host: ${host}, port: {number: 80}}, weight: ${weight}, headers: {request: ${headers}}}`;
const onGateway = (spec: string, gw = gateway('gw', `[${server()}]`)) =>
  joinDocuments(virtualService('v', `{hosts: [a.com], gateways: [gw], http: [{${to()}}]${spec}}`), gw);

const pods =
  '{apiVersion: v1, kind: Service, metadata: {name: gw}, spec: {selector: {istio: ingressgateway}, ports: [{port: 80}]}}';

/** For each code the smallest input that raises it. */
const inputs: Readonly<Record<keyof typeof istioDiagnostics, string>> = {
  'unknown-field': mesh('nme: x'),
  'field-not-used': mesh('fault: {abort: {http2Error: x}}'),
  'invalid-value': mesh('timeout: soon'),
  'internal-semantics': virtualService('v', '{}', ', annotations: {internal.istio.io/route-semantics: gateway}'),
  'match-never-holds': mesh('match: [{authority: {exact: t}}]'),
  'rule-never-reached': vs(`{${to()}}, {${to()}}`),
  'subset-undefined': vs(`{${to(', subset: v1')}}`),
  'subset-of-other-namespace': joinDocuments(
    virtualService(
      'v',
      '{hosts: [s.b.svc.cluster.local], http: [{route: [{destination: {host: s.b.svc.cluster.local, subset: v1}}]}]}',
    ),
    rule('host: s.b.svc.cluster.local, subsets: [{name: v1, labels: {a: b}}]'),
  ),
  'destination-not-a-service': vs('{route: [{destination: {host: a.com}}]}'),
  'port-unknown': vs('{route: [{destination: {host: s}}]}'),
  'port-not-in-service': joinDocuments(vs(`{${to()}}`), service('s', 81)),
  'service-not-in-input': vs(`{${to()}}`),
  'action-count': vs('{}'),
  'delegate-not-found': vs('{delegate: {name: x}}'),
  'delegate-unused': virtualService('v', `{http: [{${to()}}]}`),
  'delegate-match-dropped': joinDocuments(
    vs('{match: [{port: 80}], delegate: {name: w}}'),
    virtualService('w', `{http: [{match: [{port: 81}], ${to()}}]}`),
  ),
  'redirect-query': vs('{redirect: {uri: "/?a"}}'),
  'replacement-no-path': vs('{redirect: {uri: a}}'),
  'header-operator': mesh('headers: {request: {set: {a: "%START_TIME%"}}}'),
  'header-at-two-levels': vs(
    `{route: [${part('s', 1, '{set: {a: b}}')}, ${part('t', 1, '{}')}], headers: {request: {add: {a: c}}}}`,
  ),
  'host-rewrite-per-destination': vs(`{route: [${part('s', 1, '{set: {Host: a}}')}, ${part('t', 1, '{}')}]}`),
  'pseudo-header': mesh('headers: {request: {set: {":path": /}}}'),
  'cors-without-route': vs('{redirect: {uri: /a}, corsPolicy: {}}'),
  'retry-detail-lost': mesh('retries: {attempts: 1, retryRemoteLocalities: true}'),
  'gateway-not-found': virtualService('v', `{hosts: [a.com], gateways: [gw], http: [{${to()}}]}`),
  'host-not-in-gateway': onGateway('', gateway('gw', `[${server().replace('a.com', 'b.com')}]`)),
  'host-not-a-name': virtualService('v', `{hosts: ["*-a.com"], http: [{${to()}}]}`),
  'not-exported-to-gateway': joinDocuments(onGateway(', exportTo: [other]'), pods),
  'gateway-pods-not-in-input': onGateway(', exportTo: [other]'),
  'shadowed-virtual-service': joinDocuments(
    virtualService('v', `{hosts: [s], http: [{${to()}}]}`, ', creationTimestamp: "2024-01-01T00:00:00Z"'),
    virtualService('w', `{hosts: [s], http: [{${to()}}]}`, ', creationTimestamp: "2024-01-02T00:00:00Z"'),
  ),
  'mesh-host-claimed-twice': joinDocuments(
    virtualService('v', `{hosts: [s], http: [{${to()}}]}`),
    virtualService('w', `{hosts: [s], http: [{${to()}}]}`),
  ),
  'mesh-wildcard-host': virtualService('v', `{hosts: ['*'], http: [{${to()}}]}`),
  'no-service-for-wildcard': virtualService('v', `{hosts: ['*.x.svc.cluster.local'], http: [{${to()}}]}`),
  'ports-of-service-unknown': vs(`{match: [{port: 80}], redirect: {uri: /a}}, {${to()}}`),
  'no-http-port': joinDocuments(vs(`{${to()}}`), service('s', 80).replace('http-80', 'tcp-80')),
  'l4-route-not-translated': virtualService('v', '{hosts: [s], tcp: [{route: [{destination: {host: s}}]}]}'),
  'server-not-translated': gateway('gw', `[${server().replace('HTTP', 'TCP')}]`),
  'server-conflict': gateway(
    'gw',
    `[${server()}, ${server('', 'mode: SIMPLE, credentialName: c').replace('443', '80')}]`,
  ),
  'server-detail-lost': gateway('gw', `[${server(', bind: 127.0.0.1')}]`),
  'client-certificates-lost': gateway('gw', `[${server('', 'mode: MUTUAL, credentialName: c')}]`),
  'tls-parameters-lost': gateway('gw', `[${server('', 'mode: SIMPLE, credentialName: c, cipherSuites: [A]')}]`),
  'certificate-in-files': gateway('gw', `[${server('', 'mode: SIMPLE')}]`),
  'selectors-overlap': joinDocuments(
    gateway('g1', `[${server()}]`),
    gateway('g2', `[${server()}]`).replace('{istio: ingressgateway}', '{istio: ingressgateway, a: b}'),
  ),
  'backend-behaviour-lost': joinDocuments(vs(`{${to()}}`), rule('host: s, trafficPolicy: {connectionPool: {}}')),
  'backend-tls-not-carried': joinDocuments(vs(`{${to()}}`), rule('host: s, trafficPolicy: {tls: {mode: MUTUAL}}')),
  'backend-mesh-tls': joinDocuments(vs(`{${to()}}`), rule('host: s, trafficPolicy: {tls: {mode: DISABLE}}')),
  'backend-tunnel-lost': joinDocuments(vs(`{${to()}}`), rule('host: s, trafficPolicy: {proxyProtocol: {version: V1}}')),
  'destination-rule-unused': rule('host: s, trafficPolicy: {connectionPool: {}}'),
  'authorization-policy-not-carried': object('security', 'AuthorizationPolicy', '{}'),
  'authorization-policy-allows-all': object('security', 'AuthorizationPolicy', '{rules: [{}]}'),
  'request-authentication-not-carried': object('security', 'RequestAuthentication', '{jwtRules: [{issuer: a}]}'),
  'strict-mtls': object('security', 'PeerAuthentication', '{portLevelMtls: {"80": {mode: STRICT}}}'),
  'envoy-filter-not-carried': object('extensions', 'WasmPlugin', '{url: a}'),
  'policy-stays-in-force': object('security', 'AuthorizationPolicy', '{}'),
  'workload-not-carried': object('networking', 'WorkloadGroup', '{}'),
  'mesh-object-not-carried': object('networking', 'Sidecar', '{}'),
  'observability-not-carried': object('telemetry', 'Telemetry', '{}'),
  'mesh-defaults': vs(`{${to()}}`),
};

test.each(Object.entries(inputs))('%s', (code, input) => {
  const { diagnostics: reported, guards } = parseIstio(input);
  const diagnostics = [...reported, ...guards.flatMap(({ kept }) => kept?.finding ?? [])];
  const finding = diagnostics.find((diagnostic) => diagnostic.code === `istio/${code}`);
  expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(`istio/${code}`);
  // Everything but a finding about the run has a place that can be shown.
  if (code !== 'mesh-defaults') expect(finding?.origin?.span().line).toBeGreaterThan(0);
  const text = [finding?.message, finding?.effect, finding?.help].filter((one) => one !== undefined).join(' ');
  expect(text).not.toMatch(/undefined|\[object|NaN/);
});

test('every code has an input', () => {
  expect(Object.keys(inputs).sort()).toEqual(Object.keys(istioDiagnostics).sort());
});
