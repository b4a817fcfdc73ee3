import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { makeFolder, runCli, shop, surroundings } from './fake-world.ts';

const input = `${shop('a.example.com')}---\n${surroundings}`;
const settings = `stack: shop
region: us-west-2
serviceNetwork: {name: net, create: true}
backends:
  shop/cart:8080: {ips: [10.0.0.1], port: 8080, vpcId: vpc-0123456789abcdef0}
  shop/web:8080: {ips: [10.0.0.2], port: 8080, vpcId: vpc-0123456789abcdef0}
`;
const folder = (own = settings) => makeFolder({ 'a.yaml': input, 'latticectl.yaml': own });
const run = (args: readonly string[], own?: string) => runCli([...args], { cwd: folder(own) });

describe('convert --to lattice', () => {
  test('prints one document as YAML or JSON, which fits its schema, and compares it with the source', async () => {
    const yaml = await run(['convert', 'a.yaml', '--to', 'lattice']);
    const json = await run(['convert', 'a.yaml', '--to', 'lattice', '-o', 'json']);
    const document = JSON.parse(json.stdout);
    expect(load(yaml.stdout)).toEqual(document);
    expect(document).toMatchObject({ kind: 'LatticeResources', stack: 'shop', region: 'us-west-2' });
    const schema = JSON.parse(readFileSync('schemas/LatticeResources.schema.json', 'utf8'));
    expect(new Ajv({ strict: false }).validate(schema, document)).toBe(true);
    expect(yaml.stderr).toContain('verified: 1 host equal');
    expect(yaml.exitCode).toBe(0);
  });

  test('gives the same bytes again', async () => {
    const [one, other] = [
      await run(['convert', 'a.yaml', '--to', 'lattice']),
      await run(['convert', 'a.yaml', '--to', 'lattice']),
    ];
    expect(one.stdout).toBe(other.stdout);
  });

  test('prints the lines to add for backends without a mapping', async () => {
    const { stdout, stderr, exitCode } = await run(
      ['convert', 'a.yaml', '--to', 'lattice'],
      settings.split('backends')[0],
    );
    expect(stdout).toBe('');
    expect(exitCode).toBe(3);
    const lines = / backends:\n(?: .*\n)+/.exec(stderr)?.[0] ?? '';
    expect(lines.match(/shop\/\w+:8080: \{ips: /g)).toHaveLength(2);
  });

  test('what it prints to add is what it takes', async () => {
    const { stderr } = await run(['convert', 'a.yaml', '--to', 'lattice'], settings.split('backends')[0]);
    const help = /latticectl\.yaml \(with the right values\):\n([\s\S]*?)\n\n/.exec(stderr)?.[1] ?? '';
    const indent = /^ */.exec(help)?.[0] ?? '';
    const lines = help.split('\n').map((line) => line.replace(indent, ''));
    const again = await run(
      ['convert', 'a.yaml', '--to', 'lattice'],
      `${settings.split('backends')[0]}${lines.join('\n')}`,
    );
    expect(again.exitCode).toBe(0);
    expect(again.stdout).toContain('kind: LatticeResources');
  });

  test.each([
    [['--profile', 'standard'], '--profile standard is a form of --to gateway-api'],
    [['--out', 'out/'], '--to lattice writes one document'],
  ])('%j is a mistake of usage', async (flags, message) => {
    const { stderr, exitCode } = await run(['convert', 'a.yaml', '--to', 'lattice', ...flags]);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(64);
  });

  test('its product is followed by trace, and skipped by convert', async () => {
    const cwd = folder();
    const written = await runCli(['convert', 'a.yaml', '--to', 'lattice', '--out', 'lattice.yaml'], { cwd });
    expect(written.exitCode).toBe(0);
    const traced = await runCli(['trace', 'lattice.yaml', 'GET http://a.example.com/cart'], { cwd });
    expect(traced.stdout).toContain('shop/cart:8080');
    expect(traced.stdout).toContain('(lattice)');
    const both = await runCli(['trace', 'a.yaml', 'GET http://a.example.com/x', '--against', 'lattice.yaml'], { cwd });
    expect(both.exitCode).toBe(0);
    const verified = await runCli(['verify', 'a.yaml', '--against', 'lattice.yaml'], { cwd });
    expect(verified.stderr + verified.stdout).not.toContain('unknown: ');
    expect(verified.exitCode).toBe(0);
    const again = await runCli(['convert', 'a.yaml', 'lattice.yaml', '--to', 'lattice'], { cwd });
    expect(again.stderr).toContain('info[input/own-output]');
    expect(again.exitCode).toBe(0);
  });
});
