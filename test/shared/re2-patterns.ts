import fc from 'fast-check';
import { ASSERTIONS, CHARACTERS, REPEATS } from './re2-vocabulary.ts';

/** A pattern with texts that come from walking it: most of them it matches, all of them are near to what it matches. */
export interface WalkedPattern {
  readonly source: string;
  readonly words: readonly string[];
}

/** More texts than this say nothing new about one pattern. */
const MOST_WORDS = 6;

const character = fc
  .constantFrom(...CHARACTERS)
  .map(([source, ...words]): WalkedPattern => ({ source, words: words.length === 0 ? [''] : words }));

const plain = fc
  .constantFrom('a', 'b', '\\n')
  .map((source): WalkedPattern => ({ source, words: [source === '\\n' ? '\n' : source] }));

const assertion = fc.constantFrom(...ASSERTIONS).map((source): WalkedPattern => ({ source, words: [''] }));

// These stand alone: nothing may repeat them.
const flags = fc
  .constantFrom('(?i)', '(?s)', '(?m)', '(?U)', '(?-i)', '(?i-s)', '(?ms)')
  .map((source): WalkedPattern => ({ source, words: [''] }));

const name = fc.integer({ min: 0, max: 1_000_000 });

const repeated = (item: WalkedPattern, [source, ...times]: (typeof REPEATS)[number]): WalkedPattern => ({
  source: item.source + source,
  words: item.words.flatMap((word) => times.map((count) => word.repeat(count))).slice(0, MOST_WORDS),
});

/** One text after the other: each of the texts takes another one of every item. */
const sequence = (items: readonly WalkedPattern[]): WalkedPattern => ({
  source: items.map(({ source }) => source).join(''),
  words: Array.from({ length: Math.max(1, ...items.map(({ words }) => words.length)) }, (_, index) =>
    items.map(({ words }) => words[index % words.length] ?? '').join(''),
  ),
});

const choice = (branches: readonly WalkedPattern[]): WalkedPattern => ({
  source: branches.map(({ source }) => source).join('|'),
  // A few of every branch, not all of the first.
  words: branches.flatMap(({ words }) => words.slice(0, Math.ceil(MOST_WORDS / branches.length))),
});

const swapCase = (text: string): string => (text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase());

const inside = (open: string, { source, words }: WalkedPattern): WalkedPattern => ({
  source: `${open}${source})`,
  words,
});

const { pattern } = fc.letrec<{ pattern: WalkedPattern; item: WalkedPattern }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { arbitrary: character, weight: 6 },
    { arbitrary: fc.oneof({ arbitrary: plain, weight: 1 }, { arbitrary: assertion, weight: 1 }), weight: 6 },
    tie('pattern').map((inner) => inside('(', inner)),
    tie('pattern').map((inner) => inside('(?:', inner)),
    fc.tuple(name, tie('pattern')).map(([id, inner]) => inside(`(?P<n${id}>`, inner)),
    fc.tuple(name, tie('pattern')).map(([id, inner]) => inside(`(?<n${id}>`, inner)),
    tie('pattern').map((inner) =>
      inside('(?i:', { ...inner, words: [...inner.words, ...inner.words.map(swapCase)].slice(0, MOST_WORDS) }),
    ),
  ),
  pattern: fc
    .array(
      fc.array(
        fc.oneof(
          { arbitrary: flags, weight: 1 },
          {
            arbitrary: fc.tuple(tie('item'), fc.constantFrom(...REPEATS)).map(([item, times]) => repeated(item, times)),
            weight: 8,
          },
        ),
        { maxLength: 4 },
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map((branches) => choice(branches.map(sequence))),
}));

/** RE2 patterns with everything that RE2 knows and a few that it refuses. */
export const walkedPattern: fc.Arbitrary<WalkedPattern> = pattern;

const LETTERS = ['a', 'b', 'k', 'S', '/', '-', '0', '_', ' ', '.', '\n', 'é', 'ſ', '😀'] as const;

/** Texts for any pattern: of few letters, so that a wrong answer about neighbours shows up, and of all letters. */
export const randomTexts = (count: number): fc.Arbitrary<readonly string[]> =>
  fc.array(
    fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 5 }),
      fc.string({ unit: fc.constantFrom(...LETTERS), maxLength: 6 }),
    ),
    { minLength: count, maxLength: count },
  );

/** A text with one letter put in, left out or put in the place of another, at every place. */
export function* nearTo(text: string): Generator<string> {
  const letters = Array.from(text);
  yield text;
  for (let at = 0; at <= letters.length; at += 1) {
    const [before, after] = [letters.slice(0, at).join(''), letters.slice(at).join('')];
    yield `${before}a${after}`;
    yield before + letters.slice(at + 1).join('');
    yield `${before}\n${letters.slice(at + 1).join('')}`;
  }
}
