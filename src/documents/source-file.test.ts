import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { readDocuments } from './read-documents.ts';

const text = `# head
apiVersion: v1 # of Kubernetes
kind: Service
metadata: {name: a, labels: {"a b": c}}
spec:
  base: &base
    x: 1
    w: [p, 'q', "r\\n"]
  merged:
    <<: *base
    z: 2
  alias: *base
  empty:
  list:
  - one
  - k: v
    "quoted key": &anchor w
  block: |
    first
    second
  folded: >-
    text
  plain: several
    lines
  tagged: !!str 5
  nothing: {}
  none: []
`;
const [document] = readDocuments({ file: 'f.yaml', bytes: new TextEncoder().encode(text) }, () => {});

/** The text that a span covers. */
function shown(...path: readonly (string | number)[]): string {
  const span = document?.origin.at(...path).span();
  if (span === undefined) return '';
  const lines = text.split('\n').slice(span.line - 1, span.endLine);
  const last = lines.length - 1;
  const cut = lines.map((line, index) =>
    line.slice(index === 0 ? span.col - 1 : 0, index === last ? span.endCol - 1 : undefined),
  );
  return `${span.line}:${cut.join('|')}`;
}

describe('the place of a value', () => {
  it.each<[readonly (string | number)[], string]>([
    [['apiVersion'], '2:v1'],
    [['metadata', 'name'], '4:a'],
    [['metadata', 'labels'], '4:{"a b": c}'],
    [['metadata', 'labels', 'a b'], '4:c'],
    [['spec'], '5:spec'],
    [['spec', 'base', 'x'], '7:1'],
    [['spec', 'base', 'w', 1], "8:'q'"],
    [['spec', 'base', 'w', 2], '8:"r\\n"'],
    [['spec', 'empty'], '13:empty'],
    [['spec', 'list'], '14:list'],
    [['spec', 'list', 0], '15:one'],
    [['spec', 'list', 1, 'k'], '16:v'],
    [['spec', 'list', 1, 'quoted key'], '17:w'],
    [['spec', 'block'], '19:first|    second|'],
    [['spec', 'folded'], '22:text|'],
    [['spec', 'plain'], '23:several|    lines'],
    [['spec', 'tagged'], '25:5'],
    [['spec', 'nothing'], '26:{}'],
    [['spec', 'none'], '27:[]'],
  ])('%j', (path, place) => {
    expect(shown(...path)).toBe(place);
  });

  it('is that of the deepest parent where the path does not exist', () => {
    expect(shown('spec', 'list', 7, 'x')).toBe('14:list');
    expect(shown('spec', 'base', 'x', 'deeper')).toBe('7:1');
    expect(shown('status')).toMatch(/^2:apiVersion/);
  });

  it('is the alias for what comes through an alias or a merge key', () => {
    expect(shown('spec', 'alias', 'x')).toBe('12:*base');
    expect(shown('spec', 'merged', 'w', 0)).toBe('10:*base');
    expect(shown('spec', 'merged', 'z')).toBe('11:2');
  });

  it('gives the lines of its document only', () => {
    const [first, second] = readDocuments(
      {
        file: 'f.yaml',
        bytes: new TextEncoder().encode(
          'apiVersion: v1\nkind: A\nmetadata: {name: a}\n---\nkind: B\napiVersion: v1\nmetadata: {name: b}\r\n',
        ),
      },
      () => {},
    );
    expect([1, 3, 5].map((line) => first?.origin.document.lineText(line))).toEqual([
      'apiVersion: v1',
      'metadata: {name: a}',
      undefined,
    ]);
    expect([3, 4, 7, 8, 99].map((line) => second?.origin.document.lineText(line))).toEqual([
      undefined,
      '---',
      'metadata: {name: b}',
      undefined,
      undefined,
    ]);
    expect(second?.origin.toString()).toBe('f.yaml:5:1');
  });

  it('is the right one for every leaf of random documents, in YAML and in JSON', () => {
    const word = fc.stringMatching(/^[a-m][a-m ]{0,6}[a-m]$|^[":'# -]{1,4}$/);
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.constant('leaf'),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(word, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    const styles = [
      (value: unknown) => JSON.stringify(value),
      (value: unknown) => JSON.stringify(value, null, '\t'),
      (value: unknown) => dump(value),
      (value: unknown) => dump(value, { flowLevel: 3, seqNoIndent: true }),
    ];
    fc.assert(
      fc.property(tree, fc.constantFrom(...styles), (spec, print) => {
        let count = 0;
        const number = (value: unknown): unknown => {
          if (value === 'leaf') return `leaf${count++}`;
          if (Array.isArray(value)) return value.map(number);
          return Object.fromEntries(Object.entries(value as object).map(([key, child]) => [key, number(child)]));
        };
        const content = `# above\n---\n${print({ apiVersion: 'v1', kind: 'A', metadata: { name: 'a' }, spec: number(spec) })}`;
        const [read] = readDocuments({ file: 'f', bytes: new TextEncoder().encode(content) }, () => {});
        const lines = content.split('\n');
        const visit = (value: unknown, path: readonly (string | number)[]): void => {
          if (typeof value === 'string') {
            const { line, col, endCol } = read?.origin.at(...path).span() ?? { line: 0, col: 0, endCol: 0 };
            expect(lines[line - 1]?.slice(col - 1, endCol - 1).replaceAll('"', '')).toBe(value);
          } else if (Array.isArray(value)) for (const [index, child] of value.entries()) visit(child, [...path, index]);
          else for (const [key, child] of Object.entries(value as object)) visit(child, [...path, key]);
        };
        visit(read?.object['spec'], ['spec']);
      }),
      { numRuns: 300 },
    );
  });
});
