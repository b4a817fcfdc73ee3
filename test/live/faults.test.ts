import * as lattice from '@aws-sdk/client-vpc-lattice';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../src/lattice/port.ts';
import { makeFolder, runCli } from '../cli/fake-world.ts';
import { openSandbox } from '../sandbox/harness.ts';
import { createStack } from './create-stack.ts';
import { planAgainst } from './plan-against.ts';
import { having, wanted } from './wanted.ts';

const operations: readonly Operation[] = [
  'ListServiceNetworks',
  'ListServices',
  'ListTargetGroups',
  'ListTagsForResource',
  'GetServiceNetwork',
  'ListServiceNetworkServiceAssociations',
  'ListServiceNetworkVpcAssociations',
  'GetServiceNetworkVpcAssociation',
  'GetService',
  'GetAuthPolicy',
  'ListAccessLogSubscriptions',
  'ListListeners',
  'GetListener',
  'ListRules',
  'GetRule',
  'GetTargetGroup',
  'ListTargets',
];

/** Which call of an operation it goes wrong with first. */
const calls = process.env['LATTICECTL_DEEP'] ? [1, 2, 3] : [1];

/** What goes wrong, and whether the answers of a call say which request it was. */
const deeds: readonly (readonly [string, object, boolean])[] = [
  ['throttling', { error: 'ThrottlingException', retryAfter: 1 }, true],
  ['a failure of the service', { error: 'InternalServerException' }, true],
  ['an overloaded service', { error: 'ServiceUnavailableException', status: 503 }, true],
  ['a lost connection', { disconnect: true }, false],
  ['garbage', { garbage: true }, true],
];

type Changed = Awaited<ReturnType<typeof makeChanged>>;
let before: { readonly state: NonNullable<ReturnType<Changed['state']>>; readonly right: Changed['right'] } | undefined;

/** A stack with one change to find, so that both "nothing" and "everything" are wrong plans. */
async function makeChanged() {
  const sandbox = await openSandbox();
  const ids = await createStack(sandbox.client, wanted);
  const serviceIdentifier = ids.get('Service shop-example-com')?.id;
  await sandbox.client.send(new lattice.UpdateServiceCommand({ serviceIdentifier, idleTimeoutSeconds: 90 }));
  const right = await planAgainst(sandbox.url, wanted);
  expect(right.plan.changes).toHaveLength(1);
  return { ...sandbox, right };
}

/** The same without its past, which takes a twentieth of the time. */
async function openChanged() {
  if (before === undefined) {
    const { state, right } = await makeChanged();
    const last = state();
    if (last === undefined) throw new Error('nothing was created');
    before = { state: last, right };
  }
  return { ...(await openSandbox({ state: before.state })), right: before.right };
}

describe.each(operations)('%s', (operation) => {
  test.each(deeds)('%s that passes is survived', async (_, deed) => {
    const { url, setFaults, right } = await openChanged();
    for (const at of calls) {
      await setFaults([{ operation, at, times: 2, do: deed }]);
      const { plan, checksum } = await planAgainst(url, wanted);
      expect(plan.changes).toEqual(right.plan.changes);
      expect(checksum).toBe(right.checksum);
    }
  });

  test.each(deeds)('%s that stays ends with 1 and says where', async (_, deed, hasId) => {
    const { url, setFaults, calls: count } = await openChanged();
    const cwd = makeFolder({ 'lattice.json': JSON.stringify(wanted) });
    await setFaults([{ operation, times: 10_000, do: deed }]);
    const run = await runCli(
      ['diff', 'lattice.json', '--endpoint-url', url, '--exit-code', '--plan-out', 'plan.json'],
      { cwd },
    );
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toContain(`${operation} `);
    if (hasId) expect(run.stderr).toMatch(/\(request [0-9a-f-]{36}\)/);
    expect(Object.keys(await count()).filter((name) => !/^(?:Get|List)/.test(name))).toEqual([]);
  });

  test('names the IAM action that is missing', async () => {
    const { url, setFaults } = await openChanged();
    const cwd = makeFolder({ 'lattice.json': JSON.stringify(wanted) });
    await setFaults([{ operation, times: 10_000, do: { error: 'AccessDeniedException' } }]);
    const run = await runCli(['diff', 'lattice.json', '--endpoint-url', url], { cwd });
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toContain(`vpc-lattice:${operation}`);
    expect(run.stderr).toMatch(/\(request [0-9a-f-]{36}\)/);
  });

  test('an answer from before a change makes no wrong plan', async () => {
    const { url, setFaults, right } = await makeChanged();
    for (const stale of [1, 3, 8, 20]) {
      for (const at of calls) {
        await setFaults([{ operation, at, do: { stale } }]);
        const planned = await planAgainst(url, wanted).catch((error: unknown) => error);
        if (planned instanceof Error) {
          expect(planned.message).toMatch(/request|reading/);
          continue;
        }
        const { plan } = planned as typeof right;
        // The change may not have been seen yet; nothing else may be planned.
        for (const change of plan.changes) expect(right.plan.changes.map(({ key }) => key)).toContain(change.key);
        expect(plan.problems).toEqual([]);
      }
    }
  });
});

test('a network that nobody answers in ends with 1', async () => {
  const { url, setFaults } = await openSandbox();
  await setFaults([{ operation: 'ListServices', times: 100, do: { delayMs: 900 } }]);
  await expect(
    planAgainst(
      url,
      having(() => undefined),
    ),
  ).rejects.toThrow(/ListServices failed: TimeoutError/);
}, 30_000);
