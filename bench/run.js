// Measures ratios inside one run, never milliseconds against a stored number: a slow machine is slow for both sides.
// Each pair is run in turn (interleaved) as whole processes, and the medians are compared. Exits 1 only on a crash.
import { join } from 'node:path';
import { asList, hostileHost, manyHosts, mixedHosts, oneHost } from './inputs.js';
import { measureDiff } from './live.js';
import { bin, cleanUp, file, interleave, measure, output, root } from './measure.js';

/**
 * A comparison that cannot be finished: it must say so and end with the code of what is not equal.
 *
 * @param {readonly string[]} args
 */
function expectUnfinished(args) {
  const { status } = measure(args, false);
  const said = output();
  if (status !== 3 || !said.includes('--budget')) throw new Error(`${args.join(' ')} ended with ${status}\n${said}`);
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

/**
 * @param {string} title
 * @param {{ megabytes: number }} measured
 * @param {number} aim
 * @param {string} detail
 */
function memory(title, { megabytes }, aim, detail) {
  rows.push({ title, value: megabytes, aim, unit: ' MB', detail });
}

/** @param {string} input */
const checked = (input) => [bin, 'convert', input, '--profile', 'standard'];
/** @param {string} input */
const convert = (input) => [...checked(input), '--no-verify'];

function benchConvert(/** @type {string} */ parser) {
  const empty = file('empty.cjs', '');
  const small = file('small.yaml', manyHosts(1));
  const thousand = file('1000.yaml', manyHosts(1_000));
  const tenThousand = file('10000.yaml', manyHosts(10_000));
  const list = file('list.yaml', asList(manyHosts(10_000)));
  const rules500 = file('rules-500.yaml', oneHost(500));
  const rules2000 = file('rules-2000.yaml', oneHost(2_000));

  const start = interleave(
    { empty: [empty], version: [bin, '--version'], small: convert(small), checked: checked(small) },
    { rounds: 15 },
  );
  ratio('--version / empty process', start('version'), start('empty'), 1.3);
  ratio('small convert / empty process', start('small'), start('empty'), 2.5);
  ratio('small convert with the check / empty process', start('checked'), start('empty'), 2.7);

  const bulk = interleave(
    {
      parse: [parser, tenThousand],
      thousand: convert(thousand),
      tenThousand: convert(tenThousand),
      checked: checked(tenThousand),
      list: convert(list),
    },
    { rounds: 3, memory: true },
  );
  ratio('10,000 VirtualServices / js-yaml parse', bulk('tenThousand'), bulk('parse'), 3);
  ratio('10,000 / 1,000 VirtualServices', bulk('tenThousand'), bulk('thousand'), 12);
  const parsing = `js-yaml parse ${bulk('parse').megabytes.toFixed(0)} MB`;
  memory('10,000 VirtualServices, peak memory', bulk('tenThousand'), 300, parsing);
  ratio('10,000 VirtualServices with / without the check', bulk('checked'), bulk('tenThousand'), 2);
  memory('10,000 VirtualServices with the check, peak memory', bulk('checked'), 400, parsing);

  ratio('10,000 VirtualServices as a List / as a stream', bulk('list'), bulk('tenThousand'), 1.5);
  memory('10,000 VirtualServices as a List, peak memory', bulk('list'), 300, parsing);

  const rules = interleave({ few: convert(rules500), many: convert(rules2000) }, { rounds: 5 });
  ratio('one host, 2,000 / 500 rules', rules('many'), rules('few'), 5);
}

function benchVerify(/** @type {string} */ parser) {
  const many = { hosts: 1_000, rules: 20 };
  const [manyOld, manyNew] = [file('a.yaml', mixedHosts(many)), file('b.yaml', mixedHosts({ ...many, moved: 3 }))];
  const one = { hosts: 1, rules: 2_000 };
  const [oneOld, oneNew] = [file('c.yaml', mixedHosts(one)), file('d.yaml', mixedHosts({ ...one, moved: 1_000 }))];
  const hostile = [file('e.yaml', hostileHost(false)), file('f.yaml', hostileHost(true))];
  const verify = (/** @type {string} */ left, /** @type {string} */ right) => [bin, 'verify', left, '--against', right];

  const hosts = interleave(
    { parse: [parser, manyOld, manyNew], verify: verify(manyOld, manyNew) },
    { rounds: 3, memory: true },
  );
  ratio('verify, 1,000 hosts of 20 rules / js-yaml parse of both', hosts('verify'), hosts('parse'), 5);
  memory('verify, 1,000 hosts of 20 rules, peak memory', hosts('verify'), 400, '');
  const unfinished = verify(hostile[0] ?? '', hostile[1] ?? '');
  expectUnfinished(unfinished);
  const lists = interleave(
    { convert: convert(oneOld), verify: verify(oneOld, oneNew), hostile: unfinished },
    { rounds: 3, memory: true },
  );
  ratio('verify, one host of 2,000 mixed rules / converting it', lists('verify'), lists('convert'), 10);
  ratio('verify, a pair that takes the whole budget / the same', lists('hostile'), lists('convert'), 10);
  memory('verify, a pair that takes the whole budget, peak memory', lists('hostile'), 400, '');
}

async function benchDiff() {
  const { calls, least, atBest, waiting, ms, cpu, megabytes, sandboxCpu } = await measureDiff();
  const size = 'diff, 500 services of 10 rules';
  const seconds = (/** @type {number} */ value) => `${(value / 1000).toFixed(1)} s`;
  rows.push({
    ...{ title: `${size}, calls / one for each fact`, value: calls / least, aim: 1.05, unit: '×' },
    detail: `${calls} / ${least}`,
  });
  rows.push({
    ...{ title: `${size}, time / calls × latency ÷ concurrency`, value: ms / atBest, aim: 1.3, unit: '×' },
    detail:
      `${seconds(ms)} / ${seconds(atBest)}; only waiting takes ${seconds(waiting)}; ` +
      `computing ${seconds(cpu)}, of the sandbox ${seconds(sandboxCpu)}`,
  });
  memory(`${size}, peak memory`, { megabytes }, 300, '');
}

async function main() {
  const parser = file(
    'parse.cjs',
    `const { loadAll } = require(${JSON.stringify(join(root, 'node_modules/js-yaml'))});
for (const path of process.argv.slice(2)) loadAll(require('node:fs').readFileSync(path, 'utf8'));
`,
  );
  benchConvert(parser);
  benchVerify(parser);
  await benchDiff();
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
  await main();
  print();
} finally {
  cleanUp();
}
