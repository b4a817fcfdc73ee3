import * as lattice from '@aws-sdk/client-vpc-lattice';
import { describe, expect, test } from 'vitest';
import { failureOf } from './failure.ts';
import { openSandbox } from './harness.ts';
import { forward, scene, vpcId } from './world.ts';

async function openGroup(
  group: Partial<lattice.CreateTargetGroupRequest> = {},
  options: Parameters<typeof openSandbox>[0] = {},
) {
  const sandbox = await openSandbox(options);
  const { client } = sandbox;
  const make = scene(client);
  const { id: targetGroupIdentifier } = await make.group('web', group);
  sandbox.pass(options.delay ?? 0);
  return {
    ...sandbox,
    make,
    targetGroupIdentifier,
    register: (targets: lattice.Target[]) =>
      client.send(new lattice.RegisterTargetsCommand({ targetGroupIdentifier, targets })),
    deregister: (targets: lattice.Target[]) =>
      client.send(new lattice.DeregisterTargetsCommand({ targetGroupIdentifier, targets })),
    list: async (targets: lattice.Target[] = []) => {
      const { items = [] } = await client.send(new lattice.ListTargetsCommand({ targetGroupIdentifier, targets }));
      return items.map(({ id, port, status }) => `${id}:${port ?? ''} ${status}`);
    },
    remove: () => client.send(new lattice.DeleteTargetGroupCommand({ targetGroupIdentifier })),
  };
}

describe('targets', () => {
  test('have the port of their group, and are registered once', async () => {
    const { register, list } = await openGroup();
    await register([{ id: '10.0.0.1' }, { id: '10.0.0.1', port: 9090 }]);
    await register([{ id: '10.0.0.1', port: 8080 }]);
    expect(await list()).toEqual(['10.0.0.1:8080 UNUSED', '10.0.0.1:9090 UNUSED']);
    expect(await list([{ id: '10.0.0.1', port: 9090 }])).toEqual(['10.0.0.1:9090 UNUSED']);
  });

  test('that do not fit are reported, and the others are registered', async () => {
    const { register, list } = await openGroup();
    const { successful, unsuccessful } = await register([{ id: '10.0.0.1' }, { id: '8.8.8.8' }, { id: 'i-12345678' }]);
    expect(successful).toEqual([{ id: '10.0.0.1', port: 8080 }]);
    expect(unsuccessful?.map(({ id, failureCode }) => [id, failureCode])).toEqual([
      ['8.8.8.8', 'InvalidTarget'],
      ['i-12345678', 'InvalidTarget'],
    ]);
    expect(await list()).toHaveLength(1);
  });

  const lambda = 'arn:aws:lambda:us-west-2:123456789012:function:f';
  const alb = 'arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/app/a/0123456789abcdef';
  const config = { port: 80, vpcIdentifier: vpcId };

  test.each([
    ['a second function', { type: 'LAMBDA', config: {} }, [{ id: lambda }], { id: `${lambda}2` }],
    ['a function with a port', { type: 'LAMBDA', config: {} }, [], { id: lambda, port: 80 }],
    ['a load balancer on another port', { type: 'ALB', config }, [], { id: alb, port: 81 }],
    ['an instance by address', { type: 'INSTANCE', config }, [{ id: 'i-12345678' }], { id: '10.0.0.1' }],
    [
      'an IPv4 address among IPv6',
      { config: { ...config, ipAddressType: 'IPV6' } },
      [{ id: 'fd00::1' }],
      { id: '10.0.0.1' },
    ],
  ] as const)('do not take %s', async (_, group, fine, target) => {
    const { register } = await openGroup(group);
    if (fine.length > 0) expect((await register([...fine])).unsuccessful).toEqual([]);
    expect((await register([target])).unsuccessful).toHaveLength(1);
  });

  test('are healthy after a while, once something forwards to them', async () => {
    const { register, list, make, pass, targetGroupIdentifier } = await openGroup({}, { delay: 1000 });
    await register([{ id: '10.0.0.1' }]);
    expect(await list()).toEqual(['10.0.0.1:8080 UNUSED']);
    const service = await make.service();
    pass(500);
    expect(await failureOf(make.listener(service.id))).toBe('ConflictException');
    pass(500);
    await make.listener(service.id, { defaultAction: forward([targetGroupIdentifier]) });
    expect(await list()).toEqual(['10.0.0.1:8080 HEALTHY']);
    await register([{ id: '10.0.0.2' }]);
    expect(await list([{ id: '10.0.0.2' }])).toEqual(['10.0.0.2:8080 INITIAL']);
  });

  test('drain before they are gone, and keep their group until then', async () => {
    const { register, deregister, list, pass, remove } = await openGroup({}, { delay: 1000 });
    await register([{ id: '10.0.0.1' }]);
    expect(await failureOf(remove(), { resourceType: 'TARGET_GROUP' })).toBe('ConflictException');
    const { unsuccessful } = await deregister([{ id: '10.0.0.1' }, { id: '10.0.0.9' }]);
    expect(unsuccessful?.map(({ id, failureCode }) => [id, failureCode])).toEqual([
      ['10.0.0.9', 'TargetNotRegistered'],
    ]);
    expect(await list()).toEqual(['10.0.0.1:8080 DRAINING']);
    expect(await failureOf(remove())).toBe('ConflictException');
    pass(1000);
    expect(await list()).toEqual([]);
    expect((await remove()).status).toBe('DELETE_IN_PROGRESS');
  });

  test('that drain can be registered anew', async () => {
    const { register, deregister, list, pass } = await openGroup({}, { delay: 1000 });
    await register([{ id: '10.0.0.1' }]);
    await deregister([{ id: '10.0.0.1' }]);
    await register([{ id: '10.0.0.1' }]);
    pass(5000);
    expect(await list()).toEqual(['10.0.0.1:8080 UNUSED']);
  });

  test('are load balancers of two services at most', async () => {
    const { client } = await openSandbox();
    const make = scene(client);
    const register = async (targetGroupIdentifier: string) =>
      client.send(new lattice.RegisterTargetsCommand({ targetGroupIdentifier, targets: [{ id: alb }] }));
    const places: { group: string; service: string }[] = [];
    for (const name of ['one', 'two', 'three']) {
      const group = (await make.group(name, { type: 'ALB', config: { ...config, protocol: 'HTTP' } })).id;
      places.push({ group, service: (await make.service(`shop-${name}`)).id });
      expect((await register(group)).unsuccessful).toEqual([]);
    }
    const [one, two, three] = places.map(({ group, service }) => ({
      listen: () => make.listener(service, { defaultAction: forward([group]) }),
      leave: () =>
        client.send(new lattice.DeregisterTargetsCommand({ targetGroupIdentifier: group, targets: [{ id: alb }] })),
      join: async () => (await register(group)).unsuccessful,
    }));
    await one?.listen();
    await two?.listen();
    expect(await failureOf(three?.listen() ?? Promise.resolve())).toBe('ServiceQuotaExceededException');
    await three?.leave();
    await three?.listen();
    expect(await three?.join()).toMatchObject([{ id: alb, failureCode: 'TooManyServices' }]);
    await one?.leave();
    expect(await three?.join()).toEqual([]);
  });

  test('have a quota', async () => {
    const { register, list } = await openGroup({}, { limits: { targetsPerTargetGroup: 1 } });
    const two = register([{ id: '10.0.0.1' }, { id: '10.0.0.2' }]);
    expect(await failureOf(two, { quotaCode: 'L-D71303F3' })).toBe('ServiceQuotaExceededException');
    expect(await list()).toEqual([]);
  });
});
