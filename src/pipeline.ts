import type { Diagnostic, Report } from './diagnostics/diagnostic.ts';
import type { SourceDocument } from './diagnostics/origin.ts';
import { type KubernetesDocument, readDocuments } from './documents/read-documents.ts';
import { SharedTexts } from './documents/shared-texts.ts';
import type { EmitResult } from './emitters/emitter.ts';
import type { RoutingModel } from './ir/model.ts';
import { kubernetesKinds } from './parsers/kubernetes/kubernetes-kinds.ts';
import { readFacts, type SettingsServices } from './parsers/kubernetes/read-facts.ts';
import { type Acceptance, readAnnotations } from './pipeline/acceptance.ts';
import { assembleRemaining } from './pipeline/assemble-remaining.ts';
import type { Contents } from './pipeline/contents.ts';
import type { HostCheck } from './pipeline/count-checks.ts';
import { inputDiagnostics } from './pipeline/diagnostics.ts';
import { keepValid } from './pipeline/keep-valid.ts';
import { sortDiagnostics, type Weighing, weigh, withholds } from './pipeline/severity.ts';
import { type SortedDocuments, sortOutDocuments } from './pipeline/sort-out-documents.ts';
import { splitApiVersion } from './pipeline/split-api-version.ts';
import { type VerifyOptions, verifyOutput } from './pipeline/verify-output.ts';
import { checkCoveredRules } from './semantics/covered-rules.ts';
import { loadRegexEngine } from './semantics/languages/regex-engine.ts';
import { needsRegexEngine } from './semantics/needs-regex.ts';
import { checkOrderConflicts } from './semantics/order-conflict.ts';

/** A file of the input, or stdin under the name that findings give it. */
export interface InputFile {
  readonly file: string;
  readonly bytes: Uint8Array;
}

export interface TranslateOptions extends Weighing, VerifyOptions {
  /** What the settings say about Services that the input lacks. */
  readonly services: SettingsServices;
  readonly accept: readonly Acceptance[];
  /** Write the hosts without an error instead of nothing. */
  readonly partial: boolean;
  /** Read what latticectl has written itself, too, as comparing needs it; converting skips it. */
  readonly readOwn?: boolean;
  /** Keep the contents of objects that an error or a warning is about, as comparing needs them. */
  readonly keepContents?: boolean;
  /** Called once the routing model stands: the documents of the input are no longer needed. */
  readonly onRead?: () => void;
}

/** What became of a virtual host. */
export interface HostOutcome {
  readonly id: string;
  /** The findings that keep it from being written; empty for a host that can be. */
  readonly withheldBy: readonly Diagnostic[];
}

export interface Translation extends EmitResult {
  readonly model: RoutingModel;
  readonly hosts: readonly HostOutcome[];
  /** Whether `resources` may be written; false when an error stands and `partial` was not asked for. */
  readonly writable: boolean;
  /** The objects that were read, by the name of their parser. */
  readonly objects: ReadonlyMap<string, readonly ReadObject[]>;
  /** The contents of objects that an error or a warning is about, where `keepContents` asks for them. */
  readonly contents: Contents;
  /** Everything that was found, worst first. */
  readonly diagnostics: readonly Diagnostic[];
  /** What the comparison says of each written host; absent where none was asked for. */
  readonly checks?: readonly HostCheck[];
  /** The output as it was compared, in pieces. */
  readonly printed?: readonly string[];
}

/**
 * The whole translation: text → documents → routing model → checks → legal model of the target → resources.
 * Facts about the input become findings and are never thrown; what throws is a bug of ours.
 */
export async function translate(inputs: readonly InputFile[], options: TranslateOptions): Promise<Translation> {
  const findings: Diagnostic[] = [];
  const reading = read(inputs, options, (diagnostic) => findings.push(diagnostic));
  // Not awaited here: a function that waits keeps its arguments, and so the bytes of the input.
  return finish(reading, inputs.length, findings, options);
}

/** From the routing model on. */
async function finish(
  reading: Promise<ReadInput>,
  files: number,
  findings: Diagnostic[],
  options: TranslateOptions,
): Promise<Translation> {
  const report: Report = (diagnostic) => findings.push(diagnostic);
  const { model, accept, objects, recognised, contents } = await reading;
  options.onRead?.();
  if (needsRegexEngine(model)) await loadRegexEngine();
  checkOrderConflicts(model, report);

  const legal = options.emitter?.legalize(model, options.emit, report) ?? [];
  if (options.emitter !== undefined) {
    const known = findings.flatMap(({ code, origin }) => (UNREACHED.has(code) ? (origin ?? []) : []));
    await checkCoveredRules(model, known, report);
  }
  if (options.emitter === undefined) for (const { lost } of model.guards) report(lost);
  if (!recognised && !findings.some(({ severity }) => severity === 'error')) {
    report(inputDiagnostics['nothing-recognised']({ files }, undefined));
  }
  const assemble = (all: readonly Diagnostic[]) => assembleRemaining(legal, all, { ...options, accept, model });
  const { result, hosts, diagnostics, checks, printed } = await verifyOutput(
    assemble(findings),
    { model, legal, assemble },
    options,
  );
  const left = options.emitter === undefined ? [...model.virtualHosts, ...model.carried] : result.resources;
  const isEmpty = left.length === 0 && diagnostics.every((finding) => !withholds(finding, options));
  const found = isEmpty ? [...diagnostics, inputDiagnostics['nothing-to-emit']({}, undefined)] : diagnostics;

  return {
    ...result,
    model,
    hosts,
    writable: options.partial || !found.some((finding) => withholds(finding, options)),
    objects,
    contents,
    ...(checks === undefined ? {} : { checks }),
    ...(printed === undefined ? {} : { printed }),
    diagnostics: sortDiagnostics(found.map((finding) => weigh(finding, options))),
  };
}

/** Findings that say already that no request reaches a rule. */
const UNREACHED: ReadonlySet<string> = new Set(['gateway-api/rule-never-matches', 'gateway-api/rule-left-out']);

/** An object of the input without its contents, which nobody needs once the model stands. */
export type ReadObject = Pick<KubernetesDocument, 'resource' | 'origin'>;

interface ReadInput {
  readonly model: RoutingModel;
  readonly accept: readonly Acceptance[];
  readonly objects: ReadonlyMap<string, readonly ReadObject[]>;
  readonly recognised: boolean;
  readonly contents: Contents;
}

/** Text → documents → routing model. */
async function read(inputs: readonly InputFile[], options: TranslateOptions, report: Report): Promise<ReadInput> {
  return readModel(readAll(inputs, options, report), options, report);
}

function readAll(inputs: readonly InputFile[], { parsers }: TranslateOptions, report: Report): KubernetesDocument[] {
  const readKinds = kubernetesKinds.filter(({ answer }) => answer !== 'ignored');
  const kinds = new Set([...readKinds, ...parsers.flatMap((parser) => parser.kinds)].map(nameOf));
  const isSupported = (apiVersion: string, kind: string) =>
    kinds.has(nameOf({ group: splitApiVersion(apiVersion).group, kind }));
  const shared = new SharedTexts();
  return [...inputs].sort(byFile).flatMap((input) => readDocuments(input, report, { isSupported, shared }));
}

/** Documents → routing model. Apart from the rest, so that the documents can be freed. */
async function readModel(
  documents: readonly KubernetesDocument[],
  options: TranslateOptions,
  report: Report,
): Promise<ReadInput> {
  const { parsers, readOwn = false, keepContents = false } = options;
  const named = new Set<SourceDocument>();
  const note: Report = (finding) => {
    if (finding.severity !== 'info' && finding.origin !== undefined) named.add(finding.origin.document);
    report(finding);
  };
  const readers = { parsers, factKinds: kubernetesKinds, parse: options.parse, readOwn };
  const sorted = sortOutDocuments(documents, readers, note);
  const valid = await keepValid(sorted, note);
  const accept = [...options.accept, ...readAnnotations(valid.known, report)];
  const lighten = ({ resource, origin }: KubernetesDocument): ReadObject => ({ resource, origin });
  const model = parse(valid, options, note);
  for (const { lost } of model.guards) if (lost.origin !== undefined) named.add(lost.origin.document);
  const kept = keepContents ? documents.filter(({ origin }) => named.has(origin.document)) : [];
  return {
    model,
    contents: new Map(kept.map(({ origin, object }) => [origin.document, object])),
    accept,
    objects: new Map([...sorted.byParser].map(([{ name }, documents]) => [name, documents.map(lighten)])),
    recognised: sorted.recognised,
  };
}

/** The routing model of all sources together. */
function parse({ byParser, known }: SortedDocuments, options: TranslateOptions, report: Report): RoutingModel {
  const facts = readFacts(known, options.services, options.parse);
  const sources = options.parsers.flatMap((parser) => {
    const documents = byParser.get(parser);
    return documents === undefined ? [] : [parser.parse(documents, { options: options.parse, facts, report })];
  });
  return {
    gateways: sources.flatMap(({ gateways }) => gateways),
    virtualHosts: sources.flatMap(({ virtualHosts }) => virtualHosts),
    carried: sources.flatMap(({ carried }) => carried),
    guards: sources.flatMap(({ guards = [] }) => guards),
    facts,
  };
}

function byFile(left: InputFile, right: InputFile): number {
  return left.file < right.file ? -1 : left.file > right.file ? 1 : 0;
}

function nameOf({ group, kind }: { readonly group: string; readonly kind: string }): string {
  return `${group}/${kind}`;
}
