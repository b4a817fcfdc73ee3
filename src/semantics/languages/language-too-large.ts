/**
 * Thrown when an automaton would pass the limit of states or of work. Callers treat the question as not decided;
 * `decide` turns the exception into a value.
 */
export class LanguageTooLarge extends Error {
  override readonly name = 'LanguageTooLarge';
}

/** An answer, or the reason why there is none. */
export type Decision<T> =
  | { readonly kind: 'decided'; readonly value: T }
  | { readonly kind: 'undecided'; readonly reason: string };

/** Answers a question about languages; `undecided` when the automata for it grow past the limit. */
export function decide<T>(question: () => T): Decision<T> {
  try {
    return { kind: 'decided', value: question() };
  } catch (error) {
    if (error instanceof LanguageTooLarge) return { kind: 'undecided', reason: error.message };
    throw error;
  }
}
