import { countChanges } from '../../lattice/plan/plan-types.ts';
import type { DiffResult } from '../report-diff.ts';

/** A plan as the report of `diff` has it; `schemas/output/diff.json` describes it. */
export function planToJson({ plan, checksum }: DiffResult) {
  const { stack, changes, unchanged, foreign, blocked } = plan;
  const counts = countChanges(changes);
  return {
    summary: { ...counts, unchanged, foreign: foreign.length, blocked: blocked.length },
    result: {
      stack,
      checksum,
      counts,
      changes: changes.map(({ op, kind, name, key, fields, source, effect, reason, interrupts, live }) => ({
        ...{ op, kind, name, key },
        id: live === undefined || live.arn === '' ? null : live.id,
        fields,
        source: source?.span() ?? null,
        effect: effect ?? null,
        reason: reason ?? null,
        ...(interrupts === undefined ? {} : { interrupts }),
      })),
    },
  };
}
