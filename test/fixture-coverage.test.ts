import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ConvertOptions, convert } from '../src/index.ts';
import { codes } from '../src/registry.ts';

/** Codes that no manifest of a fixture can raise: why, and the test that raises them. */
const RAISED_ELSEWHERE: Readonly<Record<string, string>> = {
  'documents/not-utf-8': 'needs a file in another encoding: src/documents/read-documents.test.ts',
  'documents/invalid-utf-8': 'needs bytes that editors do not keep: src/documents/read-documents.test.ts',
  'documents/file-too-large': 'needs 512 MiB: src/documents/decode-file.test.ts',
  'documents/helm-chart': 'needs a file called Chart.yaml: src/documents/read-documents.test.ts',
  'gateway-api/too-many-rules': 'order-keeping leaves no such ties: src/emitters/gateway-api/assemble-standard.test.ts',
  'lattice/rule-priorities': 'needs 2001 rules: src/emitters/lattice/assemble.test.ts',
  'lattice-resources/unknown-field': 'our own product is no input of convert: src/parsers/lattice/parser.test.ts',
  'lattice-resources/unknown-reference': 'our own product is no input of convert: src/parsers/lattice/parser.test.ts',
  'lattice-resources/no-http': 'our own product is no input of convert: src/parsers/lattice/parser.test.ts',
  'lattice-resources/policy-not-evaluated': 'our own product is no input of convert: test/cli/lattice.test.ts',
  'lattice-resources/same-priority': 'our own product is no input of convert: src/parsers/lattice/parser.test.ts',
  'internal/pass-failed': 'means a bug: test/cli/internal.test.ts',
  'internal/output-differs': 'means a bug: test/planted-faults.test.ts',
  'internal/invalid-output': 'means a bug: src/emitters/gateway-api/finish-resources.test.ts',
};

/** The channel changes nothing on Lattice. */
const targets = [
  { profile: 'standard', channel: 'standard' },
  { profile: 'standard', channel: 'experimental' },
  { profile: 'lattice', channel: 'standard' },
] as const;
const resources = [{ to: 'lattice' }] as const;

function foldersIn(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(path, name))
    .sort();
}

async function codesOf(folder: string): Promise<readonly string[]> {
  const bytes = readFileSync(join(folder, 'input.yaml'));
  const options: Partial<ConvertOptions> = readdirSync(folder).includes('options.json')
    ? JSON.parse(readFileSync(join(folder, 'options.json'), 'utf8'))
    : {};
  const runs = (folder.includes('lattice-api') ? resources : targets).map((target) =>
    convert({ ...options, ...target, partial: true, inputs: [{ file: 'input.yaml', bytes }] }),
  );
  return (await Promise.all(runs)).flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));
}

test('every code is raised by a fixture', { timeout: 60_000 }, async () => {
  const raised = new Set<string>();
  const groups = foldersIn('fixtures').filter((group) => !/\b(cli|traffic)$/.test(group));
  for (const folder of groups.flatMap(foldersIn)) for (const code of await codesOf(folder)) raised.add(code);
  expect([...codes.keys()].filter((code) => !raised.has(code) && !(code in RAISED_ELSEWHERE)).sort()).toEqual([]);
  expect(Object.keys(RAISED_ELSEWHERE).filter((code) => raised.has(code) || !codes.has(code))).toEqual([]);
});
