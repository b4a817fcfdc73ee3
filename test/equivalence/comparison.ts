import type { Request } from './lists.ts';
import type { Dimension } from './outcome.ts';

/** What a comparison under test says about a pair. */
export interface Comparison {
  readonly dimensions: Readonly<Record<Dimension, 'equal' | 'differs' | 'unknown'>>;
  readonly witnesses: readonly { readonly dimension: Dimension; readonly request: Request }[];
  /** The rules that some request reaches, by index. */
  readonly reached: { readonly left: ReadonlySet<number>; readonly right: ReadonlySet<number> };
  readonly reasons: readonly string[];
}
