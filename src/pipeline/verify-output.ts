import type { Affects, Diagnostic } from '../diagnostics/diagnostic.ts';
import type { EmitOptions, EmitResult, EmittedResource, Emitter } from '../emitters/emitter.ts';
import type { LegalHost } from '../emitters/legal-host.ts';
import { printManifests } from '../emitters/print-manifest.ts';
import type { RoutingModel, VirtualHost } from '../ir/model.ts';
import type { ParseOptions, Parser } from '../parsers/parser.ts';
import { describeChange } from '../semantics/describe-action.ts';
import type { Difference, Taker } from '../semantics/equivalence/types.ts';
import { loadRegexEngine } from '../semantics/languages/regex-engine.ts';
import { needsRegexEngine } from '../semantics/needs-regex.ts';
import { toWitness } from '../semantics/witness.ts';
import type { CodeIndex } from './acceptance.ts';
import { alignImplied } from './align-implied.ts';
import type { Remaining } from './assemble-remaining.ts';
import type { HostCheck } from './count-checks.ts';
import { internalDiagnostics } from './diagnostics.ts';
import { dropUnattached } from './drop-unattached.ts';

interface Assembly {
  readonly model: RoutingModel;
  readonly legal: readonly LegalHost[];
  readonly assemble: (findings: readonly Diagnostic[]) => Remaining;
}

/** The options of the translation that the comparison depends on. */
export interface VerifyOptions {
  readonly parsers: readonly Parser[];
  /** Absent: only the routing model is wanted. */
  readonly emitter: Emitter | undefined;
  readonly emit: EmitOptions;
  readonly parse: ParseOptions;
  readonly codes: CodeIndex;
  /** Whether the output is compared at all. */
  readonly verify?: boolean;
  /** The output in pieces as it will be written; YAML without comments where absent. */
  readonly print?: (resources: readonly EmittedResource[]) => readonly string[];
}

/** What was assembled, and how it compares with its source. */
export interface Verified extends Remaining {
  readonly checks?: readonly HostCheck[];
  /** The text that was compared. */
  readonly printed?: readonly string[];
}

/**
 * Reads the output back and compares it with the source. A host that differs without a word is a bug of ours: it is
 * reported and not written, and what is left is compared anew. Without `verify` the output is taken as it is.
 */
export async function verifyOutput(
  remaining: Remaining,
  assembly: Assembly,
  options: VerifyOptions,
): Promise<Verified> {
  const { model, legal, assemble } = assembly;
  const { emitter, emit, codes, verify = false } = options;
  if (!verify || emitter === undefined || remaining.result.resources.length === 0) return remaining;
  // Loaded where it is asked for: a run without the check starts without it.
  const [{ readBack }, { checkOutput }] = await Promise.all([import('./read-back.ts'), import('./check-output.ts')]);
  const withheld = new Set(remaining.hosts.filter(({ withheldBy }) => withheldBy.length > 0).map(({ id }) => id));
  const { resources } = remaining.result;
  const printed = (options.print ?? printAll)(resources);
  const bytes = new TextEncoder().encode(printed.join(''));
  const parse = { ...options.parse, ...emitter.readBack.options(emit) };
  const parser = options.parsers.find(({ name }) => name === emitter.readBack.parser);
  if (parser === undefined) throw new Error(`no parser reads the output of ${emitter.name} back`);
  const read = await readBack(bytes, { parser, parse, facts: model.facts });
  const written = dropUnattached(alignImplied(read, model, emit), model, emit);
  // A test of presence is a pattern in the output, where the source has none.
  if (needsRegexEngine(model) || needsRegexEngine(written)) await loadRegexEngine();
  const findings = remaining.diagnostics;
  const checks = checkOutput({ model, legal, withheld, written, findings, emitter, emit, codes });
  const broken = checks.filter(({ verdict }) => verdict === 'broken');
  if (broken.length === 0) return { ...remaining, checks, printed };
  const bugs = broken.map((check) => toBug(check, { legal, written, resources }));
  const rest = assemble([...findings, ...bugs]);
  // A bug that takes no further host away would be found again and again.
  const isLess = rest.result.resources.length < resources.length;
  const left = isLess ? await verifyOutput(rest, assembly, options) : { ...rest, result: NOTHING };
  const found = new Map([...(left.checks ?? []), ...broken].map((check) => [check.id, check]));
  return { ...left, checks: [...found.values()] };
}

const NOTHING: EmitResult = { resources: [], clientChanges: [], limits: [], prerequisites: [] };

function printAll(resources: Remaining['result']['resources']): readonly string[] {
  return [printManifests(resources.map(({ object }) => object))];
}

interface Output {
  readonly legal: readonly LegalHost[];
  readonly written: RoutingModel;
  readonly resources: readonly EmittedResource[];
}

function toBug(check: HostCheck, output: Output): Diagnostic {
  const { id, differences } = check;
  const known = output.legal.find(({ host }) => host.id === id)?.host;
  const [first] = differences;
  const host = known ?? output.written.virtualHosts.find((one) => one.id === id);
  const args = { host: id, dimension: first?.dimension ?? 'it is not served' };
  const witness = first === undefined || host === undefined ? {} : { witness: witnessOf(host, first) };
  const affects: Affects = known === undefined ? blame(id, output) : { kind: 'hosts', ids: [id] };
  return internalDiagnostics['output-differs'](args, known?.origin, { ...witness, affects });
}

/** The hosts whose objects answer for a host that nothing was decided for; all where that cannot be told. */
function blame(id: string, { written, resources }: Output): Affects {
  const rules = written.virtualHosts.find((one) => one.id === id)?.rules ?? [];
  const names = new Set(rules.map(({ source: { kind, name } }) => `${kind} ${name}`));
  const ids = resources.flatMap(({ object, hosts }) => (names.has(nameOf(object)) ? hosts : []));
  return ids.length === 0 ? { kind: 'all' } : { kind: 'hosts', ids: [...new Set(ids)].sort() };
}

function nameOf({ kind, metadata }: EmittedResource['object']): string {
  const name = typeof metadata === 'object' && metadata !== null && 'name' in metadata ? metadata.name : undefined;
  return `${kind} ${name}`;
}

function witnessOf(host: VirtualHost, { request, left, right }: Difference): ReturnType<typeof toWitness> {
  const actionOf = (taker: Taker) => taker?.rule.action ?? host.otherwise;
  const { before, after } = describeChange(actionOf(left), actionOf(right));
  return toWitness(host, request, before, after);
}
