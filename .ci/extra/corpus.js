// Each file of a corpus alone and each folder as one, in both profiles, through the built library.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { loadAll } from 'js-yaml';
import { convert } from '../../dist/index.js';

const [root] = process.argv.slice(2);
let runs = 0;
let written = 0;
const problems = [];

/** Converts files as one input; returns them so that the folder above can take them along. */
async function check(name, inputs) {
  for (const profile of ['standard', 'lattice']) {
    runs++;
    const fail = (what) => problems.push(`${name} (${profile}): ${what}`);
    try {
      const { resources, text, diagnostics } = await convert({ inputs, profile, partial: true });
      written += resources.length;
      for (const { code, message } of diagnostics) if (code.startsWith('internal/')) fail(`${code}: ${message}`);
      const read = loadAll(text).filter((object) => object !== null && object !== undefined);
      if (JSON.stringify(read) !== JSON.stringify(resources)) fail('the text does not read back as the objects');
    } catch (error) {
      fail(error.stack);
    }
  }
}

async function walk(path) {
  const files = [];
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) files.push(...(await walk(child)));
    else if (/\.ya?ml$/.test(entry.name)) {
      const input = { file: child, bytes: readFileSync(child) };
      await check(child, [input]);
      files.push(input);
    }
  }
  await check(path, files);
  return files;
}

await walk(root);
const lines = [`${runs} runs, ${written} objects written, ${problems.length} problems`, ...problems];
process.stdout.write(`${lines.join('\n')}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
