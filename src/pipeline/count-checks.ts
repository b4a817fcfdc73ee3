import type { Difference } from '../semantics/equivalence/types.ts';

/** What the comparison of a written host with its source says. */
export interface HostCheck {
  readonly id: string;
  /**
   * - equal: every request is routed as before
   * - reported: some are not, and a finding says so for each; or an error about the host was accepted
   * - unknown: the proof gave up
   * - broken: a difference that no finding announces, or output that does not say what was decided: a bug of ours
   */
  readonly verdict: 'equal' | 'reported' | 'unknown' | 'broken';
  /** Errors about the host that were accepted: what they announce may have been lost before anything was compared. */
  readonly accepted: readonly string[];
  /** Whether behaviour around routes that hold is lost, as reported (timeouts, retries, …). */
  readonly losesBehaviour: boolean;
  readonly differences: readonly Difference[];
  readonly reasons: readonly string[];
}

/** How many hosts came out in each way. */
export function countChecks(checks: readonly HostCheck[]): {
  readonly equal: number;
  readonly reported: number;
  readonly unknown: number;
} {
  const count = (verdict: HostCheck['verdict']) => checks.filter((one) => one.verdict === verdict).length;
  return { equal: count('equal'), reported: count('reported'), unknown: count('unknown') };
}
