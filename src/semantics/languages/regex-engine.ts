import type { Domain } from './alphabets.ts';
import type { AutomatonLanguage } from './automaton.ts';
import type { Re2Language } from './compile-re2.ts';
import type { PathDecomposition } from './decompose-path.ts';
import type { ValueDecomposition } from './decompose-value.ts';
import type { LiteralLanguage } from './literal-language.ts';

type AnyLanguage = LiteralLanguage | AutomatonLanguage;

/**
 * Everything that needs a regular expression library. It is loaded only for inputs that have a regular expression or
 * an ignore-case comparison, because most have neither and start-up time counts.
 */
export interface RegexEngine {
  /** Whether an RE2 pattern matches the whole value; an illegal pattern matches nothing. */
  matches(pattern: string, value: string): boolean;
  /**
   * Replaces every match of an unanchored pattern, as RE2 does: `\\1` to `\\9` stand for groups, `\\0` for the match. An
   * illegal pattern replaces nothing.
   */
  substitute(pattern: string, text: string, substitution: string): string;
  /** The language of an RE2 pattern under full match. */
  language(pattern: string): Re2Language;
  /** See decompose-path.ts. */
  decomposePath(pattern: string, limit?: number): PathDecomposition;
  /** See decompose-value.ts. */
  decomposeValue(pattern: string, limit?: number): ValueDecomposition;
  /** A pattern for everything that the language leaves out; undefined when it would be long. */
  complementAsRe2(language: AnyLanguage): string | undefined;
  readonly automata: {
    intersect(left: AnyLanguage, right: AnyLanguage): AutomatonLanguage;
    unite(left: AnyLanguage, right: AnyLanguage): AutomatonLanguage;
    complement(language: AnyLanguage): AutomatonLanguage;
    same(left: AnyLanguage, right: AnyLanguage): boolean;
    accepts(language: AutomatonLanguage, value: string): boolean;
    witness(language: AutomatonLanguage, domain: Domain): string | undefined;
    finiteWords(language: AutomatonLanguage, limit: number): readonly string[] | undefined;
  };
}

let loaded: RegexEngine | undefined;

/** Loads the engine once; from then on `regexEngine` gives it. */
export async function loadRegexEngine(): Promise<RegexEngine> {
  loaded ??= (await import('./re2-engine.ts')).re2Engine;
  return loaded;
}

/** The loaded engine. Throws when `loadRegexEngine` was not awaited before, which is a bug of ours. */
export function regexEngine(): RegexEngine {
  if (loaded === undefined) throw new Error('internal: the regex engine is needed but was not loaded');
  return loaded;
}
