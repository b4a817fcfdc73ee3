import type { AtomValue } from './atom.ts';
import { quoteRe2, quoteRe2IgnoringCase } from './languages/quote-re2.ts';
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
  const cased = ignoreCase ? quoteRe2IgnoringCase(value) : quoteRe2(value);
  // A flag stands in front of everything.
  const flag = cased.startsWith('(?i)') ? '(?i)' : '';
  const text = cased.slice(flag.length);
  const pattern = kind === 'exact' ? text : kind === 'prefix' ? `${text}.*` : `.*${text}.*`;
  return { kind: 'regex', value: `${flag}${pattern}` };
}

/** Reads what `printLiteral` writes; undefined for any other pattern, and where nothing is compared. */
export function readLiteral(test: AtomValue): LiteralTest | undefined {
  if (test.kind === 'exact') return { kind: 'exact', value: test.value, ignoreCase: false };
  const hasFlag = test.value.startsWith('(?i)');
  const pattern = hasFlag ? test.value.slice(4) : test.value;
  const opens = pattern.startsWith('.*');
  const closes = /(?:^|[^\\])(?:\\\\)*\.\*$/.test(pattern);
  const written = pattern.slice(opens ? 2 : 0, closes ? -2 : undefined);
  const plain = unquote(written);
  const text = plain ?? (hasFlag ? undefined : unquotePairs(written));
  if (text === undefined || text === '' || (opens && !closes)) return undefined;
  const kind = opens ? 'contains' : closes ? 'prefix' : 'exact';
  return { kind, value: text, ignoreCase: hasFlag || plain === undefined };
}

/** Reads a text in which each letter stands in both cases, `[Kk]`; undefined where one does not. */
function unquotePairs(text: string): string | undefined {
  const bare = text.replace(/\[([A-Z])([a-z])\]/g, (pair, upper: string, lower: string) =>
    upper.toLowerCase() === lower ? `\0${lower}` : pair,
  );
  return /(?<!\0)[A-Za-z]/.test(bare) ? undefined : unquote(bare.replaceAll('\0', ''));
}

const QUOTED = /^(?:[^\\^$.|?*+()[\]{}]|\\[\\^$.|?*+()[\]{}])*$/;

function unquote(text: string): string | undefined {
  return QUOTED.test(text) ? text.replace(/\\(.)/g, '$1') : undefined;
}

/** All spellings of a word in upper and lower case as one test without letter case. */
export function mergeSpellings(values: readonly AtomValue[]): readonly AtomValue[] {
  const spellings = new Map<string, Set<string>>();
  for (const { kind, value } of values) {
    if (kind !== 'exact') continue;
    const word = value.toLowerCase();
    spellings.set(word, (spellings.get(word) ?? new Set()).add(value));
  }
  const isWhole = (word: string) => {
    const letters = word.match(/[a-z]/g)?.length ?? 0;
    return letters > 0 && spellings.get(word)?.size === 2 ** letters;
  };
  const merged = values.map((test) => {
    const word = test.value.toLowerCase();
    return test.kind === 'exact' && isWhole(word)
      ? printLiteral({ kind: 'exact', value: word, ignoreCase: true })
      : test;
  });
  return [...new Map(merged.map((test) => [`${test.kind} ${test.value}`, test])).values()];
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
