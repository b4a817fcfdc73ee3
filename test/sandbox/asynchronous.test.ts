import * as lattice from '@aws-sdk/client-vpc-lattice';
import { describe, expect, test } from 'vitest';
import { failureOf } from './failure.ts';
import { openSandbox } from './harness.ts';
import { forward, scene } from './world.ts';

describe('what takes time', () => {
  test('is in progress until it is over, and nothing can be done with it', async () => {
    const { client, pass } = await openSandbox({ delay: 1000 });
    const make = scene(client);
    const { id: serviceIdentifier } = await make.service();
    const status = async () => (await client.send(new lattice.GetServiceCommand({ serviceIdentifier }))).status;
    const update = () => client.send(new lattice.UpdateServiceCommand({ serviceIdentifier, authType: 'AWS_IAM' }));
    const remove = () => client.send(new lattice.DeleteServiceCommand({ serviceIdentifier }));
    pass(999);
    expect(await status()).toBe('CREATE_IN_PROGRESS');
    for (const call of [update, remove, () => make.listener(serviceIdentifier)]) {
      expect(await failureOf(call(), { resourceId: serviceIdentifier })).toBe('ConflictException');
    }
    pass(1);
    expect(await status()).toBe('ACTIVE');
    await update();
    await remove();
    expect(await status()).toBe('DELETE_IN_PROGRESS');
    expect((await remove()).status).toBe('DELETE_IN_PROGRESS');
    pass(1000);
    expect(await failureOf(status())).toBe('ResourceNotFoundException');
  });

  test('keeps a target group from being used', async () => {
    const { client, pass } = await openSandbox({ delays: { create: 10 } });
    const make = scene(client);
    const { id } = await make.service();
    pass(10);
    const group = await make.group();
    const listen = () => make.listener(id, { defaultAction: forward([group.id]) });
    expect(await failureOf(listen(), { resourceType: 'TARGET_GROUP' })).toBe('ConflictException');
    pass(10);
    await listen();
  });

  test('can fail, and is then deleted and made anew', async () => {
    const { client } = await openSandbox({ faults: [{ operation: 'CreateService', do: { failure: 'LIMIT' } }] });
    const make = scene(client);
    const { id: serviceIdentifier } = await make.service();
    const got = await client.send(new lattice.GetServiceCommand({ serviceIdentifier }));
    expect(got).toMatchObject({ status: 'CREATE_FAILED', failureCode: 'LIMIT' });
    expect(await failureOf(make.listener(serviceIdentifier))).toBe('ConflictException');
    expect(await failureOf(make.service())).toBe('ConflictException');
    await client.send(new lattice.DeleteServiceCommand({ serviceIdentifier }));
    await make.listener((await make.service()).id);
  });

  test('can fail to be deleted, and be deleted again', async () => {
    const { client } = await openSandbox({ faults: [{ operation: 'DeleteTargetGroup', do: { failure: 'BUSY' } }] });
    const { id: targetGroupIdentifier } = await scene(client).group();
    const remove = () => client.send(new lattice.DeleteTargetGroupCommand({ targetGroupIdentifier }));
    const get = () => client.send(new lattice.GetTargetGroupCommand({ targetGroupIdentifier }));
    await remove();
    expect(await get()).toMatchObject({ status: 'DELETE_FAILED', failureCode: 'BUSY' });
    await remove();
    expect(await failureOf(get())).toBe('ResourceNotFoundException');
  });

  test('is over in the dump', async () => {
    const { client, dump } = await openSandbox({ delay: 1000 });
    const make = scene(client);
    await make.service();
    await make.group();
    expect(await dump()).toMatchObject({ Service: [{ status: 'ACTIVE' }], TargetGroup: [{ status: 'ACTIVE' }] });
  });
});
