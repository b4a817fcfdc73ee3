import { assertNever } from '../ir/assert-never.ts';
import { foldAscii } from './fold-ascii.ts';
import { NoCommonForm } from './no-common-form.ts';

/**
 * A set of paths: all, one, a string prefix or a segment prefix; with `fold` in any letter case (a text without letters
 * has none). Two sets of which none folds are nested or disjoint. A string prefix that ends in `/` and a segment prefix
 * differ in one path, `p` itself.
 */
export type AtomPath =
  | { readonly kind: 'any' }
  | { readonly kind: 'exact'; readonly value: string; readonly fold?: true }
  | { readonly kind: 'string'; readonly value: string; readonly fold?: true }
  | { readonly kind: 'segment'; readonly value: string; readonly fold?: true };

/** Every path. */
export const EVERY_PATH: AtomPath = { kind: 'any' };

/** Whether a path, query removed, is in the set. */
export function pathHas(set: AtomPath, path: string): boolean {
  if (set.kind === 'any') return true;
  return set.fold === true ? hasSpelling(folded(set), foldAscii(path)) : hasSpelling(set, path);
}

type Literal = Exclude<AtomPath, { kind: 'any' }>;

/** The set in lower case, without its flag. */
function folded({ kind, value }: Literal): Literal {
  return { kind, value: foldAscii(value) };
}

function hasSpelling(set: Literal, path: string): boolean {
  switch (set.kind) {
    case 'exact':
      return path === set.value;
    case 'string':
      return path.startsWith(set.value);
    case 'segment':
      return path.startsWith(set.value) && (path.length === set.value.length || path[set.value.length] === '/');
    default:
      return assertNever(set);
  }
}

/** Whether every path of `inner` is in `outer`. */
export function pathContains(outer: AtomPath, inner: AtomPath): boolean {
  if (outer.kind === 'any') return true;
  if (inner.kind === 'any') return false;
  if (outer.fold === true) return holds(folded(outer), folded(inner));
  // Only a text without letters holds all the spellings of another one.
  return holds(outer, inner) && (inner.fold !== true || !hasLetters(outer.value));
}

function hasLetters(text: string): boolean {
  return /[A-Za-z]/.test(text);
}

function holds(outer: Literal, inner: Literal): boolean {
  switch (inner.kind) {
    case 'exact':
      return hasSpelling(outer, inner.value);
    case 'segment':
      return outer.kind !== 'exact' && hasSpelling(outer, inner.value);
    case 'string':
      if (outer.kind === 'exact') return false;
      if (outer.kind === 'string') return inner.value.startsWith(outer.value);
      return inner.value.startsWith(`${outer.value}/`);
    default:
      return assertNever(inner);
  }
}

/**
 * The common paths.
 * @throws NoCommonForm where a prefix in one letter case meets a longer text in any: neither holds the other
 */
export function intersectPaths(a: AtomPath, b: AtomPath): AtomPath | undefined {
  if (pathContains(a, b)) return b;
  if (pathContains(b, a)) return a;
  if (pathsOverlap(a, b)) throw new NoCommonForm('path');
  return undefined;
}

/** Whether some path is in both; unlike the intersection, it needs no form of its own. */
export function pathsOverlap(a: AtomPath, b: AtomPath): boolean {
  if (pathContains(a, b) || pathContains(b, a)) return true;
  if (a.kind === 'any' || b.kind === 'any' || (a.fold !== true && b.fold !== true)) return false;
  return holds(folded(a), folded(b)) || holds(folded(b), folded(a));
}

/** The set as a target reads it that takes prefixes by segment. */
export function readPathBySegment(path: AtomPath): AtomPath {
  if (path.kind !== 'string') return path;
  const value = path.value.replace(/\/+$/, '');
  return path.fold === true ? { kind: 'segment', value, fold: true } : { kind: 'segment', value };
}

/** A text that is equal for equal sets only. */
export function pathKey(path: AtomPath): string {
  return path.kind === 'any' ? '*' : `${path.kind[0]}${path.fold === true ? `~${foldAscii(path.value)}` : path.value}`;
}

/** The literal that a path is filed under: its text, or the empty text for all paths. */
export function pathLiteral(path: AtomPath): string {
  return path.kind === 'any' ? '' : path.value;
}
