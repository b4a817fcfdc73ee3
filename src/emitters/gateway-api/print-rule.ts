import { type Action, type Backend, type Forward, NO_HEADER_OPS, type Share } from '../../ir/actions.ts';
import type { VirtualHost } from '../../ir/model.ts';
import type { LegalMatch, LegalRule } from '../legal-host.ts';
import { fields, listOrNone, type Manifest } from '../manifest.ts';
import { MAX_WEIGHT, scaleWeights } from '../weights.ts';
import { findMatchProblems, findRuleProblems } from './check-rule.ts';
import { gatewayApiDiagnostics, internalDiagnostics } from './diagnostics.ts';
import { printDuration } from './duration.ts';
import type { EmitContext } from './emit-context.ts';
import type { BackendTarget } from './plan-backends.ts';
import {
  dependsOnMatch,
  printCors,
  printHeaderOps,
  printMirror,
  printRedirect,
  printRewrite,
} from './print-filters.ts';

/** A rule of an HTTPRoute before it is joined with its neighbours. */
export interface PrintedRule {
  readonly rule: LegalRule;
  readonly matches: readonly LegalMatch[];
  /** Everything but the matches and the name. */
  readonly body: Manifest;
  /** ReplacePrefixMatch wants exactly one match. */
  readonly alone: boolean;
  /** What it refers to in other namespaces, for ReferenceGrants. */
  readonly targets: readonly BackendTarget[];
}

const NO_TARGETS: readonly BackendTarget[] = [];

/** Where a rule is printed. */
export interface RulePlace {
  readonly host: string;
  readonly scope: VirtualHost['scope'];
  /** The namespace of the route, resolved. */
  readonly namespace: string;
}

/** Prints a rule for the profile `standard`: one entry, or one for each match where the body depends on the match. */
export function printRule(rule: LegalRule, place: RulePlace, context: EmitContext): readonly PrintedRule[] {
  const { action } = rule;
  const path = action.kind === 'forward' ? action.rewrite : action.kind === 'redirect' ? action.path : undefined;
  const alone = dependsOnMatch(path);
  const { channel } = context.options;
  for (const [index, match] of rule.matches.entries()) {
    for (const problem of findMatchProblems(match, channel)) {
      const origin = rule.places[index] ?? rule.origin;
      context.findings.add(gatewayApiDiagnostics['value-not-allowed'], problem, origin, [place.host]);
    }
  }
  const print = (matches: readonly LegalMatch[]): PrintedRule => {
    const targets: BackendTarget[] = [];
    const body = printBody(rule, matches, place, context, targets);
    for (const problem of findRuleProblems(body, channel)) {
      context.findings.add(gatewayApiDiagnostics['value-not-allowed'], problem, rule.origin, [place.host]);
    }
    return { rule, matches, body, alone, targets: targets.length === 0 ? NO_TARGETS : targets };
  };
  return alone ? rule.matches.map((match) => print([match])) : [print(rule.matches)];
}

function printBody(
  rule: LegalRule,
  matches: readonly LegalMatch[],
  place: RulePlace,
  context: EmitContext,
  targets: BackendTarget[],
): Manifest {
  const { action } = rule;
  const [first] = matches;
  if (first === undefined) return {};
  if (action.kind === 'redirect') {
    const filters = [
      printRedirect(action, place.scope, first),
      printHeaderOps('ResponseHeaderModifier', action.responseHeaders),
    ];
    return { filters: filters.filter(isPresent) };
  }
  if (action.kind === 'respond') {
    if (action.status !== 500) {
      const args = { object: 'HTTPRoute', problem: `no rule can answer ${action.status}` };
      context.findings.add(internalDiagnostics['invalid-output'], args, rule.origin, [place.host]);
    }
    const filter = printHeaderOps('ResponseHeaderModifier', action.responseHeaders);
    return fields({ filters: filter && [filter] });
  }
  const backendRefs = printShares(action, place, context, targets);
  const mirrors = action.mirrors.map((mirror) => {
    const target = context.backends.target(mirror.backend);
    if (target === undefined) return undefined;
    if (target.namespace !== place.namespace) targets.push(target);
    return printMirror(mirror, printRef(target, place.namespace));
  });
  const filters = [
    action.cors && printCors(action.cors),
    printHeaderOps('RequestHeaderModifier', action.requestHeaders),
    printRewrite(action, first),
    ...mirrors,
    printHeaderOps('ResponseHeaderModifier', action.responseHeaders),
  ].filter(isPresent);
  const experimental = context.options.channel === 'experimental';
  return fields({
    filters: listOrNone(filters),
    backendRefs: listOrNone(backendRefs),
    timeouts: printTimeouts(action, context),
    retry: experimental ? printRetry(action) : undefined,
    sessionPersistence: experimental ? printSession(action) : undefined,
  });
}

function printShares(
  action: Forward,
  place: RulePlace,
  context: EmitContext,
  targets: BackendTarget[],
): readonly Manifest[] {
  if (action.shares.every(isAnswering500)) return [];
  const { weights } = exactWeights(action, place.host, context);
  const refs = action.shares.map((share, index): Manifest | undefined => {
    if (share.kind === 'invalid') {
      const args = { object: 'HTTPRoute', problem: `no backend stands for a share that answers ${share.status}` };
      context.findings.add(internalDiagnostics['invalid-output'], args, action.origin, [place.host]);
      return undefined;
    }
    const target = context.backends.target(share.backend);
    if (target === undefined) return undefined;
    if (target.namespace !== place.namespace) targets.push(target);
    const filters = printBackendFilters(share.backend);
    const weight = action.shares.length === 1 ? undefined : weights[index];
    const ref = printRef(target, place.namespace);
    // Most destinations of most rules are a plain reference.
    if (filters === undefined) return weight === undefined ? ref : { ...ref, weight };
    return fields({ ...ref, weight, filters });
  });
  return refs.every(isPresent) ? refs : refs.filter(isPresent);
}

function printBackendFilters({ requestHeaders, responseHeaders }: Backend): readonly Manifest[] | undefined {
  if (requestHeaders === NO_HEADER_OPS && responseHeaders === NO_HEADER_OPS) return undefined;
  const filters = [
    printHeaderOps('RequestHeaderModifier', requestHeaders),
    printHeaderOps('ResponseHeaderModifier', responseHeaders),
  ];
  return listOrNone(filters.filter(isPresent));
}

function exactWeights(action: Forward, host: string, context: EmitContext) {
  const weights = action.shares.map(({ weight }) => weight);
  const scaled = scaleWeights(weights, MAX_WEIGHT);
  if (!scaled.exact) {
    const args = { weights, printed: scaled.weights };
    context.findings.add(gatewayApiDiagnostics['weight-not-exact'], args, action.origin, [host]);
  }
  return scaled;
}

/** A rule without backends answers 500, and so does a rule whose every backend is invalid. */
function isAnswering500(share: Share): boolean {
  return share.kind === 'invalid' && share.status === 500;
}

/** A reference to a backend from a route in `namespace`. */
export function printRef({ kind, name, namespace, port }: BackendTarget, from: string): Manifest {
  if (kind === 'Service' && namespace === from && port !== undefined) return { name, port };
  return fields({
    group: kind === 'ServiceImport' ? 'application-networking.k8s.aws' : undefined,
    kind: kind === 'ServiceImport' ? kind : undefined,
    name,
    namespace: namespace === from ? undefined : namespace,
    port,
  });
}

/** Whether an action only answers 500, as a rule without backends does. */
export function answers500(action: Action): boolean {
  return action.kind === 'respond'
    ? action.status === 500
    : action.kind === 'forward' && action.shares.every(isAnswering500);
}

function printTimeouts(
  { requestTimeout, backendTimeout, retry }: Forward,
  { options }: EmitContext,
): Manifest | undefined {
  const request = requestTimeout ?? (options.explicitTimeouts ? 0 : undefined);
  const perTry = backendTimeout ?? (options.channel === 'experimental' ? retry?.perTryTimeout : undefined);
  // The schema wants a try to be no longer than the request, which ends it in any case.
  const backend = perTry !== undefined && request !== undefined && request > 0 ? Math.min(perTry, request) : perTry;
  if (request === undefined && backend === undefined) return undefined;
  // A duration beyond the format (more than eleven years) is caught by the check of the printed rule.
  const print = (millis: number | undefined) =>
    millis === undefined ? undefined : (printDuration(millis) ?? `${millis}ms`);
  return fields({ request: print(request), backendRequest: print(backend) });
}

function printRetry({ retry }: Forward): Manifest | undefined {
  if (retry === undefined || retry.attempts === 0) return undefined;
  const { codes, attempts, backoff } = retry;
  return fields({
    codes: listOrNone([...new Set(codes)]),
    attempts,
    backoff: backoff === undefined ? undefined : printDuration(backoff),
  });
}

function printSession({ session }: Forward): Manifest | undefined {
  if (session === undefined) return undefined;
  const { kind, name, absoluteTimeout, permanent } = session;
  return fields({
    type: kind === 'cookie' ? 'Cookie' : 'Header',
    absoluteTimeout: absoluteTimeout === undefined ? undefined : printDuration(absoluteTimeout),
    cookie: kind === 'cookie' ? fields({ name, lifetimeType: permanent ? 'Permanent' : 'Session' }) : undefined,
    header: kind === 'header' ? { name } : undefined,
  });
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}
