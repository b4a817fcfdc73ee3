import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { allCodes } from '../../src/cli/docs/all-codes.ts';
import { diagnosticTables, emitters, parsers, toolVersion } from '../../src/registry.ts';

test('the version is that of the package', () => {
  expect(JSON.parse(readFileSync('package.json', 'utf8')).version).toBe(toolVersion);
});

test('every folder of a format is registered', () => {
  const formatsIn = (folder: string, entry: string) =>
    readdirSync(`src/${folder}`).filter((name) => existsSync(`src/${folder}/${name}/${entry}`));
  expect(parsers.map(({ name }) => name).sort()).toEqual(formatsIn('parsers', 'parser.ts').sort());
  expect(emitters.map(({ name }) => name).sort()).toEqual(formatsIn('emitters', 'emitter.ts').sort());
});

test('every code that is declared is known to explain and the docs, once', () => {
  const listed = diagnosticTables.flatMap((table) => Object.values(table).map((factory) => factory));
  const twice = listed.filter(({ code }, index) => listed.some((other, at) => at < index && other.code === code));
  expect(twice.map(({ code }) => code)).toEqual([]);
  const codes = allCodes();
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!\.test)\.ts$/.test(name),
  );
  const missing = files.flatMap((name) => {
    const text = readFileSync(`src/${name}`, 'utf8');
    return [...text.matchAll(/defineDiagnostics\('([a-z-]+)', \{\n\s+'?([a-z0-9-]+)'?: \{/g)]
      .map(([, scope, first]) => `${scope}/${first}`)
      .filter((code) => !codes.has(code));
  });
  expect(missing).toEqual([]);
});
