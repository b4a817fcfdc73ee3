import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { reaches } from '../pipeline/severity.ts';
import { toolVersion } from '../registry.ts';
import type { CaseResult, TracedSides } from './cases/run-cases.ts';
import type { ReportRequest, TraceFlags } from './flags.ts';
import { count } from './render/count.ts';
import { renderDiagnostics } from './render/diagnostics.ts';
import { choosePaint } from './render/paint.ts';
import { renderCases, renderTraces } from './render/trace.ts';
import { renderJsonReport } from './reports/json.ts';
import { casesToJunit, renderJunit } from './reports/junit.ts';
import { casesToJson, tracesToJson } from './reports/trace-json.ts';
import type { World } from './world.ts';
import { writeReports } from './write-reports.ts';

/** What `trace` came to. */
export type TraceResult =
  | { readonly kind: 'request'; readonly sides: TracedSides }
  | { readonly kind: 'cases'; readonly file: string; readonly results: readonly CaseResult[] }
  /** Something is wrong with the settings, with the cases or with us. */
  | { readonly kind: 'nothing' };

interface ReportOptions {
  readonly exitCode: number;
  readonly flags: TraceFlags;
  readonly world: World;
  /** Findings about the hosts that answer, which are shown in any case. */
  readonly about?: readonly Diagnostic[];
}

/** Prints the answer on stdout and the findings on stderr, and writes the reports that were asked for. */
export async function reportTrace(
  result: TraceResult,
  diagnostics: readonly Diagnostic[],
  { exitCode, flags, world, about = [] }: ReportOptions,
): Promise<void> {
  const verbose = flags.verbose === true;
  const paint = await choosePaint(flags.color, world);
  // Most findings are about converting: who asks for one request sees those that fail the run and what
  // is not read of the hosts that answer, the others on demand.
  const near = new Set(about.map(({ code, origin }) => `${code} ${origin}`));
  const isShown = (one: Diagnostic) =>
    verbose || reaches(one, flags.failOn) || (flags.quiet !== true && near.has(`${one.code} ${one.origin}`));
  const shown = diagnostics.filter(isShown);
  world.stderr.write(renderDiagnostics(shown, { paint, quiet: false, verbose }));
  if (shown.length < diagnostics.length && flags.quiet !== true) {
    world.stderr.write(`${count(diagnostics.length - shown.length, 'more finding')} about the input (-v shows them)\n`);
  }
  const print = (format: ReportRequest['format']): string => {
    if (format === 'junit') {
      const cases = result.kind === 'cases' ? casesToJunit(result.file, result.results) : [];
      return renderJunit({ command: 'trace', suite: 'cases', cases, diagnostics, failOn: flags.failOn });
    }
    const facts = factsOf(result);
    return renderJsonReport({ command: 'trace', version: toolVersion, exitCode, ...facts, diagnostics });
  };
  const { isTaken } = writeReports(flags, print, world);
  if (isTaken) return;
  const onStdout = await choosePaint(flags.color, { ...world, stderr: world.stdout });
  if (result.kind === 'request') world.stdout.write(renderTraces(result.sides, { paint: onStdout, verbose }));
  if (result.kind === 'cases')
    world.stdout.write(renderCases(result.results, { paint: onStdout, verbose, quiet: flags.quiet === true }));
}

function factsOf(result: TraceResult) {
  if (result.kind === 'request') return { summary: {}, result: tracesToJson(result.sides) };
  if (result.kind === 'nothing') return { summary: {}, result: {} };
  const failed = result.results.filter(({ mismatches }) => mismatches.length > 0).length;
  const summary = { cases: result.results.length, passed: result.results.length - failed, failed };
  return { summary, result: casesToJson(result.results) };
}
