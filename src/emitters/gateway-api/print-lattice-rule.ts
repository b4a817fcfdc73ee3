import type { Origin } from '../../diagnostics/origin.ts';
import type { Forward } from '../../ir/actions.ts';
import { latticeDiagnostics } from '../lattice-diagnostics.ts';
import * as limits from '../lattice-limits.ts';
import type { LegalHost, LegalMatch, LegalRule } from '../legal-host.ts';
import { fields, getOrAdd, listOrNone, type Manifest } from '../manifest.ts';
import { scaleWeights } from '../weights.ts';
import { findMatchProblems, findRuleProblems, type RuleProblem } from './check-rule.ts';
import { gatewayApiDiagnostics, internalDiagnostics } from './diagnostics.ts';
import type { EmitContext } from './emit-context.ts';
import type { BackendTarget } from './plan-backends.ts';
import { backendsOf } from './plan-backends.ts';
import { printMatch } from './print-match.ts';
import { answers500, printRef } from './print-rule.ts';

/** The rules of one host as the AWS controller takes them, and the backends that they name. */
export interface LatticeRules {
  readonly rules: readonly Manifest[];
  /** By `namespace/name` of the object that stands for the backend. */
  readonly targets: ReadonlyMap<string, BackendTarget>;
}

/** Prints one match per rule, with explicit types and without names and filters, which the controller drops. */
export function printLatticeRules(legal: LegalHost, namespace: string, context: EmitContext): LatticeRules {
  const targetOf = separatePorts(legal, context);
  const targets = new Map<string, BackendTarget>();
  const rules = legal.rules.flatMap((rule) => {
    const backendRefs = printShares(rule, legal.host.id, namespace, targetOf, targets, context);
    const refuse = (problems: readonly RuleProblem[], origin: Origin) => {
      for (const problem of problems)
        context.findings.add(gatewayApiDiagnostics['value-not-allowed'], problem, origin, [legal.host.id]);
    };
    const { channel } = context.options;
    const body = fields({ backendRefs: listOrNone(backendRefs) });
    refuse(findRuleProblems(body, channel), rule.origin);
    return rule.matches.map((match, index) => {
      const origin = rule.places[index] ?? rule.origin;
      checkHeaderNames(match, origin, legal.host.id, context);
      const printed = printMatch(match);
      refuse(findMatchProblems(match, channel), origin);
      return { matches: [printed], ...body };
    });
  });
  return { rules, targets };
}

type TargetOf = (backend: Parameters<EmitContext['backends']['target']>[0]) => BackendTarget | undefined;

/**
 * The controller keeps one target group per Service and route whatever the port, so a second port of a Service gets a
 * Service of its own. The lowest port keeps the Service, so that adding a port renames nothing.
 */
function separatePorts({ host, rules }: LegalHost, { backends, findings }: EmitContext): TargetOf {
  const ports = new Map<string, Map<number, Origin>>();
  for (const backend of rules.flatMap((rule) => backendsOf(rule.action))) {
    const target = backends.target(backend);
    if (target?.port === undefined || target.kind !== 'Service') continue;
    getOrAdd(ports, keyOf(target), () => new Map<number, Origin>()).set(target.port, backend.origin);
  }
  const renamed = new Map<string, string>();
  for (const [service, used] of ports) {
    const [, ...others] = [...used.keys()].sort((a, b) => a - b);
    const [first] = others;
    if (first === undefined) continue;
    const base = backends.service(service);
    // A Service without the port that a route names gives none to copy.
    const hasAll = others.every((port) => base?.ports.some((one) => one.port === port));
    if (base === undefined || Object.keys(base.selector).length === 0 || !hasAll) {
      const args = { service, ports: [...used.keys()].sort((a, b) => a - b) };
      findings.add(latticeDiagnostics['two-ports-one-service'], args, used.get(first), [host.id]);
      continue;
    }
    for (const port of others) renamed.set(`${service}:${port}`, backends.addPortService(base, port, host.id));
  }
  return (backend) => {
    const target = backends.target(backend);
    const name = target && renamed.get(`${keyOf(target)}:${target.port}`);
    return target === undefined || name === undefined ? target : { ...target, name };
  };
}

function keyOf({ namespace, name }: BackendTarget): string {
  return `${namespace}/${name}`;
}

function printShares(
  rule: LegalRule,
  host: string,
  namespace: string,
  targetOf: TargetOf,
  targets: Map<string, BackendTarget>,
  { findings }: EmitContext,
): readonly Manifest[] {
  const { action } = rule;
  if (answers500(action)) return [];
  if (action.kind !== 'forward' || action.shares.some(({ kind }) => kind === 'invalid')) {
    const args = { object: 'HTTPRoute', problem: `a rule of ${host} does something that no rule of Lattice does` };
    findings.add(internalDiagnostics['invalid-output'], args, rule.origin, [host]);
    return [];
  }
  const weights = weigh(action, host, findings);
  if (action.shares.length > limits.MAX_TARGETS_OF_RULE) {
    findings.add(latticeDiagnostics['too-many-backends'], { count: action.shares.length }, action.origin, [host]);
  }
  return action.shares.flatMap((share, index) => {
    const target = share.kind === 'backend' ? targetOf(share.backend) : undefined;
    if (target === undefined) return [];
    targets.set(`${target.kind} ${keyOf(target)}`, target);
    const weight = action.shares.length === 1 ? undefined : weights[index];
    return [fields({ ...printRef(target, namespace), weight })];
  });
}

function weigh(action: Forward, host: string, findings: EmitContext['findings']): readonly number[] {
  const weights = action.shares.map(({ weight }) => weight);
  const scaled = scaleWeights(weights, limits.MAX_WEIGHT);
  if (!scaled.exact) {
    const args = { weights, printed: scaled.weights };
    findings.add(latticeDiagnostics['weight-not-exact'], args, action.origin, [host]);
  }
  return scaled.weights;
}

/** CloudFormation takes shorter names of headers than the API, which refuses nothing that came this far. */
function checkHeaderNames(match: LegalMatch, origin: Origin, host: string, { findings }: EmitContext): void {
  for (const { name } of match.headers) {
    if (name.length > limits.USUAL_HEADER_NAME)
      findings.add(latticeDiagnostics['header-name-length'], { name }, origin, [host]);
  }
}
