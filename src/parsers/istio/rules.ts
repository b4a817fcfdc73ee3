import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import { type Action, NO_HEADER_OPS } from '../../ir/actions.ts';
import type { Match, Rule } from '../../ir/model.ts';
import { ANY } from '../../ir/predicates.ts';
import { type ActionContext, rewriteKey, toAction } from './action.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import type { MatchDraft, RouteDraft, VirtualServiceDraft } from './draft.ts';
import { isCatchAll, NONE, toMatch, type Unmet } from './match.ts';

/** The rules that one proxy has of one VirtualService: those that Istio moves to the end of a host stand apart. */
export interface RuleList {
  readonly rules: readonly Rule[];
  readonly catchAlls: readonly Rule[];
  /** Whether Istio builds a route at all, be it one that no request can meet. */
  readonly hasRoutes: boolean;
}

/** Which rules some proxy reaches, and which matches hold for some: what none of them takes is reported. */
export class Reachability {
  /** Lists, since they are only searched where something is hidden or unmet. */
  readonly #reached: Origin[] = [];
  readonly #met: Origin[] = [];
  readonly #hidden = new Map<Origin, Origin>();
  readonly #unmet = new Map<Origin, Unmet>();

  reach(rule: Origin): void {
    this.#reached.push(rule);
  }

  /** `by` is the rule above that takes every request. */
  hide(rule: Origin, by: Origin): void {
    if (!this.#hidden.has(rule)) this.#hidden.set(rule, by);
  }

  /** Notes that one proxy takes requests by a match. */
  meet(match: Origin): void {
    this.#met.push(match);
  }

  /** Notes why one proxy takes none. */
  miss(match: Origin, unmet: Unmet): void {
    if (this.#unmet.get(match)?.why === undefined) this.#unmet.set(match, unmet);
  }

  report(report: Report): void {
    const foreign = 'nothing that serves it has the port, scheme, gateway or client that it asks for';
    const met = new Set(this.#unmet.size === 0 ? [] : this.#met);
    for (const [match, { why }] of this.#unmet) {
      if (met.has(match)) continue;
      const { reason, origin } = why ?? { reason: foreign, origin: match };
      report(d['match-never-holds']({ reason }, origin, { affects: { kind: 'none' } }));
    }
    const reached = new Set(this.#hidden.size === 0 ? [] : this.#reached);
    for (const [rule, by] of this.#hidden) {
      if (reached.has(rule)) continue;
      const related = [{ message: 'this rule takes every request', origin: by }];
      report(d['rule-never-reached']({}, rule, { affects: { kind: 'none' }, related }));
    }
  }
}

/**
 * The rules of a VirtualService as one proxy has them, in written order. A written rule becomes several of one index
 * where its rewrite depends on the match. Istio stops at the first match that takes everything.
 */
export function toRules(
  draft: VirtualServiceDraft,
  routes: readonly RouteDraft[],
  hostIndex: number,
  context: ActionContext,
  reachability: Reachability,
): RuleList {
  const rules: Rule[] = [];
  const catchAlls: Rule[] = [];
  let stoppedAt: Origin | undefined;
  let hasRoutes = false;
  for (const route of routes) {
    if (stoppedAt !== undefined) {
      reachability.hide(route.origin, stoppedAt);
      continue;
    }
    reachability.reach(route.origin);
    const { matches, isBuilt } = toMatches(route, context, reachability);
    hasRoutes ||= isBuilt;
    if (matches.length === 0) continue;
    const action = toAction(route, context);
    if (action === undefined) continue;
    for (const group of groupByRewrite(route, matches)) {
      const [first] = group;
      if (first === undefined) continue;
      const alternatives = group.map(({ match }) => match);
      const rule = toRule(draft, route, hostIndex, action(first.draft), alternatives);
      if (first.isCatchAll) {
        rule.standsLast = true;
        catchAlls.push(rule);
      } else rules.push(rule);
    }
    if (matches.some((one) => one.isCatchAll)) stoppedAt = route.origin;
  }
  return { rules, catchAlls, hasRoutes };
}

interface BuiltMatches {
  readonly matches: readonly BuiltMatch[];
  /** Whether Istio builds a route for one of them. */
  readonly isBuilt: boolean;
}

interface BuiltMatch {
  readonly draft: MatchDraft | undefined;
  readonly match: Match;
  readonly isCatchAll: boolean;
}

function toMatches(route: RouteDraft, { proxy }: ActionContext, reachability: Reachability): BuiltMatches {
  if (route.matches.length === 0) {
    return { matches: [{ draft: undefined, match: matchAll(route.origin), isCatchAll: true }], isBuilt: true };
  }
  const built: BuiltMatch[] = [];
  let isBuilt = false;
  for (const draft of route.matches) {
    const match = toMatch(draft, proxy);
    isBuilt ||= !('kind' in match) || match.kind !== 'no-route';
    if ('kind' in match) {
      reachability.miss(draft.origin, match);
      continue;
    }
    reachability.meet(draft.origin);
    const stops = isCatchAll(draft) && match.opaque.length === 0;
    built.push({ draft, match, isCatchAll: stops });
    if (stops) break;
  }
  return { matches: built, isBuilt };
}

/** Runs of neighbouring matches with one action; a match that takes everything stands alone. */
function groupByRewrite(route: RouteDraft, matches: readonly BuiltMatch[]): readonly (readonly BuiltMatch[])[] {
  if (matches.length === 1) return [matches];
  const groups: { readonly key: string; readonly matches: BuiltMatch[] }[] = [];
  for (const match of matches) {
    const key = `${rewriteKey(route, match.draft)}${match.isCatchAll}`;
    const last = groups.at(-1);
    if (last !== undefined && last.key === key) last.matches.push(match);
    else groups.push({ key, matches: [match] });
  }
  return groups.map((group) => group.matches);
}

type RuleDraft = { -readonly [K in keyof Rule]: Rule[K] };

function toRule(
  { source }: VirtualServiceDraft,
  { name, index, origin }: RouteDraft,
  hostIndex: number,
  action: Action,
  matches: readonly Match[],
): RuleDraft {
  const rule: RuleDraft = { source, hostIndex, index, matches, action, origin };
  if (name !== undefined) rule.name = name;
  return rule;
}

/** A match of every request. */
function matchAll(origin: Origin): Match {
  return { path: ANY, method: ANY, headers: NONE, query: NONE, authority: ANY, opaque: NONE, origin };
}

/** The rule of a server that sends every request to https. */
export function toHttpsRedirectRule(source: Rule['source'], hostIndex: number, origin: Origin): Rule {
  const action: Action = {
    kind: 'redirect',
    status: 301,
    scheme: 'https',
    // Envoy keeps the Host as it was sent.
    port: { kind: 'request' },
    responseHeaders: NO_HEADER_OPS,
    origin,
  };
  return { source, hostIndex, index: -1, matches: [matchAll(origin)], action, origin };
}
