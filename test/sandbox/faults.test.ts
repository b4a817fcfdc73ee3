import * as lattice from '@aws-sdk/client-vpc-lattice';
import { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readFaults } from '../../src/sandbox/faults.ts';
import { failureOf } from './failure.ts';
import { openSandbox } from './harness.ts';
import { scene } from './world.ts';

const list = new lattice.ListServicesCommand({});

describe('faults', () => {
  test('hit the calls that they name, and no others', async () => {
    const { client, calls } = await openSandbox({
      faults: [{ operation: 'ListServices', at: 2, times: 2, do: { error: 'InternalServerException' } }],
    });
    const outcomes = [];
    for (let call = 1; call <= 4; call += 1) {
      await client.send(new lattice.ListServiceNetworksCommand({}));
      outcomes.push(await failureOf(client.send(list)));
    }
    expect(outcomes).toEqual(['none', 'InternalServerException', 'InternalServerException', 'none']);
    expect(await calls()).toEqual({ ListServiceNetworks: 4, ListServices: 4 });
  });

  test('come before or after the effect', async () => {
    const { client, dump } = await openSandbox({
      faults: [
        { operation: 'CreateService', at: 1, when: 'before', do: { disconnect: true } },
        { operation: 'CreateService', at: 2, when: 'after', do: { error: 'ThrottlingException', retryAfter: 7 } },
        { operation: 'CreateService', at: 3, when: 'after', do: { garbage: true } },
      ],
    });
    const make = scene(client);
    expect(await failureOf(make.service('one'))).not.toBe('none');
    expect(await failureOf(make.service('two'), { retryAfterSeconds: 7 })).toBe('ThrottlingException');
    expect(await failureOf(make.service('three'))).toBe('SyntaxError');
    expect((await dump())['Service']?.map(({ name }) => name)).toEqual(['three', 'two']);
  });

  test('are survived by an SDK that tries again', async () => {
    const { url } = await openSandbox({
      faults: [{ operation: '*', do: { error: 'ThrottlingException', retryAfter: 0 } }],
    });
    const client = new VPCLatticeClient({
      endpoint: url,
      region: 'us-west-2',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
      maxAttempts: 3,
    });
    onTestFinished(() => client.destroy());
    const { $metadata } = await client.send(list);
    expect($metadata.attempts).toBe(2);
  });

  test('delay a call, before or after its effect', async () => {
    const { client, dump } = await openSandbox({
      faults: [
        { operation: 'CreateService', at: 1, when: 'before', do: { delayMs: 200 } },
        { operation: 'CreateService', at: 2, when: 'after', do: { delayMs: 200 } },
      ],
    });
    const make = scene(client);
    const started = performance.now();
    const late = make.service('late');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect((await dump())['Service']).toEqual([]);
    const early = make.service('early');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect((await dump())['Service']?.map(({ name }) => name)).toEqual(['early']);
    await Promise.all([late, early]);
    expect(performance.now() - started).toBeGreaterThan(190);
  });

  test('answer reads from the past', async () => {
    const { client } = await openSandbox({
      faults: [{ operation: 'ListServices', at: 2, times: 2, do: { stale: 2 } }],
    });
    const make = scene(client);
    const count = async () => (await client.send(list)).items?.length;
    for (const name of ['one', 'two', 'three']) await make.service(name);
    expect([await count(), await count()]).toEqual([3, 1]);
    await make.service('four');
    expect([await count(), await count()]).toEqual([2, 4]);
  });

  test('make items of a batch fail', async () => {
    const { client } = await openSandbox({
      faults: [
        { operation: 'BatchUpdateRule', do: { partial: [0] } },
        { operation: 'RegisterTargets', do: { partial: [1, 2] } },
      ],
    });
    const make = scene(client);
    const service = await make.service();
    const listener = await make.listener(service.id);
    const place = { serviceIdentifier: service.id, listenerIdentifier: listener.id };
    const [one, two] = [await make.rule(place, 1), await make.rule(place, 2)];
    const rules = [
      { ruleIdentifier: one.id, priority: 11 },
      { ruleIdentifier: two.id, priority: 12 },
    ];
    const batch = await client.send(new lattice.BatchUpdateRuleCommand({ ...place, rules }));
    expect(batch.successful?.map(({ priority }) => priority)).toEqual([12]);
    expect(batch.unsuccessful?.map(({ ruleIdentifier }) => ruleIdentifier)).toEqual([one.id]);
    const { id: targetGroupIdentifier } = await make.group();
    const targets = ['10.0.0.1', '10.0.0.2', '10.0.0.3'].map((id) => ({ id }));
    const result = await client.send(new lattice.RegisterTargetsCommand({ targetGroupIdentifier, targets }));
    expect(result.unsuccessful?.map(({ id }) => id)).toEqual(['10.0.0.2', '10.0.0.3']);
  });

  test('can be replaced while it runs, and are counted anew', async () => {
    const { client, setFaults, reset } = await openSandbox();
    await client.send(list);
    const fault = { operation: 'ListServices', do: { error: 'AccessDeniedException' } };
    expect(await setFaults([fault])).toEqual({ faults: 1 });
    expect(await failureOf(client.send(list))).toBe('AccessDeniedException');
    expect(await failureOf(client.send(list))).toBe('none');
    await setFaults([{ ...fault, times: 9 }]);
    await reset();
    expect(await failureOf(client.send(list))).toBe('none');
    expect(await setFaults([{ operation: 'ListService', do: { garbage: true } }])).toMatchObject({
      message: expect.stringContaining('ListService is no call'),
    });
  });

  const all = { operation: '*' };

  test.each([
    ['a fault without a list', {}],
    ['an unknown key', [{ ...all, do: { garbage: true }, att: 1 }]],
    ['nothing to do', [all]],
    ['an unknown deed', [{ ...all, do: { explode: true } }]],
    ['two deeds', [{ ...all, do: { garbage: true, disconnect: true } }]],
    ['an error and another deed', [{ ...all, do: { error: 'X', garbage: true } }]],
    ['call 0', [{ ...all, at: 0, do: { garbage: true } }]],
    ['a status that is no error', [{ ...all, do: { error: 'X', status: 200 } }]],
    ['stale by none', [{ ...all, do: { stale: 0 } }]],
    ['an unknown time', [{ ...all, when: 'during', do: { garbage: true } }]],
  ])('are refused with %s', (_, value) => {
    expect(readFaults(value)).toBeTypeOf('string');
  });
});

test('a limit on calls throttles, says when to come again, and lets calls through later', async () => {
  const { client, pass } = await openSandbox({ limits: { requestsPerSecond: 2 } });
  const outcomes = [];
  for (let call = 1; call <= 3; call += 1) outcomes.push(await failureOf(client.send(list)));
  expect(outcomes).toEqual(['none', 'none', 'ThrottlingException']);
  expect(await failureOf(client.send(list), { retryAfterSeconds: 1 })).toBe('ThrottlingException');
  pass(500);
  expect(await failureOf(client.send(list))).toBe('none');
});
