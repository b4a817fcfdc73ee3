import type { AtomValue } from './atom.ts';
import { quoteRe2 } from './languages/quote-re2.ts';
import { regexEngine } from './languages/regex-engine.ts';
import { ANY_VALUE, regexContains } from './value-regex.ts';

/** A test of a value that needs no pattern. */
export interface LiteralTest {
  readonly kind: 'exact' | 'prefix' | 'contains';
  readonly value: string;
  readonly ignoreCase: boolean;
}

/** The most alternatives that one pattern may become. */
const MAX_ALTERNATIVES = 64;

/** The one pattern in which a literal test is written, so that equal tests are equal texts. */
export function printLiteral({ kind, value, ignoreCase }: LiteralTest): AtomValue {
  if (kind === 'exact' && !ignoreCase) return { kind: 'exact', value };
  const text = quoteRe2(value);
  const pattern = kind === 'exact' ? text : kind === 'prefix' ? `${text}.*` : `.*${text}.*`;
  return { kind: 'regex', value: `${ignoreCase ? '(?i)' : ''}${pattern}` };
}

/** Reads what `printLiteral` writes; undefined for any other pattern, and where nothing is compared. */
export function readLiteral(test: AtomValue): LiteralTest | undefined {
  if (test.kind === 'exact') return { kind: 'exact', value: test.value, ignoreCase: false };
  const ignoreCase = test.value.startsWith('(?i)');
  const pattern = ignoreCase ? test.value.slice(4) : test.value;
  const opens = pattern.startsWith('.*');
  const closes = /(?:^|[^\\])(?:\\\\)*\.\*$/.test(pattern);
  const text = unquote(pattern.slice(opens ? 2 : 0, closes ? -2 : undefined));
  if (text === undefined || text === '' || (opens && !closes)) return undefined;
  return { kind: opens ? 'contains' : closes ? 'prefix' : 'exact', value: text, ignoreCase };
}

const QUOTED = /^(?:[^\\^$.|?*+()[\]{}]|\\[\\^$.|?*+()[\]{}])*$/;

function unquote(text: string): string | undefined {
  return QUOTED.test(text) ? text.replace(/\\(.)/g, '$1') : undefined;
}

/**
 * A pattern as literal tests of which one must hold, proved by language: `v.*` is a beginning, `.*(a|b).*` one of two
 * parts. Undefined where it is no such union.
 */
export function toLiterals(test: AtomValue): readonly AtomValue[] | undefined {
  if (readLiteral(test) !== undefined) return [test];
  // Presence compares nothing, and is asked for where no engine is loaded.
  if (test.value === ANY_VALUE) return undefined;
  const ignoreCase = test.value.startsWith('(?i)');
  const pattern = test.value.slice(ignoreCase ? 4 : 0).replace(/^\^|\$$/g, '');
  const opens = pattern.startsWith('.*');
  const closes = pattern.endsWith('.*');
  const form = regexEngine().decomposeValue(pattern.slice(opens ? 2 : 0, closes ? -2 : undefined), MAX_ALTERNATIVES);
  const whole = opens || closes ? undefined : regexEngine().decomposeValue(pattern, MAX_ALTERNATIVES);
  const values = form.kind === 'words' ? form.words : whole?.kind === 'prefix' ? [whole.value] : [];
  const kind = opens ? 'contains' : closes || whole?.kind === 'prefix' ? 'prefix' : 'exact';
  const literals = values.map((value) => printLiteral({ kind, value, ignoreCase }));
  if (literals.length === 0 || literals.some((one) => readLiteral(one) === undefined)) return undefined;
  const union = literals.map((one) => (one.kind === 'exact' ? quoteRe2(one.value) : `(?:${one.value})`)).join('|');
  return regexContains(union, test.value) && regexContains(test.value, union) ? literals : undefined;
}
