import type { Action } from '../../ir/actions.ts';
import type { VirtualHost } from '../../ir/model.ts';
import type { PathPredicate } from '../../ir/predicates.ts';
import { compile, type Entry } from '../decision-list.ts';
import { matches, type RoutingRequest } from '../evaluate.ts';
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
  const bySegment = once(() => ({
    left: new ReadHost(readBySegment(left)),
    right: new ReadHost(readBySegment(right)),
  }));
  const withoutCaseOf = (one: VirtualHost, other: VirtualHost) => ({
    left: new ReadHost(ignoreHeaderCase(one)),
    right: new ReadHost(ignoreHeaderCase(other)),
  });
  // Whether reading by segment makes any difference, which would be asked of each request in vain.
  const isMoved = once(() => bySegment().left.host !== left || bySegment().right.host !== right);
  const withoutCase = once(() => withoutCaseOf(left, right));
  const both = once(() => withoutCaseOf(bySegment().left.host, bySegment().right.host));
  const vanishes = ({ dimension, request }: Difference, hosts: { left: ReadHost; right: ReadHost }): boolean => {
    const [a, b] = [hosts.left.actionFor(request), hosts.right.actionFor(request)];
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
    if (isMoved() && (vanishes(difference, bySegment()) || vanishes(difference, both()))) {
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

/** A host read in another way; many requests are asked of it, so that its list is made once. */
class ReadHost {
  readonly host: VirtualHost;
  readonly #list: readonly Entry[];

  constructor(host: VirtualHost) {
    this.host = host;
    this.#list = compile(host);
  }

  actionFor(request: RoutingRequest): Action {
    return this.#list.find(({ match }) => matches(match, request))?.rule.action ?? this.host.otherwise;
  }
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
