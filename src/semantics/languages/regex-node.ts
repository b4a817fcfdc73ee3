import type { CharSet } from 'refa';

/** The syntax tree of an RE2 pattern, with flags already applied; greediness is gone since only the language counts. */
export type RegexNode =
  | { readonly kind: 'characters'; readonly set: CharSet }
  | { readonly kind: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly options: readonly RegexNode[] }
  | { readonly kind: 'repeat'; readonly item: RegexNode; readonly min: number; readonly max: number }
  | { readonly kind: 'assertion'; readonly at: Assertion };

/** A place in the text that an empty-width construct asks for. */
export type Assertion = 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'word-boundary' | 'no-word-boundary';
