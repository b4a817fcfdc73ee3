import type { Origin } from '../diagnostics/origin.ts';
import type { Action } from '../ir/actions.ts';
import type { Rule } from '../ir/model.ts';
import { sameAction } from './action-key.ts';
import { type Atom, atomContains, atomsOverlap, intersectAtoms, withPath } from './atom.ts';
import { pathContains, readPathBySegment } from './atom-path.ts';
import { PathIndex } from './path-index.ts';
import { bareExceptionOf, rewriteOf } from './rewrite-on-path.ts';

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

/**
 * Whether the requests of a row are answered by another row as by itself. The bare path of a rewritten prefix is not: as
 * a row of its own it says what the rewrite of whole segments gets wrong.
 */
export function answersAlike(row: Row, by: Row): boolean {
  if (!sameOutcome(row, by)) return false;
  const { path } = row.atom;
  const rewrite = path.kind === 'exact' && by.outcome !== 'no-match' ? rewriteOf(by.outcome) : undefined;
  return rewrite === undefined || path.kind === 'any' || bareExceptionOf(rewrite, by.atom.path) !== path.value;
}

/** The row at another place of the order. A literal: on Node 20 a spread takes ten times as long. */
export function withOrder({ atom, outcome, rule, origin, how }: Omit<Row, 'order'>, order: number): Row {
  return { atom, outcome, rule, origin, order, how };
}

/** The row of other requests; a literal as above. */
export function withAtom({ outcome, rule, origin, order, how }: Omit<Row, 'atom'>, atom: Atom): Row {
  return { atom, outcome, rule, origin, order, how };
}

/**
 * Leaves out rows that lie wholly under one earlier row. Under a row of the same outcome they must do so whichever way
 * the target reads a prefix: a path that both name is then still theirs.
 */
export function dropCovered(rows: readonly Row[], onDrop?: (row: Row, by: Row) => void): Row[] {
  const index = new PathIndex();
  const kept: Row[] = [];
  for (const row of rows) {
    const cover = index.above(row.atom.path).find((earlier) => isCovered(row, earlier));
    if (cover !== undefined) {
      onDrop?.(row, cover);
      continue;
    }
    index.add(row);
    kept.push(row);
  }
  return kept;
}

function isCovered(row: Row, by: Row): boolean {
  if (!atomContains(by.atom, row.atom)) return false;
  return !sameOutcome(by, row) || atomContains(bySegment(by.atom), bySegment(row.atom));
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

/** Longer lists are not searched for needless rows: the search is cubic. */
const SEARCHED_ROWS = 200;

/**
 * Leaves out rows, from the last one up, whose requests all meet the same outcome in the rows below, whichever way the
 * target reads a prefix. Only rows that `mayDrop` admits go; a list of more than 200 rows stays as it is.
 */
export function dropFollowing(rows: readonly Row[], mayDrop: (row: Row) => boolean): readonly Row[] {
  if (rows.length > SEARCHED_ROWS) return rows;
  const readings = [rows, rows.map((row) => withAtom(row, bySegment(row.atom)))];
  let kept = rows.map((_, index) => index);
  for (const [index, row] of [...rows.entries()].reverse()) {
    if (mayDrop(row) && readings.every((read) => followsBelow(index, kept, read)))
      kept = kept.filter((one) => one !== index);
  }
  return kept.flatMap((index) => rows[index] ?? []);
}

function followsBelow(index: number, kept: readonly number[], rows: readonly Row[]): boolean {
  const row = rows[index];
  if (row === undefined) return false;
  const [above, below] = [kept.filter((one) => one < index), kept.filter((one) => one > index)].map((part) =>
    part.flatMap((one) => rows[one] ?? []),
  );
  for (const next of below ?? []) {
    const region = meet(row.atom, next.atom);
    if (region === undefined || above?.some((earlier) => atomContains(earlier.atom, region))) continue;
    if (!answersAlike(row, next)) return false;
    if (atomContains(next.atom, row.atom)) return true;
  }
  return false;
}

/** The tests of both side by side: enough to ask what holds the region, also where it has no form of its own. */
function meet(a: Atom, b: Atom): Atom | undefined {
  if (!atomsOverlap(a, b)) return undefined;
  // Where neither path holds the other, more than the region is asked about, which only keeps rows.
  const path = pathContains(a.path, b.path) ? b.path : a.path;
  const method = a.method ?? b.method;
  const tests = { headers: [...a.headers, ...b.headers], query: [...a.query, ...b.query] };
  return method === undefined ? { path, ...tests } : { path, method, ...tests };
}

function bySegment(atom: Atom): Atom {
  return withPath(atom, readPathBySegment(atom.path));
}
