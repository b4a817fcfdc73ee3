import { DIMENSIONS } from '../../diagnostics/dimension.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import type { RoutingModel, Rule, VirtualHost } from '../../ir/model.ts';
import { sameValue } from '../action-key.ts';
import { compile } from '../decision-list.ts';
import { redirectsToHttps } from '../redirects-to-https.ts';
import { identifyBy } from './backend-identity.ts';
import { closedListOf } from './closed-list.ts';
import { isSame } from './compare-actions.ts';
import { ALL_EQUAL, type CompareContext, compareHosts } from './compare-hosts.ts';
import { type HostPair, type PairOptions, pairHosts } from './pair-hosts.ts';
import { hasLatticePrefixes, readLatticePrefixes } from './reread-host.ts';
import type { CompareLimits, Difference, HostComparison, Verdict } from './types.ts';
import { unservedLike } from './unserved.ts';

/** One of two configurations. */
export type ComparedModel = Pick<RoutingModel, 'gateways' | 'virtualHosts' | 'facts'>;

export interface CompareOptions extends CompareLimits, PairOptions {
  /** The Services that stand for subsets, with `{service}` and `{subset}`. */
  readonly subsetService?: string;
  /** How VPC Lattice may read a prefix, which is not documented; by default in either way. */
  readonly latticeReadings?: readonly ('string' | 'segment')[];
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
}

/** The rules of one side, by the place where they are written. */
export interface Coverage {
  readonly rules: number;
  /** Rules that no request reaches; empty where the proof is not complete. */
  readonly unreached: readonly { readonly origin: Origin; readonly host: string }[];
}

export interface ModelComparison {
  readonly verdict: Verdict;
  readonly hosts: readonly HostVerdict[];
  readonly coverage: { readonly left: Coverage; readonly right: Coverage };
}

/** Compares two configurations host by host. The regex engine must be loaded where either has patterns. */
export function compareModels(left: ComparedModel, right: ComparedModel, options: CompareOptions): ModelComparison {
  const identify = {
    left: identifyBy([left.facts, right.facts], options.subsetService),
    right: identifyBy([right.facts, left.facts], options.subsetService),
  };
  const facts: ListFacts = {
    toLattice: right.gateways.some(({ className }) => className === 'amazon-vpc-lattice'),
    oneLabel: new Set(left.virtualHosts.flatMap(({ host }) => (isOneLabel(host) ? [host.suffix] : []))),
  };
  const reached = { left: new ReachedRules(), right: new ReachedRules() };
  const hosts = pairHosts(left, right, options).map((pair): HostVerdict => {
    const context = { ...options, host: pair.name, identify };
    const compared = comparePair(pair, context, options, facts);
    for (const { reached: found } of options.coverage === false ? [] : compared) {
      if (pair.left !== undefined) reached.left.add(pair.left, found.left);
      if (pair.right !== undefined) reached.right.add(pair.right, found.right);
    }
    return judge(pair, compared, options);
  });
  const isProved = hosts.every(({ verdict, sampled }) => verdict !== 'unknown' && sampled === 0);
  return {
    verdict: worst(hosts.map(({ verdict }) => verdict)),
    hosts,
    coverage: { left: reached.left.coverage(isProved), right: reached.right.coverage(isProved) },
  };
}

/** What the closed list asks of the two sides as a whole. */
interface ListFacts {
  readonly toLattice: boolean;
  /** Wildcards of the left side that take one label, by suffix. */
  readonly oneLabel: ReadonlySet<string>;
}

function isOneLabel(host: VirtualHost['host']): host is Extract<VirtualHost['host'], { kind: 'suffix' }> {
  return host.kind === 'suffix' && host.labels === 'one';
}

type ReadComparison = HostComparison & { readonly reading: string | undefined };

/** Once for each way to read what a specification leaves open. */
function comparePair(
  pair: HostPair,
  context: Omit<CompareContext, 'explain'>,
  { latticeReadings = ['string', 'segment'], closedList = true, coverage }: CompareOptions,
  facts: ListFacts,
): readonly ReadComparison[] {
  const one = pair.left ?? (pair.right && unservedLike(pair.right, pair.port));
  const other = pair.right ?? (pair.left && unservedLike(pair.left, pair.port));
  if (one === undefined || other === undefined) throw new Error('a pair has a host');
  // Lists that say the same row by row need no proof, where nobody asks which rows are reached.
  if (coverage === false && isWrittenAlike(one, other, context)) return [ALIKE];
  const compare = (left: VirtualHost, right: VirtualHost) =>
    compareHosts(left, right, {
      ...context,
      ...(closedList ? { explain: explainPair(pair, left, right, context, facts) } : {}),
    });
  if (!hasLatticePrefixes(one) && !hasLatticePrefixes(other)) return [{ ...compare(one, other), reading: undefined }];
  return latticeReadings.map((reading) => ({
    ...compare(readLatticePrefixes(one, reading), readLatticePrefixes(other, reading)),
    reading: `where VPC Lattice reads prefixes by ${reading}`,
  }));
}

const NO_RULES: ReadonlySet<Rule> = new Set();
const ALIKE: ReadComparison = {
  verdict: 'equal',
  dimensions: ALL_EQUAL,
  differences: [],
  reasons: [],
  sampled: 0,
  reached: { left: NO_RULES, right: NO_RULES },
  reading: undefined,
};

function isWrittenAlike(
  left: VirtualHost,
  right: VirtualHost,
  { identify }: Pick<CompareContext, 'identify'>,
): boolean {
  const [one, other] = [compile(left), compile(right)];
  const sides = {
    left: { scope: left.scope, identify: identify.left },
    right: { scope: right.scope, identify: identify.right },
  };
  return (
    one.length === other.length &&
    isSame(left.otherwise, right.otherwise, sides) &&
    one.every(({ match, rule }, index) => {
      const row = other[index];
      return row !== undefined && sameValue(match, row.match) && isSame(rule.action, row.rule.action, sides);
    })
  );
}

function explainPair(
  { left, right, name }: HostPair,
  one: VirtualHost,
  other: VirtualHost,
  context: Pick<CompareContext, 'identify'>,
  { toLattice, oneLabel }: ListFacts,
): NonNullable<CompareContext['explain']> {
  if (toLattice && right === undefined && left !== undefined && redirectsToHttps(left))
    return () => 'lattice/plain-http-closed';
  if (left === undefined && right?.host.kind === 'suffix' && oneLabel.has(right.host.suffix)) {
    const labels = name.slice(0, -right.host.suffix.length - 1).split('.').length;
    if (labels > 1) return () => 'ingress/wildcard-labels';
  }
  return closedListOf(one, other, context);
}

function judge(pair: HostPair, compared: readonly ReadComparison[], options: CompareOptions): HostVerdict {
  const [only, other] = compared;
  if (only !== undefined && other === undefined && options.guards === undefined) {
    const { verdict, dimensions, differences, reasons, sampled } = only;
    return { pair, verdict, dimensions, differences, reasons, sampled };
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
  const access = compareAccess(pair, options);
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
  };
}

function keyOf({ dimension, gravity, known }: Difference): string {
  return `${dimension} ${gravity} ${known ?? ''}`;
}

/** Access rules are compared as they are written; what they let in is not evaluated. */
function compareAccess({ left, right, name }: HostPair, { guards }: CompareOptions): HostDifference | undefined {
  if (guards === undefined) return undefined;
  const [one, other] = [left && guards.left(left), right && guards.right(right)];
  const isSame = one?.size === other?.size && [...(one ?? [])].every((guard) => other?.has(guard) === true);
  if (isSame || ((one?.size ?? 0) === 0 && (other?.size ?? 0) === 0)) return undefined;
  const request = { host: name, method: 'GET', path: '/', headers: {}, query: {} };
  return { dimension: 'access', gravity: 'routing', request, left: undefined, right: undefined };
}

/** `differs` before `unknown` before `equal`. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('differs')) return 'differs';
  return verdicts.includes('unknown') ? 'unknown' : 'equal';
}

/** Which written rules some request reaches, over all hosts. */
class ReachedRules {
  readonly #all = new Map<Origin, string>();
  readonly #reached = new Set<Origin>();

  add(host: VirtualHost, reached: HostComparison['reached']['left']): void {
    const name = host.host.kind === 'exact' ? host.host.name : host.id;
    for (const { origin } of host.rules) if (!this.#all.has(origin)) this.#all.set(origin, name);
    for (const { origin } of reached) this.#reached.add(origin);
  }

  coverage(isProved: boolean): Coverage {
    const left = [...this.#all].filter(([origin]) => !this.#reached.has(origin));
    return { rules: this.#all.size, unreached: isProved ? left.map(([origin, host]) => ({ origin, host })) : [] };
  }
}
