// Builds dist/ beside the old one and swaps the two at the end, so that a running latticectl never sees half a build.
//
//   dist/cli/*.cjs        the CLI: main.cjs and one chunk per dynamic import (V8 pays for each byte of a chunk it loads)
//   dist/index.js, lib/   the library as ES modules; shares nothing with the CLI
//   dist/types/           declarations
//   dist/THIRD-PARTY.txt  the packages that are bundled, with their licences
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import { rolldown } from 'rolldown';
import { setup as buildValidators } from './build-validators.js';
import { pruneDeclarations } from './prune-declarations.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const next = join(root, `dist.next-${process.pid}`);

/**
 * js-yaml builds its parser state by object spread for every document. V8 11 (Node 20) gives such objects a slow shape,
 * which more than doubles the time of parsing; written out as assignments they are fast on every Node.
 */
const lowerObjectSpread = {
  name: 'lower-object-spread',
  transform: {
    filter: { id: /node_modules\/js-yaml\// },
    async handler(code) {
      const { code: lowered } = await transform(code, { target: 'es2017', loader: 'js' });
      // esbuild's helpers define property by property, which takes a fifth of the time of reading a manifest. The
      // objects of js-yaml are plain, so assigning does the same.
      const helpers = /^var __spread(?:Values|Props) = \(a, b\) => (?:\{$[\s\S]*?^\};$|.*;$)/gm;
      const assigning = lowered.replace(
        helpers,
        (helper) => `${helper.slice(0, helper.indexOf(' ='))} = Object.assign;`,
      );
      for (const name of ['__spreadValues', '__spreadProps']) {
        if (assigning.includes(`${name}(`) && !assigning.includes(`var ${name} = Object.assign;`)) {
          throw new Error('esbuild lowers object spread in another way than this plugin knows');
        }
      }
      return { code: assigning };
    },
  },
};

/**
 * A require of node:process reads all its properties, and so makes the streams of stdin, stdout and stderr. The global
 * is the same object and costs nothing.
 */
const globalProcess = {
  name: 'global-process',
  resolveId: {
    filter: { id: /^node:process$/ },
    handler: () => ({ id: '\0global-process', moduleSideEffects: false }),
  },
  load: {
    filter: { id: /^\0global-process$/ },
    handler: () => ({ code: 'module.exports = globalThis.process;', moduleType: 'js' }),
  },
};

/**
 * refa comes as one CommonJS file of a megabyte, most of it Unicode tables for reading JavaScript's syntax, which are
 * parsed when the file is loaded. As an ES module whose tables are marked free of side effects it loses what is unused.
 */
const refaAsModule = {
  name: 'refa-as-module',
  transform: {
    filter: { id: /node_modules\/refa\/index\.js$/ },
    handler(code) {
      const marker = 'Object.defineProperty(exports,"__esModule",{value:!0});';
      const start = code.lastIndexOf('exports.CharBase=');
      if (start < 0 || !code.includes(marker)) throw new Error('refa is packed in another way than this plugin knows');
      const body = code
        .slice(0, start)
        .replace(marker, '')
        .replace(/([=,(:])((?:JSON\.parse|Object\.freeze|I\.empty)\()/g, '$1/*#__PURE__*/$2');
      const exported = code.slice(start).replace(/(^|,)exports\.(\w+)=/g, (_, comma, name) => {
        return `${comma === '' ? '' : ';'}export const ${name}=`;
      });
      return { code: body + exported, moduleType: 'js' };
    },
  },
};

async function bundle(input, output) {
  const build = await rolldown({
    input,
    cwd: root,
    platform: 'node',
    tsconfig: false,
    // As ES modules the packages of the AWS SDK lose what is unused, and load their parts when these are needed.
    resolve: { mainFields: ['module', 'main'] },
    plugins: [lowerObjectSpread, globalProcess, refaAsModule],
    onLog(level, log, handler) {
      if (level === 'warn') throw new Error(`rolldown: ${log.message}`);
      handler(level, log);
    },
  });
  const { output: chunks } = await build.write({ minify: true, sourcemap: false, ...output });
  await build.close();
  return chunks.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
}

/** The package folder a bundled module came from, if it came from one. */
function packageOf(moduleId) {
  const match = /^(?:\0)?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(moduleId);
  return match?.[1];
}

/** The packages by the text of their licence: most of them share one. */
function thirdParty(moduleIds) {
  const folders = [...new Set(moduleIds.map(packageOf).filter((folder) => folder !== undefined))].sort();
  const namesByText = new Map();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const text =
      file === undefined ? 'The package ships no licence file.' : readFileSync(join(folder, file), 'utf8').trim();
    namesByText.set(text, [...(namesByText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const sections = [...namesByText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  const rule = `\n${'-'.repeat(80)}\n\n`;
  return `Packages that are bundled in this directory, with their licences.\n${rule}${sections.join(rule)}`;
}

async function build() {
  await buildValidators();
  mkdirSync(next, { recursive: true });
  const cli = await bundle(
    { main: 'src/cli/main.ts' },
    { dir: join(next, 'cli'), format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
  );
  const library = await bundle(
    { index: 'src/index.ts' },
    { dir: next, format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'lib/[name]-[hash].js' },
  );
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.types.json', '--outDir', join(next, 'types')], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  pruneDeclarations(join(next, 'types'), 'index.d.ts');
  // The CLI is CommonJS inside a package of ES modules; `.cjs` says so to Node, no further package.json is needed.
  writeFileSync(join(next, 'THIRD-PARTY.txt'), thirdParty([...cli, ...library]));
  const old = `${next}.old`;
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(next, dist);
  rmSync(old, { recursive: true, force: true });
}

try {
  await build();
} finally {
  rmSync(next, { recursive: true, force: true });
}
