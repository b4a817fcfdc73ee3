// Each file of a corpus alone and each folder as one, in both profiles.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';

const [root] = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'corpus-'));
const report = join(scratch, 'report.json');
let runs = 0;
let written = 0;
const problems = [];

function check(path, profile) {
  runs++;
  const flags = ['convert', path, '--profile', profile, '--partial', '-q', '--report', `json=${report}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/latticectl.js', ...flags], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const fail = (what) => problems.push(`${path} (${profile}): ${what}`);
  if (status !== 0 && status !== 3) fail(`exit ${status}\n${stderr.slice(0, 800)}`);
  if (/\n\s+at .+:\d+:\d+/.test(stderr)) fail(`a stack trace\n${stderr.slice(0, 800)}`);
  const objects = loadAll(stdout).filter((object) => object !== null && object !== undefined);
  written += objects.length;
  for (const object of objects) if (typeof object.kind !== 'string' || object.metadata?.name === undefined) fail('an object without kind or name');
  const { diagnostics } = JSON.parse(readFileSync(report, 'utf8'));
  for (const { code, message } of diagnostics) if (code.startsWith('internal/')) fail(`${code}: ${message}`);
}

function walk(path) {
  for (const entry of readdirSync(path).sort()) {
    const child = join(path, entry);
    if (statSync(child).isDirectory()) walk(child);
    else if (!/\.ya?ml$/.test(entry)) continue;
    else for (const profile of ['standard', 'lattice']) check(child, profile);
  }
  for (const profile of ['standard', 'lattice']) check(path, profile);
}

try {
  walk(root);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`${runs} runs, ${written} objects written, ${problems.length} problems`);
for (const problem of problems) console.log(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
