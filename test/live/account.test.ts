import * as lattice from '@aws-sdk/client-vpc-lattice';
import { describe, expect, test } from 'vitest';
import type { LatticeResources } from '../../src/emitters/lattice/resources.ts';
import { toLiveError } from '../../src/lattice/aws/aws-error.ts';
import { makeFolder, runCli } from '../cli/fake-world.ts';
import { openSandbox } from '../sandbox/harness.ts';
import { scene } from '../sandbox/world.ts';
import { createStack } from './create-stack.ts';
import { having, wanted } from './wanted.ts';

// Whose account it is where STS is not asked: told by what only its owner can read.

const notFound = { fixedResponse: { statusCode: 404 } };

/** A stack without target groups, whose ARNs would tell the account. */
const bare = having((one) => {
  if (one.kind === 'TargetGroup') return undefined;
  return one.kind === 'Rule' ? { ...one, action: notFound } : one;
});

async function open(document: LatticeResources) {
  const sandbox = await openSandbox();
  await createStack(sandbox.client, bare);
  const cwd = makeFolder({ 'lattice.json': JSON.stringify(document) });
  const diff = (...more: readonly string[]) =>
    runCli(['diff', 'lattice.json', '--endpoint-url', sandbox.url, ...more], { cwd });
  return { ...sandbox, cwd, diff };
}

const refuse = (more: object = {}) => [
  { operation: 'ListTagsForResource', times: 1000, do: { error: 'AccessDeniedException' }, ...more },
];

describe('tags that the credentials may not read', () => {
  test('are no tags of another account, once some tag of the same account was read', async () => {
    const { diff, setFaults } = await open(bare);
    await setFaults(refuse({ at: 2 }));
    const run = await diff();
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toContain('vpc-lattice:ListTagsForResource');
  });

  test('are no tags of another account, where the settings name this one', async () => {
    const { diff, setFaults } = await open({ ...bare, account: '123456789012' });
    await setFaults(refuse());
    const run = await diff();
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toContain('vpc-lattice:ListTagsForResource');
  });

  test('are no tags of another account, where the refusal names the caller', () => {
    const error = Object.assign(
      new Error(
        'User: arn:aws:sts::123456789012:assumed-role/ci/run is not authorized to perform: vpc-lattice:ListTagsForResource',
      ),
      { name: 'AccessDeniedException' },
    );
    expect(toLiveError('ListTagsForResource', error)).toMatchObject({ kind: 'denied', caller: '123456789012' });
  });

  test('are those of another account, where nothing of this one is there', async () => {
    const { url, clientOf } = await openSandbox();
    const owner = clientOf('210987654321');
    const shared = await scene(owner).network('net');
    const statement = { Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: '*', Resource: '*' };
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await owner.send(new lattice.PutResourcePolicyCommand({ resourceArn: shared.arn, policy }));
    const cwd = makeFolder({ 'lattice.json': JSON.stringify(wanted) });
    const run = await runCli(['diff', 'lattice.json', '--endpoint-url', url, '--all'], { cwd });
    expect(run.exitCode).toBe(3);
    expect(run.stderr).toContain('ServiceNetwork net exists and is shared by the account 210987654321');
  });
});

test('the account of the settings is compared with what can be read, without a target group as well', async () => {
  const { diff } = await open({ ...bare, account: '999999999999' });
  const run = await diff();
  expect(run).toMatchObject({ exitCode: 4, stdout: '' });
  expect(run.stderr).toContain('live/other-account');
});

test('a network of somebody else stays as it is, whatever the settings say of it', async () => {
  const { url, client } = await openSandbox();
  await scene(client).network('net');
  const into = having((one) => {
    if (one.kind === 'ServiceNetwork') return { kind: one.kind, name: 'net', create: false, authType: 'AWS_IAM' };
    return one.kind === 'AccessLogSubscription'
      ? { ...one, name: 'net/logs', of: 'ServiceNetwork', resource: 'net' }
      : one;
  });
  const cwd = makeFolder({ 'lattice.json': JSON.stringify(into) });
  const run = await runCli(['diff', 'lattice.json', '--endpoint-url', url], { cwd });
  expect(run.exitCode).toBe(3);
  expect(run.stderr).toContain(
    'error[live/not-ours]: the settings have serviceNetwork.authType, serviceNetwork.authPolicy, serviceNetwork.accessLogs, and ServiceNetwork net is without a tag of latticectl',
  );
  expect(run.stdout).toContain('not planned: AuthPolicy ServiceNetwork/net, AccessLogSubscription net/logs\n');
  expect(run.stdout).toContain('+ ServiceNetworkServiceAssociation net/shop-example-com');
});
