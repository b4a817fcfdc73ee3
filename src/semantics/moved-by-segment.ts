import { type Atom, atomAccepts } from './atom.ts';
import { pathLiteral } from './atom-path.ts';
import { type DecidedOtherwise, differAtPath } from './differ-at-path.ts';
import { foldAscii } from './fold-ascii.ts';
import { type Row, sameOutcome } from './listing.ts';
import { SCANNED_ROWS } from './path-index.ts';
import { RowList, readBySegment } from './row-list.ts';
import { requestOf } from './witness.ts';

/** A request that a string prefix took and a segment prefix does not. */
export interface Moved extends DecidedOtherwise {
  readonly prefix: string;
  readonly row: Row;
  /** Another rule of the host names this very path. */
  readonly named: boolean;
}

/**
 * For each row with a string prefix that does not end in a slash: the first request of
 * `p` + a character other than `/` that meets something else once the prefix is read by segment.
 * Asked about are one path of the open remainder and every path of it that another rule names.
 *
 * @param written all rows of the source, dead ones included
 * @param source the rows that decide in the source
 * @param legal the rows of the output, in the order in which they decide
 */
export function findMoved(written: readonly Row[], source: readonly Row[], legal: readonly Row[]): readonly Moved[] {
  const affected = source.filter(({ atom }) => isOpenPrefix(atom));
  if (affected.length === 0) return [];
  const before = new RowList(source);
  const after = new RowList(readBySegment(legal));
  const named = written.filter(({ atom }) => atom.path.kind !== 'any');
  const sorted = named.length <= SCANNED_ROWS ? undefined : named.sort(byLiteral);
  const insideOf = (atom: Atom, prefix: string): readonly Row[] => {
    if (isInAnyCase(atom)) return (sorted ?? named.sort(byLiteral)).filter((one) => isInsideInAnyCase(one, prefix));
    // A short list is read through sooner than it is sorted.
    return sorted === undefined
      ? named.filter((one) => isInside(one, prefix)).sort(byLiteral)
      : namedInside(sorted, prefix);
  };
  const found: Moved[] = [];
  for (const row of affected) {
    const prefix = pathLiteral(row.atom.path);
    const inside = insideOf(row.atom, prefix);
    const generic = prefix + freshCharacter(prefix, inside);
    const moves = (path: string, named: boolean): Moved | undefined => {
      const [left, right] = [before.above(path), after.above(path)];
      const moved = differAtSample(path, row.atom, left, right) ?? differAtPath(path, row.atom, left, right);
      return moved === undefined ? undefined : { prefix, row, ...moved, named };
    };
    const moved = (inside.length === 0 ? undefined : firstNamed(inside, moves)) ?? moves(generic, false);
    if (moved !== undefined) found.push(moved);
  }
  return found;
}

function byLiteral({ atom: a }: Row, { atom: b }: Row): number {
  return pathLiteral(a.path) < pathLiteral(b.path) ? -1 : 1;
}

/** The first request that moves among the paths that rows name. */
function firstNamed(
  inside: readonly Row[],
  moves: (path: string, named: boolean) => Moved | undefined,
): Moved | undefined {
  for (const { atom } of inside.filter(isDeclared)) {
    const literal = pathLiteral(atom.path);
    const below = () => (atom.path.kind === 'exact' ? undefined : moves(`${literal.replace(/\/$/, '')}/x`, true));
    const moved = moves(literal, true) ?? below();
    if (moved !== undefined) return moved;
  }
  // The bare path that a carve-out names is named by no rule.
  for (const { atom } of inside.filter((row) => !isDeclared(row))) {
    const moved = moves(pathLiteral(atom.path), false);
    if (moved !== undefined) return moved;
  }
  return undefined;
}

/** The shortest request that meets the conditions: mostly it is the answer, and the search is spared. */
function differAtSample(
  path: string,
  conditions: Atom,
  before: readonly Row[],
  after: readonly Row[],
): DecidedOtherwise | undefined {
  const request = requestOf(conditions, path);
  const takes = ({ atom }: Row) => atomAccepts(atom, request);
  const [left, right] = [before.find(takes), after.find(takes)];
  return sameOutcome(left, right) ? undefined : { request, before: left, after: right };
}

function isDeclared({ how }: Row): boolean {
  return how === 'declared';
}

function isOpenPrefix({ path }: Atom): boolean {
  return path.kind === 'string' && !path.value.endsWith('/');
}

function isInAnyCase({ path }: Atom): boolean {
  return path.kind !== 'any' && path.fold === true;
}

function isInsideInAnyCase({ atom }: Row, prefix: string): boolean {
  return goesOn(foldAscii(pathLiteral(atom.path)), foldAscii(prefix));
}

/** Whether a row names a path which starts with the prefix and goes on without a slash. */
function isInside({ atom }: Row, prefix: string): boolean {
  return goesOn(pathLiteral(atom.path), prefix);
}

function goesOn(literal: string, prefix: string): boolean {
  return literal.length > prefix.length && literal.startsWith(prefix) && literal[prefix.length] !== '/';
}

/** The rows inside of a prefix, found by bisection. `sorted` by literal. */
function namedInside(sorted: readonly Row[], prefix: string): readonly Row[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = sorted[middle];
    if (row !== undefined && pathLiteral(row.atom.path) < prefix) low = middle + 1;
    else high = middle;
  }
  const inside: Row[] = [];
  for (let index = low; index < sorted.length; index++) {
    const row = sorted[index];
    if (row === undefined || !pathLiteral(row.atom.path).startsWith(prefix)) break;
    if (isInside(row, prefix)) inside.push(row);
  }
  return inside;
}

const LETTERS = [...'xyz-0123456789abcdefghijklmnopqrstuvw'];

/** A character with which no rule goes on. */
function freshCharacter(prefix: string, inside: readonly Row[]): string {
  if (inside.length === 0) return 'x';
  const taken = new Set(inside.map(({ atom }) => pathLiteral(atom.path)[prefix.length]));
  return LETTERS.find((letter) => !taken.has(letter)) ?? 'x';
}
