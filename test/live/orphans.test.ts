import * as lattice from '@aws-sdk/client-vpc-lattice';
import { describe, expect, test } from 'vitest';
import type { LatticeResources } from '../../src/emitters/lattice/resources.ts';
import { makeFolder, runCli } from '../cli/fake-world.ts';
import { openSandbox } from '../sandbox/harness.ts';
import { forward, scene } from '../sandbox/world.ts';
import { createStack } from './create-stack.ts';
import { planAgainst } from './plan-against.ts';
import { having, vpcId, wanted } from './wanted.ts';

// What is of the stack and no longer wanted is deleted on demand, but for what somebody needs.

async function openStack() {
  const sandbox = await openSandbox();
  const ids = await createStack(sandbox.client, wanted);
  /** Kept orphans with what keeps them. */
  const kept = async (next: LatticeResources, protect: readonly string[] = []) => {
    const { plan } = await planAgainst(sandbox.url, next, { prune: true, protect });
    const orphans = plan.changes.filter(({ op }) => op === 'orphaned');
    return {
      plan,
      kept: Object.fromEntries(orphans.map(({ key, reason }) => [key, reason])),
      deleted: plan.changes.flatMap(({ op, key }) => (op === 'delete' ? [key] : [])),
    };
  };
  return { ...sandbox, ids, kept };
}

const nothing = having(() => undefined);
const service = 'Service shop-example-com';
const listener = 'Listener shop-example-com/https-443';
const ofService = [
  service,
  'AuthPolicy Service/shop-example-com',
  'AccessLogSubscription shop-example-com/logs',
  listener,
  'Rule shop-example-com/https-443/exact-cart',
  'Rule shop-example-com/https-443/prefix-hook',
  'ServiceNetworkServiceAssociation net/shop-example-com',
  'TargetGroup shop-web',
  'TargetGroup shop-cart',
  'TargetGroup shop-hook',
];
const ofNetwork = ['ServiceNetwork net', 'AuthPolicy ServiceNetwork/net', `ServiceNetworkVpcAssociation net/${vpcId}`];

describe('pruning', () => {
  test('deletes all that nobody needs, the innermost first', async () => {
    const { kept } = await openStack();
    const all = await kept(nothing);
    expect(all.kept).toEqual({});
    expect([...all.deleted].sort()).toEqual([...ofService, ...ofNetwork].sort());
    expect(all.deleted.indexOf(service)).toBeGreaterThan(all.deleted.indexOf(listener));
  });

  test('says what orphans go on answering', async () => {
    const { url } = await openStack();
    const { plan } = await planAgainst(url, nothing);
    const effects = new Map(plan.changes.map(({ key, effect }) => [key, effect]));
    expect(effects.get(listener)).toBe('port 443 still answers');
    expect(effects.get('Rule shop-example-com/https-443/exact-cart')).toContain('are still taken by this rule');
    expect(effects.get(service)).toBeUndefined();
  });

  test('keeps the policy of a network that is only referred to', async () => {
    const { kept } = await openStack();
    const refer = (authType?: 'NONE') =>
      having((one) => {
        if (one.kind === 'AuthPolicy' && one.of === 'ServiceNetwork') return undefined;
        if (one.kind !== 'ServiceNetwork') return one;
        return { kind: 'ServiceNetwork', name: 'net', create: false, ...(authType && { authType }) };
      });
    const silent = await kept(refer());
    expect(silent.deleted).toEqual([]);
    expect(silent.kept).toEqual({
      'AuthPolicy ServiceNetwork/net': 'the settings do not say who may call through its network',
    });
    const told = await kept(refer('NONE'));
    expect(told.deleted).toEqual(['AuthPolicy ServiceNetwork/net']);
    expect(told.plan.changes).toMatchObject([
      { op: 'update', key: 'ServiceNetwork net', fields: [{ path: 'authType', before: 'AWS_IAM', after: 'NONE' }] },
      { op: 'delete' },
    ]);
  });

  test('keeps a service that others have brought into a network of theirs, as it is', async () => {
    const { kept, client, ids } = await openStack();
    const theirs = await scene(client).network('theirs');
    await scene(client).associate(theirs.id, ids.get(service)?.id ?? '');
    const all = await kept(nothing);
    expect(Object.keys(all.kept).sort()).toEqual([...ofService, ...ofNetwork].sort());
    expect(all.kept[service]).toBe(
      'ServiceNetworkServiceAssociation theirs/shop-example-com leads to it and is not of this stack',
    );
    expect(all.kept[listener]).toBe(`${service} is kept, and would not be the same without it`);
    expect(all.deleted).toEqual([]);
  });

  test('keeps a network that a service of others is in, with its VPCs and its policy', async () => {
    const { kept, client, ids } = await openStack();
    const theirs = await scene(client).service('theirs');
    await scene(client).associate(ids.get('ServiceNetwork net')?.id ?? '', theirs.id);
    const all = await kept(nothing);
    expect(Object.keys(all.kept).sort()).toEqual([...ofNetwork].sort());
    expect([...all.deleted].sort()).toEqual([...ofService].sort());
  });

  test('keeps a target group that a service of others leads to', async () => {
    const { kept, client } = await openStack();
    const tags = { team: 'web', 'latticectl/stack': 'shop', 'latticectl/id': 'TargetGroup left' };
    const left = await scene(client).group('left', { tags });
    const theirs = await scene(client).service('theirs');
    await scene(client).listener(theirs.id, { defaultAction: forward([left.id, 1]) });
    const all = await kept(wanted);
    expect(all.kept).toEqual({ 'TargetGroup left': 'Service theirs leads to it and is not of this stack' });
    expect(all.deleted).toEqual([]);
  });

  test('keeps a target group that a rule of others in a service of ours may lead to', async () => {
    const { kept, client, ids } = await openStack();
    const place = { serviceIdentifier: ids.get(service)?.id ?? '', listenerIdentifier: ids.get(listener)?.id ?? '' };
    const web = ids.get('TargetGroup shop-web')?.id ?? '';
    await scene(client).rule(place, 5, { action: forward([web, 1]) });
    const without = having((one) => (one.name === 'shop-web' || one.name === 'exact-cart' ? undefined : one));
    const all = await kept(without);
    expect(all.kept).toEqual({ 'TargetGroup shop-web': `${service} may lead to it and is kept` });
    expect(all.deleted).toEqual(['Rule shop-example-com/https-443/exact-cart']);
  });
});

describe('what the settings protect', () => {
  test('is not deleted, and neither is what it cannot be without', async () => {
    const { kept } = await openStack();
    const group = await kept(nothing, ['TargetGroup shop-*']);
    expect(Object.keys(group.kept).sort()).toEqual(
      ['TargetGroup shop-cart', 'TargetGroup shop-hook', 'TargetGroup shop-web'].sort(),
    );
    expect(group.kept['TargetGroup shop-web']).toBe('the settings protect it');
    const whole = await kept(nothing, ['shop-example-com']);
    expect(Object.keys(whole.kept).sort()).toEqual([...ofService, ...ofNetwork].sort());
    const rule = await kept(nothing, ['Rule */exact-cart']);
    expect(rule.deleted).toEqual([]);
    expect(rule.kept[service]).toBe('Rule shop-example-com/https-443/exact-cart stands in it and is protected');
  });

  test('is not replaced, and that is said', async () => {
    const { kept } = await openStack();
    const moved = having((one) => (one.kind === 'Service' ? { ...one, customDomainName: 'other.example.com' } : one));
    for (const protect of [['Service *'], ['Rule *']]) {
      const { plan } = await kept(moved, protect);
      expect(plan.problems).toMatchObject([
        { kind: 'protected', by: { key: service }, reason: 'customDomainName cannot be changed' },
      ]);
      expect(plan.changes).toEqual([]);
      expect(plan.blocked).toContain(listener);
    }
    const free = await kept(moved);
    expect(free.plan.changes[0]).toMatchObject({ op: 'replace', key: service, interrupts: true });
  });

  test('is still updated', async () => {
    const { kept, client, ids } = await openStack();
    const serviceIdentifier = ids.get(service)?.id;
    await client.send(new lattice.UpdateServiceCommand({ serviceIdentifier, idleTimeoutSeconds: 90 }));
    const { plan } = await kept(wanted, ['*']);
    expect(plan.changes).toMatchObject([{ op: 'update', key: service }]);
  });
});

test('diff keeps what latticectl.yaml protects, and refuses to replace it', async () => {
  const { url } = await openStack();
  const moved = having((one) => {
    if (one.kind === 'Service') return { ...one, customDomainName: 'other.example.com' };
    return one.kind === 'ServiceNetworkVpcAssociation' ? undefined : one;
  });
  const cwd = makeFolder({
    'lattice.json': JSON.stringify(moved),
    'latticectl.yaml': 'protect: ["Service shop-*", "ServiceNetworkVpcAssociation *"]\n',
  });
  const run = await runCli(
    ['diff', 'lattice.json', '--endpoint-url', url, '--prune', '--plan-out', 'plan.json', '-o', 'json'],
    { cwd },
  );
  expect(run.exitCode).toBe(3);
  const report = JSON.parse(run.stdout);
  expect(report.diagnostics).toMatchObject([
    {
      code: 'live/protected',
      message: `the settings protect ${service}, which would have to be replaced: customDomainName cannot be changed`,
    },
  ]);
  expect(report.result.counts).toMatchObject({ replace: 0, delete: 0, orphaned: 1 });
  expect(report.result.changes).toMatchObject([{ op: 'orphaned', reason: 'the settings protect it' }]);
  expect(run.stderr).toContain('plan.json is not written while something stands in the way');
  const text = await runCli(['diff', 'lattice.json', '--endpoint-url', url, '--prune'], { cwd });
  expect(text.stdout).toContain(`? orphaned ServiceNetworkVpcAssociation net/${vpcId} (the settings protect it)\n`);
  expect(text.stdout).toContain('0 to delete (1 orphaned, kept). checksum');
});
