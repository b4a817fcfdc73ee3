import type { Match, RoutingModel, VirtualHost } from '../../ir/model.ts';
import type { PathPredicate } from '../../ir/predicates.ts';
import { compareRanks, compile, type Entry, httpRouteRank } from '../decision-list.ts';
import { matches, selectHost } from '../evaluate.ts';
import { isolateListeners, isSamePlace } from '../isolate-listeners.ts';
import { type OpenPoint, openPoints, profileOf, profiles } from '../profiles.ts';
import type { ModelRequest } from '../request-model.ts';

/** Another answer that the input allows for a request. */
export interface Alternative {
  /** Where the answer that was given holds, and where this one does. */
  readonly holds: string;
  readonly otherwise: string;
  readonly host: VirtualHost | undefined;
  readonly entry: Entry | undefined;
}

/** What else might answer a request on a host, by the points that its specification leaves open. */
export function findAlternatives(
  host: VirtualHost,
  taken: Entry | undefined,
  request: ModelRequest,
  model: RoutingModel,
): readonly Alternative[] {
  const found: Alternative[] = [];
  for (const point of profiles[profileOf(host)].open) {
    found.push(...readings[point](host, taken, request, model).map((one) => ({ ...openPoints[point], ...one })));
  }
  return [...found, ...undecided(host, taken, request)];
}

type Other = Pick<Alternative, 'host' | 'entry'>;
type Reading = (
  host: VirtualHost,
  taken: Entry | undefined,
  request: ModelRequest,
  model: RoutingModel,
) => readonly Other[];

const readings: Readonly<Record<OpenPoint, Reading>> = {
  'pattern-rank': (host, taken, request) => {
    const met = compile(host).filter(({ match }) => matches(match, request));
    if (taken === undefined || !met.some(({ match }) => match.path.kind === 'regex')) return [];
    return patternRanks.map((rank) => ({
      host,
      entry: [...met].sort((left, right) => compareRanks(rank(left.match), rank(right.match)))[0],
    }));
  },
  'host-fall-through': (host, taken, request, model) => {
    if (taken !== undefined) return [];
    const wider = model.virtualHosts
      .filter((one) => one.id !== host.id && isSamePlace(one, host))
      .map((one) => isolateListeners(one, request, model))
      .filter((one) => one.id !== host.id && firstMet(one, request) !== undefined);
    const next = selectHost(wider, request.host);
    return next === undefined ? [] : [{ host: next, entry: firstMet(next, request) }];
  },
  'listener-isolation': (host, _, request, { virtualHosts }) => {
    const open = selectHost(
      virtualHosts.filter((one) => isSamePlace(one, host)),
      request.host,
    );
    return open === undefined || open === host ? [] : [{ host: open, entry: firstMet(open, request) }];
  },
  'lattice-prefix': (host, _, request) => [
    { host, entry: compile(host).find(({ match }) => matches({ ...match, path: bySegment(match.path) }, request)) },
  ],
};

/** Other places for a pattern than below every prefix: above prefixes, above all, or there in the order of the list. */
const patternRanks: readonly ((match: Match) => readonly number[])[] = [1.5, 3].flatMap((place) => [
  (match: Match) => withPathRank(match, (length) => [place, length]),
  (match: Match) => withPathRank(match, () => [place, 0]),
]);

function withPathRank(match: Match, rank: (length: number) => readonly number[]): readonly number[] {
  const own = httpRouteRank(match);
  return match.path.kind === 'regex' ? [...rank(match.path.pattern.length), ...own.slice(2)] : own;
}

function bySegment(path: PathPredicate): PathPredicate {
  if (path.kind !== 'prefix' || path.reading !== 'lattice') return path;
  const value = path.value.replace(/\/+$/, '');
  return value === '' ? { kind: 'any' } : { ...path, value, reading: 'segment' };
}

/** Conditions that no request shows: the first rules that only they keep from answering. */
function undecided(host: VirtualHost, taken: Entry | undefined, request: ModelRequest): readonly Alternative[] {
  const found: Alternative[] = [];
  for (const entry of compile(host)) {
    if (entry.match === taken?.match && entry.rule === taken.rule) break;
    const { opaque } = entry.match;
    if (opaque.length === 0 || !matches({ ...entry.match, opaque: [] }, request)) continue;
    const condition = opaque.map(({ name, value }) => `${name} ${value}`).join(' and ');
    found.push({ holds: `${condition} is not met`, otherwise: 'where it is', host, entry });
  }
  return found;
}

function firstMet(host: VirtualHost, request: ModelRequest): Entry | undefined {
  return compile(host).find(({ match }) => matches(match, request));
}
