import { RE2JS } from 're2js';
import { type CharRange, CharSet } from 'refa';

/** The greatest code point; the alphabet of every language is 0 to here. */
export const MAX_CODE_POINT = 0x10ffff;

/** Every character. */
export const ALL_CHARACTERS: CharSet = CharSet.all(MAX_CODE_POINT);

const ASCII_DIGITS: readonly CharRange[] = [{ min: 0x30, max: 0x39 }];
const ASCII_UPPER: readonly CharRange[] = [{ min: 0x41, max: 0x5a }];
const ASCII_LOWER: readonly CharRange[] = [{ min: 0x61, max: 0x7a }];
const ASCII_WORD: readonly CharRange[] = [...ASCII_DIGITS, ...ASCII_UPPER, { min: 0x5f, max: 0x5f }, ...ASCII_LOWER];

/** The set of some code point ranges. */
export function characters(ranges: Iterable<CharRange>): CharSet {
  return CharSet.empty(MAX_CODE_POINT).union(ranges);
}

/** The set of one code point. */
export function oneCharacter(codePoint: number): CharSet {
  return CharSet.fromCharacter(MAX_CODE_POINT, codePoint);
}

/** What `\b` calls a word character, and `\w` without case folding. */
export const WORD: CharSet = characters(ASCII_WORD);

/** Everything that `.` takes without the flag s. */
export const NOT_NEWLINE: CharSet = oneCharacter(0x0a).negate();

const PERL: Readonly<Record<string, CharSet>> = {
  d: characters(ASCII_DIGITS),
  s: characters([
    { min: 0x09, max: 0x0a },
    { min: 0x0c, max: 0x0d },
    { min: 0x20, max: 0x20 },
  ]),
  w: WORD,
};

const POSIX: ReadonlyMap<string, CharSet> = new Map(
  Object.entries({
    alnum: [...ASCII_DIGITS, ...ASCII_UPPER, ...ASCII_LOWER],
    alpha: [...ASCII_UPPER, ...ASCII_LOWER],
    ascii: [{ min: 0, max: 0x7f }],
    blank: [
      { min: 0x09, max: 0x09 },
      { min: 0x20, max: 0x20 },
    ],
    cntrl: [
      { min: 0, max: 0x1f },
      { min: 0x7f, max: 0x7f },
    ],
    digit: ASCII_DIGITS,
    graph: [{ min: 0x21, max: 0x7e }],
    lower: ASCII_LOWER,
    print: [{ min: 0x20, max: 0x7e }],
    punct: [
      { min: 0x21, max: 0x2f },
      { min: 0x3a, max: 0x40 },
      { min: 0x5b, max: 0x60 },
      { min: 0x7b, max: 0x7e },
    ],
    space: [
      { min: 0x09, max: 0x0d },
      { min: 0x20, max: 0x20 },
    ],
    upper: ASCII_UPPER,
    word: ASCII_WORD,
    xdigit: [...ASCII_DIGITS, { min: 0x41, max: 0x46 }, { min: 0x61, max: 0x66 }],
  }).map(([name, ranges]) => [name, characters(ranges)]),
);

/** The set of `\d`, `\s`, `\w` and their negations by letter; undefined for any other letter. */
export function perlClass(letter: string, ignoreCase: boolean): CharSet | undefined {
  const set = PERL[letter.toLowerCase()];
  if (set === undefined) return undefined;
  const folded = ignoreCase ? foldCase(set) : set;
  return letter === letter.toLowerCase() ? folded : folded.negate();
}

/** The set of `[:name:]` or `[:^name:]`; undefined for an unknown name. */
export function posixClass(name: string, ignoreCase: boolean): CharSet | undefined {
  const negated = name.startsWith('^');
  const set = POSIX.get(negated ? name.slice(1) : name);
  if (set === undefined) return undefined;
  const folded = ignoreCase ? foldCase(set) : set;
  return negated ? folded.negate() : folded;
}

/** The set with every other letter case of its characters, by the simple folding of Unicode as RE2 does it. */
export function foldCase(set: CharSet): CharSet {
  const last = set.ranges.at(-1);
  if (last !== undefined && last.max > 0x7f) {
    return scanClass(
      `(?i)[${set.ranges.map(({ min, max }) => `\\x{${min.toString(16)}}-\\x{${max.toString(16)}}`).join('')}]`,
    );
  }
  const extra: CharRange[] = [];
  for (const { min, max } of set.ranges) {
    for (let code = Math.max(min, 0x41); code <= Math.min(max, 0x7a); code++) {
      if (code > 0x5a && code < 0x61) continue;
      extra.push({ min: code ^ 0x20, max: code ^ 0x20 });
      // The only two characters outside ASCII that fold to ASCII letters: the Kelvin sign and the long s.
      if ((code | 0x20) === 0x6b) extra.push({ min: 0x212a, max: 0x212a });
      if ((code | 0x20) === 0x73) extra.push({ min: 0x17f, max: 0x17f });
    }
  }
  return set.union(extra);
}

/** The set of a Unicode class such as `\pN`, `\p{Greek}` or `\P{Lu}`, given as written. */
export function unicodeClass(source: string, ignoreCase: boolean): CharSet {
  return scanClass(`${ignoreCase ? '(?i)' : ''}${source}`);
}

const scanned = new Map<string, CharSet>();

let allText: string | undefined;

// The Unicode tables inside re2js are not exported, but one search for runs over a text of all characters reads them
// out exactly. It takes about 0.1 s, so it is kept for the classes that need it.
function scanClass(source: string): CharSet {
  const known = scanned.get(source);
  if (known !== undefined) return known;
  allText ??= buildAllText();
  const matcher = RE2JS.compile(`(?:${source})+`).matcher(allText);
  const ranges: CharRange[] = [];
  while (matcher.find()) addRuns(ranges, codePointAt(matcher.start()), codePointAt(matcher.end() - 1));
  const set = characters(ranges);
  scanned.set(source, set);
  return set;
}

function addRuns(ranges: CharRange[], min: number, max: number): void {
  // The text leaves out surrogates, which are no characters, so a run may step over them.
  if (min < 0xd800 && max > 0xdfff) ranges.push({ min, max: 0xd7ff }, { min: 0xe000, max });
  else ranges.push({ min, max });
}

// Offsets into the text above: one unit per character below U+10000, two from there on.
function codePointAt(offset: number): number {
  if (offset < 0xd800) return offset;
  if (offset < 0x10000 - 0x800) return offset + 0x800;
  return 0x10000 + ((offset - (0x10000 - 0x800)) >> 1);
}

function buildAllText(): string {
  const pieces: string[] = [];
  for (let start = 0; start <= MAX_CODE_POINT; start += 0x800) {
    if (start >= 0xd800 && start < 0xe000) continue;
    pieces.push(String.fromCodePoint(...Array.from({ length: 0x800 }, (_, index) => start + index)));
  }
  return pieces.join('');
}
