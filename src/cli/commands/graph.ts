import { reaches } from '../../pipeline/severity.ts';
import { toolVersion } from '../../registry.ts';
import type { GraphFlags } from '../flags.ts';
import { buildGraph, type Graph } from '../graph/build-graph.ts';
import { printDot } from '../graph/print-dot.ts';
import { printMermaid } from '../graph/print-mermaid.ts';
import { readModels } from '../read-model.ts';
import { count } from '../render/count.ts';
import { renderDiagnostics } from '../render/diagnostics.ts';
import { choosePaint } from '../render/paint.ts';
import { renderJsonReport } from '../reports/json.ts';
import type { CommandContext } from '../run-translation.ts';
import { writeReportsBeside } from '../write-reports.ts';

/** `latticectl graph`: the routing model as a drawing. */
export async function graph(inputs: readonly string[], flags: GraphFlags, { world }: CommandContext): Promise<number> {
  const { semantics, sourceClass } = flags;
  const side = {
    inputs,
    ...(semantics === undefined ? {} : { semantics }),
    ...(sourceClass === undefined ? {} : { sourceClass }),
  };
  const { models, diagnostics, exitCode } = await readModels([side], flags, { world, except: [] });
  const drawn = models?.[0] === undefined ? undefined : buildGraph(models[0]);
  const verbose = flags.verbose === true;
  // Most findings are about converting, as with `trace`.
  const shown = verbose ? diagnostics : diagnostics.filter((finding) => reaches(finding, flags.failOn));
  const paint = await choosePaint(flags.color, world);
  const hidden = diagnostics.length - shown.length;
  const note = `${count(hidden, 'more finding')} about the input (-v shows them)\n`;
  const text = () =>
    `${renderDiagnostics(shown, { paint, quiet: false, verbose })}${hidden === 0 || flags.quiet === true ? '' : note}`;
  const summary = drawn === undefined ? {} : summarise(drawn);
  const facts = { command: 'graph', version: toolVersion, exitCode, summary, result: {}, diagnostics };
  writeReportsBeside(flags, () => renderJsonReport(facts), text, world);
  if (drawn !== undefined && drawn.hosts.length > 0) {
    world.stdout.write(flags.output === 'dot' ? printDot(drawn) : printMermaid(drawn));
  }
  return exitCode;
}

function summarise({ hosts, targets }: Graph): Readonly<Record<string, number>> {
  const rules = hosts.reduce((sum, host) => sum + host.rules.length, 0);
  return { hosts: hosts.length, rules, targets: targets.length };
}
