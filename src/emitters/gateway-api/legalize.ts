import type { Report, Witness } from '../../diagnostics/diagnostic.ts';
import type { RoutingModel, VirtualHost } from '../../ir/model.ts';
import { describeAction } from '../../semantics/describe-action.ts';
import { decide, selectHost, servesHost } from '../../semantics/evaluate.ts';
import type { Row } from '../../semantics/listing.ts';
import { gatewayApiVocabulary, latticeVocabulary } from '../../semantics/vocabulary.ts';
import { requestOf, toWitness } from '../../semantics/witness.ts';
import { CollectOnce } from '../collect-once.ts';
import { cutAction } from '../cut-action.ts';
import { type EmitOptions, printHost } from '../emitter.ts';
import { mergeListeners, planLatticeHosts } from '../lattice-hosts.ts';
import { LATTICE_CLASS, MAX_RULES_OF_ROUTE, quotaOf } from '../lattice-limits.ts';
import type { LegalHost, LegalRule } from '../legal-host.ts';
import { reportHeaderCase, reportPatterns, toLegalRules } from '../legal-rules.ts';
import { actionDiagnostics, differenceDiagnostics, matchDiagnostics } from '../legalize-diagnostics.ts';
import { type HostPlan, legalizeRows } from '../legalize-host.ts';
import { isNativeGateway, staysOnLattice } from '../native-gateway.ts';
import { reportGuards } from '../report-guards.ts';
import { RuleReach } from '../rule-reach.ts';
import { reportLatticeCertificates, reportLatticePolicies } from './lattice-policies.ts';
import { hostnameOf } from './listener-parts.ts';

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
  const reach = new RuleReach();
  const pass: Pass = { model, options, latticeGateways, once, reach };
  const legal = hosts.map((host) => legalizeHost(host, pass));
  reach.flush(report);
  const merged = options.profile === 'lattice' ? mergeListeners(legal, model, once) : legal;
  if (options.profile === 'standard') {
    reportLatticePolicies(model, options, report);
    reportLatticeCertificates(model, options, report);
    reportFallThrough(legal, once);
    reportOverlaps(legal, model, once);
  }
  reportGuards(model, options, report);
  once.flush(report);
  return merged;
}

/** What the legalization of every host shares. */
interface Pass {
  readonly model: RoutingModel;
  readonly options: EmitOptions;
  readonly latticeGateways: ReadonlySet<string>;
  readonly once: CollectOnce;
  readonly reach: RuleReach;
}

function legalizeHost(host: VirtualHost, { model, options, latticeGateways, once, reach }: Pass): LegalHost {
  const reportFor = once.forHost(host.id);
  let hasError = false;
  const report: Report = (finding) => {
    hasError ||= finding.severity === 'error';
    reportFor(finding);
  };
  const lattice = options.profile === 'lattice';
  const fromLattice =
    host.scope.kind === 'gateway' && host.scope.listeners.every(({ gateway }) => latticeGateways.has(gateway));
  const plan: HostPlan = {
    vocabulary: lattice ? { ...latticeVocabulary, prefixes: options.latticePrefix } : gatewayApiVocabulary,
    order: lattice
      ? { kind: 'document', closedLimit: Math.min(quotaOf('rulesPerListener', options), MAX_RULES_OF_ROUTE) }
      : { kind: 'precedence' },
    asWritten: lattice ? fromLattice : host.order.kind === 'gateway-api' && isOfOneObject(host),
    reach,
    cut: (action, report) => cutAction(action, lattice ? 'lattice' : options.channel, report),
  };
  const rows = legalizeRows(host, plan, report);
  if (rows.length === 0 && host.scope.kind === 'mesh' && !hasError) reportSilence(host, report);
  if (lattice) reportHeaderCase(host, rows, report);
  else {
    reportPatterns(host, rows, report);
    reportImports(host, model, options, report);
    if (host.host.kind === 'suffix' && host.host.labels === 'one') {
      const witness = deeperName(host, host.host.suffix, rows, model);
      const region = { kind: 'deeper-names', suffix: host.host.suffix } as const;
      report(
        differenceDiagnostics['wildcard-labels']({ host: printHost(host.host) }, host.origin, { witness, region }),
      );
    }
  }
  const rules = toLegalRules(host, rows, report);
  return {
    host,
    rules: !lattice && host.order.kind === 'gateway-api' ? (inWrittenOrder(host, rules) ?? rules) : rules,
  };
}

/** In the mesh a host without a route is its Service; at a gateway nothing answers for it either way. */
function reportSilence(host: VirtualHost, report: Report): void {
  const request = { method: 'GET', path: '/', headers: {}, query: {} };
  const witness = toWitness(host, request, describeAction(host.otherwise), 'what answers without a route');
  const region = { kind: 'host', id: host.id } as const;
  report(matchDiagnostics['answers-nothing']({ host: printHost(host.host) }, host.origin, { witness, region }));
}

/**
 * Whether one object gives all rules of a host. Between objects their age decides, which new objects do not inherit:
 * a route that gets another name, or a cluster that is set up again.
 */
function isOfOneObject({ rules }: VirtualHost): boolean {
  return rules.every(({ source }) => source === rules[0]?.source);
}

/** A name with one label more than the wildcard takes today. */
function deeperName(host: VirtualHost, suffix: string, rows: readonly Row[], model: RoutingModel): Witness {
  const name = `b.c.${suffix}`;
  const [first] = rows;
  const request = first === undefined ? { method: 'GET', path: '/', headers: {}, query: {} } : requestOf(first.atom);
  const { scope } = host;
  const beside = model.virtualHosts.filter(
    (other) =>
      other.scope.kind === 'gateway' &&
      scope.kind === 'gateway' &&
      other.scope.workload === scope.workload &&
      other.scope.port === scope.port,
  );
  const served = selectHost(beside, name);
  const today = served === undefined ? undefined : decide(served, { ...request, host: name });
  const before = today === undefined ? 'status 404' : describeAction(today.action);
  const after = describeAction(first?.outcome ?? host.otherwise);
  return toWitness({ ...host, host: { kind: 'exact', name } }, request, before, after);
}

/** A ServiceImport means something to the AWS controller only. */
function reportImports({ scope, rules }: VirtualHost, model: RoutingModel, options: EmitOptions, report: Report): void {
  const gateway =
    scope.kind === 'gateway' ? model.gateways.find(({ id }) => id === scope.listeners[0]?.gateway) : undefined;
  const className = options.gatewayClass ?? gateway?.className ?? 'the mesh';
  if (className === LATTICE_CLASS || (gateway !== undefined && staysOnLattice(gateway, className))) return;
  for (const { action } of rules) {
    if (action.kind !== 'forward') continue;
    for (const share of action.shares) {
      if (share.kind !== 'backend' || share.backend.kind !== 'ServiceImport') continue;
      const name = `${share.backend.namespace}/${share.backend.name}`;
      report(actionDiagnostics['service-import-elsewhere']({ name, className }, share.backend.origin));
    }
  }
}

/** A host whose rules leave requests over, beside a wider host: implementations may differ in what answers them. */
function reportFallThrough(hosts: readonly LegalHost[], once: CollectOnce): void {
  const wildcards = hosts.filter(({ host }) => host.host.kind !== 'exact' && host.scope.kind === 'gateway');
  if (wildcards.length === 0) return;
  for (const { host, rules } of hosts) {
    const { host: name, scope } = host;
    if (name.kind === 'any' || scope.kind !== 'gateway' || rules.some(takesEverything)) continue;
    const sample = name.kind === 'exact' ? name.name : `x.${name.suffix}`;
    const wider = wildcards.find(
      ({ host: other }) =>
        other !== host &&
        other.scope.kind === 'gateway' &&
        other.scope.workload === scope.workload &&
        other.scope.port === scope.port &&
        isWider(other.host, name) &&
        servesHost(other.host, sample),
    );
    if (wider === undefined) continue;
    const args = { host: printHost(name), wider: printHost(wider.host.host) };
    once.forHost(host.id)(matchDiagnostics['host-without-fall-through'](args, host.origin));
  }
}

/** Whether a wildcard takes more names than a host that lies in it. */
function isWider(wide: VirtualHost['host'], narrow: VirtualHost['host']): boolean {
  if (narrow.kind !== 'suffix' || wide.kind !== 'suffix') return true;
  return wide.suffix.length < narrow.suffix.length;
}

/**
 * Routes of Lattice for one host, or for none, are services of their own; by the specification they are one host. One
 * without a host name takes those of its listener.
 */
function reportOverlaps(hosts: readonly LegalHost[], { gateways }: RoutingModel, once: CollectOnce): void {
  const first = new Map<string, string>();
  const listeners = new Map(
    gateways.flatMap(({ id, listeners: all }) => all.map((one) => [`${id} ${one.name}`, one.host] as const)),
  );
  for (const { host } of hosts) {
    const { scope } = host;
    if (scope.kind !== 'gateway') continue;
    const own = scope.listeners.map(({ gateway, listener }) => listeners.get(`${gateway} ${listener}`) ?? host.host);
    for (const name of new Set((host.host.kind === 'any' ? own : [host.host]).map((one) => hostnameOf(one) ?? '*'))) {
      const key = `${scope.workload}:${scope.port}/${name}`;
      const other = first.get(key) ?? host.id;
      first.set(key, other);
      if (other === host.id) continue;
      for (const id of [other, host.id])
        once.forHost(id)(matchDiagnostics['hosts-overlap']({ host: name }, host.origin));
    }
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
    else {
      const matches = [...present.matches, ...rule.matches];
      groups.set(key, { ...present, matches, places: [...present.places, ...rule.places] });
    }
  }
  const written = host.rules.reduce((sum, { matches }) => sum + matches.length, 0);
  return written === rules.length ? [...groups.values()] : undefined;
}
