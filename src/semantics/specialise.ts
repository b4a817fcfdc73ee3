import { type Atom, atomContains, atomKey, atomsOverlap, intersectAtoms, withBarePath } from './atom.ts';
import type { AtomPath } from './atom-path.ts';
import { answersAlike, type Row, sameOutcome } from './listing.ts';
import { PathIndex } from './path-index.ts';

/**
 * How far the target's own tie-breaks may be trusted.
 * - list: equal keys fall to the order of the list (one route)
 * - source: only among rows of one source object (a route per object)
 * - none: never (a list that is split over routes)
 */
export type TieTrust = 'list' | 'source' | 'none';

export type Specialised =
  | { readonly kind: 'rows'; readonly rows: readonly Row[]; readonly added: number }
  | { readonly kind: 'too-many'; readonly row: Row };

/**
 * Order-preserving closure: adds to an ordered list the intersections that make the most specific
 * match the first match, and sorts by descending precedence.
 *
 * Why it is right: let m be the first row that takes a request and w the one of highest precedence.
 * If w comes later than m in the list and outranks it, the pair (m, w) put m ∩ w with m's outcome
 * into the result, which outranks w or is w itself. So only pairs with a row of the list have to
 * be looked at, and the work ends since atoms only get narrower.
 */
export function specialise(list: readonly Row[], ties: TieTrust, limit: number): Specialised {
  const index = new PathIndex();
  for (const row of list) index.add(row);
  const result = new Map<string, Row>();
  const work: Row[] = [...list].reverse();
  for (let row = work.pop(); row !== undefined; row = work.pop()) {
    const key = atomKey(row.atom);
    const present = result.get(key);
    if (present !== undefined && present.order <= row.order) continue;
    result.set(key, row);
    if (result.size > limit) return { kind: 'too-many', row };
    const above = index.above(row.atom.path);
    for (const earlier of above) {
      if (earlier.order >= row.order) break;
      if (!mayOutrank(row, earlier, ties) || sameOutcome(earlier, row)) continue;
      const atom = intersectAtoms(earlier.atom, row.atom);
      if (atom === undefined || isDecidedBefore(atom, earlier, above)) continue;
      work.push({ ...earlier, atom, how: 'intersection' });
    }
  }
  const rows = [...result.values()].sort(compareRows);
  return { kind: 'rows', rows: dropNeedless(rows, ties), added: rows.length - list.length };
}

/** Whether an earlier row of the list takes all of the region, so that its own pair sees to it. */
function isDecidedBefore(region: Atom, row: Row, above: readonly Row[]): boolean {
  return above.some((other) => other.order < row.order && atomContains(other.atom, region));
}

/** Whether a gateway may prefer `later` to `earlier`, whichever way it counts a trailing slash. */
function mayOutrank(later: Row, earlier: Row, ties: TieTrust): boolean {
  const tie = ties === 'none' || (ties === 'source' && later.rule.source !== earlier.rule.source);
  const strict = comparePrecedence(later.atom, earlier.atom, false);
  const loose = comparePrecedence(later.atom, earlier.atom, true);
  return strict < 0 || loose < 0 || (tie && (strict === 0 || loose === 0));
}

/**
 * HTTPRoute precedence: exact paths, then longer ones, then those with a method, then by the number of headers and of
 * query parameters. Negative where `a` has the higher one.
 */
export function comparePrecedence(a: Atom, b: Atom, ignoreSlash = true): number {
  return (
    Number(b.path.kind === 'exact') - Number(a.path.kind === 'exact') ||
    comparedLength(b.path, ignoreSlash) - comparedLength(a.path, ignoreSlash) ||
    Number(b.method !== undefined) - Number(a.method !== undefined) ||
    b.headers.length - a.headers.length ||
    b.query.length - a.query.length
  );
}

function comparedLength(path: AtomPath, ignoreSlash: boolean): number {
  if (path.kind === 'any') return 1;
  const { length } = path.value;
  return ignoreSlash && path.kind !== 'exact' && length > 1 && path.value.endsWith('/') ? length - 1 : length;
}

function compareRows(a: Row, b: Row): number {
  return comparePrecedence(a.atom, b.atom, false) || a.order - b.order || (atomKey(a.atom) < atomKey(b.atom) ? -1 : 1);
}

/** Rows above which a list is not searched for needless intersections: the search is quadratic. */
const SEARCHED_LISTS = 400;

/**
 * Leaves out made rows that change nothing: all that they take meets the same outcome in the rows
 * that follow in precedence.
 */
function dropNeedless(rows: readonly Row[], ties: TieTrust): readonly Row[] {
  if (rows.length > SEARCHED_LISTS || rows.every(({ how }) => how === 'declared')) return rows;
  const kept: Row[] = [];
  for (const row of [...rows].reverse()) {
    if (row.how === 'declared' || !followsAnyway(row, kept, ties)) kept.unshift(row);
  }
  return kept;
}

function followsAnyway(row: Row, following: readonly Row[], ties: TieTrust): boolean {
  let cover: Row | undefined;
  for (const next of following) {
    if (cover !== undefined && !mayOutrank(next, cover, ties)) {
      if (comparePrecedence(next.atom, cover.atom, false) > 0) return true;
      continue;
    }
    if (!atomsOverlap(row.atom, withBarePath(next.atom))) continue;
    if (!answersAlike(row, next)) return false;
    if (cover === undefined && atomContains(next.atom, row.atom)) cover = next;
  }
  return cover !== undefined;
}
