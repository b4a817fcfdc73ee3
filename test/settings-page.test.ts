import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly description?: string;
}

const schema: Node = JSON.parse(readFileSync('schemas/latticectl.schema.json', 'utf8'));
const page = readFileSync('docs/settings.md', 'utf8');
const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
const validate = new Ajv({ strict: false }).compile(schema);

test.each(examples)('the example is valid:\n%s', (text) => {
  expect(validate(load(text)), JSON.stringify(validate.errors)).toBe(true);
});

/** Every key below a node, as a path; `*` stands for names that the user chooses. */
function keysOf(node: Node, path = ''): readonly string[] {
  const { properties = {}, additionalProperties, items } = node;
  const below = typeof additionalProperties === 'object' ? keysOf(additionalProperties, `${path}.*`) : [];
  return [
    ...Object.entries(properties).flatMap(([key, child]) => [`${path}.${key}`, ...keysOf(child, `${path}.${key}`)]),
    ...below,
    ...(items === undefined ? [] : keysOf(items, `${path}[]`)),
  ];
}

function usedKeys(value: unknown, node: Node, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => usedKeys(item, node.items ?? {}, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const own = node.properties?.[key];
    const other = typeof node.additionalProperties === 'object' ? node.additionalProperties : {};
    const at = own === undefined ? `${path}.*` : `${path}.${key}`;
    return [at, ...usedKeys(child, own ?? other, at)];
  });
}

test('every key of the schema is shown in an example', () => {
  const used = new Set(examples.flatMap((text) => usedKeys(load(text), schema)));
  expect(keysOf(schema).filter((key) => !used.has(key))).toEqual([]);
});

test('every key is described', () => {
  const undescribed = (node: Node, path: string): readonly string[] => [
    ...(path !== '' && node.description === undefined ? [path] : []),
    ...Object.entries(node.properties ?? {}).flatMap(([key, child]) => undescribed(child, `${path}.${key}`)),
  ];
  expect(undescribed(schema, '')).toEqual([]);
});
