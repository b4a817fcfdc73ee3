import type { Action, PathRewrite } from '../ir/actions.ts';
import type { AtomPath } from './atom-path.ts';

/** A rewrite as a target with segment prefixes says it on one atom's path. */
export type RewriteOnPath =
  | { readonly kind: 'full'; readonly path: string }
  /** The atom's prefix is replaced by whole segments; `doubled` = the source would have given `//`. */
  | { readonly kind: 'prefix'; readonly from: string; readonly to: string; readonly doubled: boolean }
  | { readonly kind: 'not-expressible'; readonly why: string };

/**
 * Recomputes a rewrite for the path of an atom, which may be narrower than the prefix that the
 * source matched: `from` + s becomes `to` + s. Gateway API's ReplacePrefixMatch works on whole
 * segments and writes one slash between the replacement and the rest.
 */
export function rewriteOnPath(rewrite: PathRewrite, path: AtomPath): RewriteOnPath {
  if (rewrite.kind === 'regex') return { kind: 'not-expressible', why: 'it substitutes by a pattern' };
  if (rewrite.kind === 'full') return rewrite;
  if (path.kind === 'exact') return { kind: 'full', path: rewritePrefix(rewrite, path.value) };
  const prefix = path.kind === 'any' ? '/' : path.value;
  const bare = prefix.replace(/\/+$/, '');
  // A source of whole segments is left as it is written: what becomes of a closing slash is not specified.
  if (rewrite.reading === 'segment' && bare === rewrite.from.replace(/\/+$/, ''))
    return { kind: 'prefix', from: bare || '/', to: rewrite.to || '/', doubled: false };
  // What a longer path of the atom becomes: `bare` + '/x'. The rest starts with the slash.
  const sample = rewritePrefix(rewrite, `${bare}/x`);
  if (!sample.endsWith('x')) return { kind: 'not-expressible', why: `${bare}/x would become ${sample}` };
  const before = sample.slice(0, -1);
  if (!before.endsWith('/')) {
    return {
      kind: 'not-expressible',
      why: `${bare}/x becomes ${sample}, which a rewrite of whole segments cannot say`,
    };
  }
  const doubled = before.endsWith('//');
  const to = before.replace(/\/+$/, '');
  return { kind: 'prefix', from: bare === '' ? '/' : bare, to: to === '' ? '/' : to, doubled };
}

/** The path that a prefix rewrite makes of a path that it takes. */
export function rewritePrefix(rewrite: Extract<PathRewrite, { kind: 'prefix' }>, path: string): string {
  if (rewrite.reading === 'string') return rewrite.to + path.slice(rewrite.from.length);
  const rest = path.slice(rewrite.from.replace(/\/+$/, '').length);
  if (rest === '') return rewrite.to || '/';
  const joined = rewrite.to.replace(/\/+$/, '') + rest;
  return joined === '' ? '/' : joined;
}

/** What an action does to the path of a request. */
export function rewriteOf(action: Action): PathRewrite | undefined {
  if (action.kind === 'forward') return action.rewrite;
  return action.kind === 'redirect' ? action.path : undefined;
}

/**
 * The path that a rewrite by whole segments would get wrong: the bare prefix of an atom that a string rewrite closes with
 * a slash, `/p` to `/q/`. Undefined where there is none.
 */
export function bareExceptionOf(rewrite: PathRewrite, path: AtomPath): string | undefined {
  if (rewrite.kind !== 'prefix' || (path.kind !== 'string' && path.kind !== 'segment')) return undefined;
  if (path.value === '' || path.value.endsWith('/')) return undefined;
  const said = rewriteOnPath(rewrite, path);
  return said.kind === 'prefix' && said.to !== rewritePrefix(rewrite, path.value) ? path.value : undefined;
}
