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
  for (const one of [rule, group, path(`/${'a'.repeat(199)}`)]) expect(findProblems(one)).toEqual([]);
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
  ['TargetGroup.config.ipAddressType', { ...group, type: 'INSTANCE', config: { ...config, ipAddressType: 'IPV4' } }],
  ['TargetGroup.config.protocolVersion', { ...group, type: 'ALB', config: { ...config, protocolVersion: 'GRPC' } }],
  ['TargetGroup.config.healthCheck', { ...group, type: 'ALB', config: { ...config, healthCheck: { enabled: true } } }],
  ['Service.name', { kind: 'Service', name: 'svc-shop', authType: 'NONE', origin: {} }],
  ['ExternalTargetGroup.arn', { kind: 'ExternalTargetGroup', name: 'a', arn: 'arn:aws:x', origin: {} }],
])('%s is checked', (field, resource) => {
  expect(findProblems(resource).map((problem) => problem.field)).toContainEqual(expect.stringContaining(field));
});

test('tags are counted, and those of AWS refused', () => {
  const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, '']));
  expect(findTagProblems(many).map(({ field }) => field)).toEqual(['tags']);
  expect(findTagProblems({ 'aws:x': 'y' }).map(({ field }) => field)).toEqual(['tags.aws:x']);
});
