import * as lattice from '@aws-sdk/client-vpc-lattice';
import { describe, expect, test } from 'vitest';
import { failureOf } from './failure.ts';
import { openSandbox } from './harness.ts';
import { forward, notFound, scene, vpcId } from './world.ts';

async function openListener(options: Parameters<typeof openSandbox>[0] = {}) {
  const sandbox = await openSandbox(options);
  const make = scene(sandbox.client);
  const service = await make.service();
  const listener = await make.listener(service.id);
  const place = { serviceIdentifier: service.id, listenerIdentifier: listener.id };
  const priorities = async () => {
    const { items = [] } = await sandbox.client.send(new lattice.ListRulesCommand(place));
    return Object.fromEntries(items.map(({ name, priority }) => [name, priority]));
  };
  return { ...sandbox, make, service, listener, place, priorities };
}

describe('rules', () => {
  test('are listed behind each other, the default rule last', async () => {
    const { client, make, place } = await openListener();
    const rule = await make.rule(place, 20);
    await make.rule(place, 10);
    const { items = [] } = await client.send(new lattice.ListRulesCommand(place));
    expect(items.map(({ name, priority, isDefault }) => [name, priority, isDefault])).toEqual([
      ['rule20', 20, false],
      ['rule10', 10, false],
      ['default', undefined, true],
    ]);
    const got = await client.send(new lattice.GetRuleCommand({ ...place, ruleIdentifier: rule.arn }));
    expect(got.match).toEqual({ httpMatch: { pathMatch: { match: { prefix: '/20' } } } });
    const byDefault = await client.send(new lattice.GetRuleCommand({ ...place, ruleIdentifier: items[2]?.id }));
    expect(byDefault).toMatchObject({ isDefault: true, action: notFound });
  });

  test('leave the default rule to its listener', async () => {
    const { client, place } = await openListener();
    const { items = [] } = await client.send(new lattice.ListRulesCommand(place));
    const ruleIdentifier = items[0]?.id;
    const update = client.send(new lattice.UpdateRuleCommand({ ...place, ruleIdentifier, priority: 1 }));
    expect(await failureOf(update)).toBe('ValidationException');
    const remove = client.send(new lattice.DeleteRuleCommand({ ...place, ruleIdentifier }));
    expect(await failureOf(remove)).toBe('ValidationException');
  });

  test('have names and priorities of their own, and at most ten', async () => {
    const { make, place } = await openListener();
    for (let priority = 1; priority <= 9; priority += 1) await make.rule(place, priority);
    expect(await failureOf(make.rule(place, 9, { name: 'other' }), { resourceType: 'RULE' })).toBe('ConflictException');
    expect(await failureOf(make.rule(place, 99, { name: 'rule9' }))).toBe('ConflictException');
    await make.rule(place, 2000);
    expect(await failureOf(make.rule(place, 11), { quotaCode: 'L-CF78395E' })).toBe('ServiceQuotaExceededException');
  });

  test('change in part', async () => {
    const { client, make, place } = await openListener();
    const { id: ruleIdentifier } = await make.rule(place, 1);
    await make.rule(place, 2);
    const update = (change: Partial<lattice.UpdateRuleRequest>) =>
      client.send(new lattice.UpdateRuleCommand({ ...place, ruleIdentifier, ...change }));
    const match = { httpMatch: { method: 'PUT' } };
    expect(await update({ match })).toMatchObject({ match, priority: 1, action: notFound });
    expect(await failureOf(update({ priority: 2 }))).toBe('ConflictException');
    expect(await update({ priority: 1 })).toMatchObject({ match, priority: 1 });
    await client.send(new lattice.DeleteRuleCommand({ ...place, ruleIdentifier }));
    expect(await failureOf(update({ priority: 3 }))).toBe('ResourceNotFoundException');
  });

  test('are found below their own listener only', async () => {
    const { client, make, place, service } = await openListener();
    const other = await make.listener(service.id, { name: 'other', port: 81 });
    const { id: ruleIdentifier } = await make.rule(place, 1);
    const get = client.send(new lattice.GetRuleCommand({ ...place, listenerIdentifier: other.id, ruleIdentifier }));
    expect(await failureOf(get)).toBe('ResourceNotFoundException');
  });
});

describe('actions', () => {
  test('answer with 404 or 500 only', async () => {
    const { make, place } = await openListener();
    await make.rule(place, 1, { action: { fixedResponse: { statusCode: 500 } } });
    const teapot = make.rule(place, 2, { action: { fixedResponse: { statusCode: 418 } } });
    expect(await failureOf(teapot, { reason: 'other' })).toBe('ValidationException');
  });

  test('need a weight for each of several groups, and name none twice', async () => {
    const { make, place } = await openListener();
    const [one, two] = [await make.group('one'), await make.group('two')];
    expect(await failureOf(make.rule(place, 1, { action: forward([one.id, 1], [two.id]) }))).toBe(
      'ValidationException',
    );
    expect(await failureOf(make.rule(place, 1, { action: forward([one.id, 1], [one.arn, 1]) }))).toBe(
      'ValidationException',
    );
    await make.rule(place, 1, { action: forward([one.id, 0], [two.id, 999]) });
  });

  test('fit their listener', async () => {
    const { make, place, service } = await openListener();
    const config = { port: 80, vpcIdentifier: vpcId };
    const grpc = await make.group('grpc', { config: { ...config, protocolVersion: 'GRPC' } });
    expect(await failureOf(make.rule(place, 1, { action: forward([grpc.id]) }))).toBe('ValidationException');
    const https = await make.listener(service.id, { name: 'https', protocol: 'HTTPS' });
    await make.rule({ ...place, listenerIdentifier: https.id }, 1, { action: forward([grpc.id]) });
  });

  test('use at most ten groups in a service', async () => {
    const { client, make, place } = await openListener({ limits: { rulesPerListener: 20 } });
    const groups = [];
    for (let index = 1; index <= 11; index += 1) groups.push((await make.group(`group${index}`)).id);
    const [eleventh = ''] = groups.splice(10);
    for (const [index, id] of groups.entries()) await make.rule(place, index + 1, { action: forward([id]) });
    const another = make.rule(place, 11, { action: forward([eleventh]) });
    expect(await failureOf(another, { quotaCode: 'L-3DEC3B9F' })).toBe('ServiceQuotaExceededException');
    await make.rule(place, 11, { action: forward([groups[0] ?? '']) });
    // A rule that changes its group needs no room for the group that it leaves.
    const { items = [] } = await client.send(new lattice.ListRulesCommand(place));
    const ruleIdentifier = items.find(({ priority }) => priority === 10)?.id;
    await client.send(new lattice.UpdateRuleCommand({ ...place, ruleIdentifier, action: forward([eleventh]) }));
  });

  test('name groups that exist', async () => {
    const { make, place } = await openListener();
    const missing = make.rule(place, 1, { action: forward(['tg-00000000000000000']) });
    expect(await failureOf(missing, { resourceType: 'TARGET_GROUP' })).toBe('ResourceNotFoundException');
  });
});

describe('a batch', () => {
  test('permutes priorities', async () => {
    const { client, make, place, priorities } = await openListener();
    const ids = [await make.rule(place, 1), await make.rule(place, 2), await make.rule(place, 3)].map(({ id }) => id);
    const rules = ids.map((ruleIdentifier, index) => ({ ruleIdentifier, priority: [2, 3, 1][index] }));
    const { successful, unsuccessful } = await client.send(new lattice.BatchUpdateRuleCommand({ ...place, rules }));
    expect(successful?.map(({ priority }) => priority)).toEqual([2, 3, 1]);
    expect(unsuccessful).toEqual([]);
    expect(await priorities()).toMatchObject({ rule1: 2, rule2: 3, rule3: 1 });
  });

  test('does what it can, and says what it could not', async () => {
    const { client, make, place, priorities } = await openListener();
    const [one, two] = [await make.rule(place, 1), await make.rule(place, 2)];
    await make.rule(place, 3);
    const rules = [
      // Taken by a rule outside of the batch, so that rule 1 keeps its priority, which rule 2 wants.
      { ruleIdentifier: one.id, priority: 3 },
      { ruleIdentifier: two.id, priority: 1 },
      { ruleIdentifier: 'rule-00000000000000000', priority: 9 },
    ];
    const result = await client.send(new lattice.BatchUpdateRuleCommand({ ...place, rules }));
    expect(result.successful).toEqual([]);
    expect(result.unsuccessful?.map(({ failureCode }) => failureCode)).toEqual([
      'ConflictException',
      'ConflictException',
      'ResourceNotFoundException',
    ]);
    expect(await priorities()).toMatchObject({ rule1: 1, rule2: 2, rule3: 3 });
  });

  test('takes ten rules, each once', async () => {
    const { client, make, place } = await openListener();
    const { id } = await make.rule(place, 1);
    const batch = (count: number) =>
      client.send(
        new lattice.BatchUpdateRuleCommand({
          ...place,
          rules: Array.from({ length: count }, () => ({ ruleIdentifier: id, priority: 1 })),
        }),
      );
    expect(await failureOf(batch(11), { reason: 'fieldValidationFailed' })).toBe('ValidationException');
    expect(await failureOf(batch(2), { reason: 'other' })).toBe('ValidationException');
  });
});
