import type { VirtualHost } from '../../ir/model.ts';
import type { RoutingRequest } from '../evaluate.ts';
import type { GuardsOf, HostDifference } from './compare-models.ts';
import type { HostPair } from './pair-hosts.ts';
import type { HostComparison, ReachedRules } from './types.ts';
import { unservedLike } from './unserved.ts';
import { isSmaller, requestSize } from './witness-request.ts';

interface AccessOptions {
  readonly guards?: { readonly left: GuardsOf; readonly right: GuardsOf };
  /** What requests met, once for each reading. */
  readonly compared: readonly Pick<HostComparison, 'reasons' | 'sampled' | 'reached'>[];
  /** The same with the smallest request of each rule; asked where access differs. */
  readonly withRequests: () => readonly Pick<HostComparison, 'reached'>[];
}

type SideName = 'left' | 'right';

/**
 * Access rules are compared as they are written; what they let in is not evaluated. Those that only guard what no request
 * reaches do not count. Calls in the mesh that no route changes meet the rules of the Service that they go to; a gateway
 * that does not serve the host has nothing to guard.
 */
export function compareAccess(
  { left, right, name, port }: HostPair,
  { guards, compared, withRequests }: AccessOptions,
): HostDifference | undefined {
  const one = left ?? (right && unservedLike(right, port));
  const other = right ?? (left && unservedLike(left, port));
  if (guards === undefined || one === undefined || other === undefined) return undefined;
  if ((left === undefined || right === undefined) && one.scope.kind === 'gateway') return undefined;
  if (differing(guards.left(one), guards.right(other)).size === 0) return undefined;
  const isProved = compared.every(({ reasons, sampled }) => reasons.length === 0 && sampled === 0);
  const reachedBy = (host: VirtualHost, own: VirtualHost | undefined, side: SideName) =>
    isProved && own !== undefined ? narrow(host, rulesOf(compared, side)) : host;
  const hosts = { left: reachedBy(one, left, 'left'), right: reachedBy(other, right, 'right') };
  const rules = differing(guards.left(hosts.left), guards.right(hosts.right));
  if (rules.size === 0) return undefined;
  const found = withRequests();
  const requests = (['left', 'right'] as const).flatMap((side) =>
    rulesOf(found, side).flatMap(([rule, request]) => {
      const own = guards[side]({ ...hosts[side], rules: [rule] });
      return request !== undefined && [...own].some((guard) => rules.has(guard)) ? [request] : [];
    }),
  );
  const start = { host: name, method: 'GET', path: '/', headers: {}, query: {} };
  const [first = start, ...others] = requests;
  return {
    dimension: 'access',
    gravity: 'routing',
    request: others.reduce(smaller, first),
    left: undefined,
    right: undefined,
  };
}

/** The rules of one side that the other does not have. */
function differing(left: ReadonlySet<string>, right: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...left, ...right].filter((guard) => !left.has(guard) || !right.has(guard)));
}

function rulesOf(compared: readonly Pick<HostComparison, 'reached'>[], side: SideName): readonly Reached[] {
  return compared.flatMap(({ reached }) => [...reached[side]]);
}

type Reached = ReachedRules extends ReadonlyMap<infer R, infer Q> ? readonly [R, Q] : never;

/** The host without the rules that nothing reaches; rules are told apart by where they are written. */
function narrow(host: VirtualHost, reached: readonly Reached[]): VirtualHost {
  const origins = new Set(reached.map(([{ origin }]) => origin));
  const rules = host.rules.filter(({ origin }) => origins.has(origin));
  return rules.length === host.rules.length ? host : { ...host, rules };
}

function smaller(one: RoutingRequest, other: RoutingRequest): RoutingRequest {
  const size = (request: RoutingRequest) => requestSize({ request, conditions: [] });
  return isSmaller(size(other), size(one)) ? other : one;
}
