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

  test('points to the addresses of the settings that do not go together', async () => {
    const { stderr } = await run(
      ['convert', 'a.yaml', '--to', 'lattice'],
      settings.replace('[10.0.0.1]', '[10.0.0.1, "fd00::1"]'),
    );
    expect(stderr).toMatch(/error\[lattice\/mixed-addresses\].*\n {2}--> latticectl\.yaml:5:25 /);
  });

  test('prints only those lines for a network that the settings lack', async () => {
    const { stderr } = await run(['convert', 'a.yaml', '--to', 'lattice'], 'stack: mine\n');
    expect(stderr).toContain('    region: us-west-2\n    serviceNetwork: {name: shop, create: true}\n');
    expect(stderr).not.toContain('    stack: ');
  });

  test('every line that it prints to add can be pasted as it is', async () => {
    const secure = input.replace('protocol: HTTP}', 'protocol: HTTPS}\n    tls: {mode: SIMPLE, credentialName: a}');
    expect(secure).not.toBe(input);
    let own = '';
    for (let round = 0; ; round++) {
      const cwd = makeFolder({ 'a.yaml': secure, 'latticectl.yaml': own });
      const { stderr, exitCode } = await runCli(['convert', 'a.yaml', '--to', 'lattice'], { cwd });
      const lines = [...stderr.matchAll(/latticectl\.yaml \(with the right values\):\n((?: {4}.*\n)+)/g)];
      if (lines.length === 0) {
        expect(exitCode).toBe(0);
        expect(round).toBeGreaterThan(0);
        return;
      }
      own += lines.map(([, text = '']) => text.replace(/^ {4}/gm, '')).join('');
      expect(round).toBeLessThan(5);
    }
  });

  test.each([
    ['tags: {"aws:x": v}', 'tags "aws:x"', 'latticectl.yaml:7:17'],
    ['hosts: {a.example.com: {serviceName: svc-a}}', 'Service.name "svc-a"', 'latticectl.yaml:7:38'],
    ['hosts: {a.example.com: {customDomain: "*.a.com"}}', 'Service.customDomainName', 'latticectl.yaml:7:39'],
    ['hosts: {a.example.com: {authPolicy: {}}}', 'no policy of IAM', 'latticectl.yaml:7:37'],
    ['hosts: {b.example.com: {serviceName: shop}}', 'did you mean a.example.com', 'latticectl.yaml:7:24'],
  ])('a value of the settings that is refused is shown where it stands: %s', async (line, message, place) => {
    const { stderr } = await run(['convert', 'a.yaml', '--to', 'lattice'], `${settings}${line}\n`);
    const [, shown = ''] = stderr.split(message);
    expect(/--> (\S+)/.exec(shown)?.[1]).toBe(place);
  });

  test('a field of a backend that is refused is shown where it stands', async () => {
    const own = settings.replace('ips: [10.0.0.1], port: 8080', 'ips: [8.8.8.8], port: 8080, healthCheck: {path: x}');
    const { stderr } = await run(['convert', 'a.yaml', '--to', 'lattice'], own);
    expect(stderr).toContain('--> latticectl.yaml:5:25  backends["shop/cart:8080"].ips');
    expect(stderr).toContain('--> latticectl.yaml:5:68  backends["shop/cart:8080"].healthCheck.path');
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

  test('verify sees that an auth policy is gone', async () => {
    const guarded = `${settings}hosts: {a.example.com: {authPolicy: {Statement: [{Effect: Allow, Principal: '*', Action: '*', Resource: '*'}]}}}\n`;
    const [one, other] = [folder(guarded), folder()];
    for (const cwd of [one, other]) {
      const { exitCode } = await runCli(['convert', 'a.yaml', '--to', 'lattice', '--out', 'lattice.yaml'], { cwd });
      expect(exitCode).toBe(0);
    }
    const same = await runCli(['verify', 'lattice.yaml', '--against', 'lattice.yaml'], { cwd: one });
    expect(same.exitCode).toBe(0);
    const gone = await runCli(['verify', `${one}/lattice.yaml`, '--against', `${other}/lattice.yaml`], { cwd: one });
    expect(gone.stdout).toContain('access');
    expect(gone.exitCode).toBe(3);
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
