import { resolve } from 'node:path';
import { toolVersion } from '../registry.ts';
import { UsageError } from './errors.ts';
import type { TargetFlags } from './flags.ts';
import { renderDiagnostics } from './render/diagnostics.ts';
import { choosePaint } from './render/paint.ts';
import { renderSummary } from './render/summary.ts';
import { summarise } from './reports/summarise.ts';
import type { CommandContext, TranslationRun } from './run-translation.ts';
import type { OutputStream } from './world.ts';
import { writeFileWhole } from './write-output.ts';

interface ReportOptions extends CommandContext {
  readonly command: 'convert' | 'validate';
  readonly flags: TargetFlags;
  /** Where a report without a path goes; on stderr it takes the place of the text. */
  readonly reportTo: 'stdout' | 'stderr';
  /** Lines about the files that were written. */
  readonly notes: readonly string[];
}

/** Prints findings and summary on stderr, and writes the reports that were asked for. */
export async function reportRun(run: TranslationRun, options: ReportOptions): Promise<void> {
  const { flags, world, command, reportTo } = options;
  const { translation, diagnostics, exitCode } = run;
  const facts = summarise(translation);
  const json = async () => {
    const { renderJsonReport } = await import('./reports/json.ts');
    return renderJsonReport({ command, version: toolVersion, exitCode, ...facts, diagnostics });
  };

  const onStream = flags.report.some(({ path }) => path === undefined);
  if (!onStream || reportTo === 'stdout') {
    const paint = await choosePaint(flags.color, world);
    const quiet = flags.quiet === true;
    world.stderr.write(renderDiagnostics(diagnostics, { paint, quiet, verbose: flags.verbose === true }));
    if (!quiet && translation !== undefined) {
      world.stderr.write(renderSummary(translation, { ...options, paint, namespace: flags.namespace }));
    }
  }
  for (const { path } of flags.report) {
    if (path === undefined) streamOf(options).write(await json());
    else if (path === '-') writeToStdout(await json(), options);
    else writeFileWhole(resolve(world.cwd, path), await json(), world);
  }
}

function streamOf({ reportTo, world }: ReportOptions): OutputStream {
  return reportTo === 'stdout' ? world.stdout : world.stderr;
}

function writeToStdout(text: string, { reportTo, world }: ReportOptions): void {
  if (reportTo === 'stderr')
    throw new UsageError('--report json=-: stdout is taken by the product; add --out, or name a file');
  world.stdout.write(text);
}
