import type { Action } from '../../ir/actions.ts';
import type { VirtualHost } from '../../ir/model.ts';
import type { PathPredicate } from '../../ir/predicates.ts';
import { decide, type RoutingRequest } from '../evaluate.ts';
import { compareActions } from './compare-actions.ts';
import type { CompareContext } from './compare-hosts.ts';
import { isDoubledSlash, samePathChange } from './path-change.ts';
import { ignoreHeaderCase, readBySegment } from './reread-host.ts';
import type { Difference } from './types.ts';

/**
 * Recognises the routing differences that are warnings by decision: for each of them, the difference must vanish when
 * both sides are read in the other way that the row names. Gives the code of the row.
 */
export function closedListOf(
  left: VirtualHost,
  right: VirtualHost,
  { identify }: Pick<CompareContext, 'identify'>,
): (difference: Difference) => string | undefined {
  const bySegment = once(() => ({ left: readBySegment(left), right: readBySegment(right) }));
  const withoutCase = once(() => ({ left: ignoreHeaderCase(left), right: ignoreHeaderCase(right) }));
  const both = once(() => ({ left: ignoreHeaderCase(bySegment().left), right: ignoreHeaderCase(bySegment().right) }));
  const vanishes = ({ dimension, request }: Difference, hosts: { left: VirtualHost; right: VirtualHost }): boolean => {
    const [a, b] = [actionOf(hosts.left, request), actionOf(hosts.right, request)];
    const { differences, paths } = compareActions(a, b, {
      left: { scope: left.scope, identify: identify.left },
      right: { scope: right.scope, identify: identify.right },
    });
    const at = { key: request.path, kind: 'at', sample: () => request.path } as const;
    const samePaths = paths === undefined || samePathChange(paths.left, paths.right, at) === 'equal';
    return samePaths && differences.every((one) => one.dimension !== dimension);
  };
  return (difference) => {
    const { request } = difference;
    const rewrites = difference.dimension === 'rewrite' || difference.dimension === 'redirect';
    if (rewrites && isDoubledSlash(difference)) return 'istio/rewrite-double-slash';
    // Both may be needed at once: another spelling of a header, on a path that moves.
    if (vanishes(difference, withoutCase())) return 'lattice/header-value-case';
    if (vanishes(difference, bySegment()) || vanishes(difference, both())) {
      const slash = [left, right].some((host) => hasPrefix(host, `${request.path}/`));
      if (slash) return 'istio/prefix-slash-itself';
      return [left, right].some((host) => namesMovedPath(host, request.path)) ? undefined : 'istio/prefix-by-segment';
    }
    return undefined;
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function actionOf(host: VirtualHost, request: RoutingRequest): Action {
  return decide(host, request)?.action ?? host.otherwise;
}

function pathsOf({ rules }: VirtualHost): readonly PathPredicate[] {
  return rules.flatMap(({ matches }) => matches.map(({ path }) => path));
}

function hasPrefix(host: VirtualHost, value: string): boolean {
  return pathsOf(host).some((path) => path.kind === 'prefix' && path.value === value);
}

/** Whether a rule names a path that a string prefix takes and its reading by segment does not: a serious move. */
function namesMovedPath(host: VirtualHost, moved: string): boolean {
  const paths = pathsOf(host);
  const prefixes = paths.flatMap((path) =>
    path.kind === 'prefix' && path.reading !== 'segment' && isBeyond(path.value, moved) ? [path.value] : [],
  );
  return prefixes.some((prefix) =>
    paths.some((path) => (path.kind === 'exact' || path.kind === 'prefix') && isBeyond(prefix, path.value)),
  );
}

/** Whether a path begins with a prefix and goes on in the same segment. */
function isBeyond(prefix: string, path: string): boolean {
  return path.length > prefix.length && path.startsWith(prefix) && !prefix.endsWith('/') && path[prefix.length] !== '/';
}
