import { expect, test } from 'vitest';
import { findProblems, findTagProblems } from './check-resource.ts';
import type { LatticeResource, LatticeRule, TargetGroup } from './resources.ts';

const rule: LatticeRule = {
  kind: 'Rule',
  name: 'exact-a-0a1b2c3d',
  service: 'shop',
  listener: 'http-80',
  priority: 1,
  match: { httpMatch: { pathMatch: { match: { exact: '/a' }, caseSensitive: true } } },
  action: { fixedResponse: { statusCode: 404 } },
};
const config = { port: 80, protocol: 'HTTP', protocolVersion: 'HTTP1', vpcIdentifier: 'vpc-01234567' } as const;
const group: TargetGroup = { kind: 'TargetGroup', name: 'shop-api', type: 'IP', config, targets: [], origin: {} };

const match = (httpMatch: LatticeRule['match']['httpMatch']): LatticeRule => ({ ...rule, match: { httpMatch } });
const path = (exact: string) => match({ pathMatch: { match: { exact }, caseSensitive: true } });
const header = (name: string, exact: string) => ({ name, match: { exact }, caseSensitive: true });

test('what the API takes has no problem', () => {
  const addresses = ['10.0.0.1', '172.31.0.1', '192.168.0.1', '100.64.0.1'].map((id) => ({ id, port: 80 }));
  const ipv6 = ['fd00::1', '::1', '1:2:3:4:5:6:7:8', '1::'].map((id) => ({ id, port: 80 }));
  const many = [
    rule,
    group,
    path(`/${'a'.repeat(199)}`),
    { ...group, targets: addresses },
    { ...group, config: { ...config, ipAddressType: 'IPV6' as const }, targets: ipv6 },
  ];
  for (const one of many) expect(findProblems(one)).toEqual([]);
});

test.each<[string, LatticeResource]>([
  ['Rule.priority', { ...rule, priority: 2001 }],
  ['Rule.priority', { ...rule, priority: 0 }],
  ['Rule.name', { ...rule, name: 'rule-a' }],
  ['Rule.name', { ...rule, name: 'a--b' }],
  ['Rule.action.fixedResponse.statusCode', { ...rule, action: { fixedResponse: { statusCode: 403 } } }],
  ['Rule.action.forward.targetGroups', { ...rule, action: { forward: { targetGroups: [] } } }],
  [
    'Rule.action.forward.targetGroups[].weight',
    { ...rule, action: { forward: { targetGroups: [{ targetGroup: 'a', weight: 1000 }] } } },
  ],
  ['Rule.match.httpMatch.method', match({ method: 'A'.repeat(17) })],
  ['Rule.match.httpMatch.pathMatch.match.exact', path('/{id}')],
  ['Rule.match.httpMatch.pathMatch.match.exact', path(`/${'a'.repeat(200)}`)],
  ['Rule.match.httpMatch.pathMatch "/a?b"', path('/a?b')],
  ['Rule.match.httpMatch.headerMatches', match({ headerMatches: [...'abcdef'].map((name) => header(name, 'x')) })],
  ['Rule.match.httpMatch.headerMatches[].name', match({ headerMatches: [header('a'.repeat(101), 'x')] })],
  ['Rule.match.httpMatch.headerMatches[].match.exact', match({ headerMatches: [header('a', '')] })],
  ['TargetGroup.name', { ...group, name: 'tg-shop' }],
  ['TargetGroup.config.vpcIdentifier', { ...group, config: { ...config, vpcIdentifier: 'vpc-1' } }],
  [
    'TargetGroup.config.healthCheck.healthCheckIntervalSeconds',
    { ...group, config: { ...config, healthCheck: { enabled: true, healthCheckIntervalSeconds: 4 } } },
  ],
  ['TargetGroup.config', { ...group, type: 'LAMBDA' }],
  ['TargetGroup.targets[].id', { ...group, targets: [{ id: '8.8.8.8', port: 80 }] }],
  ['TargetGroup.targets[].id', { ...group, targets: [{ id: '10.0.0.256', port: 80 }] }],
  ['TargetGroup.targets[].id', { ...group, targets: [{ id: 'fd00::1', port: 80 }] }],
  ...['1::2::3', '1:2', 'fd00::1%eth0', '1:2:3:4:5:6:7::8', 'fd00::12345'].map((id): [string, LatticeResource] => [
    'TargetGroup.targets[].id',
    { ...group, config: { ...config, ipAddressType: 'IPV6' }, targets: [{ id, port: 80 }] },
  ]),
  ['TargetGroup.targets[].id', { ...group, type: 'INSTANCE', targets: [{ id: 'i-1', port: 80 }] }],
  ...['500', '200-', '300-200', '2xx'].map((httpCode): [string, LatticeResource] => [
    'TargetGroup.config.healthCheck.matcher.httpCode',
    { ...group, config: { ...config, healthCheck: { enabled: true, matcher: { httpCode } } } },
  ]),
  ...['*.a.com', 'a_b.com', '-a.com', 'a..com'].map((customDomainName): [string, LatticeResource] => [
    'Service.customDomainName',
    { kind: 'Service', name: 'shop', customDomainName, authType: 'NONE', origin: {} },
  ]),
  ['TargetGroup.config.ipAddressType', { ...group, type: 'INSTANCE', config: { ...config, ipAddressType: 'IPV4' } }],
  ['TargetGroup.config.protocolVersion', { ...group, type: 'ALB', config: { ...config, protocolVersion: 'GRPC' } }],
  ['TargetGroup.config.healthCheck', { ...group, type: 'ALB', config: { ...config, healthCheck: { enabled: true } } }],
  ['Service.name', { kind: 'Service', name: 'svc-shop', authType: 'NONE', origin: {} }],
  ['ExternalTargetGroup.arn', { kind: 'ExternalTargetGroup', name: 'a', arn: 'arn:aws:x', origin: {} }],
])('%s is checked', (field, resource) => {
  expect(findProblems(resource).map((problem) => problem.field)).toContainEqual(expect.stringContaining(field));
});

test('tags are counted, and those of AWS refused', () => {
  const tags = (length: number) => Object.fromEntries(Array.from({ length }, (_, index) => [`k${index}`, '']));
  expect(findTagProblems(tags(48))).toEqual([]);
  expect(findTagProblems(tags(49)).map(({ field }) => field)).toEqual(['tags']);
  for (const key of ['aws:x', 'AWS:x', 'latticectl/stack', 'application-networking.k8s.aws/ManagedBy'])
    expect(findTagProblems({ [key]: 'y' }).map(({ path }) => path)).toEqual([key]);
});
