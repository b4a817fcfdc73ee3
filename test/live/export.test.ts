import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListTargetGroupsCommand } from '@aws-sdk/client-vpc-lattice';
import { describe, expect, test } from 'vitest';
import { makeFolder, runCli, shop, surroundings } from '../cli/fake-world.ts';
import { openSandbox } from '../sandbox/harness.ts';
import { scene } from '../sandbox/world.ts';
import { createStack } from './create-stack.ts';
import { having, vpcId, wanted } from './wanted.ts';

async function openStack(files: Readonly<Record<string, string>> = {}, stack = wanted) {
  const sandbox = await openSandbox();
  await createStack(sandbox.client, stack);
  const cwd = makeFolder(files);
  const run = (...argv: readonly string[]) => runCli([...argv, '--endpoint-url', sandbox.url], { cwd });
  return { ...sandbox, cwd, run };
}

/** The same for everyone: who may call has no form in the other targets. */
const open = having((one) => {
  if (one.kind === 'AuthPolicy') return undefined;
  return one.kind === 'Service' || one.kind === 'ServiceNetwork' ? { ...one, authType: 'NONE' } : one;
});

describe('export', () => {
  test('writes what diff finds nothing against, in both formats', async () => {
    const { run, url } = await openStack();
    for (const output of ['yaml', 'json']) {
      const { stdout, stderr, exitCode } = await run('export', '--stack', 'shop', '--to', 'lattice', '-o', output);
      expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
      const cwd = makeFolder({ 'lattice.yaml': stdout });
      const again = await runCli(['diff', 'lattice.yaml', '--exit-code', '--endpoint-url', url], { cwd });
      expect(again.stdout).toContain('13 unchanged\nPlan: 0 to create');
      expect(again.exitCode).toBe(0);
    }
  });

  test('writes a service of anybody', async () => {
    const { run, client } = await openStack();
    const service = await scene(client).service('theirs');
    const listener = await scene(client).listener(service.id);
    await scene(client).rule({ serviceIdentifier: service.id, listenerIdentifier: listener.id }, 1);
    const { stdout, exitCode } = await run('export', '--service', 'theirs', '--to', 'lattice', '-o', 'json');
    expect(exitCode).toBe(0);
    const document = JSON.parse(stdout);
    expect(document.resources.map((one: { kind: string }) => one.kind)).toEqual(['Service', 'Listener', 'Rule']);
    expect(document).not.toHaveProperty('stack');
    const absent = await run('export', '--service', 'nobody', '--to', 'lattice');
    expect(absent).toMatchObject({ exitCode: 3, stdout: '' });
    expect(absent.stderr).toContain('live/missing');
  });

  test('gives target groups the backends of the settings, in Gateway API and in the routing model', async () => {
    const backends = `backends:
  shop/web:80: {ips: [10.0.0.1], port: 8080, vpcId: ${vpcId}}
  shop/cart:80: {ips: [10.0.0.2], port: 8080, vpcId: ${vpcId}}
  shop/hook:80: {lambdaArn: 'arn:aws:lambda:us-west-2:123456789012:function:hook'}
`;
    const { run } = await openStack({ 'latticectl.yaml': `stack: shop\n${backends}` }, open);
    expect((await run('export', '--to', 'ir', '--service', 'shop-example-com')).exitCode).toBe(0);
    const model = await run('export', '--to', 'ir');
    expect(model.exitCode).toBe(0);
    expect(model.stdout).toContain('name: cart');
    const manifests = await run('export', '--accept', 'lattice/certificate-by-discovery=known');
    expect(manifests.stdout).toContain('kind: HTTPRoute');
    expect(manifests.stdout).toMatch(/name: cart\n\s+(?:namespace: shop\n\s+)?port: 80\n\s+weight: 90\n/);
  });

  test('keeps subsets apart, though nothing says what they ask for', async () => {
    const backends = `backends:
  shop/web:80: {ips: [10.0.0.1], port: 8080, vpcId: ${vpcId}}
  shop/cart:80@v1: {ips: [10.0.0.2], port: 8080, vpcId: ${vpcId}}
  shop/cart:80@v2: {lambdaArn: 'arn:aws:lambda:us-west-2:123456789012:function:hook'}
services: {shop/cart: {ports: [{name: http, port: 80}], selector: {app: cart}}}
`;
    const { run, cwd } = await openStack({ 'latticectl.yaml': `stack: shop\n${backends}` }, open);
    const flags = ['export', '--accept', 'lattice/certificate-by-discovery=known'];
    const refused = await run(...flags);
    expect(refused).toMatchObject({ stdout: '', exitCode: 3 });
    expect(refused.stderr).toContain('error[gateway-api/subset-not-selectable]');
    writeFileSync(join(cwd, 'latticectl.yaml'), `stack: shop\n${backends}subsetService: "{service}-{subset}"\n`);
    expect((await run(...flags)).stdout).toMatch(/name: cart-v1\n/);
  });

  test('takes none of two backends that a group may stand for, and the one that names it', async () => {
    const cart = `{ips: [10.0.0.2], port: 8080, vpcId: ${vpcId}}`;
    const twins = `stack: shop\nbackends:\n  shop/cart:80: ${cart}\n  shop/basket:80: ${cart}\n`;
    const { run, client, cwd } = await openStack({ 'latticectl.yaml': twins }, open);
    const unclear = await run('export', '--to', 'ir');
    expect(unclear.stderr).toMatch(/warning\[live\/group-unmapped\].*shop-cart/);
    expect(unclear.stdout).not.toMatch(/name: (?:cart|basket)$/m);
    const { items = [] } = await client.send(new ListTargetGroupsCommand({}));
    const arn = items.find(({ name }) => name === 'shop-cart')?.arn ?? '';
    writeFileSync(join(cwd, 'latticectl.yaml'), `${twins}  shop/named:80: {targetGroupArn: "${arn}"}\n`);
    expect((await run('export', '--to', 'ir')).stdout).toMatch(/name: named$/m);
  });

  test('says that an auth policy has no form in Gateway API', async () => {
    const { run } = await openStack();
    const refused = await run('export', '--stack', 'shop');
    expect(refused).toMatchObject({ exitCode: 3, stdout: '' });
    expect(refused.stderr).toContain('error[lattice-resources/policy-not-evaluated]');
  });

  test('ends with 64 without a stack, and with 1 without an answer', async () => {
    const { run, setFaults } = await openStack();
    expect(await run('export')).toMatchObject({ exitCode: 64, stdout: '' });
    await setFaults([{ operation: 'GetRule', times: 1000, do: { garbage: true } }]);
    const broken = await run('export', '--stack', 'shop');
    expect(broken).toMatchObject({ exitCode: 1, stdout: '' });
    expect(broken.stderr).toMatch(/GetRule .*\(request /);
  });

  test('changes nothing', async () => {
    const { run, calls } = await openStack();
    const mutating = async () => Object.entries(await calls()).filter(([name]) => !/^(?:Get|List)/.test(name));
    const before = await mutating();
    await run('export', '--stack', 'shop', '--to', 'lattice');
    expect(await mutating()).toEqual(before);
  });
});

describe('diff of sources', () => {
  const settings = (web: string) => `stack: shop
region: us-west-2
serviceNetwork: {name: net, create: true}
backends:
  shop/web:8080: {ips: [${web}], port: 8080, vpcId: ${vpcId}}
  shop/cart:8080: {ips: [10.0.0.2], port: 8080, vpcId: ${vpcId}}
`;

  test('converts them, and names the lines that ask for a resource', async () => {
    const sandbox = await openSandbox();
    const cwd = makeFolder({
      'routes.yaml': shop('shop.example.com'),
      'around.yaml': surroundings,
      'latticectl.yaml': settings('10.0.0.1'),
      'changed.yaml': settings('10.0.0.7'),
    });
    const run = (...argv: readonly string[]) => runCli([...argv, '-q'], { cwd });
    const live = ['--endpoint-url', sandbox.url];
    const inputs = ['routes.yaml', 'around.yaml'];
    const fresh = await run('diff', ...inputs, ...live);
    expect(fresh.exitCode).toBe(0);
    expect(fresh.stdout).toMatch(/\+ Rule shop-example-com\/http-80\/exact-cart-\w+ {2}routes\.yaml:\d+\n/);
    const product = await run('convert', ...inputs, '--to', 'lattice', '-o', 'json');
    await createStack(sandbox.client, JSON.parse(product.stdout));
    const same = await run('diff', ...inputs, ...live, '--exit-code');
    expect(same.stdout).toContain('Plan: 0 to create, 0 to update, 0 to replace, 0 to delete.');
    expect(same.exitCode).toBe(0);
    const changed = await run('diff', ...inputs, ...live, '--exit-code', '--config', 'changed.yaml');
    expect(changed.stdout).toContain('targets[10.0.0.7:8080]: (none) -> true');
    expect(changed.exitCode).toBe(2);
  });

  test('plans nothing while an error of the conversion stands', async () => {
    const cwd = makeFolder({
      'routes.yaml': shop('shop.example.com'),
      'around.yaml': surroundings,
      'latticectl.yaml': 'stack: shop\n',
    });
    const run = await runCli(['diff', '.', '--endpoint-url', 'http://127.0.0.1:1', '--plan-out', 'p.json'], { cwd });
    expect(run).toMatchObject({ exitCode: 3, stdout: '' });
  });
});
