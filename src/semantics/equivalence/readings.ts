import type { Match, VirtualHost } from '../../ir/model.ts';
import { compareRanks, compile, type Entry, httpRouteRank } from '../decision-list.ts';
import { hasLatticePrefixes, readLatticePrefixes } from './reread-host.ts';

/** A host, and behind it the wider hosts of its scope that might answer where no rule of it does, most specific first. */
export type HostChain = readonly [VirtualHost, ...VirtualHost[]];

/** Two hosts in one way to read what specifications leave open. */
export interface Reading {
  /** In words; undefined where nothing is left open. */
  readonly text: string | undefined;
  readonly left: VirtualHost;
  readonly right: VirtualHost;
}

/** One way to read an open point. */
interface Option {
  readonly text: string;
  readonly read: (chain: HostChain) => HostChain;
}

/** What specifications leave open and an answer may depend on; the first option is what `trace` goes by. */
const openPoints: readonly (readonly [Option, ...Option[]])[] = [
  [
    {
      text: 'where VPC Lattice reads prefixes by string',
      read: eachHost((host) => (hasLatticePrefixes(host) ? readLatticePrefixes(host, 'string') : host)),
    },
    {
      text: 'where VPC Lattice reads prefixes by segment',
      read: eachHost((host) => (hasLatticePrefixes(host) ? readLatticePrefixes(host, 'segment') : host)),
    },
  ],
  [
    { text: 'where a path pattern ranks below every prefix, longer patterns first', read: (chain) => chain },
    { text: 'where a path pattern ranks above every prefix', read: eachHost((host) => rankPatterns(host, 1.5, true)) },
    {
      text: 'where path patterns rank in the order of the list',
      read: eachHost((host) => rankPatterns(host, 0, false)),
    },
  ],
  [
    { text: 'where a host without a rule for the request answers itself', read: ([host]) => [host] },
    { text: 'where the request falls through to a wider host', read: (chain) => [fallThrough(chain)] },
  ],
];

/** Every way to read two hosts in which one of them is another decision list. The same one holds for both sides. */
export function readingsOf(left: HostChain, right: HostChain): readonly Reading[] {
  let found: readonly { readonly texts: readonly string[]; readonly left: HostChain; readonly right: HostChain }[] = [
    { texts: [], left, right },
  ];
  for (const options of openPoints) {
    found = found.flatMap((before) => {
      const read = options.map((option) => ({
        ...option,
        left: option.read(before.left),
        right: option.read(before.right),
      }));
      const [first, ...others] = read;
      const different = others.filter(
        (one) => !isSame(one.left[0], first?.left[0]) || !isSame(one.right[0], first?.right[0]),
      );
      if (first === undefined) return [];
      if (different.length === 0) return [{ texts: before.texts, left: first.left, right: first.right }];
      return [first, ...different].map((one) => ({
        texts: [...before.texts, one.text],
        left: one.left,
        right: one.right,
      }));
    });
  }
  return found.map(({ texts, left: [one], right: [other] }) => ({
    text: texts.length === 0 ? undefined : texts.join(' and '),
    left: one,
    right: other,
  }));
}

function eachHost(read: (host: VirtualHost) => VirtualHost): Option['read'] {
  return ([first, ...others]) => [read(first), ...others.map(read)];
}

function isSame(one: VirtualHost, other: VirtualHost | undefined): boolean {
  return one === other;
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
