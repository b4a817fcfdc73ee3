import * as lattice from '@aws-sdk/client-vpc-lattice';
import { describe, expect, test } from 'vitest';
import { failureOf } from './failure.ts';
import { openSandbox } from './harness.ts';
import { scene } from './world.ts';

const names = Array.from({ length: 7 }, (_, index) => `service${index}`);

describe('lists', () => {
  async function openServices() {
    const sandbox = await openSandbox();
    for (const name of names) await scene(sandbox.client).service(name);
    return sandbox;
  }

  test('come in pages that hold everything once', async () => {
    const { client, calls } = await openServices();
    const found: (string | undefined)[] = [];
    for await (const { items } of lattice.paginateListServices({ client, pageSize: 3 }, {})) {
      found.push(...(items ?? []).map(({ name }) => name));
    }
    expect(found).toEqual(names);
    expect(await calls()).toEqual({ CreateService: 7, ListServices: 3 });
  });

  test('go on behind the last item, whatever comes and goes', async () => {
    const { client } = await openServices();
    const list = (nextToken?: string) => client.send(new lattice.ListServicesCommand({ maxResults: 3, nextToken }));
    const first = await list();
    for (const item of first.items?.slice(1) ?? []) {
      await client.send(new lattice.DeleteServiceCommand({ serviceIdentifier: item.id }));
    }
    const second = await list(first.nextToken);
    expect(second.items?.map(({ name }) => name)).toEqual(names.slice(3, 6));
  });

  test('take the tokens of the same list only', async () => {
    const { client } = await openServices();
    const { nextToken } = await client.send(new lattice.ListServicesCommand({ maxResults: 1 }));
    const other = client.send(new lattice.ListServiceNetworksCommand({ nextToken }));
    expect(await failureOf(other, { reason: 'other' })).toBe('ValidationException');
    expect(await failureOf(client.send(new lattice.ListServicesCommand({ nextToken: 'x' })))).toBe(
      'ValidationException',
    );
    const larger = await client.send(new lattice.ListServicesCommand({ nextToken, maxResults: 100 }));
    expect(larger.items).toHaveLength(6);
  });
});

describe('a client token', () => {
  test('gives the same resource for the same parameters', async () => {
    const { client, dump } = await openSandbox();
    const create = (more: Partial<lattice.CreateServiceRequest> = {}) =>
      client.send(new lattice.CreateServiceCommand({ name: 'shop', clientToken: 'one', ...more }));
    const [first, second] = [await create({ tags: { a: '1', b: '2' } }), await create({ tags: { b: '2', a: '1' } })];
    expect(second.id).toBe(first.id);
    expect((await dump())['Service']).toHaveLength(1);
    expect(await failureOf(create({ name: 'other' }), { resourceId: first.id })).toBe('ConflictException');
  });

  test('belongs to one call', async () => {
    const { client } = await openSandbox();
    await scene(client).service('shop', { clientToken: 'one' });
    await scene(client).network('shop', { clientToken: 'one' });
  });

  test('is not spent by a call that failed', async () => {
    const { client } = await openSandbox();
    const make = scene(client);
    const { id: serviceIdentifier } = await make.service('shop');
    expect(await failureOf(make.service('shop', { clientToken: 'one' }))).toBe('ConflictException');
    await client.send(new lattice.DeleteServiceCommand({ serviceIdentifier }));
    await make.service('shop', { clientToken: 'one' });
  });

  test('does nothing again, even if the resource is gone', async () => {
    const { client, dump } = await openSandbox();
    const make = scene(client);
    const { id: serviceIdentifier } = await make.service('shop', { clientToken: 'one' });
    await client.send(new lattice.DeleteServiceCommand({ serviceIdentifier }));
    expect((await make.service('shop', { clientToken: 'one' })).id).toBe(serviceIdentifier);
    expect((await dump())['Service']).toEqual([]);
  });
});

describe('ids', () => {
  test('are the same in whatever order things are made', async () => {
    const dumps = [];
    for (const order of [names, [...names].reverse()]) {
      const { client, dump } = await openSandbox();
      for (const name of order) {
        const { id } = await scene(client).service(name);
        await scene(client).listener(id);
      }
      dumps.push(await dump());
    }
    expect(dumps[1]).toEqual(dumps[0]);
  });
});
