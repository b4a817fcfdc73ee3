import type { Origin } from '../diagnostics/origin.ts';
import type { Action } from '../ir/actions.ts';
import type { Rule, SourceObject, VirtualHost } from '../ir/model.ts';

/** A virtual host in the words that its target has: what an emitter prints without thinking. */
export interface LegalHost {
  readonly host: VirtualHost;
  /** In evaluation order. */
  readonly rules: readonly LegalRule[];
}

/** Alternatives with one action. */
export interface LegalRule {
  readonly source: SourceObject;
  readonly hostIndex: number;
  readonly name?: string;
  /** The rule that it was written as. */
  readonly rule: Rule;
  readonly matches: readonly LegalMatch[];
  /** Where each of the matches is written, in their order. */
  readonly places: readonly Origin[];
  readonly action: Action;
  readonly origin: Origin;
}

/** A conjunction that a target can say; only the API of VPC Lattice compares paths without letter case. A `lattice` prefix is one whose reading is the service's own. */
export interface LegalMatch {
  readonly path: { readonly kind: 'exact' | 'prefix'; readonly value: string; readonly ignoreCase?: true };
  readonly method?: string;
  readonly headers: readonly LegalValueMatch[];
  readonly query: readonly LegalValueMatch[];
}

/** A header or query parameter that must be present with a value; `regex` is RE2 over the whole value. */
export interface LegalValueMatch {
  readonly name: string;
  readonly kind: 'exact' | 'regex';
  readonly value: string;
}
