import { countChecks, type HostCheck } from '../../pipeline/count-checks.ts';
import type { Translation } from '../../pipeline.ts';

/** Figures and details of a translation for the JSON report. */
export interface RunFacts {
  readonly summary: Readonly<Record<string, unknown>>;
  readonly result: Readonly<Record<string, unknown>>;
}

/** `summary` and `result` of the report. A host that was not compared counts as unknown. */
export function summarise(translation: Translation | undefined, isWritten: boolean): RunFacts {
  const writable = isWritten && translation?.writable === true;
  const hosts = translation?.hosts ?? [];
  const emitted = writable ? hosts.filter(({ withheldBy }) => withheldBy.length === 0).length : 0;
  const objects = [...(translation?.objects.values() ?? [])].reduce((sum, read) => sum + read.length, 0);
  const checks = writable ? translation?.checks : undefined;
  const verdicts = checks && new Map(checks.map((check) => [check.id, check]));
  return {
    summary: {
      objects,
      hosts: hosts.length,
      emitted,
      withheld: hosts.length - emitted,
      verified:
        verdicts === undefined ? { equal: 0, reported: 0, unknown: emitted } : countChecks([...verdicts.values()]),
    },
    result: {
      hosts: hosts.map(({ id, withheldBy }) => ({
        id,
        emitted: writable && withheldBy.length === 0,
        withheldBy: [...new Set(withheldBy.map(({ code }) => code))].sort(),
        ...toVerdict(verdicts?.get(id)),
      })),
      limits: translation?.limits ?? [],
      clientChanges: translation?.clientChanges ?? [],
      prerequisites: translation?.prerequisites ?? [],
    },
  };
}

function toVerdict(check: HostCheck | undefined): Readonly<Record<string, unknown>> {
  if (check === undefined) return {};
  return { verified: check.verdict, ...(check.reasons.length === 0 ? {} : { reasons: check.reasons }) };
}
