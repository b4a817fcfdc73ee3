import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));

const formats = ['parsers', 'validators', 'emitters'];
const core = ['diagnostics', 'ir', 'documents', 'semantics'];

/**
 * What each part of src/ may import besides itself, from the bottom layer up. A file of the top level is a part of its
 * own: pipeline.ts strings together the steps in pipeline/, whose diagnostics the registry lists.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  generated: [],
  diagnostics: [],
  ir: ['diagnostics'],
  documents: ['diagnostics', 'generated'],
  semantics: ['diagnostics', 'ir', 'documents'],
  parsers: core,
  validators: core,
  emitters: core,
  // Takes the types of what is wanted; it translates nothing.
  lattice: ['diagnostics', 'ir', 'emitters'],
  pipeline: [...core, ...formats],
  // Stands alone: the tool is tested against it.
  sandbox: [],
  'registry.ts': [...core, ...formats, 'pipeline'],
  'pipeline.ts': [...core, ...formats, 'pipeline', 'registry.ts'],
  'index.ts': [...core, ...formats, 'pipeline', 'registry.ts', 'pipeline.ts'],
  cli: [...core, ...formats, 'generated', 'pipeline', 'registry.ts', 'pipeline.ts', 'lattice', 'sandbox'],
};

/** Where a package may be imported; a package without a row may not be imported at all. */
const packageHomes: Readonly<Record<string, readonly string[]>> = {
  '@aws-sdk/client-sts': ['lattice/aws/ask-account.ts'],
  '@aws-sdk/client-vpc-lattice': ['lattice/aws.ts'],
  '@aws-sdk/credential-provider-node': ['lattice/aws.ts'],
  ajv: ['documents', 'generated', 'cli/settings'],
  chalk: ['cli/render'],
  commander: ['cli'],
  'js-yaml': ['documents'],
  re2js: ['semantics'],
  refa: ['semantics'],
  tinyglobby: ['cli'],
};

/** Folders of formats: a file of one format imports nothing of another. */
const formatFolders = ['parsers', 'emitters'];

interface ImportLine {
  readonly from: string;
  readonly to: string;
}

const importPattern =
  /^\s*(?:import|export)\s[^'"]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;

function readImports(): readonly ImportLine[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts') && !path.endsWith('.test.ts'))
    .flatMap((from) =>
      [...readFileSync(join(src, from), 'utf8').matchAll(importPattern)].map((match) => {
        const specifier = match[1] ?? match[2] ?? match[3] ?? '';
        const to = specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(from), specifier)) : specifier;
        return { from, to };
      }),
    );
}

const imports = readImports();
const isOwn = ({ to }: ImportLine) => to.endsWith('.ts') || to.startsWith('generated/');
const partOf = (path: string) => path.split('/')[0] ?? path;
const packageOf = (specifier: string) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
const isIn = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

/** The format a file belongs to (`parsers/istio`), or undefined for files that all formats share. */
function formatOf(path: string): string | undefined {
  const [top, format, file] = path.split('/');
  return top !== undefined && formatFolders.includes(top) && file !== undefined ? `${top}/${format}` : undefined;
}

function broken(lines: readonly ImportLine[]): readonly string[] {
  return lines.map(({ from, to }) => `${from} imports ${to}`);
}

describe('imports', () => {
  test('the scan sees the sources', () => {
    expect(imports.length).toBeGreaterThan(10);
    expect(relative(dirname(src), src)).toBe('src');
  });

  test('the table of directions has no cycle', () => {
    const order = Object.keys(mayImport);
    for (const [part, targets] of Object.entries(mayImport)) {
      for (const target of targets)
        expect(order.indexOf(target), `${part} → ${target}`).toBeLessThan(order.indexOf(part));
    }
  });

  test('go in the directions of the table', () => {
    const wrong = imports.filter(isOwn).filter(({ from, to }) => {
      const [source, target] = [partOf(from), partOf(to)];
      return source !== target && !(mayImport[source] ?? []).includes(target);
    });
    expect(broken(wrong)).toEqual([]);
  });

  test('never cross from one format to another', () => {
    const wrong = imports.filter(isOwn).filter(({ from, to }) => {
      const [source, target] = [formatOf(from), formatOf(to)];
      return partOf(from) === partOf(to) && target !== undefined && source !== target;
    });
    expect(broken(wrong)).toEqual([]);
  });

  test('of packages stay where the packages belong', () => {
    const wrong = imports
      .filter((line) => !isOwn(line) && !line.to.startsWith('node:') && !line.to.startsWith('.'))
      .filter(({ from, to }) => !(packageHomes[packageOf(to)] ?? []).some((home) => isIn(from, home)));
    expect(broken(wrong)).toEqual([]);
  });

  test('of Node modules stand at the edges only', () => {
    const edges = ['cli', 'sandbox/edge'];
    const wrong = imports.filter(({ from, to }) => to.startsWith('node:') && !edges.some((edge) => isIn(from, edge)));
    expect(broken(wrong)).toEqual([]);
  });
});
