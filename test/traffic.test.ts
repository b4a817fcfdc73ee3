import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { type Case, readCases } from '../src/cli/cases/read-cases.ts';
import { type CaseResult, runCases } from '../src/cli/cases/run-cases.ts';
import type { Diagnostic } from '../src/index.ts';
import { loadRegexEngine } from '../src/semantics/languages/regex-engine.ts';
import { trace } from '../src/semantics/trace/trace.ts';
import { modelOf } from './model-of.ts';

/**
 * A folder named as a claim holds manifests and requests with what they must meet. Both are written by hand from what
 * the specifications and proxies do, never from what latticectl prints; the comment above a case names the rule that
 * decides it.
 */
const root = 'fixtures/traffic';
const folders = readdirSync(root).sort();

/** The subject of the rule, its part, and what it says. */
const RULE = /^ {2}# (Istio|Ingress|Gateway API|GAMMA|AWS controller)( [\w.-]+)?: \S.{10,}$/;

beforeAll(loadRegexEngine);

describe('requests meet what they must', () => {
  it.for(folders)('%s', async (folder) => {
    const model = await modelOf(...inputsOf(folder));
    const results = runCases(await casesOf(folder), (request) => ({
      traces: [trace(model, request)],
      agrees: true,
    }));
    expect(results.flatMap(printMismatch)).toEqual([]);
  });
});

describe('the fixtures are well formed', () => {
  test.each(folders)('%s', async (folder) => {
    expect(folder).toMatch(/^[a-z0-9]+(-[a-z0-9]+){3,}$/);
    const files = readdirSync(join(root, folder));
    expect(files.filter((file) => !/^(cases|input(-[a-z]+)?)\.yaml$/.test(file))).toEqual([]);
    for (const text of inputsOf(folder)) expect(text, 'says what it is about').toMatch(/^# [A-Z].{20,}\n/);
    const names = (await casesOf(folder)).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(unruled(readFileSync(join(root, folder, 'cases.yaml'), 'utf8'))).toEqual([]);
  });

  test('there are many of them', async () => {
    const all = await Promise.all(folders.map(casesOf));
    expect(all.flat().length).toBeGreaterThanOrEqual(250);
  });
});

function inputsOf(folder: string): readonly string[] {
  return readdirSync(join(root, folder))
    .filter((file) => file.startsWith('input'))
    .sort()
    .map((file) => readFileSync(join(root, folder, file), 'utf8'));
}

async function casesOf(folder: string): Promise<readonly Case[]> {
  const file = join(root, folder, 'cases.yaml');
  const found: Diagnostic[] = [];
  const cases = await readCases({ file, bytes: readFileSync(file) }, (finding) => found.push(finding));
  expect(found.map(({ message }) => message)).toEqual([]);
  return cases ?? [];
}

/** `cases.yaml:12 the bare /api (GET http://…): expected shop/web:80, met shop/api:80`. */
function printMismatch({ case: { name, origin, request }, mismatches }: CaseResult): readonly string[] {
  const place = `cases.yaml:${origin.span().line} ${name} (${request.method} ${request.url})`;
  return mismatches.map(({ what, expected, met }) => `${place}: ${what}: expected ${expected}, met ${met}`);
}

/** The names of cases without a comment above that states a rule. */
function unruled(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines.filter((line, index) => line.startsWith('  - name: ') && !RULE.test(lines[index - 1] ?? ''));
}
