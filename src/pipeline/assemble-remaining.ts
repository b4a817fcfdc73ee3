import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { EmitOptions, EmitResult, Emitter } from '../emitters/emitter.ts';
import type { LegalHost } from '../emitters/legal-host.ts';
import type { RoutingModel, VirtualHost } from '../ir/model.ts';
import type { ParseOptions } from '../parsers/parser.ts';
import { type Acceptance, applyAcceptances, type CodeIndex } from './acceptance.ts';
import { findWithheld } from './affected-hosts.ts';
import { findWiderHosts } from './guard-wildcards.ts';
import { type Weighing, withholds } from './severity.ts';

interface Options extends Weighing {
  readonly emitter: Emitter | undefined;
  readonly emit: EmitOptions;
  readonly parse: ParseOptions;
  readonly model: RoutingModel;
  readonly accept: readonly Acceptance[];
  readonly codes: CodeIndex;
}

/** What was assembled, and what keeps the rest from it. */
export interface Remaining {
  readonly result: EmitResult;
  readonly hosts: readonly { readonly id: string; readonly withheldBy: readonly Diagnostic[] }[];
  /** The findings so far and those of the emitter, acceptances marked. */
  readonly diagnostics: readonly Diagnostic[];
}

const NO_CAUSES: readonly Diagnostic[] = [];
const nothing: EmitResult = { resources: [], clientChanges: [], limits: [], prerequisites: [] };

/**
 * Builds the resources of the hosts that no unaccepted error concerns. Assembling may find that hosts do not go
 * together; it then runs again without the hosts that this concerns, until nothing new turns up.
 */
export function assembleRemaining(
  legal: readonly LegalHost[],
  findings: readonly Diagnostic[],
  options: Options,
): Remaining {
  const { model, accept, codes, emitter, parse } = options;
  const hosts = uniteHosts(legal, model);
  // An expanded wildcard and a closed listener are no hosts of the target: nothing is written for them.
  const taken = new Set((emitter === undefined ? hosts : legal.map(({ host }) => host)).map(({ id }) => id));
  const judge = (all: readonly Diagnostic[]) => {
    const diagnostics = applyAcceptances(all, accept, { codes, defaultNamespace: parse.defaultNamespace });
    const errors = diagnostics.filter((finding) => withholds(finding, options));
    return { diagnostics, withheld: findWithheld(errors, hosts, model, parse.defaultNamespace) };
  };
  const outcomes = ({ withheld, diagnostics }: ReturnType<typeof judge>, result: EmitResult): Remaining => ({
    result,
    diagnostics,
    hosts: hosts
      .map(({ id }) => ({ id, withheldBy: withheld.get(id) ?? NO_CAUSES }))
      .filter(({ id, withheldBy }) => withheldBy.length > 0 || taken.has(id)),
  });

  let judged = judge(findings);
  if (emitter === undefined) return outcomes(judged, nothing);
  // On Lattice every name is a service of its own, and no wildcard answers for another name.
  const guarded = new Set<string>();
  const guard = () => {
    if (options.emit.profile !== 'standard') return [];
    const fresh = findWiderHosts(legal, judged.withheld).filter((finding) => !guarded.has(keyOf(finding)));
    for (const finding of fresh) guarded.add(keyOf(finding));
    return fresh;
  };
  /** What withholds hosts since an earlier round, each finding with all of them. */
  const earlier = new Map<string, Diagnostic>();
  for (;;) {
    const { withheld } = judged;
    const assembled: Diagnostic[] = [];
    const remaining = legal.filter(({ host }) => !withheld.has(host.id));
    const result = emitter.assemble(remaining, model, options.emit, (finding) => assembled.push(finding));
    // A finding that comes again without the hosts that it has withheld goes on withholding them, or this never ends.
    const again = assembled.map((finding) => unite(finding, earlier.get(keyOf(finding))));
    const repeated = new Set(again.map(keyOf));
    const past = [...earlier].flatMap(([key, finding]) => (repeated.has(key) ? [] : [finding]));
    judged = judge([...findings, ...past, ...again]);
    const wider = guard();
    if (judged.withheld.size === withheld.size && wider.length === 0) return outcomes(judged, result);
    for (const finding of [...again.filter((one) => withholds(one, options)), ...wider])
      earlier.set(keyOf(finding), unite(finding, earlier.get(keyOf(finding))));
    if (wider.length > 0) judged = judge([...findings, ...earlier.values()]);
  }
}

function unite(finding: Diagnostic, before: Diagnostic | undefined): Diagnostic {
  if (before?.affects.kind !== 'hosts' || finding.affects.kind !== 'hosts') return finding;
  const ids = [...new Set([...before.affects.ids, ...finding.affects.ids])].sort();
  return { ...finding, affects: { kind: 'hosts', ids } };
}

/** The hosts of the target; those of the model that the target could not take at all follow them. */
function uniteHosts(legal: readonly LegalHost[], { virtualHosts }: RoutingModel): readonly VirtualHost[] {
  const hosts = new Map(legal.map(({ host }) => [host.id, host]));
  for (const host of hostsLeftOut(legal, virtualHosts)) hosts.set(host.id, host);
  return [...hosts.values()];
}

/** Hosts of the source for which the target has none, neither the host itself nor one that it was expanded to. */
export function hostsLeftOut(
  legal: readonly LegalHost[],
  virtualHosts: RoutingModel['virtualHosts'],
): readonly VirtualHost[] {
  const taken = new Set(legal.flatMap(({ host: { id, expands } }) => (expands === undefined ? [id] : [id, expands])));
  return virtualHosts.filter(({ id }) => !taken.has(id));
}

function keyOf({ code, message, origin }: Diagnostic): string {
  return [code, message, origin?.document.file, origin?.field].join('\n');
}
