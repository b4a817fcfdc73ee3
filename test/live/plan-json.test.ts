import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UntagResourceCommand } from '@aws-sdk/client-vpc-lattice';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { printPlanFile } from '../../src/cli/live/plan-file.ts';
import { renderJsonReport } from '../../src/cli/reports/json.ts';
import { planToJson } from '../../src/cli/reports/plan-json.ts';
import type { LatticeResource } from '../../src/emitters/lattice/resources.ts';
import { makeFolder, runCli } from '../cli/fake-world.ts';
import { openSandbox } from '../sandbox/harness.ts';
import { createStack } from './create-stack.ts';
import { planAgainst } from './plan-against.ts';
import { having, wanted } from './wanted.ts';

const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

/** Why a text breaks a published schema; undefined where it does not. */
function whyBroken(name: 'diff' | 'plan', text: string): string | undefined {
  const ajv = new Ajv({ strict: false });
  for (const part of ['envelope', 'diff']) ajv.addSchema(readJson(`schemas/output/${part}.json`), `${part}.json`);
  ajv.addSchema(readJson('schemas/plan.schema.json'), 'plan.json');
  return ajv.validate(`${name}.json`, JSON.parse(text)) ? undefined : ajv.errorsText();
}

const change = (one: LatticeResource): LatticeResource | undefined => {
  // The port of a group cannot be changed, a split can, and nobody wants the hook any more.
  if (one.kind === 'TargetGroup' && one.name === 'shop-cart' && one.config !== undefined)
    return { ...one, config: { ...one.config, port: 9090 }, targets: [{ id: '10.0.0.2', port: 9090 }] };
  if (one.kind === 'Service') return { ...one, authType: 'NONE' };
  return one.kind === 'Rule' && one.name === 'prefix-hook' ? undefined : one;
};
const network: LatticeResource = {
  kind: 'AccessLogSubscription',
  name: 'net/s3',
  of: 'ServiceNetwork',
  resource: 'net',
  destinationArn: 'arn:aws:s3:::net-logs',
};
const desired = { ...having(change), resources: [...having(change).resources, network] };

describe('the report of a plan', () => {
  test.each([
    ['without --prune', [], { create: 1, update: 1, replace: 1, delete: 0, adopt: 0, orphaned: 1 }],
    ['with --prune', ['--prune'], { create: 1, update: 1, replace: 1, delete: 1, adopt: 0, orphaned: 0 }],
  ] as const)('%s is the same on stdout and in a file, as its schema says', async (_, flags, counts) => {
    const { url, client } = await openSandbox();
    await createStack(client, wanted);
    const cwd = makeFolder({ 'lattice.json': JSON.stringify(desired) });
    const diff = async (...more: readonly string[]) =>
      (await runCli(['diff', 'lattice.json', '--endpoint-url', url, ...flags, ...more], { cwd })).stdout;
    const text = await diff('-o', 'json', '--plan-out', 'plan.json');
    expect(JSON.parse(text).result.counts).toEqual(counts);
    expect(JSON.parse(text).summary).toMatchObject(counts);
    expect(await diff('--report', 'json')).toBe(text);
    await diff('--report', 'json=report.json');
    expect(readFileSync(join(cwd, 'report.json'), 'utf8')).toBe(text);
    expect(whyBroken('diff', text)).toBeUndefined();
    expect(whyBroken('plan', readFileSync(join(cwd, 'plan.json'), 'utf8'))).toBeUndefined();
  });

  test('has adopted resources', async () => {
    const { url, client } = await openSandbox();
    const ids = await createStack(client, wanted);
    const { id = '', arn: resourceArn = '' } = ids.get('TargetGroup shop-web') ?? {};
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['latticectl/stack', 'latticectl/id'] }));
    const { plan, checksum } = await planAgainst(url, wanted, { adopt: [id] });
    const result = { plan, checksum: checksum.padEnd(32, '0'), wanted };
    const report = planToJson(result);
    expect(report.result.counts).toEqual({ create: 0, update: 0, replace: 0, delete: 0, adopt: 1, orphaned: 0 });
    const envelope = { command: 'diff', version: '0', exitCode: 0, ...report, diagnostics: [] };
    expect(whyBroken('diff', renderJsonReport(envelope))).toBeUndefined();
    expect(whyBroken('plan', printPlanFile(result))).toBeUndefined();
  });
});
