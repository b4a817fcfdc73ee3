import type { Action } from '../../ir/actions.ts';
import type { VirtualHost } from '../../ir/model.ts';
import type { PathPredicate } from '../../ir/predicates.ts';
import { compile, type Entry } from '../decision-list.ts';
import { matches, type RoutingRequest } from '../evaluate.ts';
import { profileOf, profiles } from '../profiles.ts';
import { compareActions } from './compare-actions.ts';
import type { CompareContext } from './compare-hosts.ts';
import { isDoubledSlash, samePathChange } from './path-change.ts';
import { ignoreHeaderCase, readBySegment } from './reread-host.ts';
import type { Difference } from './types.ts';

/**
 * Recognises the routing differences that are warnings by decision: such a difference vanishes when one side is read in
 * the way in which the other side is. A change that both sides read alike is never one of them. Gives the code of the row.
 */
export function closedListOf(
  left: VirtualHost,
  right: VirtualHost,
  { identify }: Pick<CompareContext, 'identify'>,
): (difference: Difference) => string | undefined {
  const sides = {
    left: { as: new ReadHost(left), scope: left.scope, identify: identify.left },
    right: { as: new ReadHost(right), scope: right.scope, identify: identify.right },
  };
  const rereadings = (['left', 'right'] as const).map((side) => {
    const other = sides[side === 'left' ? 'right' : 'left'].as.host;
    return { side, ...reread(sides[side].as.host, other) };
  });
  const vanishes = ({ dimension, request }: Difference, side: 'left' | 'right', as: ReadHost): boolean => {
    const one = side === 'left' ? { ...sides.left, as } : sides.left;
    const other = side === 'right' ? { ...sides.right, as } : sides.right;
    const [a, b] = [one.as.actionFor(request), other.as.actionFor(request)];
    const { differences, paths } = compareActions(a, b, { left: one, right: other });
    const at = { key: request.path, kind: 'at', sample: () => request.path } as const;
    const samePaths = paths === undefined || samePathChange(paths.left, paths.right, at) === 'equal';
    // Another status hid what else differs: read alike, both must also lead to one place.
    const isKind = dimension === 'status' || dimension === 'redirect';
    return (
      samePaths && differences.every((one) => one.dimension !== dimension && !(isKind && one.gravity === 'routing'))
    );
  };
  return (difference) => {
    const { request } = difference;
    const rewrites = difference.dimension === 'rewrite' || difference.dimension === 'redirect';
    if (rewrites && isDoubledSlash(difference)) return 'istio/rewrite-double-slash';
    for (const { side, withoutCase, bySegment } of rereadings) {
      if (withoutCase().some((host) => vanishes(difference, side, host))) {
        return hasCaseTwins(sides[side].as.host) ? undefined : 'lattice/header-value-case';
      }
      if (!bySegment().some((host) => vanishes(difference, side, host))) continue;
      const { host } = sides[side].as;
      // What another rule took is a real loss, and so is a path that some rule names.
      if (hasStringPrefix(host, `${request.path}/`)) {
        return difference[side] === undefined ? 'istio/prefix-slash-itself' : undefined;
      }
      return [left, right].some((one) => namesMovedPath(one, request.path)) ? undefined : 'istio/prefix-by-segment';
    }
    return undefined;
  };
}

/** A side in the ways in which the other one is read; in none where both are read alike. */
function reread(host: VirtualHost, other: VirtualHost) {
  const { headerValues, prefixes } = profiles[profileOf(other)];
  const ignoresCase = headerValues === 'ignore-case';
  return {
    withoutCase: once(() => (ignoresCase ? [new ReadHost(ignoreHeaderCase(host))] : [])),
    bySegment: once(() => {
      const moved = prefixes === 'string' ? host : readBySegment(host);
      if (moved === host) return [];
      // Both may be needed at once: another spelling of a header, on a path that moves.
      return [new ReadHost(moved), ...(ignoresCase ? [new ReadHost(ignoreHeaderCase(moved))] : [])];
    }),
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
  readonly #list: () => readonly Entry[];

  constructor(host: VirtualHost) {
    this.host = host;
    this.#list = once(() => compile(host));
  }

  actionFor(request: RoutingRequest): Action {
    return this.#list().find(({ match }) => matches(match, request))?.rule.action ?? this.host.otherwise;
  }
}

/** Whether two values of a header that the host tells apart differ in letter case only. */
function hasCaseTwins({ rules }: VirtualHost): boolean {
  const spelt = new Map<string, string>();
  for (const { name, value } of rules.flatMap(({ matches }) => matches.flatMap(({ headers }) => headers))) {
    if (value.kind !== 'exact') continue;
    const key = `${name} ${value.value.toLowerCase()}`;
    if ((spelt.get(key) ?? value.value) !== value.value) return true;
    spelt.set(key, value.value);
  }
  return false;
}

function pathsOf({ rules }: VirtualHost): readonly PathPredicate[] {
  return rules.flatMap(({ matches }) => matches.map(({ path }) => path));
}

function hasStringPrefix(host: VirtualHost, value: string): boolean {
  return pathsOf(host).some((path) => path.kind === 'prefix' && path.reading !== 'segment' && path.value === value);
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
