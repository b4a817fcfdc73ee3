import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { makeFolder, shop, surroundings } from './fake-world.ts';

// The built program: `npm run build` (which installing runs) has made it.
const bin = `${process.cwd()}/bin/latticectl.js`;

function manyHosts(count: number): string {
  const hosts = Array.from({ length: count }, (_, index) => shop(`h${index}.example.com`, { name: `h${index}` }));
  return [...hosts, surroundings].join('---\n');
}

describe('the built program', () => {
  test('ends with the codes of the contract', () => {
    const cwd = makeFolder({ 'a.yaml': manyHosts(1) });
    const codeOf = (...argv: readonly string[]) =>
      spawnSync(process.execPath, [bin, ...argv], { cwd, input: '' }).status;
    expect(codeOf('convert', 'a.yaml')).toBe(0);
    expect(codeOf('convert', 'none.yaml')).toBe(1);
    expect(codeOf('convert', '-')).toBe(3);
    expect(codeOf('convert', '--nonsense')).toBe(64);
    expect(codeOf('--version')).toBe(0);
  });

  test('writes all of a large product into a slow pipe', async () => {
    const cwd = makeFolder({ 'a.yaml': manyHosts(400) });
    const child = spawn(process.execPath, [bin, 'convert', 'a.yaml', '-q'], {
      cwd,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child.stdout.pause();
    await new Promise((resolve) => setTimeout(resolve, 300));
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    await once(child, 'close');
    expect(text.length).toBeGreaterThan(65_536);
    expect(text.match(/h\d+\.example\.com$/gm)?.length).toBeGreaterThanOrEqual(400);
  });

  test.runIf(existsSync('/dev/full'))('says that the output could not be written', () => {
    const cwd = makeFolder({ 'a.yaml': manyHosts(1) });
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [bin, 'convert', 'a.yaml'], {
      cwd,
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    expect(stderr).toContain('error: cannot write to stdout: no space left on the device');
    expect(status).toBe(1);
  });

  test('does not mind a reader that leaves', async () => {
    const cwd = makeFolder({ 'a.yaml': manyHosts(400) });
    const child = spawn(process.execPath, [bin, 'convert', 'a.yaml', '-q'], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let complaints = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      complaints += chunk;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const [exitCode] = await once(child, 'close');
    expect(complaints).not.toContain('EPIPE');
    expect(exitCode).toBe(0);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends it with %i', async (signal, expected) => {
    const child = spawn(process.execPath, [bin, 'convert', '-'], { stdio: ['pipe', 'ignore', 'ignore'] });
    // It waits for stdin; the signal comes once it listens.
    await new Promise((resolve) => setTimeout(resolve, 600));
    child.kill(signal);
    const [exitCode] = await once(child, 'close');
    expect(exitCode).toBe(expected);
  });
});
