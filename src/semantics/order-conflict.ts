import { type Diagnostic, defineDiagnostics, type Report } from '../diagnostics/diagnostic.ts';
import { DIMENSIONS } from '../diagnostics/dimension.ts';
import type { Match, RoutingModel, Rule, VirtualHost } from '../ir/model.ts';
import { sameAction } from './action-key.ts';
import { type Atom, atomContains, intersectAtoms } from './atom.ts';
import { compile, httpRouteRank } from './decision-list.ts';
import { describeChange } from './describe-action.ts';
import type { Row } from './listing.ts';
import { lowerMatch } from './lower-match.ts';
import { NoCommonForm } from './no-common-form.ts';
import { PathIndex } from './path-index.ts';
import { gatewayApiVocabulary, type Vocabulary } from './vocabulary.ts';
import { requestOf, toWitness } from './witness.ts';

export const orderDiagnostics = defineDiagnostics('routing', {
  'order-undetermined': {
    severity: 'error',
    summary: 'Rules of several objects overlap on one host, and nothing in the input says which object is older.',
    message: ({ first, second }: { first: string; second: string }) =>
      `${first} and ${second} both take this request, and the older object wins, which the input does not say`,
    effect: () => 'which rule answers depends on when the objects were created',
    help: () =>
      'give the objects as the cluster has them (kubectl get -o yaml keeps creationTimestamp), or make the rules disjoint',
    accept: 'as-said',
  },
  'host-rank-undetermined': {
    severity: 'error',
    summary:
      'Routes of one host that write its name in different ways overlap, and which of them comes first is not the same everywhere.',
    message: ({ first, second }: { first: string; second: string }) =>
      `${first} and ${second} both take this request, and write the host in different ways (a name, a wildcard, none)`,
    effect: () =>
      'by the specification the more specific hostname comes first, whatever the paths; many gateways merge the routes of one host and look at the paths alone',
    help: () => 'write the same hostname in both routes, or make the rules disjoint',
    accept: 'as-said',
  },
  'pattern-rank-undetermined': {
    severity: 'error',
    summary: 'A path pattern overlaps another rule, and Gateway API does not say which of them wins.',
    message: ({ first, second }: { first: string; second: string }) =>
      `${first === second ? `two rules of ${first}` : `rules of ${first} and ${second}`} take this request by a path pattern, whose rank Gateway API leaves open`,
    effect: () => 'Istio ranks a pattern below every prefix, Envoy Gateway above',
    help: () => 'write the paths as Exact or PathPrefix, or make the rules disjoint',
    accept: 'as-said',
    changes: DIMENSIONS,
  },
});

/** Every path and header form, read as the source reads it: for questions, not for output. */
const sourceVocabulary: Vocabulary = {
  ...gatewayApiVocabulary,
  prefixes: 'string',
  maxHeaders: 64,
  maxQueries: 64,
  maxPathLength: 65_536,
};

/**
 * Finds hosts whose answer depends on what the input does not say: which of several objects is older, how a path
 * pattern ranks beside a prefix, or whether a more specific hostname ranks above a longer path.
 */
export function checkOrderConflicts(model: RoutingModel, report: Report): void {
  for (const host of model.virtualHosts) {
    const isOfOneObject = host.rules.every(({ source }) => source === host.rules[0]?.source);
    if (isOfOneObject && host.order.kind === 'first-match') continue;
    const sources = new Set(host.rules.map(({ source }) => source));
    const aged = sources.size < 2 || [...sources].every(({ created }) => created !== undefined);
    if (host.order.kind === 'first-match' && !aged) reportConflict(host, dependsOnAge, report);
    if (host.order.kind !== 'gateway-api') continue;
    if (!aged)
      reportConflict(host, (first, second) => first.rank === second.rank && dependsOnAge(first, second), report);
    if (host.rules.some(({ hostLength }) => hostLength !== undefined)) reportConflict(host, dependsOnHost, report);
    if (host.rules.some(({ matches }) => matches.some(({ path }) => path.kind === 'regex'))) {
      reportConflict(host, dependsOnRank, report);
    }
  }
}

interface ReadRow {
  readonly rule: Rule;
  readonly match: Match;
  readonly atom: Atom;
  readonly order: number;
  /** HTTPRoute precedence as a text. */
  readonly rank: string;
}

type Factory = (typeof orderDiagnostics)[keyof typeof orderDiagnostics];
type Dependence = (first: ReadRow, second: ReadRow) => boolean;

/**
 * The order of two objects is known where both say when they were made. Rules that the source moves to the end conflict
 * among themselves only.
 */
const dependsOnAge: Dependence = ({ rule: first }, { rule: second }) =>
  first.source !== second.source &&
  (first.source.created === undefined || second.source.created === undefined) &&
  first.standsLast === second.standsLast;

/** The specification ranks exact paths and prefixes; where a pattern stands is the implementation's own. */
const dependsOnRank: Dependence = ({ match: { path: first } }, { match: { path: second } }) =>
  (first.kind === 'regex' || second.kind === 'regex') &&
  (first.kind !== 'regex' || second.kind !== 'regex' || first.pattern !== second.pattern);

/** Rows are numbered by precedence among equal hosts; a more specific host that comes later is read otherwise elsewhere. */
const dependsOnHost: Dependence = (first, second) => {
  const difference = (first.rule.hostLength ?? 0) - (second.rule.hostLength ?? 0);
  return difference !== 0 && difference > 0 !== first.order < second.order;
};

const factories: ReadonlyMap<Dependence, Factory> = new Map([
  [dependsOnRank, orderDiagnostics['pattern-rank-undetermined']],
  [dependsOnHost, orderDiagnostics['host-rank-undetermined']],
]);

function reportConflict(host: VirtualHost, depends: Dependence, report: Report): void {
  // In the order in which they decide: what is listed first may rank below the rules under it.
  const rows = compile(host).flatMap(({ rule, match }) => readMatch(rule, match));
  const index = new PathIndex();
  const placed = new Map<Row, ReadRow>();
  for (const [order, read] of rows.entries()) {
    const row: Row = {
      atom: read.atom,
      outcome: read.rule.action,
      rule: read.rule,
      origin: read.match.origin,
      order,
      how: 'declared',
    };
    placed.set(row, { ...read, order });
    index.add(row);
  }
  for (const second of placed.values()) {
    // Overlapping paths are nested, so each pair is met from its more specific side.
    for (const row of index.above(second.atom.path)) {
      const first = placed.get(row);
      if (first === undefined || !depends(first, second) || sameAction(first.rule.action, second.rule.action)) continue;
      const overlap = tryIntersect(first.atom, second.atom);
      if (overlap === undefined) continue;
      // Whether a prefix stands above a pattern is what is open, so only an exact path hides the two.
      const above = index.above(overlap.path);
      const certain = depends === dependsOnRank ? [...above].filter(isExact) : above;
      if (isHidden(overlap, first, second, certain)) continue;
      const factory = factories.get(depends) ?? orderDiagnostics['order-undetermined'];
      const [older, younger] = first.order < second.order ? [first, second] : [second, first];
      report(conflict(factory, host, older.rule, younger.rule, overlap));
      return;
    }
  }
}

function isExact({ rule, origin }: Row): boolean {
  return rule.matches.some((match) => match.origin === origin && match.path.kind === 'exact');
}

/** Whether an earlier rule of either object takes the whole overlap. */
function isHidden(overlap: Atom, first: ReadRow, second: ReadRow, above: readonly Row[]): boolean {
  return above.some(
    ({ rule, order, atom }) =>
      ((rule.source === first.rule.source && order < first.order) ||
        (rule.source === second.rule.source && order < second.order)) &&
      rule !== first.rule &&
      rule !== second.rule &&
      atomContains(atom, overlap),
  );
}

/** The match as positive atoms; one that has no such form is an error of its own. */
function readMatch(rule: Rule, match: Match): readonly Omit<ReadRow, 'order'>[] {
  const lowered = lowerMatch({ ...match, opaque: [], authority: { kind: 'any' } }, sourceVocabulary);
  if ('part' in lowered) return [];
  const rank = httpRouteRank(match).join(' ');
  return lowered.plus.map((atom) => ({ rule, match, atom, rank }));
}

function tryIntersect(a: Atom, b: Atom): Atom | undefined {
  try {
    return intersectAtoms(a, b);
  } catch (error) {
    if (error instanceof NoCommonForm) return { ...a };
    throw error;
  }
}

function conflict(factory: Factory, host: VirtualHost, first: Rule, second: Rule, overlap: Atom): Diagnostic {
  const name = ({ source }: Rule) =>
    `${source.kind} ${source.namespace === undefined ? '' : `${source.namespace}/`}${source.name}`;
  const { before, after } = describeChange(first.action, second.action);
  const witness = toWitness(host, requestOf(overlap), before, `${after}, if that one wins`);
  return factory({ first: name(first), second: name(second) }, second.origin, {
    witness,
    related: [{ message: 'the other rule', origin: first.origin }],
    affects: { kind: 'hosts', ids: [host.id] },
    // One pair of rules is named and stands for all of the host.
    region: { kind: 'host', id: host.id },
  });
}
