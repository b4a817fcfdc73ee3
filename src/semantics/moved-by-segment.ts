import { sameAction } from './action-key.ts';
import { type Atom, intersectAtoms, type MatchedRequest } from './atom.ts';
import { EVERY_PATH, pathLiteral } from './atom-path.ts';
import type { Row } from './listing.ts';
import { RowList, readBySegment } from './row-list.ts';
import { requestOf } from './witness.ts';

/** A request that a string prefix took and a segment prefix does not. */
export interface Moved {
  readonly prefix: string;
  readonly row: Row;
  readonly request: MatchedRequest;
  readonly before: Row | undefined;
  readonly after: Row | undefined;
  /** Another rule of the host names this very path. */
  readonly named: boolean;
}

/**
 * For each declared row with a string prefix that does not end in a slash: the first request of
 * `p` + a character other than `/` that meets something else once the prefix is read by segment.
 * Candidates are one path of the open remainder under the conditions of each rule that may take it,
 * and every path of the remainder that another rule names.
 *
 * @param written all rows of the source, dead ones included
 * @param source the rows that decide in the source
 * @param legal the rows of the output, in the order in which they decide
 */
export function findMoved(written: readonly Row[], source: readonly Row[], legal: readonly Row[]): readonly Moved[] {
  const affected = source.filter(({ how, atom }) => how === 'declared' && isOpenPrefix(atom));
  if (affected.length === 0) return [];
  const before = new RowList(source);
  const after = new RowList(readBySegment(legal));
  const above = new RowList(written);
  const sorted = written
    .filter(({ atom }) => atom.path.kind !== 'any')
    .sort((a, b) => (pathLiteral(a.atom.path) < pathLiteral(b.atom.path) ? -1 : 1));
  const found: Moved[] = [];
  for (const row of affected) {
    const prefix = pathLiteral(row.atom.path);
    const inside = namedInside(sorted, prefix);
    const generic = prefix + freshCharacter(prefix, inside);
    const moves = (path: string, conditions: Atom, named: boolean): Moved | undefined => {
      const request = requestOf(conditions, path);
      const left = before.decide(request);
      const right = after.decide(request);
      return sameDecision(left, right) ? undefined : { prefix, row, request, before: left, after: right, named };
    };
    const candidates = function* (): Generator<Moved | undefined> {
      for (const other of inside) {
        const both = conditionsOf(row, other);
        if (both !== undefined) yield moves(pathLiteral(other.atom.path), both, true);
        yield moves(pathLiteral(other.atom.path), row.atom, true);
      }
      yield moves(generic, row.atom, false);
      for (const other of above.above(prefix)) {
        const both = conditionsOf(row, other);
        if (both !== undefined) yield moves(generic, both, false);
      }
    };
    for (const moved of candidates()) {
      if (moved === undefined) continue;
      found.push(moved);
      break;
    }
  }
  return found;
}

function isOpenPrefix({ path }: Atom): boolean {
  return path.kind === 'string' && !path.value.endsWith('/');
}

function conditionsOf(a: Row, b: Row): Atom | undefined {
  return intersectAtoms({ ...a.atom, path: EVERY_PATH }, { ...b.atom, path: EVERY_PATH });
}

/** The rows that name a path which starts with the prefix and goes on without a slash. `sorted` by literal. */
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
  for (const row of sorted.slice(low)) {
    const literal = pathLiteral(row.atom.path);
    if (!literal.startsWith(prefix)) break;
    if (literal.length > prefix.length && literal[prefix.length] !== '/') inside.push(row);
  }
  return inside;
}

/** A character with which no rule goes on. */
function freshCharacter(prefix: string, inside: readonly Row[]): string {
  const taken = new Set(inside.map(({ atom }) => pathLiteral(atom.path)[prefix.length]));
  return [...'xyz-0123456789abcdefghijklmnopqrstuvw'].find((letter) => !taken.has(letter)) ?? 'x';
}

function sameDecision(a: Row | undefined, b: Row | undefined): boolean {
  const left = a?.outcome ?? 'no-match';
  const right = b?.outcome ?? 'no-match';
  return left === 'no-match' || right === 'no-match' ? left === right : sameAction(left, right);
}
