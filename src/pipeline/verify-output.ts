import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { EmitOptions, EmittedResource, Emitter } from '../emitters/emitter.ts';
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
import type { Remaining } from './assemble-remaining.ts';
import type { HostCheck } from './count-checks.ts';
import { internalDiagnostics } from './diagnostics.ts';

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
 * reported and not written. Without `verify` the output is taken as it is.
 */
export async function verifyOutput(
  remaining: Remaining,
  { model, legal, assemble }: Assembly,
  options: VerifyOptions,
): Promise<Verified> {
  const { emitter, emit, codes, verify = false } = options;
  if (!verify || emitter === undefined || remaining.result.resources.length === 0) return remaining;
  // Loaded where it is asked for: a run without the check starts without it.
  const [{ readBack }, { checkOutput }] = await Promise.all([import('./read-back.ts'), import('./check-output.ts')]);
  if (needsRegexEngine(model)) await loadRegexEngine();
  const withheld = new Set(remaining.hosts.filter(({ withheldBy }) => withheldBy.length > 0).map(({ id }) => id));
  const printed = (options.print ?? printAll)(remaining.result.resources);
  const bytes = new TextEncoder().encode(printed.join(''));
  const parse = { ...options.parse, ...emitter.readBack.options(emit) };
  const parser = options.parsers.find(({ name }) => name === emitter.readBack.parser);
  if (parser === undefined) throw new Error(`no parser reads the output of ${emitter.name} back`);
  const found = await readBack(bytes, { parser, parse, facts: model.facts });
  const checks = checkOutput({
    model,
    legal,
    withheld,
    written: found,
    findings: remaining.diagnostics,
    emitter,
    emit,
    codes,
  });
  const broken = checks.filter(({ verdict }) => verdict === 'broken');
  if (broken.length === 0) return { ...remaining, checks, printed };
  const bugs = broken.map((check) => toBug(check, model.virtualHosts));
  return { ...assemble([...remaining.diagnostics, ...bugs]), checks };
}

function printAll(resources: Remaining['result']['resources']): readonly string[] {
  return [printManifests(resources.map(({ object }) => object))];
}

function toBug({ id, differences }: HostCheck, hosts: readonly VirtualHost[]): Diagnostic {
  const host = hosts.find((one) => one.id === id);
  const [first] = differences;
  const args = { host: id, dimension: first?.dimension ?? 'it is not served' };
  const witness = first === undefined || host === undefined ? {} : { witness: witnessOf(host, first) };
  return internalDiagnostics['output-differs'](args, host?.origin, {
    ...witness,
    affects: { kind: 'hosts', ids: [id] },
  });
}

function witnessOf(host: VirtualHost, { request, left, right }: Difference): ReturnType<typeof toWitness> {
  const actionOf = (taker: Taker) => taker?.rule.action ?? host.otherwise;
  const { before, after } = describeChange(actionOf(left), actionOf(right));
  return toWitness(host, request, before, after);
}
