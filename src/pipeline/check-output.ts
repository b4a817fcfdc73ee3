import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { EmitOptions, Emitter } from '../emitters/emitter.ts';
import type { LegalHost } from '../emitters/legal-host.ts';
import type { RoutingModel, VirtualHost } from '../ir/model.ts';
import { identifyBy } from '../semantics/equivalence/backend-identity.ts';
import { compareModels, type HostVerdict } from '../semantics/equivalence/compare-models.ts';
import { unservedLike } from '../semantics/equivalence/unserved.ts';
import type { CodeIndex } from './acceptance.ts';
import { acceptedAs, acceptedErrors, byHost, explainAll, widenedBy } from './announced.ts';
import { append } from './append.ts';
import { hostsLeftOut } from './assemble-remaining.ts';
import { compareWithSource } from './compare-with-source.ts';
import type { HostCheck } from './count-checks.ts';
import { explainBy } from './explain-difference.ts';
import { judgeHost, judgeStranger } from './judge-host.ts';

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
const LIMITS = { budget: BUDGET, seed: 1 };

/**
 * Compares each written host with its source in two steps: what was decided with the source, where findings may announce
 * differences, and what is read back from the output with what was decided, where nothing may differ.
 */
export function checkOutput(input: CheckInput): readonly HostCheck[] {
  const { model, withheld, written, emitter, emit, codes } = input;
  const legal = input.legal.filter(({ host }) => !withheld.has(host.id));
  // Where nothing is printed of a host without a rule, what answers where nothing serves it stands for it.
  const isPrinted = ({ host, rules }: LegalHost) => rules.length > 0 || emitter.writesWithoutRules(host);
  const decided = legal.map((one) =>
    isPrinted(one) ? emitter.toVirtualHost(one, emit) : unservedLike(one.host, one.host.scope.port),
  );
  const isWritten = (one: LegalHost) => isPrinted(one) || one.host.scope.kind === 'gateway';
  const expected = decided.filter((_, index) => legal[index] !== undefined && isWritten(legal[index]));
  const readBack = compareModels({ ...model, virtualHosts: expected }, written, {
    budget: LIMITS.budget,
    seed: LIMITS.seed,
    ...(emit.subsetService === undefined ? {} : { subsetService: emit.subsetService }),
    // Both sides are what we say: one reading of what is open speaks for all, and nothing excuses a difference.
    latticeReadings: ['string'],
    closedList: false,
    coverage: false,
  });
  const { verdicts, strangers } = sortOut(readBack.hosts);
  const findings = byHost(input.findings);
  // A finding of a parser concerns its document; the rule that it stands in says whose requests it is about.
  const ofDocuments = input.findings.filter(
    ({ affects, code }) => affects.kind === 'document' && codes.get(code)?.definition.changes !== undefined,
  );
  const accepted = acceptedErrors(
    input,
    legal.map(({ host }) => host),
  );
  const shared = { model, codes, emit, identify: identifyBy([model.facts]), limits: LIMITS };
  const compare = (host: VirtualHost, target: VirtualHost, own: readonly Diagnostic[]) =>
    compareWithSource(host, target, shared, ofDocuments.length === 0 ? own : [...own, ...ofDocuments]);
  const explained = new Set<HostVerdict>();
  const checks = legal.map((one, index): HostCheck => {
    const { host, rules } = one;
    const { id } = host;
    const own = findings.get(id) ?? [];
    const found = verdicts.get(id) ?? [];
    const compared = compare(host, decided[index] ?? host, own);
    // Where no rule is left, what was accepted is about all requests of the host, and a wildcard may answer for it.
    const isGone = rules.length === 0;
    const withSource = isGone ? compared.map((each) => explainAll(each, acceptedAs(own, codes))) : compared;
    const judged = isGone ? found.map((each) => explainAll(each, explainBy(own, codes))) : found;
    const beside = strangers.filter(({ pair }) => found.some((verdict) => verdict.pair.right === pair.right));
    const others = beside.map((stranger) => explainAll(stranger, widenedBy(own, codes))).filter(isExplained);
    for (const stranger of beside) {
      if (others.some(({ pair }) => pair === stranger.pair)) explained.add(stranger);
    }
    return judgeHost({
      id,
      withSource,
      readBack: isWritten(one) ? judged : 'nothing',
      beside: others.flatMap(({ differences }) => differences),
      accepted: accepted.get(id) ?? [],
    });
  });
  const leftOut = hostsLeftOut(input.legal, model.virtualHosts).filter(({ id }) => !withheld.has(id));
  return [
    ...checks,
    ...leftOut.map((host): HostCheck => {
      const withSource = compare(host, unservedLike(host, host.scope.port), findings.get(host.id) ?? []);
      return judgeHost({ id: host.id, withSource, readBack: 'nothing', beside: [], accepted: [] });
    }),
    ...strangers.filter((one) => one.verdict !== 'equal' && !explained.has(one)).map(judgeStranger),
  ];
}

/** The verdicts by the host that was decided, and those of hosts of the output that nothing was decided for. */
function sortOut(hosts: readonly HostVerdict[]): {
  readonly verdicts: ReadonlyMap<string, readonly HostVerdict[]>;
  readonly strangers: readonly HostVerdict[];
} {
  const verdicts = new Map<string, HostVerdict[]>();
  for (const one of hosts) if (one.pair.left !== undefined) append(verdicts, one.pair.left.id, one);
  return { verdicts, strangers: hosts.filter(({ pair }) => pair.left === undefined) };
}

function isExplained({ differences }: HostVerdict): boolean {
  return differences.length > 0 && differences.every(({ known }) => known !== undefined);
}
