import * as lattice from '@aws-sdk/client-vpc-lattice';
import { describe, expect, test } from 'vitest';
import { describeOwner } from '../../src/lattice/owner.ts';
import { openSandbox } from '../sandbox/harness.ts';
import { scene } from '../sandbox/world.ts';
import { createStack } from './create-stack.ts';
import { planAgainst } from './plan-against.ts';
import { having, wanted } from './wanted.ts';

// What is not of the stack is shown as what it is, and no plan touches it.

const owners = [
  ['untagged', {}, 'without a tag of latticectl'],
  ['another stack', { 'latticectl/stack': 'other' }, 'of the stack other'],
  [
    'the AWS controller',
    { 'application-networking.k8s.aws/ManagedBy': '123456789012/blue/vpc-1' },
    'of the AWS Gateway API Controller of 123456789012/blue/vpc-1',
  ],
  [
    'the AWS controller, with our mark',
    { 'latticectl/stack': 'shop', 'application-networking.k8s.aws/ManagedBy': '123456789012/blue/vpc-1' },
    'of the AWS Gateway API Controller of 123456789012/blue/vpc-1',
  ],
] as const;

describe.each(owners)('a service of %s that has the name of a wanted one', (_, tags, owner) => {
  test('is left alone, and so is everything that belongs into it', async () => {
    const { url, client } = await openSandbox();
    await scene(client).service('shop-example-com', { tags });
    const { plan } = await planAgainst(url, wanted, { prune: true });
    expect(plan.problems.map((one) => one.kind)).toEqual(['name-taken']);
    expect(plan.foreign.map((one) => [one.key, describeOwner(one.owner)])).toEqual([
      ['Service shop-example-com', owner],
    ]);
    const parts = [
      'Service',
      'AuthPolicy',
      'AccessLogSubscription',
      'Listener',
      'Rule',
      'Rule',
      'ServiceNetworkServiceAssociation',
    ];
    expect(plan.blocked.map((key) => key.split(' ')[0])).toEqual(parts);
    expect(plan.changes.every(({ op }) => op === 'create')).toBe(true);
    expect(plan.changes).toHaveLength(wanted.resources.length - parts.length);
  });
});

test.each(owners)('a target group of %s in the way blocks the rules that lead to it', async (_, tags) => {
  const { url, client } = await openSandbox();
  await scene(client).group('shop-web', { tags });
  const { plan } = await planAgainst(url, wanted);
  expect(plan.blocked).toEqual(['TargetGroup shop-web', 'Rule shop-example-com/https-443/exact-cart']);
});

test.each(owners)('a rule of %s in a listener of ours is named, and is in no plan', async (_, tags, owner) => {
  const { url, client } = await openSandbox();
  const ids = await createStack(client, wanted);
  const place = {
    serviceIdentifier: ids.get('Service shop-example-com')?.id ?? '',
    listenerIdentifier: ids.get('Listener shop-example-com/https-443')?.id ?? '',
  };
  await scene(client).rule(place, 5, { tags });
  for (const prune of [false, true]) {
    const { plan } = await planAgainst(url, wanted, { prune });
    expect(plan.changes).toEqual([]);
    expect(plan.problems).toMatchObject([{ kind: 'intruder', by: { name: 'rule5', priority: 5 } }]);
    expect(plan.foreign.map((one) => describeOwner(one.owner))).toEqual([owner]);
  }
  // Deleting the listener would take the rule along.
  const gone = having((one) => (one.kind === 'Listener' || one.kind === 'Rule' ? undefined : one));
  const { plan } = await planAgainst(url, gone, { prune: true });
  expect(plan.changes.map(({ op, key }) => [op, key])).toEqual([
    ['delete', 'Rule shop-example-com/https-443/exact-cart'],
    ['delete', 'Rule shop-example-com/https-443/prefix-hook'],
    ['orphaned', 'Listener shop-example-com/https-443'],
  ]);
});

test('resources of others that are in nobody’s way are counted, and no orphans', async () => {
  const { url, client } = await openSandbox();
  await createStack(client, wanted);
  const { network, service, group } = scene(client);
  await network('theirs');
  await service('theirs', { tags: { 'latticectl/stack': 'other' } });
  await group('theirs', { tags: { 'application-networking.k8s.aws/ManagedBy': 'x' } });
  const { plan } = await planAgainst(url, wanted, { prune: true });
  expect(plan.changes).toEqual([]);
  expect(plan.problems).toEqual([]);
  expect(plan.foreign.map(({ key }) => key)).toEqual(['Service theirs', 'ServiceNetwork theirs', 'TargetGroup theirs']);
});

test('a network that another account shares is used by name or ARN, and never changed', async () => {
  const { url, client, clientOf } = await openSandbox();
  const owner = clientOf('210987654321');
  const shared = await scene(owner).network('shared', { tags: { 'latticectl/stack': 'shop' } });
  const statement = { Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: '*', Resource: '*' };
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await owner.send(new lattice.PutResourcePolicyCommand({ resourceArn: shared.arn, policy }));
  await scene(client).group('own');
  for (const arn of [undefined, shared.arn]) {
    const name = arn === undefined ? 'shared' : (arn.split('/').at(-1) ?? '');
    const into = having((one) => {
      if (one.kind === 'ServiceNetwork')
        return { kind: one.kind, name, create: false, ...(arn === undefined ? {} : { arn }) };
      if (one.kind === 'ServiceNetworkServiceAssociation') {
        return { ...one, name: `${name}/${one.service}`, serviceNetwork: name };
      }
      return one.kind === 'ServiceNetworkVpcAssociation' || (one.kind === 'AuthPolicy' && one.of === 'ServiceNetwork')
        ? undefined
        : one;
    });
    const { plan } = await planAgainst(url, into, { prune: true });
    expect(plan.problems).toEqual([]);
    expect(plan.changes.map(({ key }) => key)).toContain(`ServiceNetworkServiceAssociation ${name}/shop-example-com`);
    expect(plan.changes.map(({ key }) => key)).not.toContain(`ServiceNetwork ${name}`);
    const found = plan.foreign.find(({ key }) => key === 'ServiceNetwork shared');
    expect(found?.owner).toEqual({ kind: 'shared', account: '210987654321' });
  }
  const taking = having((one) => (one.kind === 'ServiceNetwork' ? { ...one, name: 'shared' } : undefined));
  expect((await planAgainst(url, taking, { prune: true })).plan).toMatchObject({
    changes: [],
    blocked: ['ServiceNetwork shared'],
  });
});

test('what the settings refer to must be there', async () => {
  const { url } = await openSandbox();
  const away = having((one) => {
    if (one.kind === 'ServiceNetwork') return { kind: one.kind, name: 'net', create: false };
    return one.kind === 'TargetGroup' && one.name === 'shop-web'
      ? { kind: 'ExternalTargetGroup', name: 'shop-web', serviceExport: 'shop/web', origin: one.origin }
      : one;
  });
  const { plan } = await planAgainst(url, away);
  expect(plan.problems).toMatchObject([
    { kind: 'missing', what: 'the service network net' },
    { kind: 'missing', what: 'a target group of the ServiceExport shop/web' },
  ]);
  const kinds = new Set(plan.changes.map(({ kind }) => kind));
  expect(kinds.has('ServiceNetworkServiceAssociation')).toBe(false);
  expect(plan.blocked).toContain('Rule shop-example-com/https-443/exact-cart');
});

test('a target group of the controller is found by the ServiceExport that it was made for', async () => {
  const { url, client } = await openSandbox();
  const prefix = 'application-networking.k8s.aws/';
  await scene(client).group('k8s-shop-web-abc', {
    tags: {
      [`${prefix}ManagedBy`]: '123456789012/blue/vpc-1',
      [`${prefix}SourceTypeKey`]: 'ServiceExport',
      [`${prefix}ServiceNamespace`]: 'shop',
      [`${prefix}ServiceName`]: 'web',
    },
  });
  const external = having((one) =>
    one.kind === 'TargetGroup' && one.name === 'shop-web'
      ? { kind: 'ExternalTargetGroup', name: 'shop-web', serviceExport: 'shop/web', origin: one.origin }
      : one,
  );
  const { plan } = await planAgainst(url, external);
  expect(plan.problems).toEqual([]);
  const rule = plan.changes.find(({ key }) => key.endsWith('exact-cart'));
  expect(rule?.fields.map(({ path }) => path)).toContain('weights[k8s-shop-web-abc]');
  expect(plan.changes.some(({ kind, name }) => kind === 'TargetGroup' && name.includes('web'))).toBe(false);
});
