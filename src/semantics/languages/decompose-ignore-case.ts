import { spellings } from './literal-language.ts';

/**
 * Every spelling of a text that is compared without ASCII letter case, in byte order; undefined when there are more
 * than `limit`. The same list serves exact texts and prefixes, since a prefix is spelled in one of these ways.
 */
export function decomposeIgnoreCase(literal: string, limit = 64): readonly string[] | undefined {
  const words: string[] = [];
  for (const word of spellings(literal)) {
    if (words.length === limit) return undefined;
    words.push(word);
  }
  return words.sort();
}
