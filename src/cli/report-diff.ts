import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { LatticeResources } from '../emitters/lattice/resources.ts';
import type { Plan } from '../lattice/plan/plan-types.ts';
import { toolVersion } from '../registry.ts';
import type { DiffFlags } from './flags.ts';
import { renderDiagnostics } from './render/diagnostics.ts';
import { choosePaint } from './render/paint.ts';
import { renderPlan } from './render/plan.ts';
import { renderJsonReport } from './reports/json.ts';
import { planToJson } from './reports/plan-json.ts';
import type { World } from './world.ts';
import { writeReports } from './write-reports.ts';

/** What `diff` came to. */
export interface DiffResult {
  readonly plan: Plan;
  readonly checksum: string;
  readonly wanted: LatticeResources;
  /** Of the credentials, where an answer told. */
  readonly account?: string;
  readonly region?: string;
  readonly endpoint?: string;
}

interface ReportOptions {
  readonly exitCode: number;
  readonly flags: DiffFlags;
  readonly world: World;
  /** Lines about files that were written. */
  readonly notes: readonly string[];
}

/** Prints the plan on stdout and the findings on stderr, and writes the reports that were asked for. */
export async function reportDiff(
  result: DiffResult | undefined,
  diagnostics: readonly Diagnostic[],
  { exitCode, flags, world, notes }: ReportOptions,
): Promise<void> {
  const [quiet, verbose] = [flags.quiet === true, flags.verbose === true];
  const paint = await choosePaint(flags.color, world);
  world.stderr.write(renderDiagnostics(diagnostics, { paint, quiet, verbose }));
  if (!quiet) for (const note of notes) world.stderr.write(`${note}\n`);
  const facts = result === undefined ? { summary: {}, result: {} } : planToJson(result);
  const print = () => renderJsonReport({ command: 'diff', version: toolVersion, exitCode, ...facts, diagnostics });
  const { isTaken } = writeReports(flags, print, world);
  if (isTaken || result === undefined) return;
  const onStdout = await choosePaint(flags.color, { ...world, stderr: world.stdout });
  world.stdout.write(renderPlan(result, { paint: onStdout, all: flags.all === true }));
}
