import fc from 'fast-check';
import { constructFromEvents, dump, parseEvents } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { buildPlain, NOT_PLAIN } from './build-plain.ts';
import { KubernetesSchema } from './kubernetes-schema.ts';

/** What a builder makes of a text, and how many remarkable scalars it noted. */
function read(text: string, build: (schema: KubernetesSchema) => unknown) {
  let notes = 0;
  const value = build(new KubernetesSchema(() => void notes++));
  return { text, value, notes };
}

const byUs = (text: string) => read(text, (schema) => buildPlain(parseEvents(text, {}), text, schema.readPlain));
const byLibrary = (text: string) =>
  read(text, (schema) => constructFromEvents(parseEvents(text, {}), { source: text, schema })[0]);

/** Scalars as they may stand in a manifest, unquoted. */
const scalars = fc.oneof(
  fc.constantFrom('yes', 'No', 'true', 'off', 'n', 'N', 'y', 'null', 'Null', '~', '', 'namespace', 'nullable', '1.5s'),
  fc.constantFrom(
    '0',
    '-0',
    '010',
    '0x1F',
    '1_000',
    '.5',
    '.inf',
    '-.INF',
    '.nan',
    '1e400',
    '9007199254740993',
    '1:30',
  ),
  fc.constantFrom('=', '2026-01-01', '<', '<<x', '+1', '-', '-x', '100%', "'quoted'", '"tab\\there"', "'it''s'"),
);
const keys = fc.constantFrom('host', 'port', 'toString', 'constructor', "'8080'", '"yes"', 'a b', 'n1');
const { node } = fc.letrec<{ node: string; flow: string }>((tie) => ({
  flow: fc.oneof(
    scalars.map((scalar) => (/[,[\]{}]/.test(scalar) || scalar.length < 2 ? 'x' : scalar)),
    fc.array(tie('flow'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc.dictionary(keys, tie('flow'), { maxKeys: 3 }).map((map) => `{${entries(map, ': ').join(', ')}}`),
  ),
  node: fc.oneof(
    { depthSize: 'small' },
    tie('flow').map((text) => ` ${text}\n`),
    fc.constantFrom(' |\n  a\n  b\n', ' >-\n  a\n  b\n'),
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

describe('buildPlain', () => {
  it('builds what js-yaml builds, and notes what it notes', () => {
    let plain = 0;
    fc.assert(
      fc.property(node, (body) => {
        const text = `a:${inside(body)}`;
        const ours = byUs(text);
        if (ours.value === NOT_PLAIN) return;
        plain++;
        expect(ours).toEqual(byLibrary(text));
      }),
      { numRuns: 2_000 },
    );
    expect(plain).toBeGreaterThan(1_900);
  });

  it('builds any value that js-yaml prints', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = dump(value);
        const ours = byUs(text);
        if (ours.value !== NOT_PLAIN) expect(ours).toEqual(byLibrary(text));
      }),
      { numRuns: 1_000 },
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
    ['a key twice', 'a: 1\na: 2\n'],
    ['the key __proto__', '__proto__: {b: 1}\n'],
    ['a key that is a number', '8080: a\n'],
    ['a key that is a boolean', 'yes: a\n'],
    ['a key that is empty', ': a\n'],
    ['a key that is a list', '? [a]\n: b\n'],
    ['two documents', 'a: 1\n---\nb: 2\n'],
    ['no document', '# a comment\n'],
  ])('leaves %s to js-yaml', (_, text) => {
    expect(byUs(text).value).toBe(NOT_PLAIN);
  });
});
