import type { ModelRequest } from '../../semantics/request-model.ts';
import type { Trace } from '../../semantics/trace/trace.ts';
import { judgeCase, type Mismatch } from './judge-case.ts';
import type { Case } from './read-cases.ts';

/** What became of a case; it passes where every side meets what it expects. */
export interface CaseResult {
  readonly case: Case;
  /** One for the input, then one for what it is compared with. */
  readonly traces: readonly Trace[];
  readonly mismatches: readonly Mismatch[];
}

/** Runs every case; `follow` traces a request on each side. */
export function runCases(
  cases: readonly Case[],
  follow: (request: ModelRequest) => readonly Trace[],
): readonly CaseResult[] {
  return cases.map((one) => {
    const traces = follow(one.request);
    return { case: one, traces, mismatches: traces.flatMap((trace) => judgeCase(one, trace)) };
  });
}
