import { describe, expect, test } from 'vitest';
import type { AnyResource } from '../fields.ts';
import { describeEffect } from './describe-effect.ts';
import type { ChangeOp, FieldChange } from './plan-types.ts';

const action = { fixedResponse: { statusCode: 404 } };
const rule: AnyResource = {
  ...{ kind: 'Rule', name: 'r', service: 's', listener: 'l', priority: 1, action },
  match: { httpMatch: { method: 'GET', pathMatch: { match: { prefix: '/a' }, caseSensitive: true } } },
};
const listener: AnyResource = {
  ...{ kind: 'Listener', name: 'l', service: 's', protocol: 'HTTP', port: 80, defaultAction: action },
};
const service: AnyResource = { kind: 'Service', name: 's', authType: 'AWS_IAM', origin: {} };
const joined: AnyResource = {
  ...{ kind: 'ServiceNetworkServiceAssociation', name: 'n/s', serviceNetwork: 'n', service: 's' },
};
const vpc: AnyResource = {
  ...{ kind: 'ServiceNetworkVpcAssociation', name: 'n/vpc-1', serviceNetwork: 'n', vpcId: 'vpc-1' },
  securityGroupIds: [],
};
const field = (path: string, before: FieldChange['before'], after: FieldChange['after']) => ({ path, before, after });
const tag = field('tags[team]', 'x', 'web');

const cases: readonly (readonly [string, ChangeOp, AnyResource, readonly FieldChange[], string | undefined])[] = [
  ['a tag of an association of a service', 'update', joined, [tag], undefined],
  ['an association that is adopted', 'adopt', joined, [tag], undefined],
  [
    'an association whose service is replaced',
    'replace',
    joined,
    [],
    'the service s cannot be reached through n until it is associated again',
  ],
  ['a tag of an association of a VPC', 'update', vpc, [tag], undefined],
  ['an association of a VPC that is adopted', 'adopt', vpc, [tag], undefined],
  [
    'a security group',
    'update',
    vpc,
    [field('securityGroupIds[sg-1]', true, null)],
    'who in the VPC reaches the network changes',
  ],
  [
    'private DNS',
    'update',
    vpc,
    [field('privateDnsEnabled', true, false)],
    'which names clients in vpc-1 can look up changes',
  ],
  ['the last security group', 'replace', vpc, [], 'clients in vpc-1 are cut off until it is associated again'],
  [
    'a service that goes',
    'delete',
    service,
    [field('authType', 'AWS_IAM', null)],
    'the service is gone, and its generated domain name with it',
  ],
  ['a listener that is adopted', 'adopt', listener, [tag], undefined],
  [
    'a listener of another protocol',
    'replace',
    listener,
    [field('protocol', 'HTTPS', 'HTTP')],
    'port 80 does not answer while it is replaced',
  ],
  [
    'a listener on another port',
    'replace',
    listener,
    [field('port', 8080, 80)],
    'port 8080 no longer answers, and port 80 does',
  ],
  [
    'groups in place of an answer',
    'update',
    rule,
    [field('action', 'status 500', 'forward'), field('weights[a]', null, '90 %'), field('weights[b]', null, '10 %')],
    'requests for GET /a* get a 90 %, b 10 % in place of status 500',
  ],
  [
    'an answer in place of groups',
    'update',
    listener,
    [field('defaultAction', 'forward', 'status 404'), field('defaultAction.weights[a]', '100 %', null)],
    'requests to port 80 that no rule takes get status 404 in place of a 100 %',
  ],
  ['a group without a share', 'update', rule, [field('weights[a]', '0 %', null)], undefined],
];

describe('the effect of', () => {
  test.each(cases)('%s', (_, op, resource, fields, effect) => {
    expect(describeEffect({ op, resource, fields })).toBe(effect);
  });
});
