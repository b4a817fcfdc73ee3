import * as lattice from '@aws-sdk/client-vpc-lattice';
import { expect, test } from 'vitest';
import { readState, writeState } from '../../src/sandbox/state/state-text.ts';
import { failureOf } from './failure.ts';
import { openSandbox } from './harness.ts';
import { forward, scene, vpcId } from './world.ts';

async function openEverything() {
  const sandbox = await openSandbox();
  const { client } = sandbox;
  const make = scene(client);
  const network = await make.network('net', { tags: { a: 'b' } });
  const service = await make.service('shop', { clientToken: 'one' });
  const group = await make.group();
  const listener = await make.listener(service.id, { defaultAction: forward([group.id]) });
  await make.rule({ serviceIdentifier: service.id, listenerIdentifier: listener.id }, 1);
  await make.associate(network.id, service.id);
  const toVpc = { serviceNetworkIdentifier: network.id, vpcIdentifier: vpcId };
  await client.send(new lattice.CreateServiceNetworkVpcAssociationCommand(toVpc));
  const targets = [{ id: '10.0.0.1' }];
  await client.send(new lattice.RegisterTargetsCommand({ targetGroupIdentifier: group.id, targets }));
  const policy = '{"Statement":[{"Effect":"Allow"}]}';
  await client.send(new lattice.PutAuthPolicyCommand({ resourceIdentifier: service.id, policy }));
  await client.send(new lattice.PutResourcePolicyCommand({ resourceArn: service.arn, policy }));
  const destinationArn = 'arn:aws:s3:::a-bucket';
  const logs = { resourceIdentifier: network.id, destinationArn };
  await client.send(new lattice.CreateAccessLogSubscriptionCommand(logs));
  return sandbox;
}

test('a state that was written and read is the same', async () => {
  const { dump, state } = await openEverything();
  const before = await dump();
  expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([]);
  const text = writeState(state() ?? expect.fail('nothing was kept'));
  const read = readState(text) ?? expect.fail('what was written is not read');
  expect(writeState(read)).toBe(text);
  const again = await openSandbox({ state: read });
  expect(await again.dump()).toEqual(before);
  // Tokens are part of it, and so is what was there before.
  const make = scene(again.client);
  expect(await failureOf(make.service('other', { clientToken: 'one' }))).toBe('ConflictException');
  expect((await make.service('shop', { clientToken: 'one' })).id).toBe(before['Service']?.[0]?.['id']);
});

test('a dump has neither times nor counters nor health', async () => {
  const { dump } = await openEverything();
  const keys = new Set(
    JSON.stringify(await dump()).match(/"(?:created|lastUpdated|registered)At"|"numberOf\w+"|"sequence"/g),
  );
  expect([...keys]).toEqual([]);
  expect((await dump())['Target']?.map((target) => Object.keys(target))).toEqual([
    ['id', 'port', 'targetGroupId', 'targetGroupName'],
  ]);
});

test.each([
  ['', 'nothing'],
  ['[]', 'a list'],
  ['{}', 'no version'],
  ['{"version": 2}', 'another version'],
  ['{"version": 1, "Services": {}}', 'an unknown table'],
  ['{"version": 1, "Service": []}', 'a table that is none'],
])('%j is no state: %s', (text) => {
  expect(readState(text)).toBeUndefined();
});
