import { toolVersion } from '../registry.ts';
import type { TargetFlags } from './flags.ts';
import { renderDiagnostics } from './render/diagnostics.ts';
import { choosePaint } from './render/paint.ts';
import { renderSummary } from './render/summary.ts';
import { summarise } from './reports/summarise.ts';
import type { CommandContext, TranslationRun } from './run-translation.ts';
import { writeFileWhole } from './write-output.ts';

interface ReportOptions extends CommandContext {
  readonly command: 'convert' | 'validate';
  readonly flags: TargetFlags;
  /** Where a report without a path goes; on stderr it takes the place of the text. */
  readonly reportTo: 'stdout' | 'stderr';
  /** Lines about the files that were written. */
  readonly notes: readonly string[];
  /** False where the product could not be written: then there is no summary of it. */
  readonly isWritten: boolean;
}

/** Prints findings and summary on stderr, and writes the reports that were asked for. */
export async function reportRun(run: TranslationRun, options: ReportOptions): Promise<void> {
  const { flags, world, command, reportTo, isWritten } = options;
  const { translation, diagnostics, exitCode } = run;
  const facts = summarise(translation, isWritten);
  const json = async () => {
    const { renderJsonReport } = await import('./reports/json.ts');
    return renderJsonReport({ command, version: toolVersion, exitCode, ...facts, diagnostics });
  };

  const onStream = flags.report.some(({ path }) => path === undefined);
  if (!onStream || reportTo === 'stdout') {
    const paint = await choosePaint(flags.color, world);
    const quiet = flags.quiet === true;
    world.stderr.write(renderDiagnostics(diagnostics, { paint, quiet, verbose: flags.verbose === true }));
    if (!quiet && isWritten && translation !== undefined) {
      world.stderr.write(renderSummary(translation, { ...options, paint, namespace: flags.namespace }));
    }
  }
  const stream = reportTo === 'stdout' ? world.stdout : world.stderr;
  const places = flags.report.map(({ path }) => (path === '-' && reportTo === 'stdout' ? undefined : path));
  // A stream carries one document, however often it is asked for.
  for (const path of new Set(places)) {
    if (path === undefined) stream.write(await json());
    else if (path === '-') world.stdout.write(await json());
    else writeFileWhole(path, await json(), world);
  }
}
