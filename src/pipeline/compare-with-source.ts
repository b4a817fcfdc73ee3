import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { EmitOptions } from '../emitters/emitter.ts';
import type { RoutingModel, VirtualHost } from '../ir/model.ts';
import type { Identify } from '../semantics/equivalence/backend-identity.ts';
import { compareHosts } from '../semantics/equivalence/compare-hosts.ts';
import { hasLatticePrefixes, readLatticePrefixes } from '../semantics/equivalence/reread-host.ts';
import type { CompareLimits, HostComparison } from '../semantics/equivalence/types.ts';
import { unservedLike } from '../semantics/equivalence/unserved.ts';
import { selectHost } from '../semantics/evaluate.ts';
import type { CodeIndex } from './acceptance.ts';
import { explainBy } from './explain-difference.ts';

export interface SourceContext {
  readonly model: Pick<RoutingModel, 'virtualHosts'>;
  readonly codes: CodeIndex;
  readonly emit: EmitOptions;
  readonly identify: Identify;
  readonly limits: CompareLimits;
}

/**
 * Compares a host with what was decided for it: under each reading of a Lattice prefix that has to hold, and for the
 * deeper names that a wildcard takes from now on.
 *
 * @param findings those that may announce what the host does otherwise
 */
export function compareWithSource(
  source: VirtualHost,
  target: VirtualHost,
  context: SourceContext,
  findings: readonly Diagnostic[],
): readonly HostComparison[] {
  const { codes, emit, identify, limits } = context;
  const { budget, seed } = limits;
  const explain = explainBy(findings, codes);
  const compare = (left: VirtualHost, right: VirtualHost, host: string) =>
    compareHosts(left, right, { budget, seed, host, identify: { left: identify, right: identify }, explain });
  const deeper = deeperName(source, target);
  const beyond = deeper === undefined ? [] : [compare(servedToday(deeper, source, context), target, deeper)];
  const host = sampleName(source);
  if (!hasLatticePrefixes(target) && !hasLatticePrefixes(source)) return [compare(source, target, host), ...beyond];
  const readings = readingsOf(emit).map((reading) =>
    compare(readLatticePrefixes(source, reading), readLatticePrefixes(target, reading), host),
  );
  return [...readings, ...beyond];
}

/** The profile `standard` takes a prefix of Lattice by segment, and says so. */
function readingsOf({ profile, latticePrefix }: EmitOptions): readonly ('string' | 'segment')[] {
  if (profile === 'standard') return ['segment'];
  return latticePrefix === 'unknown' ? ['string', 'segment'] : [latticePrefix];
}

function sampleName({ host }: VirtualHost): string {
  return host.kind === 'exact' ? host.name : host.kind === 'suffix' ? `x.${host.suffix}` : 'any.example';
}

/** A name that only the wildcard of the target takes. */
function deeperName({ host: before }: VirtualHost, { host: after }: VirtualHost): string | undefined {
  if (before.kind !== 'suffix' || after.kind !== 'suffix') return undefined;
  return before.labels === 'one' && after.labels === 'many' ? `x.y.${before.suffix}` : undefined;
}

/** What answers a name beside the host, on the same listeners. */
function servedToday(name: string, host: VirtualHost, { model }: SourceContext): VirtualHost {
  const { scope } = host;
  const beside = model.virtualHosts.filter(
    (one) =>
      one.scope.kind === 'gateway' &&
      scope.kind === 'gateway' &&
      one.scope.workload === scope.workload &&
      one.scope.port === scope.port,
  );
  return selectHost(beside, name) ?? unservedLike(host, scope.port);
}
