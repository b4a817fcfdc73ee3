import type { ErrorObject } from 'ajv';
import type { SchemaNode } from './schema-nodes.ts';

/** What is wrong with a value, in the words of a person who has not read the schema. */
export function describeViolation(error: ErrorObject, value: unknown, nodes: readonly SchemaNode[]): string {
  const params = error.params as Readonly<Record<string, unknown>>;
  switch (error.keyword) {
    case 'type':
      return `${show(value)} is no ${[params['type']].flat().map(typeName).join(' or ')}`;
    case 'required':
      return `the key ${show(params['missingProperty'])} is missing`;
    case 'dependencies':
      return `${listWords(String(params['deps']).split(', '), 'and')} must stand beside ${String(params['property'])}`;
    case 'enum':
      return `${show(value)} is none of ${listOf(params['allowedValues']).join(', ')}`;
    case 'const':
      return `it must be ${show(params['allowedValue'])}, and is ${show(value)}`;
    case 'pattern':
      return `${show(value)} has another form than it should${example(nodes)}`;
    case 'propertyNames':
      return `the key ${show(params['propertyName'])} has another form than it should${example(nodes.flatMap(namesOf))}`;
    case 'oneOf':
    case 'anyOf':
      return describeChoice(error.keyword, value, nodes) ?? (error.message || error.keyword);
    case 'minLength':
      return `${show(value)} has fewer than ${count(params['limit'], 'character')}`;
    case 'maxLength':
      return `${show(value)} has more than ${count(params['limit'], 'character')}`;
    case 'minItems':
      return `it has fewer than ${Number(params['limit']) === 1 ? '1 entry' : `${params['limit']} entries`}`;
    case 'minimum':
      return `${show(value)} is less than ${params['limit']}`;
    case 'maximum':
      return `${show(value)} is more than ${params['limit']}`;
    default:
      return error.message ?? error.keyword;
  }
}

/** Alternatives that differ in a required key are named by it. */
function describeChoice(keyword: 'oneOf' | 'anyOf', value: unknown, nodes: readonly SchemaNode[]): string | undefined {
  const choices = nodes.flatMap((node) => listOf(node[keyword]));
  const keys = choices.flatMap((choice) => listOf(Object(choice).required).slice(0, 1)).map(String);
  if (keys.length === 0 || keys.length < choices.length) return undefined;
  const given = keys.filter((key) => Object.hasOwn(Object(value), key));
  const has = given.length === 0 ? '' : `, and has ${listWords(given, 'and')}`;
  return `it needs ${keyword === 'oneOf' ? 'exactly ' : ''}one of ${keys.join(', ')}${has}`;
}

/** The example of a schema, as text that may follow. */
function example(nodes: readonly SchemaNode[]): string {
  const [first] = nodes.flatMap((node) => listOf(node['examples']));
  return first === undefined ? '' : `; an example is ${String(first)}`;
}

function namesOf(node: SchemaNode): readonly SchemaNode[] {
  const names = node['propertyNames'];
  return typeof names === 'object' && names !== null ? [names as SchemaNode] : [];
}

function typeName(type: unknown): string {
  const names: Readonly<Record<string, string>> = {
    string: 'text',
    integer: 'whole number',
    array: 'list',
    object: 'mapping',
    boolean: 'true or false',
  };
  return names[String(type)] ?? String(type);
}

function count(number: unknown, noun: string): string {
  return `${number} ${noun}${Number(number) === 1 ? '' : 's'}`;
}

/** The longest value that is repeated. */
const SHOWN = 60;

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function listWords(words: readonly string[], last: string): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
