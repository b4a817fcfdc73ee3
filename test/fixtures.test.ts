import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Conversion, type ConvertOptions, convert, type Diagnostic, type HostCheck } from '../src/index.ts';
import { describeChange } from '../src/semantics/describe-action.ts';

/**
 * A case is a folder named as a claim: the author writes `input.yaml`, with a comment that says why,
 * and traces by hand that the golden files are right: what each profile emits (`--partial`), what it finds, and how
 * each written host compares with its source. `options.json` holds options of `convert` where a case needs them.
 */
const root = 'fixtures';
const authored = new Set(['input.yaml', 'options.json']);

/** The golden files of a case: what each target writes. Cases of `lattice-api` are about resources of VPC Lattice. */
const targetsOf = (group: string): Readonly<Record<string, Pick<ConvertOptions, 'to' | 'profile'>>> =>
  group === 'lattice-api'
    ? { resources: { to: 'lattice' } }
    : { standard: { profile: 'standard' }, lattice: { profile: 'lattice' } };

for (const group of foldersIn(root).filter((name) => name !== 'cli' && name !== 'traffic')) {
  describe(group, () => {
    it.for(foldersIn(join(root, group)))('%s', async (name) => {
      const folder = join(root, group, name);
      const golden = new Map<string, string>();
      for (const [file, target] of Object.entries(targetsOf(group))) {
        const conversion = await run(folder, target);
        golden.set(`${file}.yaml`, conversion.text);
        golden.set(`${file}.txt`, printFindings(conversion));
        expect(conversion.checks.filter(({ verdict }) => verdict === 'broken')).toEqual([]);
      }
      for (const [file, text] of golden) await expect(text).toMatchFileSnapshot(join('..', folder, file));
      expect(readdirSync(folder).filter((file) => !authored.has(file) && !golden.has(file))).toEqual([]);
    });
  });
}

function foldersIn(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

async function run(folder: string, target: Pick<ConvertOptions, 'to' | 'profile'>): Promise<Conversion> {
  const options = readdirSync(folder).includes('options.json')
    ? JSON.parse(readFileSync(join(folder, 'options.json'), 'utf8'))
    : {};
  const bytes = readFileSync(join(folder, 'input.yaml'));
  return convert({
    ...(options as Partial<ConvertOptions>),
    inputs: [{ file: 'input.yaml', bytes }],
    ...target,
    partial: true,
  });
}

/** One block per finding, in the order of the report, then one per host that is not simply equal. */
function printFindings({ diagnostics, summary, checks }: Conversion): string {
  const { emitted, withheld } = summary;
  const plain = checks.filter(isPlain).length;
  const others = checks.filter((check) => !isPlain(check));
  const counts = [`${emitted} hosts written`, `${withheld} withheld`, ...(checks.length > 0 ? [`${plain} equal`] : [])];
  return [`${counts.join(', ')}\n`, ...diagnostics.map(printFinding), ...others.map(printCheck)].join('\n');
}

function isPlain({ verdict, differences }: HostCheck): boolean {
  return verdict === 'equal' && differences.length === 0;
}

/** In what a host differs, by which code, and the smallest request that shows it. */
function printCheck({ id, verdict, differences, reasons, accepted }: HostCheck): string {
  const changes = differences.map(({ dimension, known, request, left, right }) => {
    const { before, after } = describeChange(left?.rule.action ?? 'no-match', right?.rule.action ?? 'no-match');
    const query = new URLSearchParams(request.query).toString();
    const url = `${request.host}${request.path}${query === '' ? '' : `?${query}`}`;
    return `  ${dimension}[${known}] ${request.method} ${url} ${JSON.stringify(request.headers)}: ${before} -> ${after}\n`;
  });
  const notes = [...reasons.map((reason) => `  since ${reason}\n`), ...accepted.map((code) => `  accepted[${code}]\n`)];
  return `${verdict} ${id}\n${[...notes, ...changes].join('')}`;
}

function printFinding({ severity, code, origin, message, witness, accepted }: Diagnostic): string {
  const place = origin === undefined ? '' : `  ${origin.span().line}:${origin.span().col} ${origin.field}\n`;
  const request =
    witness === undefined
      ? ''
      : `  ${witness.request.method} ${witness.request.url} ${JSON.stringify(witness.request.headers)}: ${witness.before} -> ${witness.after}\n`;
  const mark = accepted === undefined ? '' : ` (accepted: ${accepted.reason})`;
  return `${severity}[${code}]${mark} ${message}\n${place}${request}`;
}
