import { resolve } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { RoutingModel } from '../../ir/model.ts';
import { loadRegexEngine } from '../../semantics/languages/regex-engine.ts';
import { type ModelRequest, readRequest } from '../../semantics/request-model.ts';
import { agree } from '../../semantics/trace/agree.ts';
import { trace as follow } from '../../semantics/trace/trace.ts';
import { tracesWithRegex } from '../../semantics/trace/traces-with-regex.ts';
import { type Case, findCases, readCases } from '../cases/read-cases.ts';
import { runCases, type TracedSides } from '../cases/run-cases.ts';
import { renderRequestModelText } from '../docs/render-request-model.ts';
import { UsageError } from '../errors.ts';
import { worstExitCode } from '../exit-code.ts';
import type { TraceFlags } from '../flags.ts';
import { type ModelSide, readModels } from '../read-model.ts';
import { reportTrace, type TraceResult } from '../report-trace.ts';
import { type CommandContext, exitCodeOf } from '../run-translation.ts';
import { findingsAbout, findingsOfTrace } from '../trace-findings.ts';

/** Which of the words of the command line is the request. */
const REQUEST = /^(?:([A-Z]+) )?(https?:\/\/.*)$/s;

/** `latticectl trace`: what one request meets and why, or whether the requests of a file meet what they must. */
export async function trace(words: readonly string[], flags: TraceFlags, { world }: CommandContext): Promise<number> {
  if (flags.explainModel === true) {
    world.stdout.write(renderRequestModelText());
    return 0;
  }
  const task = await toTask(words, flags, world);
  const inputs = words.filter((word) => !REQUEST.test(word));
  if (task.kind === 'broken') {
    const exitCode = exitCodeOf(task.diagnostics, flags);
    await reportTrace({ kind: 'nothing' }, task.diagnostics, { exitCode, flags, world });
    return exitCode;
  }
  const { models, ...read } = await readModels(toSides(inputs, flags), flags, {
    world,
    // Cases often lie beside the configuration that they are about.
    except: flags.cases === undefined ? [] : [resolve(world.cwd, flags.cases)],
  });
  const diagnostics = findingsOfTrace(read.diagnostics);
  const exitCode = models === undefined ? read.exitCode : exitCodeOf(diagnostics, flags);
  const result: TraceResult = models === undefined ? { kind: 'nothing' } : await run(task, models, flags);
  const isMet = result.kind !== 'cases' || result.results.every(({ mismatches }) => mismatches.length === 0);
  const worst = worstExitCode([exitCode, isMet ? 0 : 3]);
  const traces = result.kind === 'request' ? result.sides.traces : [];
  const about = findingsAbout(traces, models ?? [], read.diagnostics, flags.namespace);
  await reportTrace(result, diagnostics, { exitCode: worst, flags, world, about });
  return worst;
}

/** What is asked for: one request, or the cases of a file. */
type Task =
  | { readonly kind: 'request'; readonly request: ModelRequest }
  | { readonly kind: 'cases'; readonly cases: readonly Case[]; readonly file: string }
  | { readonly kind: 'broken'; readonly diagnostics: readonly Diagnostic[] };

async function toTask(words: readonly string[], flags: TraceFlags, world: CommandContext['world']): Promise<Task> {
  const [written, second] = words.filter((word) => REQUEST.test(word));
  checkStreams(flags);
  if (second !== undefined) throw new UsageError(`trace follows one request; ${second} is a second one`);
  if (flags.cases === undefined) {
    if (written === undefined)
      throw new UsageError("trace needs a request, as in 'GET http://shop.example.com/cart', or --cases");
    return { kind: 'request', request: toRequest(written, flags) };
  }
  if (written !== undefined) throw new UsageError('trace takes a request or --cases, not both');
  if (flags.header.length > 0 || flags.fromNs !== undefined || flags.port !== undefined) {
    throw new UsageError('-H, --from-ns and --port stand in the file of --cases, with the request that they are for');
  }
  const found: Diagnostic[] = [];
  const cases = await readCases(findCases(flags.cases, world), (finding) => found.push(finding));
  return cases === undefined ? { kind: 'broken', diagnostics: found } : { kind: 'cases', cases, file: flags.cases };
}

function toRequest(written: string, { header, fromNs, port }: TraceFlags): ModelRequest {
  const [, method = 'GET', url = ''] = REQUEST.exec(written) ?? [];
  const reading = readRequest({
    method,
    url,
    headers: header,
    ...(port === undefined ? {} : { port }),
    ...(fromNs === undefined ? {} : { fromNamespace: fromNs }),
  });
  if (reading.kind === 'bad') throw new UsageError(`${written}: ${reading.problem}`);
  return reading.request;
}

function checkStreams({ output, report, cases }: TraceFlags): void {
  const onStdout = report.filter(({ path }) => path === undefined || path === '-');
  if (onStdout.length + (output === undefined ? 0 : 1) > 1) {
    throw new UsageError('stdout takes one report; name files for the others, as in --report junit=cases.xml');
  }
  if (cases === undefined && report.some(({ format }) => format === 'junit')) {
    throw new UsageError('--report junit is about the cases of --cases');
  }
}

/** The input, and behind it what it is compared with. How the input is read says nothing about the other side. */
function toSides(inputs: readonly string[], { semantics, sourceClass, against }: TraceFlags): readonly ModelSide[] {
  const side: ModelSide = {
    inputs,
    ...(semantics === undefined ? {} : { semantics }),
    ...(sourceClass === undefined ? {} : { sourceClass }),
  };
  return against.length === 0 ? [side] : [side, { inputs: against }];
}

async function run(
  task: Exclude<Task, { kind: 'broken' }>,
  models: readonly RoutingModel[],
  { semantics, clusterDomain }: TraceFlags,
): Promise<TraceResult> {
  if (models.some(tracesWithRegex)) await loadRegexEngine();
  const facts = models.map((model) => model.facts);
  const followAll = (request: ModelRequest): TracedSides => {
    const traces = models.map((model, side) =>
      follow(model, request, { clusterDomain, facts, ...(side > 0 || semantics === undefined ? {} : { semantics }) }),
    );
    const [own, other] = traces;
    return { traces, agrees: own === undefined || other === undefined || agree(own, other, facts) };
  };
  return task.kind === 'request'
    ? { kind: 'request', sides: followAll(task.request) }
    : { kind: 'cases', file: task.file, results: runCases(task.cases, followAll) };
}
