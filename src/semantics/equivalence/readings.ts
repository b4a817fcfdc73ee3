import type { Match, VirtualHost } from '../../ir/model.ts';
import { compareRanks, compile, type Entry, httpRouteRank } from '../decision-list.ts';
import { hasLatticePrefixes, readLatticePrefixes } from './reread-host.ts';

/** A host, and behind it the wider hosts of its scope that might answer where no rule of it does, most specific first. */
export type HostChain = readonly [VirtualHost, ...VirtualHost[]];

/** Two hosts in one way to read what specifications leave open. */
export interface Reading<Text = string> {
  /** In words. */
  readonly text: Text;
  readonly left: VirtualHost;
  readonly right: VirtualHost;
}

/** Which open points are looked at, and how. */
export interface OpenPoints {
  readonly latticeReadings?: readonly LatticeReading[];
  /** Also those of Gateway API, which our own output avoids. */
  readonly allReadings: boolean;
}

type LatticeReading = 'string' | 'segment';

/** One way to read an open point. */
interface Option {
  readonly text: string;
  readonly read: (chain: HostChain) => HostChain;
}

/** Where a path pattern stands; the first option is what `trace` goes by. */
const patternRanks: readonly Option[] = [
  { text: 'where a path pattern ranks below every prefix, longer patterns first', read: (chain) => chain },
  { text: 'where a path pattern ranks above every prefix', read: eachHost((host) => rankPatterns(host, 1.5, true)) },
  { text: 'where path patterns rank in the order of the list', read: eachHost((host) => rankPatterns(host, 0, false)) },
];

const NO_FALL_THROUGH = 'where a host without a rule for the request answers itself';

/**
 * The ways to read two hosts in which one of them is another decision list; the same one holds for both sides. `notes`
 * are further ones that a verdict does not go by: it holds where their text says, and not as they read.
 */
export function readingsOf(
  left: HostChain,
  right: HostChain,
  { latticeReadings = ['string', 'segment'], allReadings }: OpenPoints,
): { readonly readings: readonly Reading<string | undefined>[]; readonly notes: readonly Reading[] } {
  const isLattice = hasLatticePrefixes(left[0]) || hasLatticePrefixes(right[0]);
  const readings = spread({ texts: [], left, right }, [
    isLattice ? latticeReadings.map(toOption) : [],
    allReadings ? patternRanks : [],
  ]);
  const [first] = readings;
  const canFall = allReadings && first !== undefined && (left.length > 1 || right.length > 1);
  return {
    readings: readings.map((one) => ({
      text: one.texts.length === 0 ? undefined : one.texts.join(' and '),
      left: one.left[0],
      right: one.right[0],
    })),
    notes: canFall ? [{ text: NO_FALL_THROUGH, left: fallThrough(first.left), right: fallThrough(first.right) }] : [],
  };
}

function toOption(reading: LatticeReading): Option {
  return {
    text: `where VPC Lattice reads prefixes by ${reading}`,
    read: eachHost((host) => (hasLatticePrefixes(host) ? readLatticePrefixes(host, reading) : host)),
  };
}

interface ReadChains {
  readonly texts: readonly string[];
  readonly left: HostChain;
  readonly right: HostChain;
}

/** Every combination of options; of those of one point that read alike, the first. */
function spread(start: ReadChains, points: readonly (readonly Option[])[]): readonly ReadChains[] {
  let found: readonly ReadChains[] = [start];
  for (const options of points) {
    found = found.flatMap(({ texts, left, right }) => {
      const read = options.map(({ text, read }) => ({ text, left: read(left), right: read(right) }));
      const [first] = read;
      const different = read.filter(
        (one) => one === first || one.left[0] !== first?.left[0] || one.right[0] !== first?.right[0],
      );
      if (first === undefined) return [{ texts, left, right }];
      if (different.length === 1) return [{ texts, left: first.left, right: first.right }];
      return different.map((one) => ({ texts: [...texts, one.text], left: one.left, right: one.right }));
    });
  }
  return found;
}

function eachHost(read: (host: VirtualHost) => VirtualHost): Option['read'] {
  return ([first, ...others]) => [read(first), ...others.map(read)];
}

/** The host with its path patterns at another place of the precedence; the host itself where that changes nothing. */
function rankPatterns(host: VirtualHost, place: number, byLength: boolean): VirtualHost {
  if (host.order.kind !== 'gateway-api' || !hasPatterns(host)) return host;
  const rank = (match: Match): readonly number[] => {
    const own = httpRouteRank(match);
    const { path } = match;
    return path.kind === 'regex' ? [place, byLength ? path.pattern.length : 0, ...own.slice(2)] : own;
  };
  const before = compile(host);
  const written = compile({ ...host, order: { kind: 'first-match' } });
  const entries = [...written].sort((a, b) => compareRanks(rank(a.match), rank(b.match)));
  return entries.every(({ match }, index) => match === before[index]?.match) ? host : inThisOrder(host, entries);
}

function hasPatterns({ rules }: VirtualHost): boolean {
  return rules.some(({ matches }) => matches.some(({ path }) => path.kind === 'regex'));
}

/** What the chain answers as one list. */
function fallThrough(chain: HostChain): VirtualHost {
  const [host, ...wider] = chain;
  if (wider.length === 0) return host;
  const { otherwise } = wider.at(-1) ?? host;
  return { ...inThisOrder(host, chain.flatMap(compile)), otherwise };
}

/** Rules are told apart by where they are written, so a rule may stand there once for each of its matches. */
function inThisOrder(host: VirtualHost, entries: readonly Entry[]): VirtualHost {
  const rules = entries.map(({ match, rule }) => ({ ...rule, matches: [match] }));
  return { ...host, order: { kind: 'first-match' }, rules };
}
