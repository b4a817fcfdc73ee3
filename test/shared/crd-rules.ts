import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CelInput, celEnv, parse, plan } from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import { Ajv, type ValidateFunction } from 'ajv';

/** A node of a structural schema, as far as this file reads it. */
interface SchemaNode {
  readonly type?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly additionalProperties?: SchemaNode;
  readonly 'x-kubernetes-validations'?: readonly { readonly rule: string; readonly message?: string }[];
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
}

interface Crd {
  readonly group: string;
  readonly kind: string;
  readonly versions: readonly { readonly name: string; readonly schema: SchemaNode }[];
}

/** Checks an object as the API server would: defaults, schema, list keys and CEL rules. */
export class CrdRules {
  readonly #schemas = new Map<string, SchemaNode>();
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });

  /** Reads every CRD of the folders; a later folder wins. */
  constructor(folders: readonly string[]) {
    for (const folder of folders) {
      for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
        const crd = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Crd;
        for (const { name, schema } of crd.versions) this.#schemas.set(`${crd.group}/${name} ${crd.kind}`, schema);
      }
    }
  }

  /** What the API server would say; undefined for a kind without a CRD here. */
  problems(object: Readonly<Record<string, unknown>>): readonly string[] | undefined {
    const key = `${String(object['apiVersion'])} ${String(object['kind'])}`;
    const schema = this.#schemas.get(key);
    if (schema === undefined) return undefined;
    const defaulted = withDefaults(structuredClone(object), schema);
    let validate = this.#validators.get(key);
    if (validate === undefined) {
      validate = this.#ajv.compile(closed(schema) as object);
      this.#validators.set(key, validate);
    }
    const found = validate(defaulted)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    checkNode(defaulted, schema, '', found);
    return found;
  }
}

/** The schema with unknown fields refused, as strict field validation does. */
function closed(schema: SchemaNode): SchemaNode {
  const { properties, items, additionalProperties, ...rest } = schema;
  return {
    ...rest,
    ...(properties === undefined ? {} : { properties: mapValues(properties, closed) }),
    ...(items === undefined ? {} : { items: closed(items) }),
    ...(additionalProperties === undefined ? {} : { additionalProperties: closed(additionalProperties) }),
    ...(properties !== undefined && additionalProperties === undefined ? { additionalProperties: false as never } : {}),
  };
}

function withDefaults(value: unknown, schema: SchemaNode): unknown {
  if (Array.isArray(value))
    return value.map((item: unknown) => (schema.items ? withDefaults(item, schema.items) : item));
  if (typeof value !== 'object' || value === null) return value;
  const object: Record<string, unknown> = { ...value };
  for (const [name, child] of Object.entries(schema.properties ?? {})) {
    if (object[name] === undefined && child.default !== undefined) object[name] = structuredClone(child.default);
    if (object[name] !== undefined) object[name] = withDefaults(object[name], child);
  }
  return object;
}

const environment = celEnv({ funcs: strings });
const programs = new Map<string, ReturnType<typeof plan>>();

function checkNode(value: unknown, schema: SchemaNode, path: string, found: string[]): void {
  for (const { rule, message } of schema['x-kubernetes-validations'] ?? []) {
    // Asked of a change only, and everything here is new.
    if (/\boldSelf\b/.test(rule)) continue;
    let program = programs.get(rule);
    if (program === undefined) {
      program = plan(environment, parse(rule));
      programs.set(rule, program);
    }
    const result = program({ self: toCel(value, schema) });
    if (result !== true) found.push(`${path}: ${message ?? rule}${result === false ? '' : ` (${String(result)})`}`);
  }
  if (Array.isArray(value)) {
    checkKeys(value, schema, path, found);
    for (const [index, item] of value.entries()) {
      if (schema.items !== undefined) checkNode(item, schema.items, `${path}[${index}]`, found);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, child] of Object.entries(value)) {
      const node = schema.properties?.[name];
      if (node !== undefined && child !== undefined) checkNode(child, node, `${path}.${name}`, found);
    }
  }
}

function checkKeys(list: readonly unknown[], schema: SchemaNode, path: string, found: string[]): void {
  const type = schema['x-kubernetes-list-type'];
  if (type !== 'set' && type !== 'map') return;
  const names = schema['x-kubernetes-list-map-keys'] ?? [];
  const keys = list.map((item) =>
    JSON.stringify(type === 'set' ? item : names.map((name) => (item as Readonly<Record<string, unknown>>)[name])),
  );
  if (new Set(keys).size < keys.length) found.push(`${path}: duplicate entries`);
}

/** Words that CEL keeps for itself; the API server escapes fields of that name. */
const reserved = [
  'namespace',
  'in',
  'import',
  'package',
  'as',
  'break',
  'const',
  'continue',
  'else',
  'for',
  'function',
  'if',
  'let',
  'loop',
  'return',
  'var',
  'void',
  'while',
  'true',
  'false',
  'null',
];

function toCel(value: unknown, schema: SchemaNode | undefined): CelInput {
  if (Array.isArray(value)) return value.map((item: unknown) => toCel(item, schema?.items));
  if (typeof value === 'number') return schema?.type === 'number' ? value : BigInt(value);
  if (typeof value === 'object' && value !== null) {
    const fields = schema?.properties;
    return new Map(
      Object.entries(value).map(([name, child]) => [
        fields !== undefined && reserved.includes(name) ? `__${name}__` : name,
        toCel(child, fields?.[name] ?? schema?.additionalProperties),
      ]),
    );
  }
  return value as CelInput;
}

function mapValues<T, U>(map: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}
