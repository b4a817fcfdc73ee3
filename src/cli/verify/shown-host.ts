import { DIMENSIONS, type Dimension } from '../../diagnostics/dimension.ts';
import type { SidesComparison } from '../../pipeline/compare/compare-sides.ts';
import { type HostVerdict, worst } from '../../semantics/equivalence/compare-models.ts';
import type { Verdict } from '../../semantics/equivalence/types.ts';
import type { Showing, ShownDifference } from './shown-difference.ts';

/** What became of one host, over all pairs that serve it. */
export interface ShownHost {
  readonly host: string;
  readonly port: number | undefined;
  readonly verdict: Verdict;
  readonly dimensions: Readonly<Record<Dimension, Verdict>>;
  readonly differences: readonly ShownDifference[];
  readonly reasons: readonly string[];
  readonly sampled: number;
  /** The reading of an open point under which the verdict holds. */
  readonly holds?: string;
  readonly clientChanges: readonly { readonly before: string; readonly after: string }[];
  readonly pairs: readonly HostVerdict[];
}

/** The hosts of a comparison in the order in which they are read, those that stand behind one name together. */
export function toShownHosts({ hosts }: SidesComparison, showing: Showing): readonly ShownHost[] {
  const byName = new Map<string, HostVerdict[]>();
  for (const one of hosts) {
    const key = `${one.pair.host} ${one.pair.port ?? ''}`;
    const known = byName.get(key);
    if (known === undefined) byName.set(key, [one]);
    else known.push(one);
  }
  return [...byName.values()].map((pairs) => toShownHost(pairs, showing)).sort(byHost);
}

function toShownHost(pairs: readonly HostVerdict[], showing: Showing): ShownHost {
  const [first] = pairs;
  if (first === undefined) throw new Error('a host has a pair');
  const differences = new Map<string, ShownDifference>();
  for (const { pair, differences: found } of pairs) {
    for (const one of found) {
      const key = [one.dimension, one.gravity, one.known ?? '', one.reading ?? ''].join('\n');
      if (!differences.has(key)) differences.set(key, showing.show(pair, one));
    }
  }
  const holds = [...new Set(pairs.flatMap((one) => one.holds ?? []))];
  return {
    host: first.pair.host,
    port: first.pair.port,
    verdict: worst(pairs.map(({ verdict }) => verdict)),
    dimensions: Object.fromEntries(
      DIMENSIONS.map((dimension) => [dimension, worst(pairs.map(({ dimensions }) => dimensions[dimension]))]),
    ) as HostVerdict['dimensions'],
    differences: [...differences.values()],
    reasons: [...new Set(pairs.flatMap(({ reasons }) => reasons))],
    sampled: pairs.reduce((sum, { sampled }) => sum + sampled, 0),
    ...(holds.length === 0 ? {} : { holds: holds.join(' and ') }),
    clientChanges: pairs.flatMap(({ pair }) => pair.clientChange ?? []),
    pairs,
  };
}

function byHost(left: ShownHost, right: ShownHost): number {
  if (left.host !== right.host) return left.host < right.host ? -1 : 1;
  return (left.port ?? 0) - (right.port ?? 0);
}

/** `host:port`. */
export function nameOf({ host, port }: Pick<ShownHost, 'host' | 'port'>): string {
  return port === undefined ? host : `${host}:${port}`;
}
