import * as lattice from '@aws-sdk/client-vpc-lattice';
import { expect, test } from 'vitest';
import { countChanges } from '../../src/lattice/plan/plan-types.ts';
import { openSandbox } from '../sandbox/harness.ts';
import { createStack } from './create-stack.ts';
import { planAgainst } from './plan-against.ts';
import { having, wanted } from './wanted.ts';

// A resource that nobody has marked becomes one of the stack when it is named, and only then.

/** The stack as somebody made it by hand: without the marks of latticectl. */
async function openUnmarked(keys: (key: string) => boolean = () => true) {
  const sandbox = await openSandbox();
  const ids = await createStack(sandbox.client, wanted);
  for (const [key, { arn: resourceArn }] of ids) {
    if (!keys(key)) continue;
    const tagKeys = ['latticectl/stack', 'latticectl/id'];
    await sandbox.client.send(new lattice.UntagResourceCommand({ resourceArn, tagKeys }));
  }
  const idsOf = (...names: readonly string[]) => names.map((name) => ids.get(name)?.id ?? name);
  const plan = async (adopt: readonly string[]) => (await planAgainst(sandbox.url, wanted, { adopt })).plan;
  return { ...sandbox, ids, idsOf, plan };
}

const service = 'Service shop-example-com';
const inService = (key: string) => key.includes('shop-example-com') && !key.startsWith('ServiceNetwork');

test('nothing is adopted that is not named', async () => {
  const { plan } = await openUnmarked();
  const { changes, problems } = await plan([]);
  expect(changes).toEqual([]);
  expect(new Set(problems.map(({ kind }) => kind))).toEqual(new Set(['name-taken']));
});

test('a service is adopted by id or ARN with what stands in it, and only the marks change', async () => {
  const { plan, ids } = await openUnmarked(inService);
  for (const one of [ids.get(service)?.id ?? '', ids.get(service)?.arn ?? '']) {
    const { changes, problems, foreign, blocked, unchanged } = await plan([one]);
    expect(problems).toEqual([]);
    expect(blocked).toEqual([]);
    expect(foreign.map(({ key }) => key)).toEqual([]);
    expect(countChanges(changes)).toEqual({ create: 0, update: 0, replace: 0, delete: 0, adopt: 5, orphaned: 0 });
    expect(unchanged).toBe(wanted.resources.length - 5);
    for (const { fields, effect } of changes) {
      expect(fields.map(({ path }) => path)).toEqual(['tags[latticectl/id]', 'tags[latticectl/stack]']);
      expect(effect).toBeUndefined();
    }
  }
});

test('what is adopted is brought to what is wanted', async () => {
  const { plan, ids, client } = await openUnmarked((key) => key === 'TargetGroup shop-web');
  const id = ids.get('TargetGroup shop-web')?.id ?? '';
  await client.send(new lattice.UpdateTargetGroupCommand({ targetGroupIdentifier: id, healthCheck: { path: '/up' } }));
  const { changes } = await plan([id]);
  expect(changes).toMatchObject([{ op: 'adopt', key: 'TargetGroup shop-web' }]);
  expect(changes[0]?.fields).toContainEqual({ path: 'healthCheck.path', before: '/up', after: '/' });
});

test('what would have to be replaced is not adopted', async () => {
  const { url, ids } = await openUnmarked(inService);
  const moved = having((one) => (one.kind === 'Service' ? { ...one, customDomainName: 'other.example.com' } : one));
  const { plan } = await planAgainst(url, moved, { adopt: [ids.get(service)?.id ?? ''] });
  expect(plan.changes).toEqual([]);
  expect(plan.problems).toMatchObject([{ kind: 'name-taken', reason: 'customDomainName cannot be changed' }]);
});

test('the marks of others are not taken off', async () => {
  const { plan, ids, client } = await openUnmarked(() => false);
  const { id = '', arn: resourceArn } = ids.get(service) ?? {};
  await client.send(new lattice.TagResourceCommand({ resourceArn, tags: { 'latticectl/stack': 'other' } }));
  const { changes, problems } = await plan([id]);
  expect(changes).toEqual([]);
  expect(problems).toMatchObject([{ kind: 'name-taken', by: { owner: { kind: 'stack', stack: 'other' } } }]);
});
