// Runs commands as whole processes and measures them.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const bin = join(root, 'bin/latticectl.js');
const work = mkdtempSync(join(tmpdir(), 'latticectl-bench-'));

/**
 * What a process has used: peak resident memory, and milliseconds of the processors.
 *
 * @typedef {{ megabytes: number, cpu: number }} Usage
 * @typedef {Usage & { ms: number, status: number | null }} Measured
 */

/**
 * @param {string} name
 * @param {string} text
 */
export function file(name, text) {
  const path = join(work, name);
  writeFileSync(path, text);
  return path;
}

export function cleanUp() {
  rmSync(work, { recursive: true, force: true });
}

/** What the last measured process has written to stdout. */
export function output() {
  return readFileSync(join(work, 'stdout'), 'utf8');
}

const usageFile = join(work, 'usage');

/** Nobody's AWS account is asked, and no proxy stands in between. */
function environment() {
  const kept = Object.entries(process.env).filter(([key]) => !/^AWS_|_PROXY$/i.test(key));
  return { ...Object.fromEntries(kept), LATTICECTL_BENCH_USAGE: usageFile, NO_COLOR: '1' };
}

const hook = ['--require', join(root, 'bench/usage.cjs')];

/**
 * Runs one Node process to its end. 3 is the exit code of a conversion with findings and no crash.
 *
 * @param {readonly string[]} args
 * @param {boolean} withUsage
 * @returns {Measured}
 */
export function measure(args, withUsage) {
  const out = openSync(join(work, 'stdout'), 'w');
  const err = openSync(join(work, 'stderr'), 'w');
  const started = process.hrtime.bigint();
  const { status, signal } = spawnSync(process.execPath, [...(withUsage ? hook : []), ...args], {
    cwd: work,
    stdio: ['ignore', out, err],
    env: environment(),
  });
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  closeSync(out);
  closeSync(err);
  if (status !== 0 && status !== 3) {
    const tail = readFileSync(join(work, 'stderr'), 'utf8').slice(-2000);
    throw new Error(`${args.join(' ')} ended with ${signal ?? status}\n${output().slice(0, 2000)}${tail}`);
  }
  const usage = withUsage ? JSON.parse(readFileSync(usageFile, 'utf8')) : { megabytes: 0, cpu: 0 };
  return { ms, status, ...usage };
}

/**
 * Starts a process that goes on, and gives the first line of its stdout, what it has used so far and what ends it.
 *
 * @param {readonly string[]} args
 * @returns {Promise<{ line: string, usage: () => Promise<Usage>, stop: () => void }>}
 */
export async function start(args) {
  const child = spawn(process.execPath, [...hook, ...args], {
    cwd: work,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: environment(),
  });
  /** @type {string} */
  const line = await new Promise((resolve, reject) => {
    child.stdout?.setEncoding('utf8').once('data', (text) => resolve(text.trim()));
    child.once('exit', (status) => reject(new Error(`${args.join(' ')} ended with ${status}`)));
  });
  return {
    line,
    usage: () =>
      new Promise((resolve) => {
        child.once('message', (usage) => resolve(/** @type {Usage} */ (usage)));
        child.send('usage');
      }),
    stop: () => void child.kill(),
  };
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/**
 * Medians of several commands run in turn, after one round of warming up.
 *
 * @param {Readonly<Record<string, readonly string[]>>} commands
 * @param {{ rounds: number, memory?: boolean }} options
 */
export function interleave(commands, { rounds, memory = false }) {
  /** @type {Map<string, { ms: number, megabytes: number }[]>} */
  const runs = new Map(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, args] of Object.entries(commands)) {
      const result = measure(args, memory);
      if (round > 0) runs.get(name)?.push(result);
    }
  }
  return (/** @type {string} */ name) => {
    const results = runs.get(name) ?? [];
    return { ms: median(results.map(({ ms }) => ms)), megabytes: median(results.map(({ megabytes }) => megabytes)) };
  };
}
