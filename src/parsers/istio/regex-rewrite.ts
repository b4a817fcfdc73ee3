import type { PathRewrite } from '../../ir/actions.ts';

type RegexRewrite = Extract<PathRewrite, { kind: 'regex' }>;

/** What the paths of a match begin with, or the one path that it takes. */
export type MatchedPath = { readonly prefix: string } | { readonly exact: string };

/**
 * A rewrite by expression that swaps the beginning of every path that the match takes, as the rewrite of a prefix or a
 * path: `^/old/(.*)$` to `/new/\1`. Undefined where it does anything else.
 */
export function asPrefixRewrite(
  { pattern, substitution }: RegexRewrite,
  matched: MatchedPath,
): PathRewrite | undefined {
  const swap = readSwap(pattern, substitution);
  const known = 'prefix' in matched ? matched.prefix : matched.exact;
  // A path that does not begin so would stay as it is.
  if (swap === undefined || !known.startsWith(swap.from)) return undefined;
  const to = swap.to + known.slice(swap.from.length);
  if (!to.startsWith('/')) return undefined;
  return 'exact' in matched
    ? { kind: 'full', path: to }
    : { kind: 'prefix', from: matched.prefix, to, reading: 'string' };
}

interface Swap {
  readonly from: string;
  readonly to: string;
}

/** A literal beginning, and the rest as the first group or left alone; RE2 replaces every match, so one has to take all. */
function readSwap(pattern: string, substitution: string): Swap | undefined {
  const [, anchor, literal = '', rest] = /^(\^?)((?:[^\\^$.|?*+()[\]{}]|\\[^\w])+)(\(\.\*\)\$?)?$/.exec(pattern) ?? [];
  if (literal === '' || (anchor === '' && rest === undefined)) return undefined;
  const from = literal.replace(/\\(.)/g, '$1');
  const to = rest === undefined ? substitution : substitution.replace(/\\1$/, '');
  if (to.includes('\\') || (rest !== undefined && to === substitution)) return undefined;
  return { from, to };
}
