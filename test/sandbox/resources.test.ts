import * as lattice from '@aws-sdk/client-vpc-lattice';
import { describe, expect, test } from 'vitest';
import { failureOf } from './failure.ts';
import { openSandbox } from './harness.ts';
import { forward, notFound, scene, vpcId } from './world.ts';

describe('service networks', () => {
  test('are made, read, changed and taken down', async () => {
    const { client } = await openSandbox();
    const { id, arn } = await scene(client).network('net', { tags: { team: 'a' } });
    expect(id).toMatch(/^sn-0[0-9a-f]{16}$/);
    expect(arn).toBe(`arn:aws:vpc-lattice:us-west-2:123456789012:servicenetwork/${id}`);
    const got = await client.send(new lattice.GetServiceNetworkCommand({ serviceNetworkIdentifier: arn }));
    expect(got).toMatchObject({ name: 'net', authType: 'NONE', numberOfAssociatedVPCs: 0 });
    expect(got.createdAt?.toISOString()).toBe('2026-01-01T00:00:00.000Z');
    await client.send(new lattice.UpdateServiceNetworkCommand({ serviceNetworkIdentifier: id, authType: 'AWS_IAM' }));
    const { items } = await client.send(new lattice.ListServiceNetworksCommand({}));
    expect(items?.map(({ name }) => name)).toEqual(['net']);
    await client.send(new lattice.DeleteServiceNetworkCommand({ serviceNetworkIdentifier: id }));
    const again = client.send(new lattice.GetServiceNetworkCommand({ serviceNetworkIdentifier: id }));
    expect(await failureOf(again, { resourceId: id, resourceType: 'SERVICE_NETWORK' })).toBe(
      'ResourceNotFoundException',
    );
  });

  test('are not found by name', async () => {
    const { client } = await openSandbox();
    await scene(client).network('net');
    const got = client.send(new lattice.GetServiceNetworkCommand({ serviceNetworkIdentifier: 'net' }));
    expect(await failureOf(got, { reason: 'fieldValidationFailed' })).toBe('ValidationException');
  });
});

describe('services', () => {
  test('have a domain, defaults, and a name that nobody else has', async () => {
    const { client } = await openSandbox();
    const make = scene(client);
    const { id } = await make.service('shop', { customDomainName: 'shop.example.com' });
    const got = await client.send(new lattice.GetServiceCommand({ serviceIdentifier: id }));
    expect(got).toMatchObject({ authType: 'NONE', idleTimeoutSeconds: 60, customDomainName: 'shop.example.com' });
    expect(got.dnsEntry?.domainName).toMatch(/^shop-0[0-9a-f]{16}\.[^.]+\.vpc-lattice-svcs\.us-west-2\.on\.aws$/);
    expect(await failureOf(make.service('shop'), { resourceId: id, resourceType: 'SERVICE' })).toBe(
      'ConflictException',
    );
  });

  test('change in part, and an empty certificate takes it off', async () => {
    const { client } = await openSandbox();
    const certificateArn = 'arn:aws:acm:us-west-2:123456789012:certificate/abc';
    const { id: serviceIdentifier } = await scene(client).service('shop', { certificateArn });
    const update = (change: Partial<lattice.UpdateServiceRequest>) =>
      client.send(new lattice.UpdateServiceCommand({ serviceIdentifier, ...change }));
    await update({ idleTimeoutSeconds: 600 });
    const get = () => client.send(new lattice.GetServiceCommand({ serviceIdentifier }));
    expect(await get()).toMatchObject({ certificateArn, idleTimeoutSeconds: 600 });
    await update({ certificateArn: '' });
    expect((await get()).certificateArn).toBeUndefined();
    expect((await get()).idleTimeoutSeconds).toBe(600);
  });

  test('get another id and another domain when they are made anew', async () => {
    const { client } = await openSandbox();
    const make = scene(client);
    const first = await make.service('shop');
    await client.send(new lattice.DeleteServiceCommand({ serviceIdentifier: first.id }));
    const second = await make.service('shop');
    expect(second.id).not.toBe(first.id);
  });

  test('take everything that is theirs along', async () => {
    const { client, dump } = await openSandbox();
    const make = scene(client);
    const service = await make.service();
    const listener = await make.listener(service.id);
    await make.rule({ serviceIdentifier: service.id, listenerIdentifier: listener.id }, 1, { tags: { a: 'b' } });
    const policy = '{"Statement":[{"Effect":"Allow"}]}';
    await client.send(new lattice.PutAuthPolicyCommand({ resourceIdentifier: service.id, policy }));
    await client.send(new lattice.DeleteServiceCommand({ serviceIdentifier: service.id }));
    expect(Object.values(await dump()).flat()).toEqual([]);
  });
});

describe('listeners', () => {
  test('have the port of their protocol, and share neither name nor port', async () => {
    const { client } = await openSandbox();
    const make = scene(client);
    const { id } = await make.service();
    const http = await make.listener(id);
    const got = await client.send(
      new lattice.GetListenerCommand({ serviceIdentifier: id, listenerIdentifier: http.arn }),
    );
    expect(got).toMatchObject({ port: 80, protocol: 'HTTP', serviceId: id, defaultAction: notFound });
    expect(await failureOf(make.listener(id, { port: 81 }))).toBe('ConflictException');
    expect(await failureOf(make.listener(id, { name: 'other' }))).toBe('ConflictException');
    await make.listener(id, { name: 'https', protocol: 'HTTPS' });
    const third = make.listener(id, { name: 'third', port: 8080 });
    expect(await failureOf(third, { quotaCode: 'L-D64E952E', serviceCode: 'vpc-lattice' })).toBe(
      'ServiceQuotaExceededException',
    );
    const { items } = await client.send(new lattice.ListListenersCommand({ serviceIdentifier: id }));
    expect(items?.map(({ name, port }) => [name, port])).toEqual([
      ['http', 80],
      ['https', 443],
    ]);
    expect(items?.[0]).not.toHaveProperty('defaultAction');
  });

  test('change their default action only', async () => {
    const { client } = await openSandbox();
    const make = scene(client);
    const { id: serviceIdentifier } = await make.service();
    const { id: listenerIdentifier } = await make.listener(serviceIdentifier);
    const group = await make.group();
    const place = { serviceIdentifier, listenerIdentifier };
    await client.send(new lattice.UpdateListenerCommand({ ...place, defaultAction: forward([group.arn]) }));
    const { defaultAction } = await client.send(new lattice.GetListenerCommand(place));
    expect(defaultAction).toEqual(forward([group.id, 100]));
    await client.send(new lattice.DeleteListenerCommand(place));
    expect(await failureOf(client.send(new lattice.GetListenerCommand(place)))).toBe('ResourceNotFoundException');
  });

  test('pass TLS through only for a custom domain, to TCP groups, without rules', async () => {
    const { client } = await openSandbox();
    const make = scene(client);
    const plain = await make.service('plain');
    const named = await make.service('named', { customDomainName: 'a.example.com' });
    const tcp = await make.group('tcp', { config: { port: 443, protocol: 'TCP', vpcIdentifier: vpcId } });
    const tls = { name: 'tls', protocol: 'TLS_PASSTHROUGH', defaultAction: forward([tcp.id]) } as const;
    expect(await failureOf(make.listener(plain.id, tls))).toBe('ValidationException');
    expect(await failureOf(make.listener(named.id, { ...tls, defaultAction: notFound }))).toBe('ValidationException');
    expect(await failureOf(make.listener(named.id, { defaultAction: forward([tcp.id]) }))).toBe('ValidationException');
    const { id } = await make.listener(named.id, tls);
    expect(await failureOf(make.rule({ serviceIdentifier: named.id, listenerIdentifier: id }, 1))).toBe(
      'ValidationException',
    );
  });
});

describe('target groups', () => {
  test('have their defaults written out', async () => {
    const { client } = await openSandbox();
    const { id } = await scene(client).group('web', { config: { protocol: 'HTTPS', vpcIdentifier: vpcId } });
    const got = await client.send(new lattice.GetTargetGroupCommand({ targetGroupIdentifier: id }));
    expect(got.config).toEqual({
      port: 443,
      protocol: 'HTTPS',
      protocolVersion: 'HTTP1',
      ipAddressType: 'IPV4',
      vpcIdentifier: vpcId,
      healthCheck: {
        enabled: true,
        protocol: 'HTTP',
        protocolVersion: 'HTTP1',
        path: '/',
        healthCheckIntervalSeconds: 30,
        healthCheckTimeoutSeconds: 5,
        healthyThresholdCount: 5,
        unhealthyThresholdCount: 2,
        matcher: { httpCode: '200' },
      },
    });
  });

  test.each([
    ['a function with a port', { type: 'LAMBDA', config: { port: 80 } }],
    ['a function with a health check', { type: 'LAMBDA', config: { healthCheck: {} } }],
    ['a load balancer with a health check', { type: 'ALB', config: { vpcIdentifier: vpcId, healthCheck: {} } }],
    ['a load balancer with HTTP/2', { type: 'ALB', config: { vpcIdentifier: vpcId, protocolVersion: 'HTTP2' } }],
    ['addresses of instances', { type: 'INSTANCE', config: { vpcIdentifier: vpcId, ipAddressType: 'IPV4' } }],
    ['no VPC', { type: 'IP', config: { port: 80 } }],
    [
      'TCP with a version',
      { type: 'IP', config: { vpcIdentifier: vpcId, protocol: 'TCP', port: 1, protocolVersion: 'HTTP1' } },
    ],
    [
      'TCP with a half health check',
      { type: 'IP', config: { vpcIdentifier: vpcId, protocol: 'TCP', port: 1, healthCheck: { enabled: true } } },
    ],
    ['a health check over TCP', { type: 'IP', config: { vpcIdentifier: vpcId, healthCheck: { protocol: 'TCP' } } }],
    [
      'an interval of 4 s',
      { type: 'IP', config: { vpcIdentifier: vpcId, healthCheck: { healthCheckIntervalSeconds: 4 } } },
    ],
    ['a threshold of 1', { type: 'IP', config: { vpcIdentifier: vpcId, healthCheck: { healthyThresholdCount: 1 } } }],
    ['the code 500', { type: 'IP', config: { vpcIdentifier: vpcId, healthCheck: { matcher: { httpCode: '500' } } } }],
  ] as const)('are refused with %s', async (_, group) => {
    const { client } = await openSandbox();
    expect(await failureOf(scene(client).group('web', group), { reason: 'other' })).toBe('ValidationException');
  });

  test('keep what an update of the health check leaves out, and 0 is the default', async () => {
    const { client } = await openSandbox();
    const { id: targetGroupIdentifier } = await scene(client).group();
    const update = async (healthCheck: lattice.HealthCheckConfig) =>
      (await client.send(new lattice.UpdateTargetGroupCommand({ targetGroupIdentifier, healthCheck }))).config
        ?.healthCheck;
    await update({ path: '/up', healthCheckIntervalSeconds: 10 });
    expect(await update({ healthyThresholdCount: 3 })).toMatchObject({ path: '/up', healthCheckIntervalSeconds: 10 });
    expect(await update({ healthCheckIntervalSeconds: 0 })).toMatchObject({
      path: '/up',
      healthCheckIntervalSeconds: 30,
    });
  });

  test('are listed by VPC and by type, with the service that uses them', async () => {
    const { client } = await openSandbox();
    const make = scene(client);
    const group = await make.group('web');
    await make.group('function', { type: 'LAMBDA', config: {} });
    const service = await make.service();
    await make.listener(service.id, { defaultAction: forward([group.id]) });
    const list = async (filter: lattice.ListTargetGroupsRequest) =>
      (await client.send(new lattice.ListTargetGroupsCommand(filter))).items ?? [];
    expect((await list({})).map(({ name }) => name)).toEqual(['web', 'function']);
    expect((await list({ targetGroupType: 'LAMBDA' })).map(({ name }) => name)).toEqual(['function']);
    expect(await list({ vpcIdentifier: vpcId })).toMatchObject([
      { name: 'web', serviceArns: [service.arn], port: 8080 },
    ]);
  });

  test('serve one service, and stay while they are used', async () => {
    const { client } = await openSandbox();
    const make = scene(client);
    const group = await make.group();
    const [shop, blog] = [await make.service('shop'), await make.service('blog')];
    const listener = await make.listener(shop.id, { defaultAction: forward([group.id]) });
    expect(await failureOf(make.listener(blog.id, { defaultAction: forward([group.id]) }))).toBe('ConflictException');
    const remove = () => client.send(new lattice.DeleteTargetGroupCommand({ targetGroupIdentifier: group.id }));
    expect(await failureOf(remove(), { resourceId: group.id })).toBe('ConflictException');
    const place = { serviceIdentifier: shop.id, listenerIdentifier: listener.id };
    await client.send(new lattice.UpdateListenerCommand({ ...place, defaultAction: notFound }));
    expect((await remove()).status).toBe('DELETE_IN_PROGRESS');
  });
});
