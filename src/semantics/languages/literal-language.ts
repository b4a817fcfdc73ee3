import { foldAscii } from '../fold-ascii.ts';
/**
 * Languages built from exact strings and string prefixes by any mix of union, intersection and complement.
 * They need no automaton: a finite map from literals to two answers says everything, and because it is kept in
 * normal form two equal languages have equal maps.
 */
export interface LiteralLanguage {
  readonly kind: 'literals';
  /** True when ASCII letters compare without case; the keys of `marks` are then in lower case. */
  readonly ignoreCase: boolean;
  /**
   * For a string, the longest key that is a prefix of it decides. The key '' is always there.
   * A key that changes nothing is never there.
   */
  readonly marks: ReadonlyMap<string, Mark>;
}

/** What a key decides: whether the key itself is in the language, and whether its longer continuations are. */
export interface Mark {
  readonly at: boolean;
  readonly below: boolean;
}

const NONE: Mark = { at: false, below: false };
const ALL: Mark = { at: true, below: true };
const AT_ONLY: Mark = { at: true, below: false };

// Up to this size a scan over the keys beats chopping the string and hashing every prefix of it.
const SCAN_LIMIT = 8;

/** The language without any string. */
export const nothing: LiteralLanguage = { kind: 'literals', ignoreCase: false, marks: new Map([['', NONE]]) };

/** The language of all strings. */
export const anything: LiteralLanguage = { kind: 'literals', ignoreCase: false, marks: new Map([['', ALL]]) };

/** The language of one string. */
export function exactly(value: string, options: { readonly ignoreCase?: boolean } = {}): LiteralLanguage {
  const key = options.ignoreCase === true ? foldAscii(value) : value;
  const marks = key === '' ? new Map([['', AT_ONLY]]) : new Map([['', NONE] as const, [key, AT_ONLY] as const]);
  return { kind: 'literals', ignoreCase: options.ignoreCase === true, marks };
}

/** The language of all strings that begin with `prefix`, read character by character. */
export function startingWith(prefix: string, options: { readonly ignoreCase?: boolean } = {}): LiteralLanguage {
  const key = options.ignoreCase === true ? foldAscii(prefix) : prefix;
  if (key === '') return anything;
  return {
    kind: 'literals',
    ignoreCase: options.ignoreCase === true,
    marks: new Map([['', NONE] as const, [key, ALL] as const]),
  };
}

/**
 * The language of `prefix` itself and of everything below it as a path: `prefix` + '/' + any string.
 * Trailing slashes of `prefix` are not significant, and '/' or '' stand for every string.
 */
export function segmentPrefix(prefix: string, options: { readonly ignoreCase?: boolean } = {}): LiteralLanguage {
  const folded = options.ignoreCase === true ? foldAscii(prefix) : prefix;
  const key = folded.replace(/\/+$/, '');
  if (key === '') return anything;
  const marks = new Map([['', NONE] as const, [key, AT_ONLY] as const, [`${key}/`, ALL] as const]);
  return { kind: 'literals', ignoreCase: options.ignoreCase === true, marks };
}

/** The language of exactly these strings. */
export function oneOf(values: Iterable<string>): LiteralLanguage {
  const marks = new Map<string, Mark>([['', NONE]]);
  for (const value of values) marks.set(value, AT_ONLY);
  return { kind: 'literals', ignoreCase: false, marks };
}

/** Builds a language in normal form from marks given for any keys; the key '' defaults to the empty language. */
export function fromMarks(marks: Iterable<readonly [string, Mark]>): LiteralLanguage {
  return { kind: 'literals', ignoreCase: false, marks: normalize(Array.from(marks)) };
}

/** Whether the language holds `value`. */
export function literalAccepts(language: LiteralLanguage, value: string): boolean {
  return markOf(language.marks, language.ignoreCase ? foldAscii(value) : value).at;
}

/** What the language says at a string: whether it holds the string, and whether it holds a fresh continuation of it. */
export function markOf(marks: ReadonlyMap<string, Mark>, value: string): Mark {
  const own = marks.get(value);
  if (own !== undefined) return own;
  const inherited = inheritedMark(marks, value);
  return inherited.below ? ALL : NONE;
}

/** The mark of the longest key that is a proper prefix of `value`. */
export function inheritedMark(marks: ReadonlyMap<string, Mark>, value: string): Mark {
  if (marks.size > SCAN_LIMIT) {
    for (let end = value.length - 1; end > 0; end--) {
      const mark = marks.get(value.slice(0, end));
      if (mark !== undefined) return mark;
    }
    return marks.get('') ?? NONE;
  }
  let best = NONE;
  let longest = -1;
  for (const [key, mark] of marks) {
    if (key.length > longest && key.length < value.length && value.startsWith(key)) {
      best = mark;
      longest = key.length;
    }
  }
  return best;
}

/** The language of all strings that are not in this one. */
export function complementLiterals(language: LiteralLanguage): LiteralLanguage {
  const marks = new Map<string, Mark>();
  for (const [key, mark] of language.marks) marks.set(key, { at: !mark.at, below: !mark.below });
  return { ...language, marks };
}

/**
 * Combines two languages by a truth function, or gives undefined where their readings of letter case cannot be
 * brought together without listing every spelling.
 */
export function combineLiterals(
  left: LiteralLanguage,
  right: LiteralLanguage,
  decide: (inLeft: boolean, inRight: boolean) => boolean,
): LiteralLanguage | undefined {
  let ignoreCase = left.ignoreCase;
  if (left.ignoreCase !== right.ignoreCase) {
    const caseless = (language: LiteralLanguage) => [...language.marks.keys()].every((key) => !/[A-Za-z]/.test(key));
    if (caseless(left)) ignoreCase = right.ignoreCase;
    else if (caseless(right)) ignoreCase = left.ignoreCase;
    else return undefined;
  }
  const entries: [string, Mark][] = [];
  const add = (key: string) => {
    const inLeft = markOf(left.marks, key);
    const inRight = markOf(right.marks, key);
    entries.push([key, { at: decide(inLeft.at, inRight.at), below: decide(inLeft.below, inRight.below) }]);
  };
  for (const key of left.marks.keys()) add(key);
  for (const key of right.marks.keys()) if (!left.marks.has(key)) add(key);
  return { kind: 'literals', ignoreCase, marks: normalize(entries) };
}

/** Whether the language holds no string. */
export function isEmptyLiterals(language: LiteralLanguage): boolean {
  if (language.marks.size > 1) return false;
  const root = language.marks.get('') ?? NONE;
  return !root.at && !root.below;
}

/** All strings of the language in byte order, or undefined when there are more than `limit` or infinitely many. */
export function finiteLiterals(language: LiteralLanguage, limit: number): readonly string[] | undefined {
  const words: string[] = [];
  for (const [key, mark] of language.marks) {
    if (mark.below) return undefined;
    if (!mark.at) continue;
    if (language.ignoreCase && /[a-z]/.test(key)) {
      for (const spelling of spellings(key)) {
        words.push(spelling);
        if (words.length > limit) return undefined;
      }
    } else words.push(key);
    if (words.length > limit) return undefined;
  }
  return words.sort();
}

/** Every spelling of a text in upper and lower ASCII letters, one at a time: 2^n of them for n letters. */
export function* spellings(text: string): Iterable<string> {
  const at = text.search(/[A-Za-z]/);
  if (at < 0) {
    yield text;
    return;
  }
  const head = text.slice(0, at);
  const letter = text.charAt(at);
  for (const tail of spellings(text.slice(at + 1))) {
    yield `${head}${letter.toLowerCase()}${tail}`;
    yield `${head}${letter.toUpperCase()}${tail}`;
  }
}

// Parents come before children, so a key is dropped as soon as what it says is what it would inherit anyway.
function normalize(entries: (readonly [string, Mark])[]): ReadonlyMap<string, Mark> {
  const marks = new Map<string, Mark>([['', NONE]]);
  entries.sort(([left], [right]) => left.length - right.length || (left < right ? -1 : 1));
  for (const [key, mark] of entries) {
    if (key !== '') {
      const { below } = inheritedMark(marks, key);
      if (mark.at === below && mark.below === below) continue;
    }
    marks.set(key, mark);
  }
  return marks;
}
