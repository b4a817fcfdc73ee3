import { readFileSync } from 'node:fs';
import {
  CreateTargetGroupCommand,
  DeleteRuleCommand,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  TagResourceCommand,
  UpdateRuleCommand,
} from '@aws-sdk/client-vpc-lattice';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { LatticeResources } from '../../src/emitters/lattice/resources.ts';
import { makeFolder, runCli } from '../cli/fake-world.ts';
import { openSandbox } from '../sandbox/harness.ts';
import { scene } from '../sandbox/world.ts';
import { createStack } from './create-stack.ts';
import { having, wanted } from './wanted.ts';

const text = (document: LatticeResources) => `${JSON.stringify(document, undefined, 2)}\n`;

/** The stack of `wanted` in a sandbox, and a folder that wants something. */
async function openStack(document: LatticeResources = wanted) {
  const sandbox = await openSandbox();
  const ids = await createStack(sandbox.client, wanted);
  const cwd = makeFolder({ 'lattice.json': text(document) });
  const diff = (...more: readonly string[]) =>
    runCli(['diff', 'lattice.json', '--endpoint-url', sandbox.url, ...more], { cwd });
  return { ...sandbox, ids, cwd, diff };
}

const moved = having((one) =>
  one.kind === 'Rule' && one.name === 'exact-cart'
    ? {
        ...one,
        action: {
          forward: {
            targetGroups: [
              { targetGroup: 'shop-cart', weight: 1 },
              { targetGroup: 'shop-web', weight: 1 },
            ],
          },
        },
      }
    : one,
);

describe('diff', () => {
  test('says that nothing is to be done, and ends with 0', async () => {
    const { diff } = await openStack();
    expect(await diff('--exit-code')).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringMatching(
        /^ {2}13 unchanged\nPlan: 0 to create, 0 to update, 0 to replace, 0 to delete\. checksum [0-9a-f]{32}\n$/,
      ),
    });
  });

  test('names what changes by key, with its line and what it means for requests', async () => {
    const { diff } = await openStack(moved);
    const run = await diff('--exit-code');
    expect(run.exitCode).toBe(2);
    expect(run.stdout.replace(/checksum \w+/, 'checksum …')).toMatchInlineSnapshot(`
      "~ Rule shop-example-com/https-443/exact-cart  lattice.json:122
          weights[shop/cart:80]: 90 % -> 50 %
          weights[shop/web:80]: 10 % -> 50 %
        effect: requests for GET /cart with x-canary: true move: shop/cart:80 90 % → 50 %, shop/web:80 10 % → 50 %
        12 unchanged
      Plan: 0 to create, 1 to update, 0 to replace, 0 to delete. checksum …
      "
    `);
    expect((await diff()).exitCode).toBe(0);
  });

  test('shows a change of the other side the same way', async () => {
    const { diff, client, ids } = await openStack();
    await client.send(
      new UpdateRuleCommand({
        serviceIdentifier: ids.get('Service shop-example-com')?.id,
        listenerIdentifier: ids.get('Listener shop-example-com/https-443')?.id,
        ruleIdentifier: ids.get('Rule shop-example-com/https-443/prefix-hook')?.id,
        priority: 7,
      }),
    );
    expect((await diff()).stdout).toContain('    priority: 7 -> 20\n');
  });

  test('shows what a new stack would make, and hides what is usual', async () => {
    const { url } = await openSandbox();
    const cwd = makeFolder({ 'lattice.json': text(wanted) });
    const run = await runCli(['diff', 'lattice.json', '--endpoint-url', url], { cwd });
    expect(run.stdout).toContain('+ Service shop-example-com  lattice.json:');
    expect(run.stdout).toContain('Plan: 13 to create, 0 to update');
    expect(run.stdout).not.toContain('idleTimeoutSeconds');
    const all = await runCli(['diff', 'lattice.json', '--endpoint-url', url, '--all'], { cwd });
    expect(all.stdout).toContain('idleTimeoutSeconds: 60');
    expect(all.stdout).toContain('tags[latticectl/stack]: shop');
  });

  test('hides no field whose old value is another one', async () => {
    const { diff, client, ids } = await openStack();
    const targetGroupIdentifier = ids.get('TargetGroup shop-hook')?.id ?? '';
    const place = {
      serviceIdentifier: ids.get('Service shop-example-com')?.id,
      listenerIdentifier: ids.get('Listener shop-example-com/https-443')?.id,
    };
    const ruleIdentifier = ids.get('Rule shop-example-com/https-443/prefix-hook')?.id;
    await client.send(new DeleteRuleCommand({ ...place, ruleIdentifier }));
    const targets = [{ id: 'arn:aws:lambda:us-west-2:123456789012:function:hook' }];
    await client.send(new DeregisterTargetsCommand({ targetGroupIdentifier, targets }));
    await client.send(new DeleteTargetGroupCommand({ targetGroupIdentifier }));
    await client.send(
      new CreateTargetGroupCommand({
        name: 'shop-hook',
        type: 'LAMBDA',
        config: { lambdaEventStructureVersion: 'V2' },
        tags: { team: 'other', 'latticectl/stack': 'shop', 'latticectl/id': 'TargetGroup shop-hook' },
      }),
    );
    const { stdout } = await diff();
    expect(stdout).toContain('-/+ TargetGroup shop-hook (config.lambdaEventStructureVersion cannot be changed)');
    expect(stdout).toContain('    config.lambdaEventStructureVersion: V2 -> V1\n');
    expect(stdout).toContain('    tags[team]: other -> web\n');
  });

  test('leaves tags alone that the settings do not name, and says so', async () => {
    const { diff, client, ids } = await openStack();
    const resourceArn = ids.get('Service shop-example-com')?.arn;
    await client.send(new TagResourceCommand({ resourceArn, tags: { cost: '7' } }));
    expect((await diff()).stdout).toContain('  1 tag beside those of the settings hidden\n');
    const all = await diff('--all', '--exit-code');
    expect(all.stdout).toContain('Service shop-example-com tags[cost]: 7 (not in the settings, left as it is)\n');
    expect(all.exitCode).toBe(0);
  });

  test('keeps what is no longer wanted, until --prune', async () => {
    const { diff } = await openStack(having((one) => (one.kind === 'Rule' ? undefined : one)));
    const kept = await diff('--exit-code');
    expect(kept.stdout).toContain('? orphaned Rule shop-example-com/https-443/exact-cart');
    expect(kept.stdout).toContain('0 to delete (2 orphaned, shown only; --prune deletes)');
    expect(kept.exitCode).toBe(0);
    const pruned = await diff('--exit-code', '--prune');
    expect(pruned.stdout).toContain('- Rule shop-example-com/https-443/exact-cart\n  effect: requests for GET /cart');
    expect(pruned.stdout).toContain('2 to delete.');
    expect(pruned.exitCode).toBe(2);
  });

  test('prints one JSON document, whose schema is published', async () => {
    const { diff } = await openStack(moved);
    const { stdout } = await diff('-o', 'json', '--exit-code');
    const report = JSON.parse(stdout);
    const ajv = new Ajv({ strict: false });
    for (const name of ['envelope', 'diff']) {
      ajv.addSchema(JSON.parse(readFileSync(`schemas/output/${name}.json`, 'utf8')), `${name}.json`);
    }
    expect(ajv.validate('diff.json', report), ajv.errorsText()).toBe(true);
    expect(report).toMatchObject({ command: 'diff', exitCode: 2, summary: { update: 1, unchanged: 12 } });
    expect(report.result.changes).toMatchObject([
      {
        op: 'update',
        kind: 'Rule',
        name: 'exact-cart',
        fields: [
          { path: 'weights[shop/cart:80]', before: '90 %', after: '50 %' },
          { path: 'weights[shop/web:80]', before: '10 %', after: '50 %' },
        ],
        source: { file: 'lattice.json' },
      },
    ]);
  });

  test('writes a plan that is bound to what was seen, the same each time', async () => {
    const { diff, cwd, client, ids } = await openStack(moved);
    const { stdout } = await diff('--plan-out', 'plan.json');
    const read = () => JSON.parse(readFileSync(`${cwd}/plan.json`, 'utf8'));
    const plan = read();
    const ajv = new Ajv({ strict: false });
    expect(ajv.validate(JSON.parse(readFileSync('schemas/plan.schema.json', 'utf8')), plan), ajv.errorsText()).toBe(
      true,
    );
    expect(plan).toMatchObject({ kind: 'LatticectlPlan', stack: 'shop', mode: { prune: false } });
    // Neither the input nor a flag says so: it was seen.
    expect(plan).toMatchObject({ account: '123456789012', region: 'us-west-2' });
    expect(Object.keys(plan.observed)).toEqual(['Rule shop-example-com/https-443/exact-cart']);
    expect(stdout).toContain(plan.checksum);
    expect((await diff('--plan-out', 'plan.json')).stdout).toBe(stdout);
    expect(read()).toEqual(plan);
    await client.send(
      new UpdateRuleCommand({
        serviceIdentifier: ids.get('Service shop-example-com')?.id,
        listenerIdentifier: ids.get('Listener shop-example-com/https-443')?.id,
        ruleIdentifier: ids.get('Rule shop-example-com/https-443/exact-cart')?.id,
        priority: 7,
      }),
    );
    await diff('--plan-out', 'plan.json');
    expect(read().observed).not.toEqual(plan.observed);
    expect(read().checksum).not.toEqual(plan.checksum);
    await diff('--plan-out', 'plan.json', '--prune');
    expect(read().mode).toEqual({ prune: true });
  });

  test('ends with 64, 3, 1 and 4 where it cannot compare', async () => {
    const { url, client } = await openSandbox();
    await createStack(client, wanted);
    const { stack: _, ...nameless } = wanted;
    const cwd = makeFolder({
      'ok.json': text(wanted),
      'nameless.json': text(nameless),
      'other.json': text({ ...wanted, account: '999999999999' }),
    });
    const run = (...argv: readonly string[]) => runCli(['diff', ...argv], { cwd });
    expect(await run('ok.json', '--endpoint-url', 'nowhere')).toMatchObject({ exitCode: 64 });
    expect(await run('ok.json', '--against', 'ok.json', '--prune')).toMatchObject({ exitCode: 64 });
    const missing = await run('nameless.json', '--endpoint-url', url);
    expect(missing).toMatchObject({ exitCode: 3, stdout: '' });
    expect(missing.stderr).toContain('live/stack-missing');
    const unreachable = await run('ok.json', '--endpoint-url', 'http://127.0.0.1:1');
    expect(unreachable).toMatchObject({ exitCode: 1, stdout: '' });
    expect(unreachable.stderr).toContain('ECONNREFUSED');
    // Nobody waits for a sandbox that was not started.
    expect(unreachable.stderr).toContain('start a sandbox there with: latticectl sandbox --port 1');
    const other = await run('other.json', '--endpoint-url', url);
    expect(other).toMatchObject({ exitCode: 4, stdout: '' });
  });
});

test('says what it waits for after a second, unless it is to be quiet', async () => {
  const { url } = await openSandbox();
  const run = (...flags: readonly string[]) =>
    runCli(['diff', 'ok.json', '--endpoint-url', url, ...flags], {
      ...{ cwd: makeFolder({ 'ok.json': text(wanted) }), isLate: true },
    });
  expect((await run()).stderr).toMatch(`reading VPC Lattice at ${url}: 0 calls answered\n`);
  expect((await run('-q')).stderr).toBe('');
});

test('says how a resource that nobody has marked joins the stack, which then holds', async () => {
  const { url, client } = await openSandbox();
  const { arn = '' } = await scene(client).group('shop-web');
  const cwd = makeFolder({ 'ok.json': text(wanted) });
  const diff = () => runCli(['diff', 'ok.json', '--endpoint-url', url], { cwd });
  const { stderr } = await diff();
  expect(stderr).toContain('error[live/name-taken]');
  const command = /aws vpc-lattice tag-resource --resource-arn (\S+) --tags (\S+)=(\S+);/.exec(stderr);
  expect(command?.slice(1)).toEqual([arn, 'latticectl/stack', 'shop']);
  await client.send(new TagResourceCommand({ resourceArn: arn, tags: { 'latticectl/stack': 'shop' } }));
  const after = await diff();
  expect(after.stderr).not.toContain('live/name-taken');
  expect(after.exitCode).toBe(0);
});

test('says how to get rid of a rule that nobody has marked', async () => {
  const { url, client } = await openSandbox();
  const ids = await createStack(client, wanted);
  const service = ids.get('Service shop-example-com')?.id ?? '';
  const listener = ids.get('Listener shop-example-com/https-443')?.id ?? '';
  await scene(client).rule({ serviceIdentifier: service, listenerIdentifier: listener }, 5, {});
  const cwd = makeFolder({ 'ok.json': text(wanted) });
  const { stderr } = await runCli(['diff', 'ok.json', '--endpoint-url', url], { cwd });
  expect(stderr).toContain('warning[live/intruder]');
  expect(stderr).toMatch(
    new RegExp(
      `aws vpc-lattice delete-rule --service-identifier ${service} --listener-identifier ${listener} --rule-identifier rule-`,
    ),
  );
});

describe('diff --against', () => {
  const cwd = () =>
    makeFolder({
      'old.json': text(wanted),
      'new.json': text(moved),
      'less.json': text(having((one) => (one.kind === 'Rule' ? undefined : one))),
    });

  test('compares two configurations without an account', async () => {
    const run = await runCli(['diff', 'new.json', '--against', 'old.json', '--exit-code'], { cwd: cwd() });
    expect(run.exitCode).toBe(2);
    expect(run.stdout).toContain('weights[shop/cart:80]: 90 % -> 50 %');
    expect(run.stdout).toContain('0 to create, 1 to update, 0 to replace, 0 to delete.');
    const same = await runCli(['diff', 'old.json', '--against', 'old.json', '--exit-code'], { cwd: cwd() });
    expect(same).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('13 unchanged') });
  });

  test('shows a tag that goes', async () => {
    const { team: _, ...tags } = wanted.tags ?? {};
    const folder = makeFolder({ 'old.json': text(wanted), 'new.json': text({ ...wanted, tags }) });
    const run = await runCli(['diff', 'new.json', '--against', 'old.json', '--exit-code'], { cwd: folder });
    expect(run.exitCode).toBe(2);
    expect(run.stdout).toContain('~ Service shop-example-com  new.json:');
    expect(run.stdout).toContain('    tags[team]: web -> (none)\n');
  });

  test('shows what goes', async () => {
    const run = await runCli(['diff', 'less.json', '--against', 'old.json'], { cwd: cwd() });
    expect(run.stdout).toContain('0 to update, 0 to replace, 2 to delete.');
  });
});
