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
    return {
      case: one,
      sides,
      mismatches: sides.traces.flatMap((trace, side) => markSide(judgeCase(one, trace), side)),
    };
  });
}

function markSide(mismatches: readonly Mismatch[], side: number): readonly Mismatch[] {
  return side === 0 ? mismatches : mismatches.map((mismatch) => ({ ...mismatch, side: 'against' }));
}

/** A mismatch as a sentence. */
export function printMismatch({ what, side, expected, met }: Mismatch): string {
  return `${what}: expected ${expected}, met ${met}${side === undefined ? '' : ` in the configuration of --${side}`}`;
}
