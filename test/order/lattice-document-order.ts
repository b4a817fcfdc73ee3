import { backendsOutcome, takesSegments } from './gateway-api-precedence.ts';
import type { HttpRoute, Request, RouteMatch, RouteRule } from './manifests.ts';
import { NOT_FOUND, type Outcome } from './outcome.ts';

/** How VPC Lattice compares a path prefix is not documented, so a list must hold under both readings. */
export type PrefixReading = 'string' | 'segment';

const reject = (route: HttpRoute, why: string): never => {
  throw new Error(`the controller would not run ${route.metadata.name} as written: ${why}`);
};

const matchOf = (route: HttpRoute, rule: RouteRule): RouteMatch => {
  const matches = rule.matches ?? [];
  if (matches.length > 1) reject(route, 'several matches in one rule');
  return matches[0] ?? {};
};

const checked = new WeakSet<HttpRoute>();

const requireControllerForm = (route: HttpRoute): void => {
  if (checked.has(route)) return;
  checked.add(route);
  const rules = route.spec.rules ?? [];
  if (rules.length > 100) reject(route, 'more than 100 priorities');
  if ((route.spec.hostnames ?? []).length > 1) reject(route, 'it serves the first host name only');
  const annotations = Object.keys(route.metadata.annotations ?? {});
  if (annotations.some((key) => /rule-\d+-priority$/.test(key))) reject(route, 'priorities are annotated');
  const seen = new Set<string>();
  const ports = new Map<string, number | undefined>();
  for (const rule of rules) {
    const match = matchOf(route, rule);
    if ((rule.filters ?? []).length > 0) reject(route, 'filters are dropped');
    if ((match.queryParams ?? []).length > 0) reject(route, 'query parameters');
    if (match.path !== undefined && match.path.type !== 'Exact' && match.path.type !== 'PathPrefix') {
      reject(route, `path type ${match.path.type}`);
    }
    if (match.path?.type === undefined) reject(route, 'a path type is left to a default');
    if ((match.path?.value ?? '').length > 200) reject(route, 'a path of more than 200 characters');
    const headers = match.headers ?? [];
    if (headers.length > 5) reject(route, 'more than five headers');
    if (headers.some(({ type }) => type !== undefined && type !== 'Exact')) reject(route, 'a header pattern');
    const names = headers.map(({ name, value }) => `${name}=${value}`.toLowerCase()).sort();
    // Rules are told apart by their match alone, so a second one with the same match would vanish.
    const key = JSON.stringify([match.path?.type, match.path?.value, match.method, names]);
    if (seen.has(key)) reject(route, `two rules with the match ${key}`);
    seen.add(key);
    if ((rule.backendRefs ?? []).length > 10) reject(route, 'more than ten target groups in one rule');
    for (const ref of rule.backendRefs ?? []) {
      if ((ref.filters ?? []).length > 0) reject(route, 'backend filters are dropped');
      if ((ref.weight ?? 1) > 999) reject(route, 'a weight above 999');
      const service = `${ref.namespace ?? ''}/${ref.name}`;
      if (ports.has(service) && ports.get(service) !== ref.port) reject(route, `two ports of ${service}`);
      ports.set(service, ref.port);
    }
  }
};

const holds = (match: RouteMatch, request: Request, reading: PrefixReading): boolean => {
  const value = match.path?.value ?? '/';
  const takesPrefix = reading === 'string' ? request.path.startsWith(value) : takesSegments(value, request.path);
  const pathHolds = match.path?.type === 'Exact' ? request.path === value : takesPrefix;
  return (
    pathHolds &&
    (match.method === undefined || match.method === request.method) &&
    (match.headers ?? []).every(
      (entry) => request.headers[entry.name.toLowerCase()]?.toLowerCase() === entry.value.toLowerCase(),
    )
  );
};

/**
 * Evaluates a request as the AWS Gateway API Controller programs VPC Lattice: one route per host, rules in document order,
 * header values without case, else 404. Throws where the controller rejects, merges or drops a part of the route.
 */
export const evaluateLattice = (routes: readonly HttpRoute[], request: Request, reading: PrefixReading): Outcome => {
  const serving = routes.filter((route) => route.spec.hostnames?.[0] === request.host);
  const [route] = serving;
  if (route === undefined) return NOT_FOUND;
  if (serving.length > 1) reject(route, 'another route has the same host name');
  requireControllerForm(route);
  const rule = (route.spec.rules ?? []).find((entry) => holds(matchOf(route, entry), request, reading));
  return rule === undefined ? NOT_FOUND : backendsOutcome(rule.backendRefs, route.metadata.namespace ?? 'default');
};
