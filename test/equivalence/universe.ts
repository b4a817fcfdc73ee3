import { wordsOver } from '../words-over.ts';
import { fieldPasses, pathPasses, textPasses } from './evaluate.ts';
import type { FieldTest, PathTest, TextTest } from './lists.ts';

const byLength = (words: Iterable<string>): readonly string[] =>
  [...new Set(words)].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));

/**
 * Every text that a test of the vocabulary can tell from others has a like in here: `a`, `b` and `/` are written in
 * tests, `A` and `B` tell the reading of letter case, `z` is what no test names. The longest literals have four
 * characters, the longest words of a pattern five, and one or two more show what goes on behind them.
 */
export const PATHS: readonly string[] = byLength(
  [...wordsOver('ab/', 6), ...wordsOver('ab/z', 5), ...wordsOver('abAB/', 4)].map((word) => `/${word}`),
);

/** The values of headers and query parameters, for the same reasons; undefined is a header that is not sent. */
export const VALUES: readonly (string | undefined)[] = [
  undefined,
  ...byLength([...wordsOver('ab', 6), ...wordsOver('abAB', 4), ...wordsOver('abABz', 3)]),
];

export const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'HEAD', 'get', 'Post', 'PURGE', 'ZZ'];

export const HOST = 'h.test';
export const PORT = 8080;
/** A client writes the port in its Host header or leaves it out. */
export const AUTHORITIES: readonly string[] = [HOST, `${HOST}:${PORT}`];

/** For each text of a universe whether it passes, as 1 or 0. */
export type Answers = Uint8Array;

const MOST_REMEMBERED = 3_000;

/** Remembers what tests answer over a universe; the vocabulary is small, so the same ones come again and again. */
const remember = <Test, Word>(
  words: readonly Word[],
  passes: (test: Test, word: Word) => boolean,
): ((test: Test) => Answers) => {
  const known = new Map<string, Answers>();
  return (test) => {
    const key = JSON.stringify(test);
    const found = known.get(key);
    if (found !== undefined) return found;
    // Random patterns hardly come twice.
    if (known.size > MOST_REMEMBERED) known.clear();
    const answers = Uint8Array.from(words, (word) => (passes(test, word) ? 1 : 0));
    known.set(key, answers);
    return answers;
  };
};

export const answersOnPaths = remember<PathTest, string>(PATHS, pathPasses);
export const answersOnValues = remember<FieldTest, string | undefined>(VALUES, fieldPasses);
export const answersOnMethods = remember<TextTest, string>(METHODS, textPasses);
export const answersOnAuthorities = remember<TextTest, string>(AUTHORITIES, textPasses);

/** Of all words that answer alike the first (or the last): one for each combination of answers that occurs. */
export const oneOfEach = <Word>(
  words: readonly Word[],
  questions: readonly Answers[],
  which: 'first' | 'last' = 'first',
): readonly Word[] => {
  // Splitting by one question after the other: the class of each word, as a number from 0 up.
  const classes = new Uint16Array(words.length);
  let count = 1;
  for (const answers of new Set(questions)) {
    const numbers = new Int16Array(2 * count).fill(-1);
    count = 0;
    for (let index = 0; index < words.length; index += 1) {
      const key = (classes[index] ?? 0) * 2 + (answers[index] ?? 0);
      if (numbers[key] === -1) numbers[key] = count++;
      classes[index] = numbers[key] ?? 0;
    }
  }
  const chosen = new Map<number, Word>();
  for (const [index, word] of words.entries()) {
    const own = classes[index] ?? 0;
    if (which === 'last' || !chosen.has(own)) chosen.set(own, word);
  }
  return [...chosen.values()];
};
