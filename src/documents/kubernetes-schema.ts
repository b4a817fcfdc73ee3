import {
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  mergeTag,
  NOT_RESOLVED,
  nullCoreTag,
  Schema,
  strTag,
} from 'js-yaml';

/** What is remarkable about an unquoted scalar. */
export type ScalarNote = 'ambiguous' | 'too-large' | 'not-finite';
export type Scalar = string | number | boolean | null;

const booleans: ReadonlyMap<string, boolean> = new Map([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);
const LONGEST_BOOLEAN = 'false'.length;
const plainInteger = /^(?:0|-?[1-9][0-9]{0,14})$/;
const integer = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9][0-9]*)$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const notFinite = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/**
 * An unquoted number as sigs.k8s.io/yaml reads it, undefined where it is a string: underscores are
 * dropped, `0b`, `0o`, `0x` and a leading zero set the base, nothing is base 60, dates are strings.
 */
function readNumber(source: string): number | undefined {
  if (plainInteger.test(source)) return Number(source);
  if (notFinite.test(source))
    return source.endsWith('f') || source.endsWith('F') ? Number.POSITIVE_INFINITY : Number.NaN;
  // A leading point admits no underscores there, as in Go's ParseFloat.
  const digits = source.startsWith('.') ? source : source.replaceAll('_', '');
  if (integer.test(digits)) return readInteger(digits);
  if (!float.test(digits)) return undefined;
  const value = Number(digits);
  return Number.isFinite(value) ? value : undefined;
}

function readInteger(digits: string): number {
  const negative = digits.startsWith('-');
  const unsigned = negative || digits.startsWith('+') ? digits.slice(1) : digits;
  const octal = /^0[0-7]+$/.test(unsigned);
  const value = Number(octal ? `0o${unsigned.slice(1)}` : unsigned);
  return negative && value !== 0 ? -value : value;
}

/** An unquoted scalar as kubectl reads it. */
export function readScalar(source: string): Scalar {
  if (isNull(source)) return null;
  return booleans.get(source) ?? (/^[-+.0-9]/.test(source) ? readNumber(source) : undefined) ?? source;
}

/** An unquoted scalar as the core schema of YAML 1.2 reads it. */
export function readCoreScalar(source: string): Scalar {
  if (/^(?:true|True|TRUE)$/.test(source)) return true;
  if (/^(?:false|False|FALSE)$/.test(source)) return false;
  if (/^(?:~|null|Null|NULL)?$/.test(source)) return null;
  if (/^(?:0o[0-7]+|0x[0-9a-fA-F]+)$/.test(source)) return Number(source);
  if (/^[-+]?[0-9]+$/.test(source) || float.test(source)) return Number(source) + 0;
  if (notFinite.test(source))
    return /nan$/i.test(source) ? Number.NaN : (source.startsWith('-') ? -1 : 1) * Number.POSITIVE_INFINITY;
  return source;
}

/** Whether an unquoted scalar deserves a finding, and which. */
export function noteScalar(source: string): ScalarNote | undefined {
  if (plainInteger.test(source)) return undefined;
  if (notFinite.test(source)) return 'not-finite';
  const value = readScalar(source);
  if (typeof value === 'number' && integer.test(source.replaceAll('_', '')) && !Number.isSafeInteger(value))
    return 'too-large';
  const core = readCoreScalar(source);
  return Object.is(value, core) || (value === 0 && core === 0) ? undefined : 'ambiguous';
}

/**
 * The js-yaml schema that reads as kubectl does (sigs.k8s.io/yaml): YAML 1.1 booleans, octal by a
 * leading zero, merge keys, unknown tags ignored. `onNote` is called while a document is built when
 * one of its unquoted scalars deserves a finding; where it stands must be looked up afterwards.
 */
export class KubernetesSchema extends Schema {
  readonly #onNote: () => void;

  constructor(onNote: () => void) {
    super(tags(onNote));
    this.#onNote = onNote;
  }

  /** What an unquoted scalar stands for; the tags of the schema say the same. */
  readonly readPlain = (source: string): Scalar => {
    switch (firstOf(source)) {
      case 'boolean':
        return readNotedBoolean(source, this.#onNote) ?? (isNull(source) ? null : source);
      case 'number':
        return readNotedNumber(source, this.#onNote) ?? source;
      case 'null':
        return isNull(source) ? null : source;
      default:
        return source;
    }
  };
}

const BOOLEAN_STARTS = [...'yYnNtTfFoO'];
const NUMBER_STARTS = [...'+-.0123456789'];
const STARTS: ReadonlyMap<string, 'boolean' | 'number' | 'null'> = new Map([
  ...BOOLEAN_STARTS.map((char) => [char, 'boolean'] as const),
  ...NUMBER_STARTS.map((char) => [char, 'number'] as const),
  ['~', 'null'],
  ['', 'null'],
]);

function firstOf(source: string): 'boolean' | 'number' | 'null' | undefined {
  return STARTS.get(source.charAt(0));
}

function isNull(source: string): boolean {
  return source === '' || source === '~' || source === 'null' || source === 'Null' || source === 'NULL';
}

function readNotedBoolean(source: string, onNote: () => void): boolean | undefined {
  // Keys such as `namespace` start like a boolean too.
  const value = source.length > LONGEST_BOOLEAN ? undefined : booleans.get(source);
  if (value !== undefined && !/^(?:true|false)$/i.test(source)) onNote();
  return value;
}

function readNotedNumber(source: string, onNote: () => void): number | undefined {
  if (plainInteger.test(source)) return Number(source);
  const value = readNumber(source);
  // `1e400` is a string here and infinity elsewhere.
  if (value === undefined ? float.test(source) : noteScalar(source) !== undefined) onNote();
  return value;
}

function tags(onNote: () => void) {
  const number = {
    implicit: true,
    implicitFirstChars: NUMBER_STARTS,
    resolve: (source: string) => readNotedNumber(source, onNote) ?? NOT_RESOLVED,
    identify: () => false,
  };
  return [
    strTag,
    sequenceTag('tag:yaml.org,2002:seq', false),
    mappingTag('tag:yaml.org,2002:map', false),
    nullCoreTag,
    defineScalarTag<boolean>('tag:yaml.org,2002:bool', {
      implicit: true,
      implicitFirstChars: BOOLEAN_STARTS,
      resolve: (source) => readNotedBoolean(source, onNote) ?? NOT_RESOLVED,
      identify: () => false,
    }),
    defineScalarTag<number>('tag:yaml.org,2002:int', number),
    defineScalarTag<number>('tag:yaml.org,2002:float', { ...number, implicit: false }),
    mergeTag,
    defineScalarTag<string>('tag:yaml.org,2002:binary', { resolve: readBinary, identify: () => false }),
    // kubectl ignores a tag that it does not know; a scalar under it is a string.
    defineScalarTag<string>('', { matchByTagPrefix: true, resolve: (source) => source, identify: () => false }),
    sequenceTag('', true),
    mappingTag('', true),
  ];
}

function sequenceTag(tagName: string, matchByTagPrefix: boolean) {
  return defineSequenceTag<unknown[]>(tagName, {
    matchByTagPrefix,
    create: () => [],
    addItem: (list, item) => {
      list.push(item);
    },
    identify: () => false,
  });
}

type Mapping = Record<string, unknown>;

function mappingTag(tagName: string, matchByTagPrefix: boolean) {
  return defineMappingTag<Mapping>(tagName, {
    matchByTagPrefix,
    create: () => ({}),
    addPair: (mapping, key, value) => {
      if (key === null) return 'a mapping key is empty';
      if (typeof key === 'object') return 'a mapping key is itself a mapping or a list';
      const name = String(key);
      if (name === '__proto__') {
        // An assignment would change the prototype in place of adding the key.
        Object.defineProperty(mapping, name, { value, enumerable: true, configurable: true, writable: true });
      } else mapping[name] = value;
      return '';
    },
    has: (mapping, key) => Object.hasOwn(mapping, String(key)),
    keys: (mapping) => Object.keys(mapping),
    get: (mapping, key) => (Object.hasOwn(mapping, String(key)) ? mapping[String(key)] : undefined),
    identify: () => false,
  });
}

function readBinary(source: string): string | typeof NOT_RESOLVED {
  try {
    const bytes = Uint8Array.from(atob(source.replace(/\s/g, '')), (unit) => unit.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return NOT_RESOLVED;
  }
}
