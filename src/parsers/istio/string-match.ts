import {
  ANY,
  exactly,
  exactPath,
  type PathPredicate,
  pathPrefix,
  type StringPredicate,
  startingWith,
} from '../../ir/predicates.ts';
import type { StringMatchInput } from './types.ts';

/** No type set, or the regex `*` that Istio reads as presence: any value. */
export function isPresence({ exact, prefix, regex }: StringMatchInput): boolean {
  return regex === '*' || (exact === undefined && prefix === undefined && regex === undefined);
}

/** Whether every value passes, without asking a regex engine. */
function takesAll(pattern: string): boolean {
  return pattern === '.*' || pattern === '^.*$';
}

/** The values that a test takes. Whether RE2 accepts a pattern is found out where patterns are read. */
export function toStringPredicate(test: StringMatchInput): StringPredicate {
  if (isPresence(test)) return ANY;
  if (test.exact !== undefined) return exactly(test.exact);
  if (test.prefix !== undefined) return startingWith(test.prefix);
  const pattern = test.regex ?? '';
  return takesAll(pattern) ? ANY : { kind: 'regex', pattern };
}

/**
 * The paths that a `uri` takes. Istio's prefix is one of texts, not of segments; `ignoreUriCase` concerns exact
 * and prefix only.
 */
export function toPathPredicate({ exact, prefix, regex }: StringMatchInput, ignoreCase: boolean): PathPredicate {
  if (exact !== undefined) return exactPath(exact, ignoreCase);
  if (prefix !== undefined) return pathPrefix(prefix, 'string', ignoreCase);
  if (regex === undefined || takesAll(regex) || regex === '/.*') return ANY;
  return { kind: 'regex', pattern: regex };
}
