import { re2Language } from './compile-re2.ts';
import { decide } from './language-too-large.ts';
import { literalForm } from './literal-form.ts';
import { finiteLiterals } from './literal-language.ts';

/** A pattern over a header, query or method value in the simplest form that says the same for every legal value. */
export type ValueDecomposition =
  | { readonly kind: 'any' }
  /** Every value but the empty one. */
  | { readonly kind: 'non-empty' }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'prefix'; readonly value: string }
  /** No value matches. */
  | { readonly kind: 'empty' }
  /** Only a regular expression says it. */
  | { readonly kind: 'regex' }
  | { readonly kind: 'illegal'; readonly message: string }
  | { readonly kind: 'undecided'; readonly reason: string };

/**
 * Rewrites an RE2 value pattern (full match), decided by its language over texts without control characters.
 * `limit` bounds the number of words.
 */
export function decomposeValue(pattern: string, limit = 64): ValueDecomposition {
  const compiled = re2Language(pattern);
  if (compiled.kind !== 'language') return compiled;
  const { language } = compiled;
  const answer = decide((): ValueDecomposition => {
    const form = literalForm(language, 'value', limit);
    if (form.kind !== 'literals') return { kind: 'regex' };
    const { marks } = form.language;
    const words = finiteLiterals(form.language, limit);
    if (words !== undefined) return words.length === 0 ? { kind: 'empty' } : { kind: 'words', words };
    const root = marks.get('');
    if (marks.size === 1) return root?.at === true ? { kind: 'any' } : { kind: 'non-empty' };
    const [value, mark] = [...marks].find(([key]) => key !== '') ?? [];
    const isPrefix = marks.size === 2 && root?.at === false && !root.below && mark?.at === true && mark.below;
    return isPrefix && value !== undefined ? { kind: 'prefix', value } : { kind: 'regex' };
  });
  return answer.kind === 'decided' ? answer.value : answer;
}
