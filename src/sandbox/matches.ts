import type { RuleMatch } from './model/values.ts';

/** `string`: `/p` takes `/px` too; `segment`: it takes `/p` and `/p/…`. */
export type Reading = 'string' | 'segment';

interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

type HttpMatch = NonNullable<RuleMatch['httpMatch']>;
type PathMatch = NonNullable<HttpMatch['pathMatch']>;
type HeaderMatch = NonNullable<HttpMatch['headerMatches']>[number];

/**
 * Whether a request meets every condition of a rule. Methods compare with case, header names without; paths and header
 * values without case unless the condition says so. Source: the user guide, listener rules.
 */
export function matches({ httpMatch = {} }: RuleMatch, request: Request, reading: Reading): boolean {
  const { method, pathMatch, headerMatches = [] } = httpMatch;
  return (
    (method === undefined || method === '' || method === request.method) &&
    (pathMatch === undefined || matchesPath(pathMatch, pathOf(request.path), reading)) &&
    headerMatches.every((header) => matchesHeader(header, request.headers))
  );
}

function matchesPath({ match, caseSensitive }: PathMatch, path: string, reading: Reading): boolean {
  const fold = folding(caseSensitive);
  const given = fold(path);
  if (match.exact !== undefined) return given === fold(match.exact);
  const prefix = fold(match.prefix ?? '');
  if (reading === 'string' || prefix.endsWith('/')) return given.startsWith(prefix);
  return given === prefix || given.startsWith(`${prefix}/`);
}

function matchesHeader({ name, match, caseSensitive }: HeaderMatch, headers: Request['headers']): boolean {
  const fold = folding(caseSensitive);
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase());
  if (found === undefined) return false;
  const value = fold(found[1]);
  if (match.exact !== undefined) return value === fold(match.exact);
  if (match.prefix !== undefined) return value.startsWith(fold(match.prefix));
  return value.includes(fold(match.contains ?? ''));
}

function folding(caseSensitive = false): (text: string) => string {
  return caseSensitive ? (text) => text : (text) => text.toLowerCase();
}

/** The query takes no part in matching. */
function pathOf(path: string): string {
  const end = path.search(/[?#]/);
  return end < 0 ? path : path.slice(0, end);
}
