import { defineDiagnostics, type Report } from '../diagnostics/diagnostic.ts';
import type { Match, RoutingModel, Rule, VirtualHost } from '../ir/model.ts';
import { sameAction } from './action-key.ts';
import { type Atom, atomContains, intersectAtoms, NoCommonForm } from './atom.ts';
import { lowerMatch } from './lower-match.ts';
import { gatewayApiVocabulary, type Vocabulary } from './vocabulary.ts';
import { describeAction, requestOf, toWitness } from './witness.ts';

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
});

/** Every path and header form, read as the source reads it: for questions, not for output. */
const sourceVocabulary: Vocabulary = {
  ...gatewayApiVocabulary,
  prefixes: 'string',
  maxHeaders: 64,
  maxQueries: 64,
  maxPathLength: 65_536,
};

/** Most pairs of rules that are compared on one host; more would take longer than the conversion. */
const MAX_PAIRS = 250_000;

/**
 * Finds hosts whose rules come from several objects of unknown age and depend on it. Rules that
 * take everything are moved to the end by the source, so they conflict among themselves only.
 */
export function checkOrderConflicts(model: RoutingModel, report: Report): void {
  for (const host of model.virtualHosts) {
    if (host.order.kind !== 'first-match') continue;
    const sources = [...new Set(host.rules.map(({ source }) => source))];
    if (sources.length < 2 || sources.every(({ created }) => created !== undefined)) continue;
    reportConflict(host, report);
  }
}

function reportConflict(host: VirtualHost, report: Report): void {
  const rows = host.rules.flatMap((rule, order) =>
    rule.matches.map((match) => ({ rule, order, match, ...readMatch(match) })),
  );
  let pairs = 0;
  for (const [index, second] of rows.entries()) {
    for (const first of rows.slice(0, index)) {
      if (first.rule.source === second.rule.source || first.catchAll !== second.catchAll) continue;
      if (sameAction(first.rule.action, second.rule.action)) continue;
      if (++pairs > MAX_PAIRS) return;
      const overlap = overlapOf(first.atoms, second.atoms);
      if (overlap === undefined) continue;
      const hidden = rows.some(
        ({ rule, order, atoms }) =>
          ((rule.source === first.rule.source && order < first.order) ||
            (rule.source === second.rule.source && order < second.order)) &&
          atoms.some((atom) => atomContains(atom, overlap)),
      );
      if (hidden) continue;
      report(conflict(host, first.rule, second.rule, overlap));
      return;
    }
  }
}

interface ReadMatch {
  readonly atoms: readonly Atom[];
  readonly catchAll: boolean;
}

/** The match as positive atoms; one that has no such form is an error of its own. */
function readMatch(match: Match): ReadMatch {
  const lowered = lowerMatch({ ...match, opaque: [], authority: { kind: 'any' } }, sourceVocabulary);
  const atoms = 'part' in lowered ? [] : lowered.plus;
  const catchAll = atoms.some(
    ({ path, method, headers, query }) =>
      path.kind === 'any' && method === undefined && headers.length + query.length === 0,
  );
  return { atoms, catchAll };
}

function overlapOf(a: readonly Atom[], b: readonly Atom[]): Atom | undefined {
  for (const left of a) {
    for (const right of b) {
      const common = tryIntersect(left, right);
      if (common !== undefined) return common;
    }
  }
  return undefined;
}

function tryIntersect(a: Atom, b: Atom): Atom | undefined {
  try {
    return intersectAtoms(a, b);
  } catch (error) {
    if (error instanceof NoCommonForm) return { ...a };
    throw error;
  }
}

function conflict(
  host: VirtualHost,
  first: Rule,
  second: Rule,
  overlap: Atom,
): ReturnType<(typeof orderDiagnostics)['order-undetermined']> {
  const name = ({ source }: Rule) =>
    `${source.kind} ${source.namespace === undefined ? '' : `${source.namespace}/`}${source.name}`;
  const witness = toWitness(
    host,
    requestOf(overlap),
    describeAction(first.action),
    `${describeAction(second.action)}, if that object is older`,
  );
  return orderDiagnostics['order-undetermined']({ first: name(first), second: name(second) }, second.origin, {
    witness,
    related: [{ message: 'the other rule', origin: first.origin }],
    affects: { kind: 'hosts', ids: [host.id] },
  });
}
