import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readInputs } from '../../src/cli/read-inputs.ts';
import type { World } from '../../src/cli/world.ts';
import { makeFolder, runCli, shop, surroundings } from './fake-world.ts';

function worldIn(cwd: string, piped?: string): World {
  const stream = { isTTY: false, write: () => {} };
  return {
    cwd,
    env: {},
    stdin: { isTTY: piped === undefined, read: async () => new TextEncoder().encode(piped) },
    stdout: stream,
    stderr: stream,
    clock: { now: () => 0, sleep: async () => {}, random: () => 0 },
    later: () => () => {},
    onInterrupt: () => () => {},
  };
}

async function namesOf(inputs: readonly string[], cwd: string, piped?: string): Promise<readonly string[]> {
  return (await readInputs(inputs, worldIn(cwd, piped), new Set())).map(({ file }) => file);
}

describe('inputs', () => {
  const tree = {
    'a/one.yaml': '',
    'a/two.yml': '',
    'a/deep/three.json': '',
    'a/readme.md': '',
    'a/.hidden/four.yaml': '',
    'a/.five.yaml': '',
  };

  test('a directory gives its manifests, hidden ones skipped', async () => {
    expect(await namesOf(['a'], makeFolder(tree))).toEqual(['a/deep/three.json', 'a/one.yaml', 'a/two.yml']);
    expect(await namesOf(['.'], makeFolder(tree))).toEqual(['a/deep/three.json', 'a/one.yaml', 'a/two.yml']);
  });

  test('a quoted glob gives what it matches', async () => {
    expect(await namesOf(['a/**/*.y*ml'], makeFolder(tree))).toEqual(['a/one.yaml', 'a/two.yml']);
  });

  test('a file that is named twice is read once', async () => {
    expect(await namesOf(['a/one.yaml', 'a', './a/one.yaml'], makeFolder(tree))).toHaveLength(3);
  });

  test('a link to a directory above ends', async () => {
    const folder = makeFolder(tree);
    symlinkSync(join(folder, 'a'), join(folder, 'a/deep/again'));
    expect(await namesOf(['a'], folder)).toEqual(['a/deep/three.json', 'a/one.yaml', 'a/two.yml']);
  });

  test('a link that leads nowhere is an error only where a manifest is meant', async () => {
    const folder = makeFolder(tree);
    symlinkSync('gone', join(folder, 'a/tool'));
    expect(await namesOf(['a'], folder)).toHaveLength(3);
    symlinkSync('gone.yaml', join(folder, 'a/lost.yaml'));
    await expect(namesOf(['a'], folder)).rejects.toThrow('a/lost.yaml: no such file or directory');
  });

  test('a pipe is read with - and without any input', async () => {
    expect(await namesOf(['-'], makeFolder({}), 'x')).toEqual(['<stdin>']);
    expect(await namesOf([], makeFolder({}), 'x')).toEqual(['<stdin>']);
  });

  test('no input on a terminal is a matter of usage', async () => {
    const { exitCode, stderr, stdout } = await runCli(['convert'], { cwd: makeFolder({}) });
    expect(exitCode).toBe(64);
    expect(stdout).toBe('');
    expect(stderr).toContain('no input');
  });

  test.each([['missing.yaml'], ['no/*.yaml']])('%s that is not there ends with 1', async (input) => {
    const { exitCode, stderr } = await runCli(['validate', input], { cwd: makeFolder({}) });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${input}: no such file`);
  });

  test('what is recognised nowhere is a finding', async () => {
    const folder = makeFolder({ 'x.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' });
    mkdirSync(join(folder, 'empty'));
    for (const input of ['x.yaml', 'empty']) {
      const { exitCode, stderr, stdout } = await runCli(['convert', input], { cwd: folder });
      expect(exitCode).toBe(3);
      expect(stdout).toBe('');
      expect(stderr).toContain('error[input/nothing-recognised]');
    }
  });

  test('one broken document leaves the others alone', async () => {
    const folder = makeFolder({ 'a.yaml': `a: [\n---\n${shop('a.example.com')}---\n${surroundings}` });
    const { exitCode, stdout, stderr } = await runCli(['convert', '--partial', 'a.yaml'], { cwd: folder });
    expect(exitCode).toBe(3);
    expect(stderr).toContain('error[documents/invalid-yaml]');
    expect(stdout).toContain('a.example.com');
  });

  test('a version that is not known is a finding', async () => {
    const folder = makeFolder({ 'a.yaml': shop('a.example.com').replace('/v1\n', '/v7\n') });
    const { exitCode, stderr } = await runCli(['convert', 'a.yaml'], { cwd: folder });
    expect(exitCode).toBe(3);
    expect(stderr).toContain('error[input/unknown-version]');
    expect(stderr).toContain('--> a.yaml:1:13  VirtualService shop/shop  apiVersion');
  });

  test('two objects of one name that differ are an error that names both; equal ones are one', async () => {
    const first = `${shop('a.example.com')}---\n${surroundings}`;
    const cwd = makeFolder({
      'a.yaml': first,
      'b.yaml': shop('a.example.com').replace('/cart}', '/basket}'),
      'c.yaml': first,
    });
    const differ = await runCli(['convert', 'a.yaml', 'b.yaml'], { cwd });
    expect(differ.exitCode).toBe(3);
    expect(differ.stderr).toContain('error[input/conflicting-objects]');
    expect(differ.stderr).toMatch(/a\.yaml:1:1[\s\S]*b\.yaml:1:1|b\.yaml:1:1[\s\S]*a\.yaml:1:1/);
    const equal = await runCli(['convert', 'a.yaml', 'c.yaml'], { cwd });
    expect(equal.exitCode).toBe(0);
    expect(equal.stdout).toBe((await runCli(['convert', 'a.yaml'], { cwd })).stdout);
  });

  test('own output is skipped', async () => {
    const cwd = makeFolder({ 'a.yaml': `${shop('a.example.com')}---\n${surroundings}` });
    const first = await runCli(['convert', 'a.yaml', '--out', 'out.yaml'], { cwd });
    expect(first.exitCode).toBe(0);
    const second = await runCli(['convert', '.'], { cwd });
    expect(second.stderr).toContain('info[input/own-output]');
    expect(second.stdout).toBe((await runCli(['convert', 'a.yaml'], { cwd })).stdout);
  });

  test('recognised input with nothing to write ends with 0 and a warning', async () => {
    const cwd = makeFolder({ 'a.yaml': surroundings.slice(surroundings.indexOf('---\n') + 4) });
    const { exitCode, stdout, stderr } = await runCli(['convert', 'a.yaml'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('warning[input/nothing-to-emit]');
  });
});
