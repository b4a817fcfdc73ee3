import type { AutomatonLanguage } from './automaton.ts';
import { BoundedMemo } from './bounded-memo.ts';
import { determinize } from './determinize.ts';
import { compileRe2 } from './evaluate.ts';
import { LanguageTooLarge } from './language-too-large.ts';
import { parseRe2, UnknownSyntax } from './parse-re2.ts';
import { compileProgram } from './regex-program.ts';

/** The texts that a pattern matches in full; or RE2's own complaint; or why no automaton can tell. */
export type Re2Language =
  | { readonly kind: 'language'; readonly language: AutomatonLanguage }
  | { readonly kind: 'illegal'; readonly message: string }
  | { readonly kind: 'undecided'; readonly reason: string };

const languages = new BoundedMemo<Re2Language>(1_000);

/** The language of an RE2 pattern under full match, as Istio and Envoy use patterns. Results are remembered. */
export function re2Language(pattern: string): Re2Language {
  return languages.get(pattern, () => {
    const legality = compileRe2(pattern);
    if (legality.kind === 'illegal') return legality;
    try {
      const dfa = determinize(compileProgram(parseRe2(pattern)));
      return { kind: 'language', language: { kind: 'automaton', dfa } };
    } catch (error) {
      if (error instanceof LanguageTooLarge) return { kind: 'undecided', reason: error.message };
      if (error instanceof UnknownSyntax) return { kind: 'undecided', reason: `cannot follow it: ${error.message}` };
      throw error;
    }
  });
}
