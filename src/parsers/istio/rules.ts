import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import { type Action, NO_HEADER_OPS } from '../../ir/actions.ts';
import type { Match, Rule } from '../../ir/model.ts';
import { ANY } from '../../ir/predicates.ts';
import { type ActionContext, rewriteKey, toAction } from './action.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import type { MatchDraft, RouteDraft, VirtualServiceDraft } from './draft.ts';
import { isCatchAll, NONE, toMatch } from './match.ts';

/** The rules that one proxy has of one VirtualService: those that Istio moves to the end of a host stand apart. */
export interface RuleList {
  readonly rules: readonly Rule[];
  readonly catchAlls: readonly Rule[];
}

/** Which rules some proxy reaches, and which matches hold for some: what none of them takes is reported. */
export class Reachability {
  /** Lists, since they are only searched where something is hidden or unmet. */
  readonly #reached: Origin[] = [];
  readonly #met: Origin[] = [];
  readonly #hidden = new Map<Origin, Origin>();
  readonly #unmet = new Set<Origin>();

  reach(rule: Origin): void {
    this.#reached.push(rule);
  }

  /** `by` is the rule above that takes every request. */
  hide(rule: Origin, by: Origin): void {
    if (!this.#hidden.has(rule)) this.#hidden.set(rule, by);
  }

  /** Notes whether one proxy builds a route for a match. */
  meet(match: Origin, isMet: boolean): void {
    if (isMet) this.#met.push(match);
    else this.#unmet.add(match);
  }

  report(report: Report): void {
    const reason = 'nothing that serves it has the port, scheme, gateway or client that it asks for';
    const met = new Set(this.#unmet.size === 0 ? [] : this.#met);
    for (const match of this.#unmet) {
      if (!met.has(match)) report(d['match-never-holds']({ reason }, match, { affects: { kind: 'none' } }));
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
  for (const route of routes) {
    if (stoppedAt !== undefined) {
      reachability.hide(route.origin, stoppedAt);
      continue;
    }
    reachability.reach(route.origin);
    const matches = toMatches(route, context, reachability);
    if (matches.length === 0) continue;
    const action = toAction(route, context);
    if (action === undefined) continue;
    for (const group of groupByRewrite(route, matches)) {
      const [first] = group;
      if (first === undefined) continue;
      const alternatives = group.map(({ match }) => match);
      const rule = toRule(draft, route, hostIndex, action(first.draft), alternatives);
      if (first.isCatchAll) catchAlls.push(rule);
      else rules.push(rule);
    }
    if (matches.some((one) => one.isCatchAll)) stoppedAt = route.origin;
  }
  return { rules, catchAlls };
}

interface BuiltMatch {
  readonly draft: MatchDraft | undefined;
  readonly match: Match;
  readonly isCatchAll: boolean;
}

function toMatches(
  route: RouteDraft,
  { proxy, report }: ActionContext,
  reachability: Reachability,
): readonly BuiltMatch[] {
  if (route.matches.length === 0) {
    return [{ draft: undefined, match: matchAll(route.origin), isCatchAll: true }];
  }
  const built: BuiltMatch[] = [];
  for (const draft of route.matches) {
    let isReported = false;
    const match = toMatch(draft, proxy, (finding) => {
      isReported = true;
      report(finding);
    });
    if (!isReported) reachability.meet(draft.origin, match !== undefined);
    if (match === undefined) continue;
    const stops = isCatchAll(draft) && match.opaque.length === 0;
    built.push({ draft, match, isCatchAll: stops });
    if (stops) break;
  }
  return built;
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

function toRule(
  { source }: VirtualServiceDraft,
  route: RouteDraft,
  hostIndex: number,
  action: Action,
  matches: readonly Match[],
): Rule {
  const { name, index, origin } = route;
  return name === undefined
    ? { source, hostIndex, index, matches, action, origin }
    : { name, source, hostIndex, index, matches, action, origin };
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
