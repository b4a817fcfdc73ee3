import { dump, load, parseEvents } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { PathSegment } from '../diagnostics/origin.ts';
import { findListItems } from './list-items.ts';
import { NodeIndex } from './node-index.ts';
import { readDocuments } from './read-documents.ts';
import { DocumentText, SourceFile } from './source-file.ts';

/** The paths of all values, collections included. */
function pathsOf(value: unknown, path: readonly PathSegment[] = []): (readonly PathSegment[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? value.map((item, index) => [index, item] as const) : Object.entries(value);
  return [path, ...entries.flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

/** Each place in a document, found in its items and in the document as a whole. */
function comparePlaces(text: string): void {
  const document = new DocumentText(
    new SourceFile('f.yaml', `# above\n---\n${text}`),
    '# above\n---\n'.length,
    text.length + 12,
  );
  const whole = new NodeIndex(text, parseEvents(text, {}));
  for (const path of pathsOf(load(text))) {
    const node = whole.find(path);
    const byKey = node?.key !== undefined && (node.block || node.start < 0);
    const place = byKey ? node.key : node;
    expect([path, document.spanOf(path)]).toEqual([
      path,
      document.spanAt(Math.max(place?.start ?? 0, 0), Math.max(place?.end ?? 0, 0)),
    ]);
  }
}

const head = 'apiVersion: v1\nkind: List\n';
const object = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, labels: {}, annotations: { text: 'first\n- items:\n\nlast\n', long: 'word '.repeat(40) } },
  spec: { ports: [{ port: 80 }, { port: 81, names: ['a', '- b'] }], none: null },
});
const list = { apiVersion: 'v1', items: [object('a'), object('b'), object('c')], kind: 'List', metadata: { x: '' } };

describe('findListItems', () => {
  it.each([
    ['as kubectl prints it', dump(list, { seqNoIndent: true })],
    ['with its items indented', dump(list)],
    ['with flow collections', dump(list, { flowLevel: 3 })],
    ['with folded texts', dump(list, { lineWidth: 30 })],
    [
      'with comments and blank lines',
      `${head}items: # all\n\n# one\n  - a: 1 # b\n# out\n\n    b: 2\n  # two\n  -\n    - c\n  - - d\n    - e\nz: 1\n`,
    ],
    [
      'with texts that look like items',
      `${head}items:\n- a: |\n    - b\n    items:\n  c: "d\n    - e"\n- f: >-\n    - g\n\n    - h\n`,
    ],
    ['with an alias of another item', `${head}items:\n- a: &x {b: 1}\n- c: *x\n  d:\n    <<: *x\n`],
    ['in JSON', JSON.stringify(list, undefined, 4)],
    [
      'in JSON of one line',
      JSON.stringify({ note: '"items": [{', items: [{ a: '}]"\\\\' }, { items: [{ b: [[]] }] }], x: [{}] }),
    ],
    ['without a line break at its end', `${head}items:\n- a: 1\n- b: 2`],
  ])('finds the places of a List %s', (_, text) => {
    expect(findListItems(text)?.ranges).toHaveLength((load(text) as typeof list).items.length);
    comparePlaces(text);
  });

  it('finds items beside a text of any length', () => {
    const long = { kind: 'List', items: [{ text: 'a"\n'.repeat(4_000_000) }, { b: 1 }] };
    expect(findListItems(JSON.stringify(long))?.ranges).toHaveLength(2);
  });

  it('shows an empty item at its dash', () => {
    const text = `${head}items:\n- a: 1\n-\n`;
    const document = new DocumentText(new SourceFile('f.yaml', text), 0, text.length);
    expect(document.spanOf(['items', 1])).toMatchObject({ line: 5, col: 1 });
  });

  it('leaves the objects of a List in their order', () => {
    const bytes = new TextEncoder().encode(`${dump(list)}---\n${dump(object('d'))}`);
    const orders = readDocuments({ file: 'f.yaml', bytes }, () => {}).map(({ origin }) => origin.document.order);
    expect(orders).toHaveLength(4);
    expect(orders).toEqual([...new Set(orders)].sort((a, b) => a - b));
  });

  it.each([
    ['in JSON with a text among its items', JSON.stringify({ kind: 'List', items: ['a', { b: [1] }] })],
    ['in JSON with a number behind its items', JSON.stringify({ kind: 'List', items: [{ b: [1] }, 2] })],
    ['in JSON with a list among its items', JSON.stringify({ kind: 'List', items: [{ b: [1] }, []] })],
    ['in a flow mapping', `{kind: List, items: [{a: 'x"y'}, {b: "z"}]}`],
    ['in a flow collection', `${head}items: [{a: 1}, {b: 2}]\n`],
    ['with an anchor', `${head}items: &all\n- a: 1\n`],
    ['with line breaks of Windows', `${head}items:\r\n- a: 1\r\n`],
    ['behind a directive', `%TAG !x! tag:yaml.org,2002:\n---\n${head}items:\n- a: !x!str 1\n`],
    ['that is empty', `${head}items:\n`],
    ['that is indented as a whole', '  kind: List\n  items:\n  - a: 1\n'],
    ['that is another', 'kind: A\nspec:\n  items:\n  - a: 1\n'],
  ])('leaves a List to the whole document %s', (_, text) => {
    expect(findListItems(text)).toBeUndefined();
    comparePlaces(text);
  });
});
