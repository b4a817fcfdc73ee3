import * as lattice from '@aws-sdk/client-vpc-lattice';
import { describe, expect, test } from 'vitest';
import { failureOf } from './failure.ts';
import { openSandbox } from './harness.ts';
import { scene } from './world.ts';

const policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}';

describe('auth policies', () => {
  test('are active while their resource asks for them', async () => {
    const { client } = await openSandbox();
    const { id: resourceIdentifier } = await scene(client).service();
    const put = await client.send(new lattice.PutAuthPolicyCommand({ resourceIdentifier, policy }));
    expect(put.state).toBe('Inactive');
    await client.send(new lattice.UpdateServiceCommand({ serviceIdentifier: resourceIdentifier, authType: 'AWS_IAM' }));
    const get = () => client.send(new lattice.GetAuthPolicyCommand({ resourceIdentifier }));
    expect(await get()).toMatchObject({ policy, state: 'Active' });
    await client.send(new lattice.DeleteAuthPolicyCommand({ resourceIdentifier }));
    expect(await failureOf(get())).toBe('ResourceNotFoundException');
  });

  test.each([
    ['no JSON', 'allow'],
    ['no statements', '{}'],
    ['a newline', policy.replace(',', ',\n')],
    ['more than 10 KB', policy.replace('*', 'x'.repeat(10_240))],
  ])('are refused with %s', async (_, text) => {
    const { client } = await openSandbox();
    const { id: resourceIdentifier } = await scene(client).network();
    const put = client.send(new lattice.PutAuthPolicyCommand({ resourceIdentifier, policy: text }));
    expect(await failureOf(put, { reason: 'other' })).toBe('ValidationException');
  });
});

describe('access logs', () => {
  const logs = 'arn:aws:logs:us-west-2:123456789012:log-group:a:*';
  const bucket = 'arn:aws:s3:::a-bucket';

  test('go to one destination of each kind', async () => {
    const { client } = await openSandbox();
    const { id: resourceIdentifier } = await scene(client).network();
    const subscribe = (destinationArn: string) =>
      client.send(new lattice.CreateAccessLogSubscriptionCommand({ resourceIdentifier, destinationArn }));
    const { id: accessLogSubscriptionIdentifier, serviceNetworkLogType } = await subscribe(logs);
    expect(serviceNetworkLogType).toBe('SERVICE');
    expect(await failureOf(subscribe(`${logs}b`))).toBe('ConflictException');
    expect(await failureOf(subscribe('arn:aws:sqs:us-west-2:123456789012:queue'))).toBe('ValidationException');
    await subscribe(bucket);
    const update = (destinationArn: string) =>
      client.send(new lattice.UpdateAccessLogSubscriptionCommand({ accessLogSubscriptionIdentifier, destinationArn }));
    expect((await update(`${logs}c`)).destinationArn).toBe(`${logs}c`);
    expect(await failureOf(update(bucket))).toBe('ValidationException');
    const list = async () =>
      (await client.send(new lattice.ListAccessLogSubscriptionsCommand({ resourceIdentifier }))).items?.map(
        ({ destinationArn }) => destinationArn,
      );
    expect(await list()).toEqual([`${logs}c`, bucket]);
    await client.send(new lattice.DeleteAccessLogSubscriptionCommand({ accessLogSubscriptionIdentifier }));
    expect(await list()).toEqual([bucket]);
    const get = client.send(new lattice.GetAccessLogSubscriptionCommand({ accessLogSubscriptionIdentifier }));
    expect(await failureOf(get)).toBe('ResourceNotFoundException');
  });
});

describe('tags', () => {
  test('are set with the resource, added and taken off', async () => {
    const { client } = await openSandbox();
    const { arn: resourceArn } = await scene(client).service('shop', { tags: { a: '1', b: '2' } });
    await client.send(new lattice.TagResourceCommand({ resourceArn, tags: { b: '3', c: '' } }));
    await client.send(new lattice.UntagResourceCommand({ resourceArn, tagKeys: ['a', 'none'] }));
    const { tags } = await client.send(new lattice.ListTagsForResourceCommand({ resourceArn }));
    expect(tags).toEqual({ b: '3', c: '' });
  });

  test('are at most 50, and none starts with aws:', async () => {
    const { client } = await openSandbox();
    const make = scene(client);
    const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, '']));
    expect(await failureOf(make.service('shop', { tags: tags(51) }))).toBe('ValidationException');
    expect(await failureOf(make.service('shop', { tags: { 'aws:x': '' } }))).toBe('ValidationException');
    const { arn: resourceArn } = await make.service('shop', { tags: tags(50) });
    const add = (more: Record<string, string>) =>
      client.send(new lattice.TagResourceCommand({ resourceArn, tags: more }));
    expect(await failureOf(add({ other: '' }))).toBe('ValidationException');
    await add({ k1: 'changed' });
  });

  test('need a resource', async () => {
    const { client } = await openSandbox();
    const { arn } = await scene(client).service();
    const resourceArn = arn.replace(/svc-.*/, 'svc-00000000000000000');
    const list = client.send(new lattice.ListTagsForResourceCommand({ resourceArn }));
    expect(await failureOf(list)).toBe('ResourceNotFoundException');
  });
});

describe('other accounts', () => {
  test('see nothing, and what is shared without its tags', async () => {
    const sandbox = await openSandbox();
    const { client } = sandbox;
    const other = sandbox.clientOf('210987654321');
    const { arn } = await scene(client).network('net', { tags: { a: 'b' } });
    const list = async () => (await other.send(new lattice.ListServiceNetworksCommand({}))).items;
    const get = () => other.send(new lattice.GetServiceNetworkCommand({ serviceNetworkIdentifier: arn }));
    expect(await list()).toEqual([]);
    expect(await failureOf(get())).toBe('AccessDeniedException');
    const share = '{"Statement":{"Effect":"Allow","Principal":{"AWS":"210987654321"},"Action":"*"}}';
    await client.send(new lattice.PutResourcePolicyCommand({ resourceArn: arn, policy: share }));
    expect(await list()).toMatchObject([{ arn }]);
    expect((await get()).name).toBe('net');
    const tags = other.send(new lattice.ListTagsForResourceCommand({ resourceArn: arn }));
    expect(await failureOf(tags)).toBe('AccessDeniedException');
    const remove = other.send(new lattice.DeleteServiceNetworkCommand({ serviceNetworkIdentifier: arn }));
    expect(await failureOf(remove)).toBe('AccessDeniedException');
    const service = await scene(other).service('theirs');
    await scene(other).associate(arn, service.id);
    await client.send(new lattice.DeleteResourcePolicyCommand({ resourceArn: arn }));
    expect(await list()).toEqual([]);
  });

  test('and other regions have names of their own', async () => {
    const sandbox = await openSandbox();
    const here = await scene(sandbox.client).service();
    const there = await scene(sandbox.clientOf('any', 'eu-west-1')).service();
    const others = await scene(sandbox.clientOf('210987654321')).service();
    expect(new Set([here.id, there.id, others.id]).size).toBe(3);
    expect(there.arn).toContain(':eu-west-1:123456789012:');
  });
});
