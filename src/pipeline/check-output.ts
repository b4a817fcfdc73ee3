import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { EmitOptions, Emitter } from '../emitters/emitter.ts';
import type { LegalHost } from '../emitters/legal-host.ts';
import type { RoutingModel, VirtualHost } from '../ir/model.ts';
import { identifyBy } from '../semantics/equivalence/backend-identity.ts';
import { type CompareContext, compareHosts } from '../semantics/equivalence/compare-hosts.ts';
import { compareModels, type HostVerdict } from '../semantics/equivalence/compare-models.ts';
import { hasLatticePrefixes, readLatticePrefixes } from '../semantics/equivalence/reread-host.ts';
import type { HostComparison } from '../semantics/equivalence/types.ts';
import type { CodeIndex } from './acceptance.ts';
import { append } from './append.ts';
import { hostsLeftOut } from './assemble-remaining.ts';
import type { HostCheck } from './count-checks.ts';
import { explainBy } from './explain-difference.ts';

export interface CheckInput {
  readonly model: RoutingModel;
  readonly legal: readonly LegalHost[];
  /** Ids of the hosts that are not written. */
  readonly withheld: ReadonlySet<string>;
  readonly written: RoutingModel;
  readonly findings: readonly Diagnostic[];
  readonly emitter: Emitter;
  readonly emit: EmitOptions;
  readonly codes: CodeIndex;
}

/** Steps of the comparison of one host; a usual host takes a few hundred. */
const BUDGET = 2_000_000;
const SEED = 1;

/**
 * Compares each written host with its source in two steps: what was decided with the source, where findings may announce
 * differences, and what is read back from the output with what was decided, where nothing may differ.
 */
export function checkOutput(input: CheckInput): readonly HostCheck[] {
  const { model, withheld, written, emitter, emit, codes } = input;
  const legal = input.legal.filter(({ host }) => !withheld.has(host.id));
  const decided = legal.map((one) => emitter.toVirtualHost(one, emit));
  const readBack = compareModels({ ...model, virtualHosts: decided }, written, {
    budget: BUDGET,
    seed: SEED,
    ...(emit.subsetService === undefined ? {} : { subsetService: emit.subsetService }),
    // Both sides are what we say: one reading of what is open speaks for all, and nothing excuses a difference.
    latticeReadings: ['string'],
    closedList: false,
    coverage: false,
  });
  const verdicts = new Map<string, HostVerdict[]>();
  const strangers: HostVerdict[] = [];
  for (const one of readBack.hosts) {
    const id = one.pair.left?.id;
    if (id === undefined) strangers.push(one);
    else append(verdicts, id, one);
  }
  const findings = byHost(input.findings);
  // A finding of a parser concerns its document; the rule that it stands in says whose requests it is about.
  const ofDocuments = input.findings.filter(
    ({ affects, code }) => affects.kind === 'document' && codes.get(code)?.definition.changes !== undefined,
  );
  const same = identifyBy([model.facts]);
  const identify = { left: same, right: same };
  const checks = legal.map((one, index): HostCheck => {
    const { host } = one;
    const target = decided[index] ?? host;
    const ofHost = findings.get(host.id) ?? [];
    const own = ofDocuments.length === 0 ? ofHost : [...ofHost, ...ofDocuments];
    const compared = compareWithSource(host, target, own, { emit, codes, identify });
    return judge(host.id, compared, verdicts.get(host.id) ?? []);
  });
  const leftOut = hostsLeftOut(input.legal, model.virtualHosts).filter(({ id }) => !withheld.has(id));
  return [
    ...checks,
    ...leftOut.map(({ id }) => toLeftOut(id, findings.get(id) ?? [])),
    ...strangers.filter(({ verdict }) => verdict !== 'equal').map(toStranger),
  ];
}

/** Under each reading of a Lattice prefix that has to hold. */
function compareWithSource(
  source: VirtualHost,
  target: VirtualHost,
  findings: readonly Diagnostic[],
  { emit, codes, identify }: Pick<CheckInput, 'emit' | 'codes'> & Pick<CompareContext, 'identify'>,
): readonly HostComparison[] {
  const host = nameOf(source);
  const compare = (left: VirtualHost, right: VirtualHost) =>
    compareHosts(left, right, { budget: BUDGET, seed: SEED, host, identify, explain: explainBy(findings, codes) });
  if (!hasLatticePrefixes(target) && !hasLatticePrefixes(source)) return [compare(source, target)];
  return readingsOf(emit).map((reading) =>
    compare(readLatticePrefixes(source, reading), readLatticePrefixes(target, reading)),
  );
}

/** The profile `standard` takes a prefix of Lattice by segment, and says so. */
function readingsOf({ profile, latticePrefix }: EmitOptions): readonly ('string' | 'segment')[] {
  if (profile === 'standard') return ['segment'];
  return latticePrefix === 'unknown' ? ['string', 'segment'] : [latticePrefix];
}

function judge(id: string, compared: readonly HostComparison[], readBack: readonly HostVerdict[]): HostCheck {
  const announced = compared.flatMap(({ differences }) => differences);
  const slips = [
    ...announced.filter(({ known }) => known === undefined),
    ...readBack.flatMap((one) => one.differences),
  ];
  const reasons = [...new Set([...compared, ...readBack].flatMap((one) => one.reasons))];
  const losesBehaviour = announced.some(({ gravity }) => gravity === 'behaviour');
  const isReported = announced.some(({ gravity }) => gravity === 'routing');
  if (readBack.length === 0) return { id, verdict: 'broken', losesBehaviour, differences: slips, reasons };
  const verdict = slips.length > 0 ? 'broken' : reasons.length > 0 ? 'unknown' : isReported ? 'reported' : 'equal';
  return { id, verdict, losesBehaviour, differences: slips.length > 0 ? slips : announced, reasons };
}

/** A host that the target does without: where a finding says so. */
function toLeftOut(id: string, findings: readonly Diagnostic[]): HostCheck {
  const isReported = findings.some(({ severity }) => severity !== 'info');
  return { id, verdict: isReported ? 'reported' : 'broken', losesBehaviour: false, differences: [], reasons: [] };
}

/** The output answers for a host that nothing was decided for. */
function toStranger({ pair, differences, reasons }: HostVerdict): HostCheck {
  return { id: pair.right?.id ?? pair.host, verdict: 'broken', losesBehaviour: false, differences, reasons };
}

function byHost(findings: readonly Diagnostic[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>();
  for (const finding of findings) {
    if (finding.affects.kind !== 'hosts') continue;
    for (const id of finding.affects.ids) append(found, id, finding);
  }
  return found;
}

function nameOf({ host }: VirtualHost): string {
  return host.kind === 'exact' ? host.name : host.kind === 'suffix' ? `x.${host.suffix}` : 'any.example';
}
