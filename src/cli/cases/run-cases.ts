import type { ModelRequest } from '../../semantics/request-model.ts';
import type { Trace } from '../../semantics/trace/trace.ts';
import { judgeCase, type Mismatch } from './judge-case.ts';
import type { Case } from './read-cases.ts';

/** What a request meets on each side. */
export interface TracedSides {
  /** One for the input, then one for what it is compared with. */
  readonly traces: readonly Trace[];
  /** Whether both sides answer alike; true where there is one only. */
  readonly agrees: boolean;
}

/** What became of a case; it passes where every side meets what it expects. */
export interface CaseResult {
  readonly case: Case;
  readonly sides: TracedSides;
  readonly mismatches: readonly Mismatch[];
}

/** Runs every case; `follow` traces a request on each side. */
export function runCases(
  cases: readonly Case[],
  follow: (request: ModelRequest) => TracedSides,
): readonly CaseResult[] {
  return cases.map((one) => {
    const sides = follow(one.request);
    return { case: one, sides, mismatches: sides.traces.flatMap((trace) => judgeCase(one, trace)) };
  });
}
