import type { LegalMatch } from '../legal-host.ts';

/** What decides between two matches of one host in Gateway API, in this order, before age and name. */
export interface PrecedenceKey {
  readonly exact: boolean;
  /** Characters of the path, without the trailing slash that a PathPrefix ignores. */
  readonly pathLength: number;
  readonly method: boolean;
  readonly headers: number;
  readonly query: number;
}

/** The rank of a match by the specification of HTTPRoute. */
export function precedenceKey(match: LegalMatch): PrecedenceKey {
  return {
    exact: match.path.kind === 'exact',
    pathLength: comparedPath(match).length,
    method: match.method !== undefined,
    headers: match.headers.length,
    query: match.query.length,
  };
}

/** Below zero when `a` is asked before `b`, zero for a tie, which age, name and list order decide. */
export function comparePrecedence(a: PrecedenceKey, b: PrecedenceKey): number {
  return (
    Number(b.exact) - Number(a.exact) ||
    b.pathLength - a.pathLength ||
    Number(b.method) - Number(a.method) ||
    b.headers - a.headers ||
    b.query - a.query
  );
}

/** A text that is equal for matches that may tie: two paths of one kind and length overlap only when they are the same. */
export function tieBucket(match: LegalMatch): string {
  const { exact, method, headers, query } = precedenceKey(match);
  return `${exact ? '=' : '^'}${comparedPath(match)}\n${method ? (match.method ?? '') : ''}\n${headers} ${query}`;
}

function comparedPath({ path }: LegalMatch): string {
  return path.kind === 'exact' || path.value === '/' ? path.value : path.value.replace(/\/+$/, '');
}
