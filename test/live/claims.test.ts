import * as lattice from '@aws-sdk/client-vpc-lattice';
import { describe, expect, test } from 'vitest';
import type { LatticeResource, LatticeResources } from '../../src/emitters/lattice/resources.ts';
import { makeFolder, runCli } from '../cli/fake-world.ts';
import { openSandbox } from '../sandbox/harness.ts';
import { scene } from '../sandbox/world.ts';
import { createStack } from './create-stack.ts';
import { planAgainst } from './plan-against.ts';
import { having, vpcId, wanted } from './wanted.ts';

// A VPC has one network, a domain one service in a network, a port one listener, whatever the resources are called.

/** The same with another text in place of one, in every name and reference. */
function renamed(from: RegExp, to: string): LatticeResources {
  const text = JSON.stringify(wanted.resources).replaceAll(from, to);
  return { ...wanted, resources: JSON.parse(text) as LatticeResource[] };
}

const otherNetwork = renamed(/(?<=["/])net(?=["/])/g, 'net2');
const otherService = renamed(/shop-example-com/g, 'shop');
const otherListener = renamed(/https-443/g, 'secure-443');

async function plansOf(next: LatticeResources) {
  const { url, client } = await openSandbox();
  await createStack(client, wanted);
  const plan = async (prune: boolean) => (await planAgainst(url, next, { prune })).plan;
  return { kept: await plan(false), pruned: await plan(true) };
}

describe('what only one resource can have', () => {
  test.each([
    ['a VPC', otherNetwork, `ServiceNetworkVpcAssociation net2/${vpcId}`, `ServiceNetworkVpcAssociation net/${vpcId}`],
    [
      'a domain of a network',
      otherService,
      'ServiceNetworkServiceAssociation net/shop',
      'ServiceNetworkServiceAssociation net/shop-example-com',
    ],
    [
      'a port of a service',
      otherListener,
      'Listener shop-example-com/secure-443',
      'Listener shop-example-com/https-443',
    ],
  ])('is not given to two: %s', async (_, next, key, holder) => {
    const { kept, pruned } = await plansOf(next);
    expect(kept.problems).toMatchObject([{ kind: 'claimed', change: { key }, holder: { key: holder } }]);
    expect(kept.blocked).toContain(key);
    expect(kept.changes.map((change) => change.key)).not.toContain(key);
    expect(pruned.problems).toEqual([]);
    expect(pruned.changes.filter(({ interrupts }) => interrupts)).toMatchObject([
      { op: 'create', key, reason: `${holder} has to go first` },
    ]);
  });

  test('keeps rules back with their listener', async () => {
    const { kept } = await plansOf(otherListener);
    expect(kept.changes.filter(({ op }) => op === 'create')).toEqual([]);
    expect(kept.blocked).toHaveLength(3);
  });

  test('is seen in what others have, too', async () => {
    const { url, client } = await openSandbox();
    const net = await scene(client).network('net');
    const theirs = await scene(client).service('theirs', { customDomainName: 'Shop.example.com' });
    await scene(client).associate(net.id, theirs.id);
    const other = await scene(client).network('other');
    await client.send(
      new lattice.CreateServiceNetworkVpcAssociationCommand({
        serviceNetworkIdentifier: other.id,
        vpcIdentifier: vpcId,
      }),
    );
    const referring = wanted.resources.flatMap((one): readonly LatticeResource[] => {
      if (one.kind === 'AuthPolicy' && one.of === 'ServiceNetwork') return [];
      return [one.kind === 'ServiceNetwork' ? { kind: 'ServiceNetwork', name: 'net', create: false } : one];
    });
    const cwd = makeFolder({ 'lattice.json': JSON.stringify({ ...wanted, resources: referring }) });
    const { stderr, exitCode } = await runCli(['diff', 'lattice.json', '--endpoint-url', url], { cwd });
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`ServiceNetworkVpcAssociation other/${vpcId} has ${vpcId}`);
    expect(stderr).toContain('has the domain shop.example.com in ServiceNetwork net');
    expect(stderr).toContain('is without a tag of latticectl, and stays.');
  });

  test('is the priority of a rule, where the other one is not of the stack', async () => {
    const { url, client } = await openSandbox();
    const ids = await createStack(client, wanted);
    const rule = wanted.resources.find((one) => one.kind === 'Rule');
    if (rule === undefined) throw new Error('the stack has rules');
    const place = {
      serviceIdentifier: ids.get('Service shop-example-com')?.id ?? '',
      listenerIdentifier: ids.get('Listener shop-example-com/https-443')?.id ?? '',
    };
    await scene(client).rule(place, 77);
    const moved = having((one) => (one.kind === 'Rule' && one.name === rule.name ? { ...one, priority: 77 } : one));
    const { plan } = await planAgainst(url, moved);
    const key = `Rule shop-example-com/https-443/${rule.name}`;
    expect(plan.problems.map(({ kind }) => kind)).toEqual(['claimed', 'intruder']);
    expect(plan.blocked).toEqual([key]);
    expect(plan.changes).toEqual([]);
    const swapped = having((one) => (one.kind === 'Rule' ? { ...one, priority: 30 - one.priority } : one));
    expect((await planAgainst(url, swapped)).plan.problems.map(({ kind }) => kind)).toEqual(['intruder']);
  });

  test('changes hands without an account as well', async () => {
    const cwd = makeFolder({
      'old.json': JSON.stringify(wanted),
      'new.json': JSON.stringify(otherListener),
    });
    const { stdout, exitCode } = await runCli(['diff', 'new.json', '--against', 'old.json'], { cwd });
    expect(stdout).toContain(
      '+ Listener shop-example-com/secure-443 (Listener shop-example-com/https-443 has to go first)',
    );
    expect(exitCode).toBe(0);
  });
});
