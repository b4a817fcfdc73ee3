// Measures ratios inside one run, never milliseconds against a stored number: a slow machine is slow for both sides.
// Each pair is run in turn (interleaved) as whole processes, and the medians are compared. Exits 1 only on a crash.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { manyHosts, oneHost } from './inputs.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'bin/latticectl.js');
const work = mkdtempSync(join(tmpdir(), 'latticectl-bench-'));
const peakFile = join(work, 'peak');

/**
 * @param {string} name
 * @param {string} text
 */
function file(name, text) {
  const path = join(work, name);
  writeFileSync(path, text);
  return path;
}

/**
 * Runs one Node process to its end. 3 is the exit code of a conversion with findings and no crash.
 *
 * @param {readonly string[]} args
 * @param {boolean} memory
 */
function measure(args, memory) {
  const out = openSync(join(work, 'stdout'), 'w');
  const err = openSync(join(work, 'stderr'), 'w');
  const hook = memory ? ['--require', join(root, 'bench/peak-memory.cjs')] : [];
  const started = process.hrtime.bigint();
  const { status, signal } = spawnSync(process.execPath, [...hook, ...args], {
    cwd: work,
    stdio: ['ignore', out, err],
    env: { ...process.env, LATTICECTL_BENCH_PEAK: peakFile, NO_COLOR: '1' },
  });
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  closeSync(out);
  closeSync(err);
  if (status !== 0 && status !== 3) {
    const tail = readFileSync(join(work, 'stderr'), 'utf8').slice(-2000);
    throw new Error(`${args.join(' ')} ended with ${signal ?? status}\n${tail}`);
  }
  return { ms, megabytes: memory ? Number(readFileSync(peakFile, 'utf8')) / 1024 : 0 };
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
function interleave(commands, { rounds, memory = false }) {
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

/** @type {{ title: string, value: number, aim: number, unit: string, detail: string }[]} */
const rows = [];

/**
 * @param {string} title
 * @param {{ ms: number }} measured
 * @param {{ ms: number }} against
 * @param {number} aim
 */
function ratio(title, measured, against, aim) {
  const detail = `${measured.ms.toFixed(0)} ms / ${against.ms.toFixed(0)} ms`;
  rows.push({ title, value: measured.ms / against.ms, aim, unit: '×', detail });
}

function main() {
  /** @param {string} input */
  const convert = (input) => [bin, 'convert', input, '--profile', 'standard', '--no-verify'];
  const empty = file('empty.cjs', '');
  const parser = file(
    'parse.cjs',
    `const { loadAll } = require(${JSON.stringify(join(root, 'node_modules/js-yaml'))});
loadAll(require('node:fs').readFileSync(process.argv[2], 'utf8'));
`,
  );
  const small = file('small.yaml', manyHosts(1));
  const thousand = file('1000.yaml', manyHosts(1_000));
  const tenThousand = file('10000.yaml', manyHosts(10_000));
  const rules500 = file('rules-500.yaml', oneHost(500));
  const rules2000 = file('rules-2000.yaml', oneHost(2_000));

  const start = interleave({ empty: [empty], version: [bin, '--version'], small: convert(small) }, { rounds: 15 });
  ratio('--version / empty process', start('version'), start('empty'), 1.3);
  ratio('small convert / empty process', start('small'), start('empty'), 2.5);

  const bulk = interleave(
    { parse: [parser, tenThousand], thousand: convert(thousand), tenThousand: convert(tenThousand) },
    { rounds: 3, memory: true },
  );
  ratio('10,000 VirtualServices / js-yaml parse', bulk('tenThousand'), bulk('parse'), 3);
  ratio('10,000 / 1,000 VirtualServices', bulk('tenThousand'), bulk('thousand'), 12);
  rows.push({
    title: '10,000 VirtualServices, peak memory',
    value: bulk('tenThousand').megabytes,
    aim: 300,
    unit: ' MB',
    detail: `js-yaml parse ${bulk('parse').megabytes.toFixed(0)} MB`,
  });

  const rules = interleave({ few: convert(rules500), many: convert(rules2000) }, { rounds: 5 });
  ratio('one host, 2,000 / 500 rules', rules('many'), rules('few'), 5);
}

function print() {
  const width = Math.max(...rows.map(({ title }) => title.length));
  process.stdout.write(`Node ${process.versions.node}\n`);
  for (const { title, value, aim, unit, detail } of rows) {
    const figure = `${value.toFixed(unit === '×' ? 2 : 0)}${unit}`.padStart(8);
    const verdict = value <= aim ? 'ok  ' : 'over';
    process.stdout.write(
      `${title.padEnd(width)}  ${figure}  aim ${`${aim}${unit}`.padStart(6)}  ${verdict}  ${detail}\n`,
    );
  }
}

try {
  main();
  print();
} finally {
  rmSync(work, { recursive: true, force: true });
}
