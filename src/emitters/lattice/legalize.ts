import type { Report } from '../../diagnostics/diagnostic.ts';
import type { RoutingModel, VirtualHost } from '../../ir/model.ts';
import { latticeApiVocabulary } from '../../semantics/vocabulary.ts';
import { CollectOnce } from '../collect-once.ts';
import { cutAction } from '../cut-action.ts';
import type { EmitOptions } from '../emitter.ts';
import { planLatticeHosts } from '../lattice-hosts.ts';
import type { LegalHost } from '../legal-host.ts';
import { toLegalRules } from '../legal-rules.ts';
import { type HostPlan, legalizeRows } from '../legalize-host.ts';
import { isNativeGateway } from '../native-gateway.ts';
import { reportGuards } from '../report-guards.ts';
import { RuleReach } from '../rule-reach.ts';
import { fitWeights } from './fit-weights.ts';
import { reportClashes } from './report-clashes.ts';

/**
 * Brings every virtual host into rules that VPC Lattice takes. It tries the first match too, so the order of the source
 * carries over; a rule with an exception becomes rules above it, with a fixed 404 where nothing else answers.
 */
export function legalizeLattice(model: RoutingModel, options: EmitOptions, report: Report): readonly LegalHost[] {
  const once = new CollectOnce();
  const reach = new RuleReach();
  const plan: HostPlan = {
    vocabulary: { ...latticeApiVocabulary, prefixes: options.latticePrefix },
    order: { kind: 'first-match' },
    asWritten: false,
    reach,
    cut: (action, report) => {
      const left = cutAction(action, 'lattice-api', report);
      return left === undefined ? undefined : fitWeights(left, report);
    },
  };
  const native = new Set(model.gateways.filter((gateway) => isNativeGateway(gateway, options)).map(({ id }) => id));
  // Rules that the AWS controller runs stand on Lattice already: nothing is dropped, and no prefix is read otherwise.
  const isNative = ({ scope }: VirtualHost) =>
    scope.kind === 'gateway' && scope.listeners.every(({ gateway }) => native.has(gateway));
  const legal = planLatticeHosts(model, options, once).map((host) =>
    legalizeHost(host, { ...plan, asWritten: isNative(host) }, once.forHost(host.id)),
  );
  reach.flush(report);
  reportClashes(legal, model, once);
  reportGuards(model, options, report);
  once.flush(report);
  return legal;
}

function legalizeHost(host: VirtualHost, plan: HostPlan, report: Report): LegalHost {
  // What the listener answers by default has to be one of the fixed responses as well.
  plan.cut(host.otherwise, report);
  const rows = legalizeRows(host, plan, report).map((row) =>
    row.outcome === 'no-match' ? { ...row, outcome: answerByDefault(host) } : row,
  );
  return { host, rules: toLegalRules(host, rows, report) };
}

/** What requests without a rule get; 404 where the source's own answer has no form, which is reported. */
export function answerByDefault({ otherwise }: VirtualHost): VirtualHost['otherwise'] {
  const isSaid = (otherwise.status === 404 || otherwise.status === 500) && otherwise.body === undefined;
  if (isSaid) return otherwise;
  const { body: _, ...rest } = otherwise;
  return { ...rest, status: 404 };
}
