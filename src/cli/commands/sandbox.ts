import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { closest } from '../../diagnostics/did-you-mean.ts';
import { startSandbox } from '../../sandbox/edge/start-sandbox.ts';
import { BadStateFile, openStateFile } from '../../sandbox/edge/state-file.ts';
import { type Fault, readFaults } from '../../sandbox/faults.ts';
import { isQuotaName, type Limits, quotas } from '../../sandbox/quotas.ts';
import { FileError, reasonOf, UsageError } from '../errors.ts';
import type { SandboxFlags } from '../flags.ts';
import type { World } from '../world.ts';

/** `latticectl sandbox`: serves until a signal ends the process, or until the state can no longer be written. */
export async function sandbox(flags: SandboxFlags, world: World): Promise<number> {
  const limits = readLimits(flags.limit);
  const faults = flags.faults === undefined ? [] : readFaultsFile(flags.faults, world);
  const file = flags.state === undefined ? undefined : openState(flags.state, world);
  let fail: (error: unknown) => void = () => {};
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const { delay } = flags;
  const running = await attempt(`port ${flags.port}`, () =>
    startSandbox({
      port: flags.port,
      faults,
      limits,
      delays: { create: delay, update: delay, delete: delay, drain: delay, health: delay },
      now: Date.now,
      ...(file && { onChange: file.keep, saved: file.saved, ...(file.state && { state: file.state }) }),
      onFailure: (error) => fail(error),
    }),
  );
  // Changes are written before they are answered; this is for one whose answer the signal came before.
  const done = world.onInterrupt(() => file?.flush());
  world.stdout.write(`${running.url}\n`);
  try {
    return await failure;
  } catch (error) {
    throw new FileError(`cannot write ${flags.state}: ${reasonOf(error)}`, { cause: error });
  } finally {
    done();
    await running.close();
  }
}

function openState(path: string, world: World) {
  try {
    return openStateFile(resolve(world.cwd, path));
  } catch (error) {
    if (error instanceof BadStateFile) throw new FileError(`${path} is no state of the sandbox`, { cause: error });
    throw new FileError(`${path}: ${reasonOf(error)}`, { cause: error });
  }
}

function readFaultsFile(path: string, world: World): readonly Fault[] {
  let text: string;
  try {
    text = readFileSync(resolve(world.cwd, path), 'utf8');
  } catch (error) {
    throw new FileError(`${path}: ${reasonOf(error)}`, { cause: error });
  }
  const faults = readFaults(parseJson(text));
  if (typeof faults === 'string') throw new UsageError(`--faults ${path}: ${faults}`);
  return faults;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readLimits(given: SandboxFlags['limit']): Limits {
  return Object.fromEntries(
    given.map(({ name, value }) => {
      if (isQuotaName(name)) return [name, value];
      const nearby = closest(name, Object.keys(quotas));
      const hint =
        nearby === undefined ? `the limits are ${Object.keys(quotas).join(', ')}` : `did you mean ${nearby}?`;
      throw new UsageError(`--limit ${name}=${value}: there is no limit ${name}; ${hint}`);
    }),
  );
}

async function attempt<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new FileError(`${what}: ${reasonOf(error)}`, { cause: error });
  }
}
