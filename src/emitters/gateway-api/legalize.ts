import type { Report } from '../../diagnostics/diagnostic.ts';
import type { RoutingModel, VirtualHost } from '../../ir/model.ts';
import { servesHost } from '../../semantics/evaluate.ts';
import { gatewayApiVocabulary, latticeVocabulary } from '../../semantics/vocabulary.ts';
import { describeAction, requestOf, toWitness } from '../../semantics/witness.ts';
import { CollectOnce } from '../collect-once.ts';
import { type EmitOptions, printHost } from '../emitter.ts';
import type { LegalHost, LegalRule } from '../legal-host.ts';
import { cutAction } from './cut-action.ts';
import { mergeListeners, planLatticeHosts } from './lattice-hosts.ts';
import { MAX_RULES_OF_ROUTE, quotaOf } from './lattice-limits.ts';
import { reportHeaderCase, reportPatterns, toLegalRules } from './legal-rules.ts';
import { differenceDiagnostics, matchDiagnostics } from './legalize-diagnostics.ts';
import { type HostPlan, legalizeRows } from './legalize-host.ts';
import { isNativeGateway } from './plan-lattice-routes.ts';

/**
 * Brings every virtual host into the words of a profile: actions cut down to its support table,
 * matches to its vocabulary, rules into an order that it keeps. Each loss is a finding, reported
 * once per written place with all the virtual hosts that it concerns.
 */
export function legalizeGatewayApi(model: RoutingModel, options: EmitOptions, report: Report): readonly LegalHost[] {
  const once = new CollectOnce();
  const hosts = options.profile === 'lattice' ? planLatticeHosts(model, options, once) : model.virtualHosts;
  const latticeGateways = new Set(
    model.gateways.filter((gateway) => isNativeGateway(gateway, options)).map(({ id }) => id),
  );
  const legal = hosts.map((host) => legalizeHost(host, options, latticeGateways, once));
  const merged = options.profile === 'lattice' ? mergeListeners(legal, once) : legal;
  if (options.profile === 'standard') reportFallThrough(legal, once);
  once.flush(report);
  return merged;
}

function legalizeHost(
  host: VirtualHost,
  options: EmitOptions,
  latticeGateways: ReadonlySet<string>,
  once: CollectOnce,
): LegalHost {
  const report = once.forHost(host.id);
  const lattice = options.profile === 'lattice';
  const fromLattice =
    host.scope.kind === 'gateway' && host.scope.listeners.every(({ gateway }) => latticeGateways.has(gateway));
  const plan: HostPlan = {
    vocabulary: lattice ? { ...latticeVocabulary, prefixes: options.latticePrefix } : gatewayApiVocabulary,
    listOrder: lattice
      ? { closedLimit: Math.min(quotaOf('rulesPerListener', options), MAX_RULES_OF_ROUTE) }
      : undefined,
    asWritten: lattice ? fromLattice : host.order.kind === 'gateway-api',
    cut: (action, report) => cutAction(action, lattice ? 'lattice' : options.channel, report),
  };
  const rows = legalizeRows(host, plan, report);
  if (lattice) reportHeaderCase(host, rows, report);
  else {
    reportPatterns(rows, report);
    if (host.host.kind === 'suffix' && host.host.labels === 'one') {
      const deeper = { ...host, host: { kind: 'exact', name: `b.c.${host.host.suffix}` } } as const;
      const [first] = rows;
      const after = describeAction(first?.outcome ?? host.otherwise);
      const request =
        first === undefined ? { method: 'GET', path: '/', headers: {}, query: {} } : requestOf(first.atom);
      const witness = toWitness(deeper, request, 'status 404', after);
      report(differenceDiagnostics['wildcard-labels']({ host: printHost(host.host) }, host.origin, { witness }));
    }
  }
  const rules = toLegalRules(host, rows, report);
  return {
    host,
    rules: !lattice && host.order.kind === 'gateway-api' ? (inWrittenOrder(host, rules) ?? rules) : rules,
  };
}

/** A host whose rules leave requests over, beside a wider host: implementations may differ in what answers them. */
function reportFallThrough(hosts: readonly LegalHost[], once: CollectOnce): void {
  const wildcards = hosts.filter(({ host }) => host.host.kind !== 'exact' && host.scope.kind === 'gateway');
  if (wildcards.length === 0) return;
  for (const { host, rules } of hosts) {
    const { host: name, scope } = host;
    if (name.kind !== 'exact' || scope.kind !== 'gateway' || rules.some(takesEverything)) continue;
    const wider = wildcards.find(
      ({ host: other }) =>
        other.scope.kind === 'gateway' &&
        other.scope.workload === scope.workload &&
        other.scope.port === scope.port &&
        servesHost(other.host, name.name),
    );
    if (wider === undefined) continue;
    const args = { host: name.name, wider: printHost(wider.host.host) };
    once.forHost(host.id)(matchDiagnostics['host-without-fall-through'](args, host.origin));
  }
}

function takesEverything({ matches }: LegalRule): boolean {
  return matches.some(
    ({ path, method, headers, query }) =>
      path.kind === 'prefix' && path.value === '/' && method === undefined && headers.length + query.length === 0,
  );
}

/**
 * A source that chooses by the precedence of the target keeps its own rules in their own order:
 * the list is only regrouped, unless order-keeping had to add or narrow something.
 */
function inWrittenOrder(host: VirtualHost, rules: readonly LegalRule[]): readonly LegalRule[] | undefined {
  const groups = new Map<string, LegalRule>();
  const places = new Map(host.rules.map(({ origin }, index) => [origin, index]));
  const place = ({ origin }: LegalRule['rule']): number => places.get(origin) ?? 0;
  for (const rule of [...rules].sort((a, b) => place(a.rule) - place(b.rule))) {
    const key = `${place(rule.rule)}`;
    const present = groups.get(key);
    if (present === undefined) groups.set(key, rule);
    else groups.set(key, { ...present, matches: [...present.matches, ...rule.matches] });
  }
  const written = host.rules.reduce((sum, { matches }) => sum + matches.length, 0);
  return written === rules.length ? [...groups.values()] : undefined;
}
