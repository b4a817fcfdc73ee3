import type { PathRewrite } from '../../ir/actions.ts';
import type { Language } from '../languages/language.ts';
import { regexEngine } from '../languages/regex-engine.ts';
import { rewritePrefix } from '../rewrite-on-path.ts';
import { agreeingPaths } from './agreeing-paths.ts';
import type { Difference } from './types.ts';

/** The path after a change, absent = none; `undefined` where the change cannot be computed for this path. */
export function changePath(change: PathRewrite | undefined, path: string): string {
  if (change === undefined) return path;
  switch (change.kind) {
    case 'full':
      return change.path;
    case 'prefix':
      return rewritePrefix(change, path);
    case 'regex':
      return regexEngine().substitute(change.pattern, path, change.substitution);
  }
}

/**
 * Whether two changes give the same for all paths of a class, or for which of them. A substitution by pattern is only
 * tried on a sample.
 */
export function samePathChange(
  left: PathRewrite | undefined,
  right: PathRewrite | undefined,
  { key, kind, sample }: { readonly key: string; readonly kind: 'at' | 'below'; readonly sample: () => string },
): 'equal' | 'differs' | 'unknown' | Language {
  if (left === right || sameChange(left, right)) return 'equal';
  if (kind === 'at') return changePath(left, key) === changePath(right, key) ? 'equal' : 'differs';
  if (left?.kind !== 'regex' && right?.kind !== 'regex') return agreeingPaths(left, right, key);
  const path = sample();
  return changePath(left, path) === changePath(right, path) ? 'unknown' : 'differs';
}

function sameChange(left: PathRewrite | undefined, right: PathRewrite | undefined): boolean {
  if (left === undefined || right === undefined || left.kind !== right.kind) return false;
  switch (left.kind) {
    case 'full':
      return right.kind === 'full' && left.path === right.path;
    case 'prefix':
      return (
        right.kind === 'prefix' && left.from === right.from && left.to === right.to && left.reading === right.reading
      );
    case 'regex':
      return right.kind === 'regex' && left.pattern === right.pattern && left.substitution === right.substitution;
  }
}

/** Whether both sides make the same of the path but for slashes that follow a slash, and nothing else is another. */
export function isDoubledSlash({ left, right, request }: Difference): boolean {
  const [one, other] = [left?.rule.action, right?.rule.action];
  if (one?.kind === 'respond' || one === undefined || other === undefined || one.kind !== other.kind) return false;
  const isElsewhere =
    one.kind === 'redirect' && other.kind === 'redirect'
      ? one.status !== other.status || one.host !== other.host || one.scheme !== other.scheme
      : one.kind === 'forward' && other.kind === 'forward' && one.hostRewrite !== other.hostRewrite;
  const [before, after] = [one, other].map((action) => {
    const change = action.kind === 'forward' ? action.rewrite : action.kind === 'redirect' ? action.path : undefined;
    return changePath(change, request.path);
  });
  return !isElsewhere && before !== after && single(before) === single(after);
}

function single(path: string | undefined): string | undefined {
  return path?.replace(/\/{2,}/g, '/');
}
