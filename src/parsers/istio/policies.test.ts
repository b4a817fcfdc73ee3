import { describe, expect, test } from 'vitest';
import { gateway, joinDocuments, parseIstio, service, virtualService } from '../../../test/istio/parse-istio.ts';

const world = joinDocuments(
  virtualService(
    'v',
    '{hosts: [a.com], gateways: [gw], http: [{route: [{destination: {host: s, port: {number: 80}}}]}]}',
  ),
  gateway('gw', '[{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]', 'default'),
  service('s', 80),
);
const findings = (kind: string, spec: string, namespace = 'team', group = 'security.istio.io/v1') =>
  parseIstio(
    `${world}\n---\n{apiVersion: ${group}, kind: ${kind}, metadata: {name: p, namespace: ${namespace}}, spec: ${spec}}`,
  ).diagnostics.filter(({ origin }) => origin?.document.resource?.name === 'p');
const found = (kind: string, spec: string, namespace?: string, group?: string) =>
  findings(kind, spec, namespace, group).map(({ code, severity, affects }) => [severity, code, affects]);

/** The hosts that lead to the pods of a policy, and those that come in through such pods of other sources. */
const bothWays = (own: object, through: object) => ({ kind: 'each-of', of: [own, { kind: 'gateways', ...through }] });

describe('policies', () => {
  test('guard the pods of their selector, or their namespace', () => {
    expect(found('AuthorizationPolicy', '{selector: {matchLabels: {app: s}}, rules: [{to: [{}]}]}')).toEqual([
      [
        'error',
        'istio/authorization-policy-not-carried',
        bothWays(
          { kind: 'backends', namespace: 'team', labels: { app: 's' } },
          { namespace: 'team', labels: { app: 's' } },
        ),
      ],
    ]);
    expect(found('RequestAuthentication', '{jwtRules: [{issuer: i}]}')).toEqual([
      [
        'error',
        'istio/request-authentication-not-carried',
        bothWays({ kind: 'backends', namespace: 'team' }, { namespace: 'team' }),
      ],
    ]);
    expect(found('PeerAuthentication', '{mtls: {mode: STRICT}}', 'istio-system')).toEqual([
      ['error', 'istio/strict-mtls', { kind: 'all' }],
    ]);
  });

  test('on gateway pods guard what comes in through them', () => {
    const spec = '{selector: {matchLabels: {istio: ingressgateway}}, action: DENY, rules: [{to: [{}]}]}';
    expect(found('AuthorizationPolicy', spec, 'istio-system')[0]?.[2]).toEqual(
      bothWays({ kind: 'hosts', ids: ['istio=ingressgateway:80/a.com'] }, { labels: { istio: 'ingressgateway' } }),
    );
  });

  test('on a Gateway of Gateway API guard what comes in through it', () => {
    const affectsOf = (targets: string) => found('AuthorizationPolicy', `{targetRefs: ${targets}}`)[0]?.[2];
    expect(affectsOf('[{kind: Gateway, name: edge}]')).toEqual(
      bothWays({ kind: 'backends', namespace: 'team' }, { namespace: 'team', name: 'edge' }),
    );
    expect(affectsOf('[{kind: Gateway, name: edge}, {kind: Gateway, name: other}]')).toEqual(
      bothWays({ kind: 'backends', namespace: 'team' }, { namespace: 'team' }),
    );
    expect(affectsOf('[{kind: GatewayClass, name: istio}]')).toEqual({ kind: 'all' });
  });

  test.each([
    ['AuthorizationPolicy', '{rules: 5, selector: 5}', 'istio/authorization-policy-not-carried'],
    ['AuthorizationPolicy', '{rules: [null, [], 7]}', 'istio/authorization-policy-not-carried'],
    ['AuthorizationPolicy', '{action: 5, rules: [{}]}', 'istio/authorization-policy-not-carried'],
    ['AuthorizationPolicy', '{action: DENY, rules: {}, targetRefs: edge}', 'istio/authorization-policy-not-carried'],
    ['AuthorizationPolicy', '[]', 'istio/authorization-policy-not-carried'],
    ['RequestAuthentication', '{jwtRules: {issuer: i}}', 'istio/request-authentication-not-carried'],
    ['PeerAuthentication', '{mtls: STRICT}', 'istio/strict-mtls'],
    ['PeerAuthentication', '{mtls: {mode: 3}}', 'istio/invalid-value'],
    ['PeerAuthentication', '{portLevelMtls: [1]}', 'istio/invalid-value'],
  ])('%s %s, which no API server takes, restricts rather more than less', (kind, spec, code) => {
    expect(found(kind, spec)).toEqual([
      ['error', code, bothWays({ kind: 'backends', namespace: 'team' }, { namespace: 'team' })],
    ]);
  });

  const stays = (kind: string, spec: string, namespace: string, ...more: readonly string[]) => {
    const policy = `{apiVersion: security.istio.io/v1, kind: ${kind}, metadata: {name: p, namespace: ${namespace}}, spec: ${spec}}`;
    return parseIstio(joinDocuments(world, policy, ...more)).guards.map(({ kept }) => kept !== undefined);
  };
  const gatewayPods =
    '{apiVersion: v1, kind: Service, metadata: {name: gw, namespace: ingress}, spec: {selector: {istio: ingressgateway}, ports: [{port: 80}]}}';

  test.each([
    ['of the whole mesh', 'PeerAuthentication', '{mtls: {mode: STRICT}}', 'istio-system'],
    ['on applications', 'AuthorizationPolicy', '{selector: {matchLabels: {app: s}}}', 'team'],
    ['of a namespace without gateways', 'RequestAuthentication', '{jwtRules: [{issuer: i}]}', 'team'],
    ['on a waypoint', 'AuthorizationPolicy', '{targetRefs: [{kind: Service, name: s}]}', 'default'],
    ['as an extension of applications', 'EnvoyFilter', '{workloadSelector: {labels: {app: s}}}', 'team'],
  ])('%s stay in force where Istio runs the new gateways', (_, kind, spec, namespace) => {
    expect(stays(kind, spec, namespace, gatewayPods)).toEqual([true]);
  });

  test.each([
    [
      'on the pods of the old gateway',
      'AuthorizationPolicy',
      '{selector: {matchLabels: {istio: ingressgateway}}}',
      'ingress',
    ],
    [
      'on whatever has a label in the root namespace',
      'AuthorizationPolicy',
      '{selector: {matchLabels: {app: gw}}}',
      'istio-system',
    ],
    ['of the namespace of the old gateway', 'AuthorizationPolicy', '{}', 'ingress'],
    ['of the namespace that the new gateway comes to', 'AuthorizationPolicy', '{}', 'default'],
    ['as an extension of everything', 'EnvoyFilter', '{}', 'istio-system'],
  ])('%s do not', (_, kind, spec, namespace) => {
    expect(stays(kind, spec, namespace, gatewayPods)).toEqual([false]);
  });

  test.each([
    ['AuthorizationPolicy', '{rules: [{}]}'],
    ['AuthorizationPolicy', '{action: DENY}'],
    ['AuthorizationPolicy', '{action: AUDIT, rules: [{}]}'],
    ['PeerAuthentication', '{mtls: {mode: PERMISSIVE}}'],
    ['PeerAuthentication', '{}'],
    ['RequestAuthentication', '{}'],
  ])('%s %s restricts nothing', (kind, spec) => {
    expect(findings(kind, spec).map(({ severity }) => severity)).toEqual(['info']);
  });

  test('an ALLOW without rules refuses everything', () => {
    expect(findings('AuthorizationPolicy', '{}').map(({ severity }) => severity)).toEqual(['error']);
  });
});

test('objects that neither route nor restrict have a finding each', () => {
  const networking = 'networking.istio.io/v1';
  expect(found('ServiceEntry', '{hosts: [x.com]}', 'team', networking)[0]?.[1]).toBe('istio/mesh-object-not-carried');
  expect(found('Sidecar', '{}', 'team', networking)[0]?.[0]).toBe('warning');
  expect(found('Telemetry', '{}', 'team', 'telemetry.istio.io/v1')[0]?.[0]).toBe('info');
  expect(found('EnvoyFilter', '{}', 'team', 'networking.istio.io/v1alpha3')[0]?.[1]).toBe(
    'istio/envoy-filter-not-carried',
  );
  expect(found('WorkloadEntry', '{address: 1.2.3.4, labels: {app: s}}', 'default', networking)[0]?.[2]).toEqual({
    kind: 'backends',
    namespace: 'default',
    service: 's',
  });
});

test.each([
  ['ServiceEntry', '{hosts: {a: b}, ports: 80}'],
  ['ServiceEntry', '{hosts: [null, 5, x.com], ports: [null, {number: "80"}, {number: 8080, protocol: [HTTP]}]}'],
  ['ServiceEntry', '[hosts]'],
  ['WorkloadEntry', '{labels: [app]}'],
  ['WorkloadGroup', '{metadata: 5}'],
  ['Sidecar', 'egress'],
])('%s %s, which no API server takes, is no reason to fail', (kind, spec) => {
  expect(found(kind, spec, 'team', 'networking.istio.io/v1')).toHaveLength(1);
});

describe('DestinationRules', () => {
  const rule = (policy: string, host = 's') =>
    found('DestinationRule', `{host: ${host}, ${policy}}`, 'default', 'networking.istio.io/v1');

  test('lose what concerns connections, field by field', () => {
    expect(rule('trafficPolicy: {loadBalancer: {simple: RANDOM}, connectionPool: {}}').map(([, code]) => code)).toEqual(
      ['istio/backend-behaviour-lost', 'istio/backend-behaviour-lost'],
    );
    expect(rule('trafficPolicy: {tls: {mode: SIMPLE}}')).toEqual([
      ['error', 'istio/backend-tls-not-carried', { kind: 'backends', namespace: 'default', service: 's' }],
    ]);
    expect(rule('trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}')[0]?.[0]).toBe('info');
  });

  test('of unused subsets and hosts say little', () => {
    expect(rule('subsets: [{name: v1, trafficPolicy: {tls: {mode: SIMPLE}}}]')).toEqual([]);
    expect(rule('trafficPolicy: {tls: {mode: SIMPLE}}', 'other').map(([, code]) => code)).toEqual([
      'istio/destination-rule-unused',
    ]);
    expect(rule('subsets: [{name: v1}]', 'other')).toEqual([]);
  });
});
