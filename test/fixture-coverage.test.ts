import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ConvertOptions, convert } from '../src/index.ts';
import { codes } from '../src/registry.ts';

/**
 * Codes that no manifest of a fixture can raise, each with the test that raises it.
 */
const RAISED_ELSEWHERE: Readonly<Record<string, string>> = {
  'documents/not-utf-8': 'src/documents/read-documents.test.ts: needs a file in another encoding',
  'documents/invalid-utf-8': 'src/documents/read-documents.test.ts: needs bytes that no editor keeps',
  'documents/file-too-large': 'src/documents/read-documents.test.ts: needs 512 MiB',
  'internal/pass-failed': 'test/cli/usage.test.ts: means a bug',
  'internal/invalid-output': 'src/emitters/gateway-api/printing.test.ts: means a bug',
};

const profiles = ['standard', 'lattice'] as const;
const channels = ['standard', 'experimental'] as const;

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
  const runs = profiles.flatMap((profile) =>
    channels.map((channel) =>
      convert({ channel, ...options, profile, partial: true, inputs: [{ file: 'input.yaml', bytes }] }),
    ),
  );
  return (await Promise.all(runs)).flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));
}

test('every code is raised by a fixture', async () => {
  const raised = new Set<string>();
  const groups = foldersIn('fixtures').filter((group) => !/\b(cli|traffic)$/.test(group));
  for (const folder of groups.flatMap(foldersIn)) for (const code of await codesOf(folder)) raised.add(code);
  expect([...codes.keys()].filter((code) => !raised.has(code) && !(code in RAISED_ELSEWHERE)).sort()).toEqual([]);
  expect(Object.keys(RAISED_ELSEWHERE).filter((code) => raised.has(code) || !codes.has(code))).toEqual([]);
});
