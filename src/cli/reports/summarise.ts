import type { Translation } from '../../pipeline.ts';

/** Figures and details of a translation for the JSON report. */
export interface RunFacts {
  readonly summary: Readonly<Record<string, unknown>>;
  readonly result: Readonly<Record<string, unknown>>;
}

/** `summary` and `result` of the report. Nothing is compared yet, so every host that is written counts as unknown. */
export function summarise(translation: Translation | undefined, isWritten: boolean): RunFacts {
  const writable = isWritten && translation?.writable === true;
  const hosts = translation?.hosts ?? [];
  const emitted = writable ? hosts.filter(({ withheldBy }) => withheldBy.length === 0).length : 0;
  const objects = [...(translation?.objects.values() ?? [])].reduce((sum, read) => sum + read.length, 0);
  return {
    summary: {
      objects,
      hosts: hosts.length,
      emitted,
      withheld: hosts.length - emitted,
      verified: { equal: 0, reported: 0, unknown: emitted },
    },
    result: {
      hosts: hosts.map(({ id, withheldBy }) => ({
        id,
        emitted: writable && withheldBy.length === 0,
        withheldBy: [...new Set(withheldBy.map(({ code }) => code))].sort(),
      })),
      limits: translation?.limits ?? [],
      clientChanges: translation?.clientChanges ?? [],
      prerequisites: translation?.prerequisites ?? [],
    },
  };
}
