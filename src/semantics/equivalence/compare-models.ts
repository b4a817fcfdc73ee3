import { DIMENSIONS } from '../../diagnostics/dimension.ts';
import type { RoutingModel, VirtualHost } from '../../ir/model.ts';
import { isolateListeners } from '../isolate-listeners.ts';
import { openPoints } from '../profiles.ts';
import { redirectsToHttps } from '../redirects-to-https.ts';
import { identifyBy } from './backend-identity.ts';
import { closedListOf } from './closed-list.ts';
import { compareAccess } from './compare-access.ts';
import { type CompareContext, compareHosts } from './compare-hosts.ts';
import { type Coverage, RuleCoverage } from './coverage.ts';
import { ALL_EQUAL } from './host-findings.ts';
import { findSubsets } from './named-subsets.ts';
import { type HostPair, type PairOptions, pairHosts } from './pair-hosts.ts';
import { type HostChain, type OpenPoints, readingsOf } from './readings.ts';
import type { CompareLimits, Difference, HostComparison, ReachedRules, Verdict } from './types.ts';
import { unservedLike } from './unserved.ts';
import { WiderHosts } from './wider-hosts.ts';
import { isWrittenAlike } from './written-alike.ts';

/** One of two configurations. */
export type ComparedModel = Pick<RoutingModel, 'gateways' | 'virtualHosts' | 'facts'>;

export interface CompareOptions extends CompareLimits, PairOptions {
  /** Keep the smallest request for each rule that is reached. */
  readonly keepRequests?: boolean;
  /** The Services that stand for subsets, with `{service}` and `{subset}`. */
  readonly subsetService?: string;
  /** How VPC Lattice may read a prefix, which is not documented; by default in either way. */
  readonly latticeReadings?: readonly ('string' | 'segment')[];
  /** Read in every way what Gateway API leaves open, too: how patterns rank, and whether hosts fall through. */
  readonly allReadings?: boolean;
  /** Whether to count the rules that some request reaches (default). */
  readonly coverage?: boolean;
  /** Whether to recognise differences of the closed list; without, the comparison is faster. */
  readonly closedList?: boolean;
  /** Access rules that guard a host, by a text that is equal for equal rules only. */
  readonly guards?: { readonly left: GuardsOf; readonly right: GuardsOf };
}

export type GuardsOf = (host: VirtualHost) => ReadonlySet<string>;

/** A difference and the reading of an open point under which it holds; absent = under every one. */
export interface HostDifference extends Difference {
  readonly reading?: string;
}

/** What became of one host. */
export interface HostVerdict {
  readonly pair: HostPair;
  readonly verdict: Verdict;
  readonly dimensions: HostComparison['dimensions'];
  readonly differences: readonly HostDifference[];
  readonly reasons: readonly string[];
  readonly sampled: number;
  /** The reading of an open point under which the verdict holds; absent = under every one that differences name. */
  readonly holds?: string;
  /** The rules that some request reaches, as the first reading has it. */
  readonly reached: HostComparison['reached'];
}

export interface ModelComparison {
  readonly verdict: Verdict;
  readonly hosts: readonly HostVerdict[];
  readonly coverage: { readonly left: Coverage; readonly right: Coverage };
}

/** Compares two configurations host by host. The regex engine must be loaded where either has patterns. */
export function compareModels(left: ComparedModel, right: ComparedModel, options: CompareOptions): ModelComparison {
  const subsets = findSubsets([left, right]);
  const identify = {
    left: identifyBy([left.facts, right.facts], options.subsetService, subsets),
    right: identifyBy([right.facts, left.facts], options.subsetService, subsets),
  };
  const facts: WholeFacts = {
    toLattice: right.gateways.some(
      ({ className, onLattice }) => onLattice === true || className === 'amazon-vpc-lattice',
    ),
    oneLabel: new Set(left.virtualHosts.flatMap(({ host }) => (isOneLabel(host) ? [host.suffix] : []))),
    wider: { left: new WiderHosts(left.virtualHosts), right: new WiderHosts(right.virtualHosts) },
    models: { left, right },
  };
  const reached = { left: new RuleCoverage(), right: new RuleCoverage() };
  const hosts = pairHosts(left, right, options).map((pair): HostVerdict => {
    const context = { ...options, host: pair.name, identify };
    const { compared, holds } = comparePair(pair, context, options, facts);
    for (const { reached: found, sampled } of options.coverage === false ? [] : compared) {
      if (pair.left !== undefined) reached.left.add(pair.left, found.left, sampled === 0);
      if (pair.right !== undefined) reached.right.add(pair.right, found.right, sampled === 0);
    }
    const withRequests = () => comparePair(pair, { ...context, keepRequests: true }, options, facts).compared;
    return judge(pair, compared, { ...options, holds, withRequests });
  });
  return {
    verdict: worst(hosts.map(({ verdict }) => verdict)),
    hosts,
    coverage: { left: reached.left.coverage(), right: reached.right.coverage() },
  };
}

/** What a comparison asks of the two sides as a whole. */
interface WholeFacts {
  readonly toLattice: boolean;
  /** Wildcards of the left side that take one label, by suffix. */
  readonly oneLabel: ReadonlySet<string>;
  readonly wider: { readonly left: WiderHosts; readonly right: WiderHosts };
  readonly models: { readonly left: ComparedModel; readonly right: ComparedModel };
}

function isOneLabel(host: VirtualHost['host']): host is Extract<VirtualHost['host'], { kind: 'suffix' }> {
  return host.kind === 'suffix' && host.labels === 'one';
}

/** Whether a host stands back behind a wildcard; what is not served does. */
function isWider(host: VirtualHost['host'] | undefined, wildcard: { readonly suffix: string }): boolean {
  if (host === undefined || host.kind === 'any') return true;
  return host.kind === 'suffix' && host.suffix.length < wildcard.suffix.length;
}

type ReadComparison = HostComparison & { readonly reading: string | undefined };

/** Once for each way to read what a specification leaves open. */
function comparePair(
  pair: HostPair,
  context: Omit<CompareContext, 'explain'>,
  { latticeReadings, allReadings = false, closedList = true, coverage }: CompareOptions,
  facts: WholeFacts,
): { readonly compared: readonly ReadComparison[]; readonly holds: readonly string[] } {
  const one = pair.left ?? (pair.right && unservedLike(pair.right, pair.port));
  const other = pair.right ?? (pair.left && unservedLike(pair.left, pair.port));
  if (one === undefined || other === undefined) throw new Error('a pair has a host');
  // Lists that say the same row by row need no proof, where nobody asks which rows are reached.
  if (coverage === false && isWrittenAlike(one, other, context)) return { compared: [ALIKE], holds: [] };
  const compare = (left: VirtualHost, right: VirtualHost) =>
    compareHosts(left, right, {
      ...context,
      ...(closedList ? { explain: explainPair(pair, left, right, context, facts) } : {}),
    });
  const chain = (host: VirtualHost, own: VirtualHost | undefined, wider: WiderHosts): HostChain =>
    host === own ? wider.chain(host, pair.name) : [host];
  const { left: ofLeft, right: ofRight } = facts.wider;
  const open: OpenPoints = { allReadings, ...(latticeReadings === undefined ? {} : { latticeReadings }) };
  const { readings, notes } = readingsOf(chain(one, pair.left, ofLeft), chain(other, pair.right, ofRight), open);
  const compared = readings.map(({ left, right, text }) => ({ ...compare(left, right), reading: text }));
  const isolated = allReadings ? isolate(pair, one, other, facts.models) : [];
  const holds = [...notes, ...isolated].filter(({ left, right }) => !answersAlike(compare(left, right), compared[0]));
  return { compared, holds: holds.map(({ text }) => text) };
}

/** The pair where listeners are isolated; a verdict goes by them as if they were not, since routes are what is compared. */
function isolate(
  pair: HostPair,
  one: VirtualHost,
  other: VirtualHost,
  models: WholeFacts['models'],
): readonly { readonly text: string; readonly left: VirtualHost; readonly right: VirtualHost }[] {
  const left = one === pair.left ? isolateListeners(one, { host: pair.name }, models.left) : one;
  const right = other === pair.right ? isolateListeners(other, { host: pair.name }, models.right) : other;
  return left === one && right === other ? [] : [{ text: openPoints['listener-isolation'].otherwise, left, right }];
}

/** Whether two comparisons found the same. */
function answersAlike(one: HostComparison, other: HostComparison | undefined): boolean {
  const keys = (found: HostComparison) => [found.verdict, ...found.differences.map(keyOf)].join('\n');
  return other !== undefined && keys(one) === keys(other);
}

const NO_RULES: ReachedRules = new Map();
const ALIKE: ReadComparison = {
  verdict: 'equal',
  dimensions: ALL_EQUAL,
  differences: [],
  reasons: [],
  sampled: 0,
  reached: { left: NO_RULES, right: NO_RULES },
  reading: undefined,
};

function explainPair(
  { left, right, name }: HostPair,
  one: VirtualHost,
  other: VirtualHost,
  context: Pick<CompareContext, 'identify'>,
  { toLattice, oneLabel }: WholeFacts,
): NonNullable<CompareContext['explain']> {
  if (toLattice && right === undefined && left !== undefined && redirectsToHttps(left))
    return () => 'lattice/plain-http-closed';
  if (right?.host.kind === 'suffix' && oneLabel.has(right.host.suffix) && isWider(left?.host, right.host)) {
    const labels = name.slice(0, -right.host.suffix.length - 1).split('.').length;
    if (labels > 1) return () => 'ingress/wildcard-labels';
  }
  return closedListOf(one, other, context);
}

function judge(
  pair: HostPair,
  compared: readonly ReadComparison[],
  options: CompareOptions & {
    readonly holds: readonly string[];
    readonly withRequests: () => readonly ReadComparison[];
  },
): HostVerdict {
  const [only, other] = compared;
  if (only !== undefined && other === undefined && options.guards === undefined && options.holds.length === 0) {
    const { verdict, dimensions, differences, reasons, sampled, reached } = only;
    return { pair, verdict, dimensions, differences, reasons, sampled, reached };
  }
  const everywhere = new Set(
    compared.length < 2
      ? []
      : (compared[0]?.differences ?? [])
          .map(keyOf)
          .filter((key) => compared.every(({ differences }) => differences.some((one) => keyOf(one) === key))),
  );
  const differences = new Map<string, HostDifference>();
  for (const { differences: found, reading } of compared) {
    for (const one of found) {
      const isOpen = reading !== undefined && !everywhere.has(keyOf(one));
      const key = `${keyOf(one)} ${isOpen ? reading : ''}`;
      if (!differences.has(key)) differences.set(key, isOpen ? { ...one, reading } : one);
    }
  }
  const access = compareAccess(pair, { ...options, compared });
  if (access !== undefined) differences.set('access', access);
  const dimensions = Object.fromEntries(
    DIMENSIONS.map((dimension) => {
      const verdict = worst(compared.map(({ dimensions }) => dimensions[dimension]));
      return [dimension, dimension === 'access' && access !== undefined ? 'differs' : verdict];
    }),
  ) as HostComparison['dimensions'];
  return {
    pair,
    verdict: worst(Object.values(dimensions)),
    dimensions,
    differences: [...differences.values()],
    reasons: [...new Set(compared.flatMap(({ reasons }) => reasons))],
    sampled: Math.max(...compared.map(({ sampled }) => sampled)),
    ...(options.holds.length === 0 ? {} : { holds: options.holds.join(' and ') }),
    reached: compared[0]?.reached ?? { left: new Map(), right: new Map() },
  };
}

function keyOf({ dimension, gravity, known }: Difference): string {
  return `${dimension} ${gravity} ${known ?? ''}`;
}

/** `differs` before `unknown` before `equal`. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('differs')) return 'differs';
  return verdicts.includes('unknown') ? 'unknown' : 'equal';
}
