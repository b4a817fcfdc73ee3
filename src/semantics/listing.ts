import type { Origin } from '../diagnostics/origin.ts';
import type { Action } from '../ir/actions.ts';
import type { Rule } from '../ir/model.ts';
import { type Atom, atomContains, intersectAtoms } from './atom.ts';
import { PathIndex } from './path-index.ts';

/**
 * A row of a list over positive atoms. `no-match` stands for a region that must answer as if no
 * rule took it, above a wider rule.
 */
export interface Row {
  readonly atom: Atom;
  readonly outcome: Action | 'no-match';
  /** The rule whose behaviour this is; with `no-match`, the rule that the region is cut out of. */
  readonly rule: Rule;
  /** The match that it was written as. */
  readonly origin: Origin;
  /** Position in the evaluation order; rows made from a rule keep its order. */
  readonly order: number;
  /** `slash`: the bare path under a prefix that ends in a slash, where no later rule takes it. */
  readonly how: 'declared' | 'continuation' | 'slash' | 'intersection';
}

/** Leaves out rows that lie wholly under one earlier row. */
export function dropCovered(rows: readonly Row[], onDrop?: (row: Row, by: Row) => void): Row[] {
  const index = new PathIndex();
  const kept: Row[] = [];
  for (const row of rows) {
    const cover = index.above(row.atom.path).find((earlier) => atomContains(earlier.atom, row.atom));
    if (cover !== undefined) {
      onDrop?.(row, cover);
      continue;
    }
    index.add(row);
    kept.push(row);
  }
  return kept;
}

/** The rows that meet a region, in order, cut to it, up to the first that holds all of it. */
export function rowsWithin(
  region: Atom,
  rows: Iterable<Row>,
): { readonly pieces: readonly Row[]; readonly covered: boolean } {
  const pieces: Row[] = [];
  for (const row of rows) {
    const atom = intersectAtoms(region, row.atom);
    if (atom === undefined) continue;
    pieces.push({ ...row, atom, how: row.how === 'slash' ? 'slash' : 'continuation' });
    if (atomContains(row.atom, region)) return { pieces, covered: true };
  }
  return { pieces, covered: false };
}
