import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as lattice from '@aws-sdk/client-vpc-lattice';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeFolder, runCli } from '../cli/fake-world.ts';
import { failureOf } from './failure.ts';
import { clientOf } from './harness.ts';
import { scene } from './world.ts';

// The built program: `npm run build` (which installing runs) has made it.
const bin = `${process.cwd()}/bin/latticectl.js`;

/** Starts the program, and gives the first line that it writes. */
async function start(cwd: string, ...args: readonly string[]): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [bin, 'sandbox', ...args], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let text = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    text += chunk;
    if (text.includes('\n')) break;
  }
  return { child, url: text.slice(0, text.indexOf('\n')) };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill(signal);
  const [exitCode] = await ended;
  return exitCode;
}

describe('latticectl sandbox', () => {
  test('serves on loopback, and goes on from its file', async () => {
    const cwd = makeFolder({ 'faults.json': '[{"operation": "ListServices", "do": {"garbage": true}}]' });
    const first = await start(cwd, '--state', 'state.json');
    expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const names = ['one', 'two', 'three'];
    const made = await Promise.all(names.map((name) => scene(clientOf(first.url)).service(name)));
    // What was answered is in the file, even if nothing is left to be done in order.
    expect(readFileSync(join(cwd, 'state.json'), 'utf8')).toContain(made[2]?.id);
    expect(await stop(first.child, 'SIGKILL')).toBeNull();
    const args = ['--state', 'state.json', '--faults', 'faults.json', '--limit', 'servicesPerRegion=4'];
    const second = await start(cwd, ...args);
    const client = clientOf(second.url);
    const list = () => client.send(new lattice.ListServicesCommand({}));
    expect(await failureOf(list())).toBe('SyntaxError');
    expect((await list()).items?.map(({ name }) => name).sort()).toEqual([...names].sort());
    await scene(client).service('four');
    expect(await failureOf(scene(client).service('five'))).toBe('ServiceQuotaExceededException');
    expect(await stop(second.child, 'SIGTERM')).toBe(143);
    expect(readdirSync(cwd).sort()).toEqual(['faults.json', 'state.json']);
  });

  test('ends when it is interrupted', async () => {
    const { child } = await start(makeFolder({}), '--delay', '50');
    expect(await stop(child, 'SIGINT')).toBe(130);
  });

  test.each([
    [64, ['--port', '65536']],
    [64, ['--delay', 'soon']],
    [64, ['--limit', 'rulesPerListner=1']],
    [64, ['--faults', 'bad.json']],
    [64, ['input.yaml']],
    [1, ['--faults', 'none.json']],
    [1, ['--state', 'bad.json']],
    [1, ['--state', 'no/such/folder/state.json', '--port', '0', '--faults', 'none.json']],
  ])('ends with %i for %j', async (exitCode, args) => {
    const cwd = makeFolder({ 'bad.json': '{}' });
    expect(await runCli(['sandbox', ...args], { cwd })).toMatchObject({ exitCode, stdout: '' });
  });

  test('says that a port is taken', async () => {
    const cwd = makeFolder({});
    const { url } = await start(cwd);
    const port = new URL(url).port;
    const { exitCode, stderr } = await runCli(['sandbox', '--port', port], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`port ${port}`);
  });
});
