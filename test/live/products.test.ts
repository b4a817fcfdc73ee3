import { describe, expect, test } from 'vitest';
import type { LatticeResources } from '../../src/emitters/lattice/resources.ts';
import { makeFolder, runCli } from '../cli/fake-world.ts';
import { openSandbox } from '../sandbox/harness.ts';
import { createStack } from './create-stack.ts';
import { having, wanted } from './wanted.ts';

// Documents of resources are read strictly: what a plan would pass over in silence is an error.

const diff = (files: Readonly<Record<string, unknown>>, ...argv: readonly string[]) => {
  const texts = Object.entries(files).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : `${JSON.stringify(value, undefined, 2)}\n`,
  ]);
  return runCli(['diff', ...argv], { cwd: makeFolder(Object.fromEntries(texts)) });
};

const small = (...resources: readonly object[]) => ({ kind: 'LatticeResources', stack: 'shop', resources });
const bare = small(
  { kind: 'ServiceNetwork', name: 'net', create: true },
  { kind: 'ServiceNetworkVpcAssociation', name: 'net/vpc-1', serviceNetwork: 'net', vpcId: 'vpc-0123456789abcdef0' },
  { kind: 'TargetGroup', name: 'hook', type: 'LAMBDA' },
  { kind: 'Service', name: 'shop' },
  {
    ...{ kind: 'Listener', name: 'http-80', service: 'shop', protocol: 'HTTP', port: 80 },
    defaultAction: { forward: { targetGroups: [{ targetGroup: 'hook' }] } },
  },
);

describe('a document of resources', () => {
  test('may leave out what is usual', async () => {
    const run = await diff({ 'a.json': bare }, 'a.json', '--against', 'a.json');
    expect(run).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringContaining('5 unchanged') });
    const full = structuredClone(bare);
    Object.assign(full.resources[1] ?? {}, { securityGroupIds: [] });
    Object.assign(full.resources[2] ?? {}, { targets: [], origin: {} });
    Object.assign(full.resources[3] ?? {}, { authType: 'NONE', origin: {} });
    const forward = { targetGroups: [{ targetGroup: 'hook', weight: 100 }] };
    Object.assign(full.resources[4] ?? {}, { defaultAction: { forward } });
    const both = await diff({ 'a.json': bare, 'b.json': full }, 'a.json', '--against', 'b.json', '--exit-code');
    expect(both).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test.each([
    ['unknown-field', { kind: 'Service', name: 'shop', idleTimeoutSecond: 90 }],
    [
      'unknown-reference',
      {
        ...{ kind: 'Listener', name: 'http-81', service: 'shop', protocol: 'HTTP', port: 81 },
        defaultAction: { forward: { targetGroups: [{ targetGroup: 'hok' }] } },
      },
    ],
  ])('with an %s is refused', async (code, more) => {
    const wrong = small(...bare.resources.filter(({ kind }: { kind?: string }) => kind !== more.kind), more);
    const run = await diff({ 'a.json': wrong }, 'a.json', '--against', 'a.json');
    expect(run).toMatchObject({ exitCode: 3, stdout: '' });
    expect(run.stderr).toContain(`error[lattice-resources/${code}]`);
  });

  test('belongs where the settings say, if it does not say so', async () => {
    const { url, client } = await openSandbox();
    await createStack(client, wanted);
    const { stack: _, ...nameless } = wanted;
    const files = { 'a.json': nameless, 'latticectl.yaml': 'stack: shop\n' };
    const run = await diff(files, 'a.json', '--endpoint-url', url);
    expect(run).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('13 unchanged') });
  });

  test('of another stack is never taken for a part of the first', async () => {
    const other: LatticeResources = { ...having(() => undefined), stack: 'other' };
    const run = await diff({ 'a.json': wanted, 'b.json': other }, 'a.json', 'b.json', '--against', 'a.json');
    expect(run).toMatchObject({ exitCode: 64, stdout: '' });
    expect(run.stderr).toContain('two values of stack: "shop" and "other"');
  });
});
