import type { ReportRequest, ValidateFlags } from '../flags.ts';
import { reportRun } from '../report-run.ts';
import { type CommandContext, runTranslation } from '../run-translation.ts';

/** `latticectl validate`: the findings and the summary of a conversion, without its product. */
export async function validate(
  inputs: readonly string[],
  flags: ValidateFlags,
  context: CommandContext,
): Promise<number> {
  // All hosts are assembled either way; what is counted as written is what --partial would write.
  const run = await runTranslation(inputs, flags, { world: context.world, partial: true });
  const json: ReportRequest = { format: 'json' };
  const report =
    flags.output === undefined ? flags.report : [...flags.report.filter(({ path }) => path !== undefined), json];
  await reportRun(run, {
    ...context,
    command: 'validate',
    flags: { ...flags, report },
    reportTo: 'stdout',
    notes: [],
    isWritten: true,
  });
  return run.exitCode;
}
