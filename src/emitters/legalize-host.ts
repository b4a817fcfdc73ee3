import type { Report } from '../diagnostics/diagnostic.ts';
import type { Action } from '../ir/actions.ts';
import type { Rule, VirtualHost } from '../ir/model.ts';
import { sameAction } from '../semantics/action-key.ts';
import { type Atom, atomAccepts, type MatchedRequest, withPath } from '../semantics/atom.ts';
import { compile, type Entry } from '../semantics/decision-list.ts';
import { describeAction, describeChange } from '../semantics/describe-action.ts';
import { inlineContinuations, type LoweredEntry } from '../semantics/inline-continuations.ts';
import { dropCovered, dropFollowing, type Row } from '../semantics/listing.ts';
import { type Lowered, lowerMatch, type NotExpressible } from '../semantics/lower-match.ts';
import { findMoved, type Moved } from '../semantics/moved-by-segment.ts';
import { NoCommonForm } from '../semantics/no-common-form.ts';
import { bareExceptionOf, rewriteOf } from '../semantics/rewrite-on-path.ts';
import { specialise, type TieTrust } from '../semantics/specialise.ts';
import type { Vocabulary } from '../semantics/vocabulary.ts';
import { requestOf, toWitness } from '../semantics/witness.ts';
import { leaveOutNoMatch } from './leave-out-no-match.ts';
import { differenceDiagnostics, latticeHostDiagnostics, matchDiagnostics } from './legalize-diagnostics.ts';
import type { RuleReach } from './rule-reach.ts';

/** What the order-keeping of a host depends on. */
export interface HostPlan {
  readonly vocabulary: Vocabulary;
  /**
   * How the target chooses a rule.
   * - precedence: the most specific one
   * - document: the first one; a list that also holds by precedence may have this many rows
   * - first-match: the first one, and nobody else reads the list; a rule may answer as if none matched
   */
  readonly order:
    | { readonly kind: 'precedence' }
    | { readonly kind: 'document'; readonly closedLimit: number }
    | { readonly kind: 'first-match' };
  /** The source's own order is the target's: nothing is closed, sorted or dropped. */
  readonly asWritten: boolean;
  readonly cut: (action: Action, report: Report) => Action | undefined;
  /** Collects which rules decide something, over all hosts. */
  readonly reach: RuleReach;
}

const NOT_EXPRESSIBLE = {
  path: matchDiagnostics['path-not-expressible'],
  method: matchDiagnostics['method-not-expressible'],
  header: matchDiagnostics['header-not-expressible'],
  query: matchDiagnostics['query-not-expressible'],
  authority: matchDiagnostics['authority-not-expressible'],
  condition: matchDiagnostics['condition-not-expressible'],
  size: matchDiagnostics['match-too-large'],
} as const satisfies Record<NotExpressible['part'], unknown>;

/** Brings the rules of one host into the vocabulary of a target, in an order that the target keeps. */
export function legalizeRows(host: VirtualHost, plan: HostPlan, report: Report): readonly Row[] {
  try {
    return orderedRows(host, plan, report);
  } catch (error) {
    if (!(error instanceof NoCommonForm)) throw error;
    report(matchDiagnostics['order-not-kept']({ why: error.message }, host.origin));
    return [];
  }
}

function orderedRows(host: VirtualHost, plan: HostPlan, report: Report): readonly Row[] {
  const written = inlineContinuations(lowerEntries(host, plan, report));
  if (plan.asWritten && written.every(({ how }) => how === 'declared')) {
    reachAll(written, plan);
    return written;
  }
  const source = keepDeciding(host, written, plan, report);
  const legal = closeRows(host, source, plan, report);
  // A target that is known to compare prefixes as strings moves nothing.
  const { prefixes } = plan.vocabulary;
  if (prefixes !== 'string') reportMoves(host, written, source, legal, prefixes === 'segment', report);
  return legal;
}

function lowerEntries(host: VirtualHost, plan: HostPlan, report: Report): readonly LoweredEntry[] {
  const entries: LoweredEntry[] = [];
  const actions = new Map<Rule, Action | undefined>();
  for (const entry of compile(host)) {
    if (!actions.has(entry.rule)) actions.set(entry.rule, plan.cut(entry.rule.action, report));
    const action = actions.get(entry.rule);
    const lowered = lowerMatch(entry.match, plan.vocabulary);
    const { path } = entry.match;
    if (path.kind === 'prefix' && path.reading === 'lattice' && plan.vocabulary.prefixes === 'segment') {
      report(latticeHostDiagnostics['prefix-reading-assumed']({ prefix: path.value }, entry.match.origin));
    }
    if ('part' in lowered) reportNotExpressible(entry, lowered, report);
    else if (lowered.plus.length === 0) report(matchDiagnostics['rule-left-out']({}, entry.match.origin));
    else if (action !== undefined)
      entries.push({
        entry: { match: entry.match, rule: withAction(entry.rule, action) },
        lowered: withBareExceptions(lowered, action),
      });
  }
  return entries;
}

/** The bare path of a rewritten prefix as an atom of its own, where the rewrite of the prefix does not hold for it. */
function withBareExceptions(lowered: Lowered, action: Action): Lowered {
  const rewrite = rewriteOf(action);
  if (rewrite === undefined) return lowered;
  const exceptions = lowered.plus.flatMap((atom): readonly Atom[] => {
    const value = bareExceptionOf(rewrite, atom.path);
    return value === undefined ? [] : [withPath(atom, { kind: 'exact', value })];
  });
  return { ...lowered, plus: [...exceptions, ...lowered.plus] };
}

const cutRules = new WeakMap<Action, Rule>();

/** One rule object per cut action, so that rows of one rule stay recognisable. */
function withAction(rule: Rule, action: Action): Rule {
  if (rule.action === action) return rule;
  let cut = cutRules.get(action);
  if (cut === undefined) {
    cut = { ...rule, action };
    cutRules.set(action, cut);
  }
  return cut;
}

function reportNotExpressible({ match }: Entry, problem: NotExpressible, report: Report): void {
  const factory = problem.illegal ? matchDiagnostics['pattern-not-legal'] : NOT_EXPRESSIBLE[problem.part];
  report(factory({ name: problem.name, why: problem.why }, originOf(match, problem)));
}

function originOf(match: Entry['match'], problem: NotExpressible): Entry['match']['origin'] {
  return match.opaque.find(({ name }) => name === problem.name)?.origin ?? match.origin;
}

/** Leaves out rows that decide nothing, and says so of rules; regions that would need a 404 are errors. */
function keepDeciding(
  host: VirtualHost,
  written: readonly Row[],
  { reach, order }: HostPlan,
  report: Report,
): readonly Row[] {
  const dead = new Map<Rule, { readonly row: Row; readonly by: Row }>();
  const kept = dropCovered(written, (row, by) => {
    // Under a row of the same action it may be redundant in the words of the target only.
    if (row.how !== 'declared' || dead.has(row.rule) || sameOutcome(row, by) || hasOpenRank(host, row)) return;
    dead.set(row.rule, { row, by });
  });
  // A rule may live on in what an earlier one leaves to it only.
  reachAll(kept, { reach });
  for (const [rule, { row, by }] of dead) {
    const instead = () => `${describeAction(row.outcome)}, if this rule stood first`;
    const witness = () => toWitness(host, requestTakenBy(by, row, written), describeAction(by.outcome), instead());
    reach.hide(rule.origin, { by: by.rule.origin, witness });
  }
  if (order.kind === 'first-match') return kept;
  return leaveOutNoMatch(host, kept, written, report);
}

/** A request of a row that another one takes from it: the bare path of a prefix may meet a third. */
function requestTakenBy(by: Row, { atom }: Row, written: readonly Row[]): MatchedRequest {
  const bare = requestOf(atom);
  const below = atom.path.kind === 'exact' || bare.path.endsWith('/') ? [] : [requestOf(atom, `${bare.path}/`)];
  const taken = [bare, ...below].find((request) => written.find((row) => atomAccepts(row.atom, request)) === by);
  return taken ?? bare;
}

function reachAll(rows: readonly Row[], { reach }: Pick<HostPlan, 'reach'>): void {
  for (const { outcome, rule } of rows) if (outcome !== 'no-match') reach.reach(rule.origin);
}

/** Whether a rule is hidden only by the rank that a path pattern is taken to have, which is a finding of its own. */
function hasOpenRank({ order }: VirtualHost, { rule, origin }: Row): boolean {
  if (order.kind !== 'gateway-api') return false;
  return rule.matches.some((match) => match.origin === origin && match.path.kind === 'regex');
}

function sameOutcome({ outcome: left }: Row, { outcome: right }: Row): boolean {
  return left !== 'no-match' && right !== 'no-match' && sameAction(left, right);
}

/** A list of more rows than this is refused rather than closed further. */
function closureLimit(rows: number): number {
  return 4 * rows + 512;
}

function closeRows(host: VirtualHost, source: readonly Row[], plan: HostPlan, report: Report): readonly Row[] {
  const { order } = plan;
  // Carve-outs that change nothing cost a rule each.
  if (order.kind === 'first-match') return dropFollowing(source, ({ how }) => how !== 'declared');
  const isOfOneSource = source.length > 0 && source.every(({ rule }) => rule.source === source[0]?.rule.source);
  const ties: TieTrust = order.kind === 'document' || isOfOneSource ? 'list' : 'source';
  let closed = specialise(source, ties, closureLimit(source.length));
  if (order.kind === 'document') {
    const rows = closed.kind === 'rows' ? closed.rows.length : closureLimit(source.length);
    const limit = Math.min(order.closedLimit, ROUTE_RULES);
    if (closed.kind === 'rows' && rows <= (closed.added === 0 ? ROUTE_RULES : limit)) return closed.rows;
    const written = shortenList(source);
    if (closed.kind === 'rows' && rows <= Math.min(written.length, ROUTE_RULES)) return closed.rows;
    // A longer list is refused, so nothing relies on its order.
    if (written.length <= ROUTE_RULES)
      report(latticeHostDiagnostics['relies-on-list-order']({ rows, limit }, host.origin));
    return written;
  }
  if (closed.kind === 'rows' && needsSplit(closed.rows))
    closed = specialise(source, 'none', closureLimit(source.length));
  if (closed.kind === 'rows') return closed.rows;
  const why = `more than ${closureLimit(source.length)} rules would be needed`;
  const { row } = closed;
  const witness = toWitness(
    host,
    requestOf(row.atom),
    describeAction(row.outcome),
    'another rule of higher precedence',
  );
  report(matchDiagnostics['order-not-kept']({ why }, row.origin, { witness }));
  return [];
}

/** Without carve-outs that change nothing; rules as they were written go only where the list does not fit otherwise. */
function shortenList(source: readonly Row[]): readonly Row[] {
  const shorter = dropFollowing(source, ({ how }) => how !== 'declared');
  return shorter.length <= ROUTE_RULES ? shorter : dropFollowing(source, () => true);
}

/** HTTPRoute: 16 rules and 128 matches; how rows merge into rules is decided later, so rows count as rules. */
const ROUTE_RULES = 16;

function needsSplit(rows: readonly Row[]): boolean {
  return rows.length > ROUTE_RULES;
}

function reportMoves(
  host: VirtualHost,
  written: readonly Row[],
  source: readonly Row[],
  legal: readonly Row[],
  isCertain: boolean,
  report: Report,
): void {
  for (const { prefix, row, request, before, after, named } of oncePerPrefix(findMoved(written, source, legal))) {
    const change = describeChange(before?.outcome ?? host.otherwise, after?.outcome ?? host.otherwise);
    const witness = toWitness(host, request, change.before, change.after);
    const region = { kind: 'beyond-segment', prefix, ignoreCase: ignoresCase(row) } as const;
    const extras = { witness, region, severity: named ? 'error' : 'warning' } as const;
    report(differenceDiagnostics['prefix-by-segment']({ prefix, isCertain }, row.origin, extras));
  }
}

/** One of the spellings of a prefix that ignores letter case; one whose region another rule names comes first. */
function oncePerPrefix(all: readonly Moved[]): Iterable<Moved> {
  if (all.length < 2) return all;
  const first = new Map<string, Map<Row['origin'], Moved>>();
  for (const moved of [...all].sort((a, b) => Number(b.named) - Number(a.named))) {
    const spelt = first.get(moved.prefix.toLowerCase()) ?? new Map<Row['origin'], Moved>();
    first.set(moved.prefix.toLowerCase(), spelt);
    if (!spelt.has(moved.row.origin)) spelt.set(moved.row.origin, moved);
  }
  return [...first.values()].flatMap((spelt) => [...spelt.values()]);
}

/** Whether the prefix of a row stands for all its spellings. */
function ignoresCase({ rule, origin }: Row): boolean {
  return rule.matches.some(({ path, origin: place }) => place === origin && path.kind === 'prefix' && path.ignoreCase);
}
