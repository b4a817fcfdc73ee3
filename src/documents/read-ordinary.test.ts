import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { constructFromEvents, dump, parseEvents } from 'js-yaml';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { KubernetesSchema } from './kubernetes-schema.ts';
import { NOT_ORDINARY, readOrdinary } from './read-ordinary.ts';
import { SharedTexts } from './shared-texts.ts';
import { splitStream } from './split-stream.ts';

const DEEP = process.env['LATTICECTL_DEEP'] === '1';

/** What a reader makes of a text, with the order of keys, and how many remarkable scalars it noted. */
function read(text: string, reader: (schema: KubernetesSchema) => unknown) {
  let notes = 0;
  const value = reader(new KubernetesSchema(() => void notes++));
  return { text, value, order: orderOf(value), notes };
}

/** All keys from top to bottom; `toEqual` does not look at their order. */
function orderOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).map(([key, item]) => [key, orderOf(item)])
    : undefined;
}

/** One for all texts: what one of them holds must not matter to the others. */
const shared = new SharedTexts();
const byUs = (text: string) => read(text, (schema) => readOrdinary(text, schema.readPlain, shared));
const byLibrary = (text: string) =>
  read(text, (schema) => {
    const values = constructFromEvents(parseEvents(text, {}), { source: text, schema });
    expect(values).toHaveLength(1);
    return values[0];
  });

/** Reads a text ourselves, and holds what we take on against js-yaml, which must take it too. */
function isReadAlike(text: string): boolean {
  const ours = byUs(text);
  if (ours.value === NOT_ORDINARY) return false;
  expect(ours).toEqual(byLibrary(text));
  return true;
}

/** Scalars as they may stand in a manifest, unquoted and quoted. */
const scalars = fc.oneof(
  fc.constantFrom('yes', 'No', 'true', 'off', 'n', 'N', 'y', 'null', 'Null', '~', 'namespace', 'nullable', '1.5s'),
  fc.constantFrom('0', '-0', '010', '0x1F', '1_000', '.5', '.inf', '-.INF', '.nan', '1e400', '9007199254740993'),
  fc.constantFrom('1:30', '2026-01-01', '+1', '-x', 'http://a:80/b', 'a.b/c', 'über', '"tab\\there"', "'a: b #c'"),
);
const loose = fc.constantFrom('', '=', '<', '<<x', '100%', 'a, b', 'a [b] {c}', '$(X)', 'a#b', 'a # b', '(?i)^/a$');
const keys = fc.constantFrom('host', 'port', 'toString', 'constructor', "'8080'", '"yes"', 'n1', 'a.b/c-d');
const { node } = fc.letrec<{ node: string; flow: string }>((tie) => ({
  flow: fc.oneof(
    { depthSize: 'small' },
    scalars.filter((scalar) => /^[\w.+'"-]*$/.test(scalar)),
    fc.array(tie('flow'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc.dictionary(keys, tie('flow'), { maxKeys: 3 }).map((map) => `{${entries(map, ': ').join(', ')}}`),
  ),
  node: fc.oneof(
    { depthSize: 'small' },
    fc.oneof(tie('flow'), scalars, loose).map((text) => ` ${text}\n`),
    fc.constantFrom(' |\n  a: b\n   # c\n\n  - d\n', ' |-\n  a\n', ' | # c\n  a\n\n   \n'),
    fc
      .array(tie('node'), { minLength: 1, maxLength: 3 })
      .map((all) => `\n${all.map((one) => `-${inside(one)}`).join('')}`),
    fc
      .dictionary(keys, tie('node'), { minKeys: 1, maxKeys: 4 })
      .map((map) => `\n${entries(map, ':').map(inside).join('')}`),
  ),
}));

function entries(map: Readonly<Record<string, string>>, between: string): readonly string[] {
  return Object.entries(map).map(([key, value]) => `${key}${between}${value}`);
}

function inside(text: string): string {
  return text.replace(/\n(?!$)/g, '\n  ');
}

const root = join(import.meta.dirname, '../..');
const manifests = globSync(['examples/**/*.yaml', 'fixtures/{istio,ingress,gateway-api,documents}/**/*.yaml'], {
  cwd: root,
})
  .sort()
  .flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [...splitStream(text)].map(({ start, end }) => text.slice(start, end));
  })
  .filter((text) => text.trim() !== '' && text.length < 4_000);

/** What means something in YAML, and so does most damage. */
const signs = [
  ...[': ', ':', ' #', '#', '- ', '-', '? ', '|', '>', '&a ', '*a', '!!str ', '!x ', '%', '@', '`', ',', '=', '~'],
  ...[
    '|\n',
    '|-\n  ',
    '[',
    ']',
    '{',
    '}',
    "'",
    "''",
    '"',
    '\\',
    '\\n',
    '<<: ',
    '<<',
    '---',
    '...',
    '__proto__: 1',
    'null',
    'yes: ',
  ],
  ...['\n', '\n\n', ' ', '  ', '\n  ', '\n# c\n', '\t', '\r', '\r\n', '\u00a0', '\u0085', '\u2028', '\ufeff', '😀'],
  ...['\0', '\ud800', 'ü', '1', '0x', '.', '\n- ', '\n---\n', '\n...\n', ' : ', '[a, b]', '{a: b}', '"a": ', '{"a":1}'],
];
const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    how: fc.oneof(
      fc.constantFrom('delete', 'indent', 'dedent', 'repeat', 'drop', 'swap', 'cut').map((kind) => ({ kind })),
      fc.constantFrom(...signs).map((sign) => ({ kind: 'insert' as const, sign })),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

function edit(text: string, { at, how }: { at: number; how: { kind: string; sign?: string } }): string {
  const lines = text.split('\n');
  const line = Math.floor(at * lines.length);
  const offset = Math.floor(at * text.length);
  const own = lines[line] ?? '';
  switch (how.kind) {
    case 'insert':
      return text.slice(0, offset) + (how.sign ?? '') + text.slice(offset);
    case 'delete':
      return text.slice(0, offset) + text.slice(offset + 1);
    case 'indent':
      return lines.with(line, ` ${own}`).join('\n');
    case 'dedent':
      return lines.with(line, own.slice(1)).join('\n');
    case 'repeat':
      return lines.toSpliced(line, 0, own).join('\n');
    case 'drop':
      return lines.toSpliced(line, 1).join('\n');
    case 'swap':
      return lines
        .with(line, lines[line + 1] ?? '')
        .with((line + 1) % lines.length, own)
        .join('\n');
    default:
      return text.slice(0, offset);
  }
}

describe('readOrdinary', () => {
  it('reads what js-yaml reads, and notes what it notes', () => {
    let ordinary = 0;
    const property = fc.property(node, (body) => {
      if (isReadAlike(`a:${inside(body)}`)) ordinary++;
    });
    const numRuns = DEEP ? 50_000 : 2_000;
    fc.assert(property, { numRuns });
    expect(ordinary).toBeGreaterThan(0.9 * numRuns);
  });

  it('reads any value that js-yaml prints, or leaves it to js-yaml', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => void isReadAlike(dump(value))),
      { numRuns: 1_000 },
    );
  });

  it('reads any JSON, or leaves it to js-yaml', () => {
    const spaces = fc.constantFrom(undefined, 1, 2);
    fc.assert(
      fc.property(fc.jsonValue(), spaces, (value, space) => void isReadAlike(JSON.stringify(value, undefined, space))),
      { numRuns: 1_000 },
    );
  });

  it('reads nearly every manifest of the examples and fixtures', () => {
    const ordinary = manifests.filter(isReadAlike);
    expect(ordinary.length / manifests.length).toBeGreaterThan(0.9);
  });

  it('reads a quoted text of any length', () => {
    expect(byUs(JSON.stringify({ a: 'a"\n'.repeat(4_000_000) })).value).not.toBe(NOT_ORDINARY);
  });

  it('reads no damaged manifest in another way than js-yaml', () => {
    fc.assert(
      fc.property(fc.constantFrom(...manifests), edits, (manifest, all) => {
        isReadAlike(all.reduce(edit, manifest));
      }),
      { numRuns: DEEP ? 200_000 : 3_000 },
    );
  });

  it.each([
    ['an anchor', 'a: &x 1\n'],
    ['an alias', 'a: &x {b: 1}\nc: *x\n'],
    ['a tag', 'a: !!str 1\n'],
    ['an unknown tag', 'a: !Ref 1\n'],
    ['a tag of a mapping', 'a: !!map {b: 1}\n'],
    ['a tag of a list', 'a: !!seq [1]\n'],
    ['a directive', '%TAG ! tag:x,2000:\n---\na: 1\n'],
    ['a merge key', 'a: {<<: {b: 1}}\n'],
    ['a merge key of a block', 'a:\n  <<: {b: 1}\n'],
    ['a key twice', 'a: 1\na: 2\n'],
    ['a key twice in a flow mapping', 'a: {b: 1, b: 2}\n'],
    ['a key twice in JSON', '{"a": 1, "a": 2}\n'],
    ['the key __proto__', '__proto__: {b: 1}\n'],
    ['the key __proto__ in JSON', '{"__proto__": {"b": 1}}\n'],
    ['a key that is a number', '8080: a\n'],
    ['a key that is a boolean', 'yes: a\n'],
    ['a key that is empty', ': a\n'],
    ['a key that is a list', '? [a]\n: b\n'],
    ['a key of more than 1,000 characters', `${'a'.repeat(1_001)}: 1\n`],
    ['a folded text', 'a: >\n  b\n'],
    ['a literal block with all its line breaks', 'a: |+\n  b\n\n'],
    ['a literal block of a stated indentation', 'a: |2\n    b\n'],
    ['a literal block without a line', 'a: |\nb: c\n'],
    ['a literal block that starts blank', 'a: |\n\n  b\n'],
    ['a literal block that ends without a line break', 'a: |\n  b'],
    ['a scalar that goes on', 'a: b\n  c\n'],
    ['a scalar alone', 'a\n'],
    ['a tab', 'a:\tb\n'],
    ['a line break of Windows', 'a: b\r\n'],
    ['two documents', 'a: 1\n---\nb: 2\n'],
    ['dashes at the start that are indented', ' --- a: b\n'],
    ['a document behind its end', 'a: 1\n...\n'],
    ['no document', '# a comment\n'],
    ['nothing', ''],
    ['a list that nests too deep', `a: ${'['.repeat(101)}${']'.repeat(101)}\n`],
    ['blocks that nest too deep', Array.from({ length: 101 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
    ['dashes that nest too deep', `${'- '.repeat(101)}a\n`],
  ])('leaves %s to js-yaml', (_, text) => {
    expect(byUs(text).value).toBe(NOT_ORDINARY);
  });
});
