import { assertNever } from '../ir/assert-never.ts';

/**
 * A set of paths that is closed under intersection: all, one, a string prefix or a segment prefix.
 * A string prefix that ends in `/` and a segment prefix differ in one path, `p` itself.
 */
export type AtomPath =
  | { readonly kind: 'any' }
  | { readonly kind: 'exact'; readonly value: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'segment'; readonly value: string };

/** Every path. */
export const EVERY_PATH: AtomPath = { kind: 'any' };

/** Whether a path, query removed, is in the set. */
export function pathHas(set: AtomPath, path: string): boolean {
  switch (set.kind) {
    case 'any':
      return true;
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
  switch (inner.kind) {
    case 'any':
      return false;
    case 'exact':
      return pathHas(outer, inner.value);
    case 'segment':
      return outer.kind !== 'exact' && pathHas(outer, inner.value);
    case 'string':
      if (outer.kind === 'exact') return false;
      if (outer.kind === 'string') return inner.value.startsWith(outer.value);
      return inner.value.startsWith(`${outer.value}/`);
    default:
      return assertNever(inner);
  }
}

/** The common paths; two of these sets are nested or disjoint. */
export function intersectPaths(a: AtomPath, b: AtomPath): AtomPath | undefined {
  if (pathContains(a, b)) return b;
  return pathContains(b, a) ? a : undefined;
}

/** The set as a target reads it that takes prefixes by segment. */
export function readPathBySegment(path: AtomPath): AtomPath {
  return path.kind === 'string' ? { kind: 'segment', value: path.value.replace(/\/+$/, '') } : path;
}

/** A text that is equal for equal sets only. */
export function pathKey(path: AtomPath): string {
  return path.kind === 'any' ? '*' : `${path.kind[0]}${path.value}`;
}

/** The literal that a path is filed under: its text, or the empty text for all paths. */
export function pathLiteral(path: AtomPath): string {
  return path.kind === 'any' ? '' : path.value;
}
