import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../diagnostics/origin.ts';
import { documentDiagnostics } from './diagnostics.ts';
import { isMapping } from './expand-list.ts';
import type { FoldedError } from './fold-errors.ts';

/** A place in an object that broke its schema. */
export interface Place {
  readonly origin: Origin;
  readonly value: unknown;
  /** The text there in the file, when it stands on one line. */
  readonly written: string | undefined;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
  object: 'a mapping',
  array: 'a list',
  null: 'nothing',
};

const formNames: Readonly<Record<string, string>> = {
  duration: 'a duration',
  date: 'a date',
  'date-time': 'a time',
  hostname: 'a host name',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  uri: 'a URI',
};

/** Says in one sentence what was expected at a place and what stands there. */
export function explainError(error: FoldedError, place: Place): Diagnostic {
  const { origin } = place;
  const field = origin.field === '' ? 'the object' : origin.field;
  const found = describeFound(place);
  const { params } = error;
  switch (error.keyword) {
    case 'type':
      return documentDiagnostics['wrong-type']({ field, expected: typesOf([params['type']]), found }, origin);
    case 'required':
      return documentDiagnostics['missing-field']({ field, missing: error.missing.join(', ') }, origin);
    case 'enum':
      return documentDiagnostics['not-allowed-value'](
        { field, expected: oneOf(params['allowedValues']), found },
        origin,
      );
    case 'const':
      return documentDiagnostics['not-allowed-value'](
        { field, expected: print(params['allowedValue']), found },
        origin,
      );
    case 'pattern': {
      const expected = `a text that matches ${String(params['pattern'])}`;
      return documentDiagnostics['not-allowed-value']({ field, expected, found }, origin);
    }
    case 'format': {
      const expected = formNames[String(params['format'])] ?? `the form ${String(params['format'])}`;
      return documentDiagnostics['not-allowed-value']({ field, expected, found }, origin);
    }
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name = String(params['additionalProperty'] ?? params['unevaluatedProperty']);
      return documentDiagnostics['wrong-combination']({ field, expected: `no field ${name}`, found: name }, origin);
    }
    case 'anyOf':
    case 'oneOf':
      return explainAlternatives(error, place, field, found);
    case 'not': {
      const expected = 'fields that do not exclude each other';
      return documentDiagnostics['wrong-combination']({ field, expected, found: describeFields(place) }, origin);
    }
    case 'dependentRequired':
    case 'dependencies': {
      const expected = `${String(params['missingProperty'] ?? params['deps'])} beside ${String(params['property'])}`;
      return documentDiagnostics['wrong-combination']({ field, expected, found: describeFields(place) }, origin);
    }
    default:
      return explainBound(error, place, field, found);
  }
}

function explainAlternatives(error: FoldedError, place: Place, field: string, found: string): Diagnostic {
  const { alternatives } = error;
  const { origin } = place;
  if (alternatives.length > 0 && alternatives.every(({ keyword }) => keyword === 'type')) {
    const expected = typesOf(alternatives.map(({ params }) => params['type']));
    return documentDiagnostics['wrong-type']({ field, expected, found }, origin);
  }
  if (alternatives.length > 0 && alternatives.every(({ keyword }) => keyword === 'required')) {
    const names = [...new Set(alternatives.flatMap(({ missing }) => missing))];
    const expected = names.length === 1 ? `the field ${names.join('')}` : `one of the fields ${orList(names)}`;
    return documentDiagnostics['wrong-combination']({ field, expected, found: describeFields(place) }, origin);
  }
  const [first] = alternatives.filter(({ keyword }) => keyword !== 'type');
  // The alternative of the right type is the one that was meant.
  if (first !== undefined) return explainError(first, place);
  const expected = 'only one of its alternatives';
  return documentDiagnostics['wrong-combination']({ field, expected, found: describeFields(place) }, origin);
}

/** Bounds by keyword: the words before and after the limit. */
const bounds: Readonly<Record<string, readonly [string, string]>> = {
  minimum: ['at least', ''],
  maximum: ['at most', ''],
  exclusiveMinimum: ['more than', ''],
  exclusiveMaximum: ['less than', ''],
  multipleOf: ['a multiple of', ''],
  minLength: ['at least', ' characters'],
  maxLength: ['at most', ' characters'],
  minItems: ['at least', ' items'],
  maxItems: ['at most', ' items'],
  minProperties: ['at least', ' fields'],
  maxProperties: ['at most', ' fields'],
};

function explainBound(
  { keyword, params }: FoldedError,
  { origin, value }: Place,
  field: string,
  found: string,
): Diagnostic {
  const [before, after] = bounds[keyword] ?? [`what \`${keyword}\` asks for`, ''];
  const limit = String(params['limit'] ?? params['multipleOf'] ?? '');
  const expected = keyword === 'uniqueItems' ? 'no item twice' : `${before} ${limit}${after}`.trim();
  const size = after === '' ? found : sizeOf(value, found);
  return documentDiagnostics['out-of-range']({ field, expected, found: size }, origin);
}

function sizeOf(value: unknown, found: string): string {
  if (Array.isArray(value)) return String(value.length);
  if (isMapping(value)) return String(Object.keys(value).length);
  return typeof value === 'string' && value !== '' ? `${[...value].length} (${found})` : found;
}

function typesOf(types: readonly unknown[]): string {
  return orList([...new Set(types.flatMap((type) => String(type).split(',')))].map((type) => typeNames[type] ?? type));
}

function oneOf(values: unknown): string {
  return Array.isArray(values) ? `one of ${orList(values.map(print))}` : 'another value';
}

function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

function print(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function describeFields({ value }: Place): string {
  if (!isMapping(value)) return print(value);
  const names = Object.keys(value);
  return names.length === 0 ? 'no field' : names.join(', ');
}

function describeFound({ value, written }: Place): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (isMapping(value)) return 'a mapping';
  if (typeof value === 'string') return `the string ${JSON.stringify(print(value))}`;
  const text = typeof value === 'number' ? `the number ${value}` : String(value);
  return written === undefined || written === String(value) || written.startsWith('*')
    ? text
    : `${text} (written ${written}, unquoted)`;
}
