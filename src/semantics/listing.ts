import type { Origin } from '../diagnostics/origin.ts';
import type { Action } from '../ir/actions.ts';
import type { Rule } from '../ir/model.ts';
import { sameAction } from './action-key.ts';
import { type Atom, atomContains, atomsOverlap, intersectAtoms, withBarePath } from './atom.ts';
import { readPathBySegment } from './atom-path.ts';
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

/** Whether two rows answer alike; where no row is, nothing matches. */
export function sameOutcome(a: Row | undefined, b: Row | undefined): boolean {
  const [left, right] = [a?.outcome ?? 'no-match', b?.outcome ?? 'no-match'];
  return left === 'no-match' || right === 'no-match' ? left === right : sameAction(left, right);
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

/**
 * Leaves out rows, from the last one up, whose requests all meet the same outcome in the rows below, whichever way the
 * target reads a prefix. Only rows that `mayDrop` admits go.
 */
export function dropFollowing(rows: readonly Row[], mayDrop: (row: Row) => boolean): readonly Row[] {
  const kept: Row[] = [];
  for (const row of [...rows].reverse()) if (!mayDrop(row) || !followsBelow(row, kept)) kept.unshift(row);
  return kept;
}

function followsBelow(row: Row, below: readonly Row[]): boolean {
  for (const next of below) {
    if (!atomsOverlap(withBarePath(row.atom), withBarePath(next.atom))) continue;
    if (!sameOutcome(row, next)) return false;
    if (atomContains(next.atom, row.atom) && atomContains(bySegment(next.atom), bySegment(row.atom))) return true;
  }
  return false;
}

function bySegment(atom: Atom): Atom {
  return { ...atom, path: readPathBySegment(atom.path) };
}
