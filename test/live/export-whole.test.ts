import * as lattice from '@aws-sdk/client-vpc-lattice';
import { describe, expect, test } from 'vitest';
import { makeFolder, runCli } from '../cli/fake-world.ts';
import { openSandbox } from '../sandbox/harness.ts';
import { forward, scene } from '../sandbox/world.ts';
import { createStack } from './create-stack.ts';
import { vpcId, wanted } from './wanted.ts';

// What stands in an account and latticectl never makes is exported as well: diff --prune would delete what an export lacks.

const marked = (key: string) => ({ tags: { team: 'web', 'latticectl/stack': 'shop', 'latticectl/id': key } });

/** A stack with everything that somebody may have chosen by hand. */
async function openChosen() {
  const sandbox = await openSandbox();
  const { client } = sandbox;
  const ids = await createStack(client, wanted);
  const { service, listener, group } = scene(client);
  await client.send(
    new lattice.UpdateServiceCommand({
      serviceIdentifier: ids.get('Service shop-example-com')?.id,
      idleTimeoutSeconds: 120,
    }),
  );
  await client.send(
    new lattice.UpdateServiceNetworkVpcAssociationCommand({
      serviceNetworkVpcAssociationIdentifier: ids.get(`ServiceNetworkVpcAssociation net/${vpcId}`)?.id ?? '',
      securityGroupIds: ['sg-0123456789abcdef0'],
      privateDnsEnabled: true,
      dnsOptions: {
        privateDnsPreference: 'SPECIFIED_DOMAINS_ONLY',
        privateDnsSpecifiedDomains: ['shop.example.com'],
      },
    } as lattice.UpdateServiceNetworkVpcAssociationRequest),
  );
  const config = { port: 443, protocol: 'TCP', vpcIdentifier: vpcId } as const;
  const check = { enabled: true, protocol: 'HTTPS', protocolVersion: 'HTTP1', path: '/up' } as const;
  const tcp = await group('tcp', { config, ...marked('TargetGroup tcp') });
  await group('tcp-checked', { config: { ...config, healthCheck: check }, ...marked('TargetGroup tcp-checked') });
  const targets = [{ id: '10.0.0.5', port: 443 }];
  await client.send(new lattice.RegisterTargetsCommand({ targetGroupIdentifier: tcp.id, targets }));
  await group('grpc', {
    config: { port: 50_051, protocol: 'HTTPS', protocolVersion: 'GRPC', vpcIdentifier: vpcId },
    ...marked('TargetGroup grpc'),
  });
  await group('function', {
    type: 'LAMBDA',
    config: { lambdaEventStructureVersion: 'V2' },
    ...marked('TargetGroup function'),
  });
  const pass = await service('pass', { customDomainName: 'pass.example.com', ...marked('Service pass') });
  await listener(pass.id, {
    name: 'tls-443',
    protocol: 'TLS_PASSTHROUGH',
    port: 443,
    defaultAction: forward([tcp.id, 1]),
    ...marked('Listener pass/tls-443'),
  });
  const run = (files: Readonly<Record<string, string>>, ...argv: readonly string[]) =>
    runCli([...argv, '--endpoint-url', sandbox.url], { cwd: makeFolder(files) });
  return { ...sandbox, ids, run };
}

describe('an export of everything that can be chosen', () => {
  test.each(['yaml', 'json'])('is found unchanged, as %s', async (output) => {
    const { run } = await openChosen();
    const exported = await run({}, 'export', '--stack', 'shop', '--to', 'lattice', '-o', output);
    expect(exported).toMatchObject({ exitCode: 0, stderr: '' });
    const again = await run({ 'lattice.yaml': exported.stdout }, 'diff', 'lattice.yaml', '--prune', '--exit-code');
    expect(again.stdout).toMatch(/^ {2}19 unchanged\nPlan: 0 to create, 0 to update, 0 to replace, 0 to delete\./);
    expect(again).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('is a state to compare with: going back to the usual is a change', async () => {
    const { run, client, ids } = await openChosen();
    const { stdout } = await run({}, 'export', '--stack', 'shop', '--to', 'lattice');
    await client.send(
      new lattice.UpdateServiceCommand({
        serviceIdentifier: ids.get('Service shop-example-com')?.id,
        idleTimeoutSeconds: 60,
      }),
    );
    const again = await run({ 'lattice.yaml': stdout }, 'diff', 'lattice.yaml', '--exit-code');
    expect(again.stdout).toContain('    idleTimeoutSeconds: 60 -> 120\n');
    expect(again.exitCode).toBe(2);
  });

  test('says as manifests what carries no HTTP, and which groups have no name', async () => {
    const { run } = await openChosen();
    const refused = await run({}, 'export', '--stack', 'shop', '--service', 'pass');
    expect(refused).toMatchObject({ exitCode: 3, stdout: '' });
    expect(refused.stderr).toContain(
      'error[lattice-resources/no-http]: the listener tls-443 of pass passes TLS through and carries no HTTP',
    );
    expect(refused.stderr).toMatch(/NAMESPACE\/SERVICE:80: \{ targetGroupArn: "arn:aws:vpc-lattice:[^"]*\/tg-\w+" \}/);
  });
});

describe('export', () => {
  test('puts place and owner above the resources', async () => {
    const { run } = await openChosen();
    const { stdout } = await run({}, 'export', '--stack', 'shop', '--to', 'lattice', '--region', 'us-west-2');
    expect(stdout).toMatch(/^kind: LatticeResources\nstack: shop\nregion: us-west-2\naccount: "123456789012"\ntags:\n/);
  });

  test('warns of a stack that nothing is of', async () => {
    const { run } = await openChosen();
    const empty = await run({}, 'export', '--stack', 'shpo', '--to', 'lattice');
    expect(empty).toMatchObject({ exitCode: 0, stdout: '' });
    expect(empty.stderr).toContain('warning[live/nothing-found]: nothing in the account is of the stack shpo');
  });

  test('says whose a service is that another account shares', async () => {
    const { run, clientOf } = await openChosen();
    const owner = clientOf('210987654321');
    const shared = await scene(owner).service('theirs');
    const statement = { Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: '*', Resource: '*' };
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await owner.send(new lattice.PutResourcePolicyCommand({ resourceArn: shared.arn, policy }));
    const refused = await run({}, 'export', '--service', 'theirs', '--to', 'lattice');
    expect(refused).toMatchObject({ exitCode: 3, stdout: '' });
    expect(refused.stderr).toContain(
      'error[live/owner-elsewhere]: the service theirs is shared by the account 210987654321',
    );
  });

  test('writes one report on stderr, and no text beside it', async () => {
    const { run } = await openChosen();
    const { stderr } = await run({}, 'export', '--stack', 'shop', '--to', 'ir', '--report', 'json');
    expect(JSON.parse(stderr)).toMatchObject({ command: 'export', exitCode: 3 });
  });
});

test('target groups of others that a rule leads to are referred to', async () => {
  const { run, client, ids } = await openChosen();
  const theirs = await scene(client).group('theirs');
  const place = {
    serviceIdentifier: ids.get('Service shop-example-com')?.id,
    listenerIdentifier: ids.get('Listener shop-example-com/https-443')?.id,
  };
  const ruleIdentifier = ids.get('Rule shop-example-com/https-443/prefix-hook')?.id;
  await client.send(new lattice.UpdateRuleCommand({ ...place, ruleIdentifier, action: forward([theirs.id, 1]) }));
  const settings = { 'latticectl.yaml': `backends:\n  shop/them:80: { targetGroupArn: "${theirs.arn}" }\n` };
  const { stdout } = await run(settings, 'export', '--stack', 'shop', '--to', 'lattice', '-o', 'json');
  expect(JSON.parse(stdout).resources).toContainEqual({
    kind: 'ExternalTargetGroup',
    name: 'theirs',
    arn: theirs.arn,
    origin: { backend: 'shop/them:80' },
  });
  const again = await run({ 'lattice.json': stdout }, 'diff', 'lattice.json', '--prune', '--exit-code');
  expect(again).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringContaining('19 unchanged') });
});
