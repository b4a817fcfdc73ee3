import { assertNever } from '../ir/assert-never.ts';
import type { Match, Rule, VirtualHost } from '../ir/model.ts';
import type { PathPredicate } from '../ir/predicates.ts';

/** One conjunction of a decision list with the rule whose action it takes. */
export interface Entry {
  readonly match: Match;
  readonly rule: Rule;
}

/**
 * The rules of a virtual host as a decision list: the first entry that a request meets decides.
 * `first-match` is the order written; a precedence becomes a stable sort by it, so that equal ranks
 * keep the order in which the parser put the objects (by age and name).
 */
export function compile(host: VirtualHost): readonly Entry[] {
  const entries = entriesAsWritten(host);
  switch (host.order.kind) {
    case 'first-match':
      return entries;
    case 'gateway-api':
      return sortByRank(entries, httpRouteRank);
    case 'ingress':
      return sortByRank(entries, ({ path }) => pathRank(path));
    default:
      return assertNever(host.order);
  }
}

/** The rules of a virtual host in the order in which they stand, whichever is chosen first. */
export function entriesAsWritten({ rules }: VirtualHost): readonly Entry[] {
  const entries: Entry[] = [];
  for (const rule of rules) for (const match of rule.matches) entries.push({ match, rule });
  return entries;
}

/** The higher rank first; each rank is computed once, for a long list is sorted in many steps. */
function sortByRank(entries: readonly Entry[], rankOf: (match: Match) => readonly number[]): readonly Entry[] {
  if (entries.length < 2) return entries;
  const ranked = entries.map((entry) => ({ entry, rank: rankOf(entry.match) }));
  const isSorted = ranked.every(
    ({ rank }, index) => index === 0 || compareRanks(ranked[index - 1]?.rank ?? rank, rank) <= 0,
  );
  return isSorted ? entries : ranked.sort((a, b) => compareRanks(a.rank, b.rank)).map(({ entry }) => entry);
}

/** Exact paths, then prefixes by length, then regexes, whose rank the specification leaves open. */
function pathRank(path: PathPredicate): readonly number[] {
  switch (path.kind) {
    case 'exact':
      return [2, path.value.length];
    case 'prefix':
      return [1, path.value.length];
    case 'any':
      return [1, 1];
    case 'regex':
      return [0, path.pattern.length];
    default:
      return assertNever(path);
  }
}

/** HTTPRouteRule precedence: path, method present, number of headers, number of query parameters. */
export function httpRouteRank(match: Match): readonly number[] {
  return [...pathRank(match.path), match.method.kind === 'any' ? 0 : 1, match.headers.length, match.query.length];
}

/** Compares ranks, the higher one first. */
export function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < a.length; index++) {
    const [rank, other] = [a[index] ?? 0, b[index] ?? 0];
    if (rank !== other) return other - rank;
  }
  return 0;
}
