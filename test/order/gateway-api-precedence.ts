import type { BackendRef, HttpRoute, Request, RouteMatch, ValueMatch } from './manifests.ts';
import { NOT_FOUND, type Outcome, printOutcome, splitTraffic } from './outcome.ts';
import { fullMatch } from './pattern-language.ts';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']);

/** Whether a PathPrefix takes a path: by whole segments, a slash at its end says nothing. */
export const takesSegments = (prefix: string, path: string): boolean => {
  const bare = prefix.replace(/\/$/, '');
  return path === bare || path.startsWith(`${bare}/`);
};

const valueHolds = (match: ValueMatch, value: string | undefined): boolean => {
  if (value === undefined) return false;
  if (match.type === 'RegularExpression') return fullMatch(match.value, value);
  if (match.type !== undefined && match.type !== 'Exact') throw new Error(`unknown match type ${match.type}`);
  return match.value === value;
};

const queryValue = (query: string, name: string): string | undefined => {
  const found = query.split('&').find((part) => part === name || part.startsWith(`${name}=`));
  return found === undefined ? undefined : found.slice(name.length + 1);
};

const holds = (match: RouteMatch, request: Request): boolean => {
  const value = match.path?.value ?? '/';
  const type = match.path?.type ?? 'PathPrefix';
  // The rank of a path expression is left to each implementation, so an answer that rests on one is not defined.
  if (type !== 'Exact' && type !== 'PathPrefix') throw new Error(`a path of type ${type} has no defined precedence`);
  const pathHolds = type === 'Exact' ? request.path === value : takesSegments(value, request.path);
  return (
    pathHolds &&
    (match.method === undefined || match.method === request.method) &&
    (match.headers ?? []).every((entry) => valueHolds(entry, request.headers[entry.name.toLowerCase()])) &&
    (match.queryParams ?? []).every((entry) => valueHolds(entry, queryValue(request.query, entry.name)))
  );
};

/** The ranking of one match as the specification lists it, best first when compared number by number. */
const rankOf = (match: RouteMatch): readonly number[] => {
  const isExact = match.path?.type === 'Exact';
  return [
    isExact ? 1 : 0,
    isExact ? 0 : (match.path?.value ?? '/').replace(/(.)\/$/, '$1').length,
    match.method === undefined ? 0 : 1,
    match.headers?.length ?? 0,
    match.queryParams?.length ?? 0,
  ];
};

const compareRanks = (left: readonly number[], right: readonly number[]): number => {
  const index = left.findIndex((value, at) => value !== right[at]);
  return index < 0 ? 0 : (left[index] ?? 0) - (right[index] ?? 0);
};

const hostRank = (route: HttpRoute, host: string): number => {
  const names = route.spec.hostnames ?? [];
  if (names.length === 0) return 0;
  const ranks = names.map((name) => {
    if (name === host) return 1_000 + name.length;
    return name.startsWith('*.') && host.endsWith(name.slice(1)) ? name.length : -1;
  });
  return Math.max(...ranks);
};

const checked = new WeakSet<HttpRoute>();

/** Throws where an API server would refuse the route. */
const requireLimits = (route: HttpRoute): void => {
  if (checked.has(route)) return;
  checked.add(route);
  const rules = route.spec.rules ?? [];
  const matches = rules.flatMap((rule) => rule.matches ?? [{}]);
  if (rules.length > 16 || matches.length > 128) throw new Error(`${route.metadata.name} is over the limits`);
  if (rules.some((rule) => (rule.matches ?? []).length > 64)) throw new Error('a rule with more than 64 matches');
  for (const match of matches) {
    const values = [...(match.headers ?? []), ...(match.queryParams ?? [])];
    if (values.some(({ value }) => value === '')) throw new Error(`${route.metadata.name} tests for an empty value`);
    const names = (match.headers ?? []).map(({ name }) => name.toLowerCase());
    if (new Set(names).size !== names.length) throw new Error(`${route.metadata.name} names a header twice`);
    const keys = (match.queryParams ?? []).map(({ name }) => name);
    if (new Set(keys).size !== keys.length) throw new Error(`${route.metadata.name} names a query parameter twice`);
    if (match.method !== undefined && !METHODS.has(match.method)) throw new Error(`method ${match.method}`);
  }
};

/** What a rule's backends answer: shares by weight (default 1), 500 where there is none or all weigh nothing. */
export const backendsOutcome = (refs: readonly BackendRef[] | undefined, namespace: string): Outcome => {
  const entries = (refs ?? []).map((ref) => ({
    backend: `${ref.namespace ?? namespace}/${ref.name}:${ref.port ?? 0}`,
    weight: ref.weight ?? 1,
  }));
  return entries.some(({ weight }) => weight > 0) ? splitTraffic(entries) : { kind: 'status', status: 500 };
};

/**
 * Evaluates a request against HTTPRoutes of one listener by the specification's precedence. Throws where the answer would
 * depend on something that the specification leaves open, or where a route is not valid.
 */
export const evaluateGatewayApi = (routes: readonly HttpRoute[], request: Request): Outcome => {
  const ranks = routes.map((route) => hostRank(route, request.host));
  const best = Math.max(-1, ...ranks);
  if (best < 0) return NOT_FOUND;
  const serving = routes.filter((_, index) => ranks[index] === best);
  const candidates = serving.flatMap((route) => {
    requireLimits(route);
    const order = `${route.metadata.namespace ?? 'default'}/${route.metadata.name}`;
    return (route.spec.rules ?? [{}]).flatMap((rule) => {
      if ((rule.filters ?? []).length > 0) throw new Error(`${order} has a filter that no list asked for`);
      const matches = rule.matches === undefined || rule.matches.length === 0 ? [{}] : rule.matches;
      return matches
        .filter((match) => holds(match, request))
        .map((match) => ({ rank: rankOf(match), order, rule, namespace: route.metadata.namespace ?? 'default' }));
    });
  });
  // Array.sort is stable, so document order breaks a tie within a route.
  const [winner, ...others] = candidates.sort((a, b) => compareRanks(b.rank, a.rank));
  for (const other of others) {
    if (winner === undefined || compareRanks(other.rank, winner.rank) !== 0) break;
    if (other.order === winner.order) continue;
    const [left, right] = [winner, other].map(({ rule, namespace }) =>
      printOutcome(backendsOutcome(rule.backendRefs, namespace)),
    );
    // The older route would win, and its age is not known before it is applied.
    if (left !== right) throw new Error(`a tie between ${winner.order} and ${other.order} is left to their age`);
  }
  if (winner !== undefined) return backendsOutcome(winner.rule.backendRefs, winner.namespace);
  if (ranks.some((rank) => rank >= 0 && rank < best)) {
    throw new Error('whether a request may fall to a less specific host name is not defined');
  }
  return NOT_FOUND;
};
