import type { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import * as lattice from '@aws-sdk/client-vpc-lattice';
import { describe, expect, test } from 'vitest';
import { openSandbox } from '../sandbox/harness.ts';
import { createStack, type Ids } from './create-stack.ts';
import { planAgainst } from './plan-against.ts';
import { vpcId, wanted } from './wanted.ts';

const isMutating = (operation: string) => !/^(?:Get|List)/.test(operation);

async function openStack() {
  const sandbox = await openSandbox();
  const ids = await createStack(sandbox.client, wanted);
  const mutating = async () => Object.entries(await sandbox.calls()).filter(([name]) => isMutating(name));
  return { ...sandbox, ids, mutating };
}

test('an untouched stack needs no change, and is read without a mutating call', async () => {
  const { url, mutating } = await openStack();
  const before = await mutating();
  const { plan } = await planAgainst(url, wanted);
  expect(plan.changes).toEqual([]);
  expect(plan.problems).toEqual([]);
  expect(plan.unchanged).toBe(wanted.resources.length);
  expect(await mutating()).toEqual(before);
});

const service = (ids: Ids) => ids.get('Service shop-example-com')?.id ?? '';
const listener = (ids: Ids) => ({
  serviceIdentifier: service(ids),
  listenerIdentifier: ids.get('Listener shop-example-com/https-443')?.id ?? '',
});
const rule = (ids: Ids, name = 'exact-cart') => ({
  ...listener(ids),
  ruleIdentifier: ids.get(`Rule shop-example-com/https-443/${name}`)?.id ?? '',
});
const group = (ids: Ids, name = 'shop-web') => ids.get(`TargetGroup ${name}`)?.id ?? '';
const inRule = 'Rule shop-example-com/https-443/exact-cart';

type Touch = (client: VPCLatticeClient, ids: Ids) => Promise<unknown>;

const match = (httpMatch: lattice.HttpMatch): Touch => {
  return (client, ids) => client.send(new lattice.UpdateRuleCommand({ ...rule(ids), match: { httpMatch } }));
};
const cart: lattice.HttpMatch = {
  method: 'GET',
  pathMatch: { match: { exact: '/cart' }, caseSensitive: true },
  headerMatches: [{ name: 'x-canary', match: { exact: 'true' }, caseSensitive: true }],
};
const health = (healthCheck: lattice.HealthCheckConfig): Touch => {
  return (client, ids) =>
    client.send(new lattice.UpdateTargetGroupCommand({ targetGroupIdentifier: group(ids), healthCheck }));
};
const vpc = (change: object): Touch => {
  return (client, ids) =>
    client.send(
      new lattice.UpdateServiceNetworkVpcAssociationCommand({
        serviceNetworkVpcAssociationIdentifier: ids.get(`ServiceNetworkVpcAssociation net/${vpcId}`)?.id ?? '',
        ...change,
      }),
    );
};
const sameGroups = { securityGroupIds: ['sg-0123456789abcdef0', 'sg-0123456789abcdef1'] };
const tag = (key: string): Touch => {
  return (client, ids) =>
    client.send(new lattice.TagResourceCommand({ resourceArn: ids.get(key)?.arn, tags: { team: 'other' } }));
};
const untag = (key: string): Touch => {
  return (client, ids) =>
    client.send(new lattice.UntagResourceCommand({ resourceArn: ids.get(key)?.arn, tagKeys: ['team'] }));
};
const policy = (key: string): Touch => {
  const statement = { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' };
  return (client, ids) =>
    client.send(
      new lattice.PutAuthPolicyCommand({
        resourceIdentifier: ids.get(key)?.id,
        policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      }),
    );
};
const shares = (targetGroups: (ids: Ids) => { targetGroupIdentifier: string; weight: number }[]): Touch => {
  return (client, ids) =>
    client.send(
      new lattice.UpdateRuleCommand({ ...rule(ids), action: { forward: { targetGroups: targetGroups(ids) } } }),
    );
};

/** Every field that the API can change, by kind: what changes it, the resource and the path that must be named. */
const drifts: readonly (readonly [string, Touch, string, string])[] = [
  [
    'authType of the network',
    (client, ids) =>
      client.send(
        new lattice.UpdateServiceNetworkCommand({
          serviceNetworkIdentifier: ids.get('ServiceNetwork net')?.id,
          authType: 'NONE',
        }),
      ),
    'ServiceNetwork net',
    'authType',
  ],
  ['policy of the network', policy('ServiceNetwork net'), 'AuthPolicy ServiceNetwork/net', 'policy'],
  [
    'a security group more',
    vpc({ securityGroupIds: ['sg-0123456789abcdef0', 'sg-0123456789abcdef1', 'sg-0123456789abcdef2'] }),
    `ServiceNetworkVpcAssociation net/${vpcId}`,
    'securityGroupIds[sg-0123456789abcdef2]',
  ],
  [
    'a security group less',
    vpc({ securityGroupIds: ['sg-0123456789abcdef0'] }),
    `ServiceNetworkVpcAssociation net/${vpcId}`,
    'securityGroupIds[sg-0123456789abcdef1]',
  ],
  [
    'private DNS',
    vpc({ ...sameGroups, privateDnsEnabled: true }),
    `ServiceNetworkVpcAssociation net/${vpcId}`,
    'privateDnsEnabled',
  ],
  [
    'the preference of private DNS',
    vpc({ ...sameGroups, privateDnsEnabled: true, dnsOptions: { privateDnsPreference: 'ALL_DOMAINS' } }),
    `ServiceNetworkVpcAssociation net/${vpcId}`,
    'dnsOptions.privateDnsPreference',
  ],
  [
    'authType of the service',
    (client, ids) =>
      client.send(new lattice.UpdateServiceCommand({ serviceIdentifier: service(ids), authType: 'NONE' })),
    'Service shop-example-com',
    'authType',
  ],
  [
    'certificate',
    (client, ids) =>
      client.send(
        new lattice.UpdateServiceCommand({
          serviceIdentifier: service(ids),
          certificateArn: 'arn:aws:acm:us-west-2:123456789012:certificate/99999999-2222-3333-4444-555555555555',
        }),
      ),
    'Service shop-example-com',
    'certificateArn',
  ],
  [
    'idle timeout',
    (client, ids) =>
      client.send(new lattice.UpdateServiceCommand({ serviceIdentifier: service(ids), idleTimeoutSeconds: 120 })),
    'Service shop-example-com',
    'idleTimeoutSeconds',
  ],
  ['policy of the service', policy('Service shop-example-com'), 'AuthPolicy Service/shop-example-com', 'policy'],
  [
    'policy of the service deleted',
    (client, ids) => client.send(new lattice.DeleteAuthPolicyCommand({ resourceIdentifier: service(ids) })),
    'AuthPolicy Service/shop-example-com',
    'policy',
  ],
  [
    'destination of the logs',
    (client, ids) =>
      client.send(
        new lattice.UpdateAccessLogSubscriptionCommand({
          accessLogSubscriptionIdentifier: ids.get('AccessLogSubscription shop-example-com/logs')?.id,
          destinationArn: 'arn:aws:logs:us-west-2:123456789012:log-group:other:*',
        }),
      ),
    'AccessLogSubscription shop-example-com/logs',
    'destinationArn',
  ],
  [
    'default action',
    (client, ids) =>
      client.send(
        new lattice.UpdateListenerCommand({ ...listener(ids), defaultAction: { fixedResponse: { statusCode: 500 } } }),
      ),
    'Listener shop-example-com/https-443',
    'defaultAction',
  ],
  [
    'priority',
    (client, ids) => client.send(new lattice.UpdateRuleCommand({ ...rule(ids), priority: 30 })),
    inRule,
    'priority',
  ],
  ['method', match({ ...cart, method: 'POST' }), inRule, 'match.method'],
  ['no method', match({ pathMatch: cart.pathMatch, headerMatches: cart.headerMatches }), inRule, 'match.method'],
  ['path', match({ ...cart, pathMatch: { match: { exact: '/c' }, caseSensitive: true } }), inRule, 'match.path'],
  [
    'kind of path',
    match({ ...cart, pathMatch: { match: { prefix: '/cart' }, caseSensitive: true } }),
    inRule,
    'match.path',
  ],
  ['case of the path', match({ ...cart, pathMatch: { match: { exact: '/cart' } } }), inRule, 'match.path'],
  ['no headers', match({ method: 'GET', pathMatch: cart.pathMatch }), inRule, 'match.headers[x-canary]'],
  [
    'value of a header',
    match({ ...cart, headerMatches: [{ name: 'x-canary', match: { contains: 'true' }, caseSensitive: true }] }),
    inRule,
    'match.headers[x-canary]',
  ],
  [
    'case of a header',
    match({ ...cart, headerMatches: [{ name: 'x-canary', match: { exact: 'true' }, caseSensitive: false }] }),
    inRule,
    'match.headers[x-canary]',
  ],
  [
    'a header more',
    match({ ...cart, headerMatches: [...(cart.headerMatches ?? []), { name: 'x-b', match: { prefix: 'b' } }] }),
    inRule,
    'match.headers[x-b]',
  ],
  [
    'weights',
    shares((ids) => [
      { targetGroupIdentifier: group(ids, 'shop-cart'), weight: 1 },
      { targetGroupIdentifier: group(ids), weight: 1 },
    ]),
    inRule,
    'weights[shop/cart:80]',
  ],
  [
    'a group less',
    shares((ids) => [{ targetGroupIdentifier: group(ids, 'shop-cart'), weight: 9 }]),
    inRule,
    'weights[shop/web:80]',
  ],
  [
    'kind of action',
    (client, ids) =>
      client.send(new lattice.UpdateRuleCommand({ ...rule(ids), action: { fixedResponse: { statusCode: 404 } } })),
    inRule,
    'action',
  ],
  ['health check off', health({ enabled: false }), 'TargetGroup shop-web', 'healthCheck.enabled'],
  ['health check protocol', health({ protocol: 'HTTPS' }), 'TargetGroup shop-web', 'healthCheck.protocol'],
  ['health check version', health({ protocolVersion: 'HTTP2' }), 'TargetGroup shop-web', 'healthCheck.protocolVersion'],
  ['health check port', health({ port: 9000 }), 'TargetGroup shop-web', 'healthCheck.port'],
  ['health check path', health({ path: '/up' }), 'TargetGroup shop-web', 'healthCheck.path'],
  ...(
    [
      ['healthCheckIntervalSeconds', 60],
      ['healthCheckTimeoutSeconds', 10],
      ['healthyThresholdCount', 3],
      ['unhealthyThresholdCount', 3],
    ] as const
  ).map(([name, value]) => [name, health({ [name]: value }), 'TargetGroup shop-web', `healthCheck.${name}`] as const),
  [
    'health check codes',
    health({ matcher: { httpCode: '200-299' } }),
    'TargetGroup shop-web',
    'healthCheck.matcher.httpCode',
  ],
  [
    'a target more',
    (client, ids) =>
      client.send(
        new lattice.RegisterTargetsCommand({
          targetGroupIdentifier: group(ids),
          targets: [{ id: '10.0.0.9', port: 8080 }],
        }),
      ),
    'TargetGroup shop-web',
    'targets[10.0.0.9:8080]',
  ],
  [
    'a target less',
    (client, ids) =>
      client.send(
        new lattice.DeregisterTargetsCommand({
          targetGroupIdentifier: group(ids),
          targets: [{ id: '10.0.0.1', port: 8080 }],
        }),
      ),
    'TargetGroup shop-web',
    'targets[10.0.0.1:8080]',
  ],
  ...wanted.resources.flatMap((one) => {
    if (one.kind === 'AuthPolicy') return [];
    const place =
      one.kind === 'Rule' ? `${one.service}/${one.listener}/` : one.kind === 'Listener' ? `${one.service}/` : '';
    const key = `${one.kind} ${place}${one.name}`;
    return [
      [`tag of ${key}`, tag(key), key, 'tags[team]'] as const,
      [`tag less of ${key}`, untag(key), key, 'tags[team]'] as const,
    ];
  }),
];

describe('a change out of band is reported', () => {
  test.each(drifts)('%s', async (_, touch, key, path) => {
    const { url, client, ids, mutating } = await openStack();
    await touch(client, ids);
    const before = await mutating();
    const { plan } = await planAgainst(url, wanted);
    expect(plan.changes.map((change) => change.key)).toEqual([key]);
    expect(plan.changes[0]?.fields.map((field) => field.path)).toContain(path);
    expect(plan.unchanged).toBe(wanted.resources.length - 1);
    expect(await mutating()).toEqual(before);
  });
});

describe('a change that means nothing is not reported', () => {
  const same: readonly (readonly [string, Touch])[] = [
    [
      'weights in the same proportion',
      shares((ids) => [
        { targetGroupIdentifier: group(ids), weight: 100 },
        { targetGroupIdentifier: group(ids, 'shop-cart'), weight: 900 },
      ]),
    ],
    [
      'another order and case of header names',
      match({ ...cart, headerMatches: [{ name: 'X-Canary', match: { exact: 'true' }, caseSensitive: true }] }),
    ],
    ['a health check that asks for the defaults', health({ healthyThresholdCount: 0, path: '/' })],
    [
      'a tag of somebody else',
      (client, ids) =>
        client.send(
          new lattice.TagResourceCommand({
            resourceArn: ids.get('Service shop-example-com')?.arn,
            tags: { cost: '7' },
          }),
        ),
    ],
    [
      'the same policy written otherwise',
      (client, ids) =>
        client.send(
          new lattice.PutAuthPolicyCommand({
            resourceIdentifier: service(ids),
            policy:
              '{ "Statement": [{"Resource": "*", "Action": "vpc-lattice-svcs:Invoke", "Principal": "*", "Effect": "Allow"}], "Version": "2012-10-17"}',
          }),
        ),
    ],
  ];
  test.each(same)('%s', async (_, touch) => {
    const { url, client, ids } = await openStack();
    await touch(client, ids);
    expect((await planAgainst(url, wanted)).plan.changes).toEqual([]);
  });
});
