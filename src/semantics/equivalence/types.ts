import type { Dimension } from '../../diagnostics/dimension.ts';
import type { Rule } from '../../ir/model.ts';
import type { Entry } from '../decision-list.ts';
import type { RoutingRequest } from '../evaluate.ts';

export type Verdict = 'equal' | 'differs' | 'unknown';

/** What takes a request on one side: an entry of the decision list, or nothing, where the host's own answer stands. */
export type Taker = Entry | undefined;

/** One way in which requests are treated otherwise, with the smallest request that shows it. */
export interface Difference {
  readonly dimension: Dimension;
  /** `routing`: the request gets another answer. `behaviour`: the same answer under other conditions (timeouts, …). */
  readonly gravity: 'routing' | 'behaviour';
  readonly request: RoutingRequest;
  readonly left: Taker;
  readonly right: Taker;
  /** Conditions that are taken to hold for the request and that nobody can evaluate (`sourceLabels`). */
  readonly conditions?: readonly string[];
  /** The code of a finding, or of a row of the closed list, that says so already. */
  readonly known?: string;
}

/** The comparison of two virtual hosts over all requests. */
export interface HostComparison {
  /** `differs` where a difference was shown, else `unknown` where something stayed open, else `equal`. */
  readonly verdict: Verdict;
  readonly dimensions: Readonly<Record<Dimension, Verdict>>;
  /** The smallest witness of each dimension and gravity, in the order of DIMENSIONS. */
  readonly differences: readonly Difference[];
  /** Why something is `unknown`: the budget, a pattern that is too large, a condition that nobody can evaluate. */
  readonly reasons: readonly string[];
  /** Requests that were tried where the proof gave up; 0 when everything was decided. */
  readonly sampled: number;
  /** The rules that some request reaches, on both sides; complete only where nothing is unknown. */
  readonly reached: { readonly left: ReachedRules; readonly right: ReachedRules };
}

/** Rules with the smallest request that each takes, where such requests were asked for and one can be written down. */
export type ReachedRules = ReadonlyMap<Rule, RoutingRequest | undefined>;

export interface CompareLimits {
  /** Steps of the search before a comparison gives up as `unknown`. */
  readonly budget: number;
  /** Starts the sampling that follows a proof that gave up. */
  readonly seed: number;
}
