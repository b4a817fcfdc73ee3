import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SidesComparison } from '../pipeline/compare/compare-sides.ts';
import { toolVersion } from '../registry.ts';
import type { ReportRequest, VerifyFlags } from './flags.ts';
import { renderDiagnostics } from './render/diagnostics.ts';
import { choosePaint } from './render/paint.ts';
import { renderVerify } from './render/verify.ts';
import { renderJsonReport } from './reports/json.ts';
import { renderJunit } from './reports/junit.ts';
import { verifyToJson } from './reports/verify-json.ts';
import { verifyToJunit } from './reports/verify-junit.ts';
import type { ShownHost } from './verify/shown-host.ts';
import type { World } from './world.ts';
import { writeReports } from './write-reports.ts';

/** What `verify` came to. */
export interface VerifyResult {
  readonly comparison: SidesComparison;
  readonly hosts: readonly ShownHost[];
}

interface ReportOptions {
  readonly exitCode: number;
  readonly flags: VerifyFlags;
  readonly world: World;
  /** Lines about files that were written. */
  readonly notes: readonly string[];
}

/** Prints the verdict on stdout and what is wrong with the files on stderr, and writes the reports that were asked for. */
export async function reportVerify(
  result: VerifyResult | undefined,
  diagnostics: readonly Diagnostic[],
  { exitCode, flags, world, notes }: ReportOptions,
): Promise<void> {
  const [quiet, verbose] = [flags.quiet === true, flags.verbose === true];
  const paint = await choosePaint(flags.color, world);
  world.stderr.write(renderDiagnostics(diagnostics, { paint, quiet, verbose }));
  if (!quiet) for (const note of notes) world.stderr.write(`${note}\n`);
  const print = (format: ReportRequest['format']): string => {
    if (format === 'junit') {
      const cases = result === undefined ? [] : verifyToJunit(result, flags);
      return renderJunit({ command: 'verify', suite: 'hosts', cases, diagnostics, failOn: flags.failOn });
    }
    const facts = result === undefined ? { summary: {}, result: {} } : verifyToJson(result, flags);
    return renderJsonReport({ command: 'verify', version: toolVersion, exitCode, ...facts, diagnostics });
  };
  const { isTaken } = writeReports(flags, print, world);
  if (isTaken || result === undefined) return;
  const onStdout = await choosePaint(flags.color, { ...world, stderr: world.stdout });
  world.stdout.write(renderVerify(result, { flags, paint: onStdout }));
}
