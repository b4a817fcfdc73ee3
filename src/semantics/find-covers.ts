import type { Rule, VirtualHost } from '../ir/model.ts';
import { compile } from './decision-list.ts';
import { type Identify, identifyBy } from './equivalence/backend-identity.ts';
import { compareHosts } from './equivalence/compare-hosts.ts';
import type { HostComparison } from './equivalence/types.ts';
import { matches, type RoutingRequest } from './evaluate.ts';
import { hostNameOf } from './witness.ts';

/** A rule that no request reaches. */
export interface CoveredRule {
  readonly rule: Rule;
  /** The rules that take its requests, in the order of the list. */
  readonly by: readonly Rule[];
  /** A request that meets its conditions. */
  readonly request: RoutingRequest;
  /** The rule that takes this request. */
  readonly taker: Rule;
}

/** Steps for one host; a list that needs more is left alone. */
const BUDGET = 200_000;
/** More rules than this are not named as what covers another one. */
const MOST_COVERS = 16;

/** Those of the candidates that no request reaches, proved. The regex engine must be loaded where the host has patterns. */
export function findCovers(host: VirtualHost, candidates: readonly Rule[]): readonly CoveredRule[] {
  const compare = compareWithItself(identifyBy([]));
  const { reached, reasons } = compare(host);
  if (reasons.length > 0) return [];
  const open = reachedBySegment(host, compare);
  return candidates
    .filter((rule) => !reached.left.has(rule) && open?.has(rule) !== true)
    .flatMap((rule) => coverOf(rule, host, compare) ?? []);
}

/**
 * The rules that requests reach where VPC Lattice reads its prefixes by segment, which is not documented; else they are
 * compared as texts. All of them where that cannot be told, and undefined where no prefix is open.
 */
function reachedBySegment(
  host: VirtualHost,
  compare: (host: VirtualHost) => HostComparison,
): ReadonlySet<Rule> | undefined {
  const written = new Map<Rule, Rule>();
  let isOpen = false;
  const rules = host.rules.map((rule): Rule => {
    const matches = rule.matches.map((match) => {
      if (match.path.kind !== 'prefix' || match.path.reading !== 'lattice') return match;
      isOpen = true;
      return { ...match, path: { ...match.path, reading: 'segment' as const } };
    });
    const read = { ...rule, matches };
    written.set(read, rule);
    return read;
  });
  if (!isOpen) return undefined;
  const { reached, reasons } = compare({ ...host, rules });
  if (reasons.length > 0) return new Set(host.rules);
  return new Set([...reached.left.keys()].flatMap((rule) => written.get(rule) ?? []));
}

/** Looks for what takes the requests of a rule, one request after the other, until none is left. */
function coverOf(
  rule: Rule,
  host: VirtualHost,
  compare: (host: VirtualHost) => HostComparison,
): CoveredRule | undefined {
  const entries = compile(host);
  const by = new Set<Rule>();
  let first: { readonly request: RoutingRequest; readonly taker: Rule } | undefined;
  while (by.size < MOST_COVERS) {
    const { reached } = compare({ ...host, order: { kind: 'first-match' }, rules: [...by, rule] });
    const request = reached.left.get(rule);
    if (request === undefined) break;
    const taker = entries.find(({ match }) => matches(match, request))?.rule;
    if (taker === undefined || by.has(taker)) return undefined;
    first ??= { request, taker };
    by.add(taker);
  }
  if (first === undefined) return undefined;
  const order = (one: Rule) => host.rules.indexOf(one);
  return { rule, by: [...by].sort((a, b) => order(a) - order(b)), ...first };
}

function compareWithItself(identify: Identify): (host: VirtualHost) => HostComparison {
  return (host) =>
    compareHosts(host, host, {
      host: hostNameOf(host),
      identify: { left: identify, right: identify },
      budget: BUDGET,
      seed: 1,
      keepRequests: true,
    });
}
