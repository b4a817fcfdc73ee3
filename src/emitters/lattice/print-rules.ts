import type { Origin } from '../../diagnostics/origin.ts';
import type { Action } from '../../ir/actions.ts';
import { readLiteral } from '../../semantics/literal-value.ts';
import { latticeDiagnostics } from '../lattice-diagnostics.ts';
import { MAX_PRIORITY, MAX_TARGETS_OF_RULE, MAX_WEIGHT, USUAL_HEADER_NAME } from '../lattice-limits.ts';
import type { LegalMatch, LegalRule } from '../legal-host.ts';
import { listOrNone } from '../manifest.ts';
import { scaleWeights } from '../weights.ts';
import type { LatticeContext } from './context.ts';
import { latticeApiDiagnostics } from './diagnostics.ts';
import { answerByDefault } from './legalize.ts';
import { listenerName, ruleName } from './names.ts';
import type { ListenerPlan, ServicePlan } from './plan-services.ts';
import type { HeaderMatch, HttpMatch, LatticeRule, Listener, RuleAction } from './resources.ts';
import type { TargetGroups } from './target-groups.ts';

/** The distance between two rules, where the list is short enough: room for rules in between. */
const GAP = 10;

export interface PrintedListener {
  readonly listener: Listener;
  readonly rules: readonly { readonly rule: LatticeRule; readonly origin: Origin }[];
}

/** A listener and its rules in the order of the source; a last rule that takes everything is the default action. */
export function printListener(
  plan: ServicePlan,
  listener: ListenerPlan,
  groups: TargetGroups,
  context: LatticeContext,
): PrintedListener {
  const { port, protocol, legal, ids } = listener;
  const name = listenerName(protocol, port);
  const toAction = (action: Action) => printAction(action, plan, listener, groups, context);
  const rows = legal.rules.flatMap((rule) =>
    rule.matches.map((match, index) => ({ match, rule, origin: rule.places[index] ?? rule.origin })),
  );
  const last = rows.at(-1);
  const takesRest = last !== undefined && takesEverything(last.match);
  const listed = takesRest ? rows.slice(0, -1) : rows;
  if (listed.length > MAX_PRIORITY) {
    const args = { host: plan.title, count: listed.length };
    context.findings.add(latticeApiDiagnostics['rule-priorities'], args, plan.origin, ids);
  }
  const gap = Math.max(1, Math.min(GAP, Math.floor(MAX_PRIORITY / (listed.length + 1))));
  const names = new Set<string>();
  const rules = listed.map(({ match, rule, origin }, index) => {
    const httpMatch = printMatch(match);
    reportLongNames(match, origin, ids, context);
    const own = ruleName(httpMatch, names);
    names.add(own);
    const printed: LatticeRule = {
      kind: 'Rule',
      name: own,
      service: plan.name,
      listener: name,
      priority: (index + 1) * gap,
      match: { httpMatch },
      action: toAction(rule.action),
    };
    return { rule: printed, origin };
  });
  const defaultAction = takesRest ? toAction(last.rule.action) : toAction(answerByDefault(legal.host));
  return { listener: { kind: 'Listener', name, service: plan.name, protocol, port, defaultAction }, rules };
}

function takesEverything({ path, method, headers }: LegalMatch): boolean {
  return path.kind === 'prefix' && path.value === '/' && method === undefined && headers.length === 0;
}

/** A match with the flags of the source: letter case counts unless the source ignores it. */
function printMatch({ path, method, headers }: LegalMatch): HttpMatch {
  const isAny = path.kind === 'prefix' && path.value === '/';
  const match = path.kind === 'exact' ? { exact: path.value } : { prefix: path.value };
  const hasOther = method !== undefined || headers.length > 0;
  const pathMatch = isAny && hasOther ? undefined : { match, caseSensitive: path.ignoreCase !== true };
  const headerMatches = listOrNone(headers.map(printHeader));
  return {
    ...(method === undefined ? {} : { method }),
    ...(pathMatch === undefined ? {} : { pathMatch }),
    ...(headerMatches === undefined ? {} : { headerMatches }),
  };
}

function printHeader({ name, kind, value }: LegalRule['matches'][number]['headers'][number]): HeaderMatch {
  const literal = readLiteral({ kind, value });
  if (literal === undefined) throw new Error(`the value ${value} of header ${name} is no literal test`);
  const { value: text, ignoreCase } = literal;
  const match =
    literal.kind === 'exact' ? { exact: text } : literal.kind === 'prefix' ? { prefix: text } : { contains: text };
  return { name, match, caseSensitive: !ignoreCase };
}

/** CloudFormation's bound for header names lies below that of the API. */
function reportLongNames(
  { headers }: LegalMatch,
  origin: Origin,
  ids: readonly string[],
  { findings }: LatticeContext,
): void {
  for (const { name } of headers) {
    if (name.length > USUAL_HEADER_NAME) findings.add(latticeDiagnostics['header-name-length'], { name }, origin, ids);
  }
}

function printAction(
  action: Action,
  plan: ServicePlan,
  { protocol, ids }: ListenerPlan,
  groups: TargetGroups,
  { findings }: LatticeContext,
): RuleAction {
  if (action.kind === 'respond') return { fixedResponse: { statusCode: action.status } };
  if (action.kind !== 'forward' || action.shares.some(({ kind }) => kind === 'invalid'))
    throw new Error(`a rule of ${plan.title} does something that no rule of VPC Lattice does`);
  if (action.shares.length > MAX_TARGETS_OF_RULE) {
    const args = { count: action.shares.length };
    findings.add(latticeDiagnostics['too-many-backends'], args, action.origin, ids);
    return { forward: { targetGroups: [] } };
  }
  const { weights } = scaleWeights(
    action.shares.map(({ weight }) => weight),
    MAX_WEIGHT,
  );
  const targetGroups = action.shares.flatMap((share, index) => {
    const targetGroup = share.kind === 'backend' ? groups.nameOf(plan, share.backend, ids) : undefined;
    if (share.kind === 'invalid' || targetGroup === undefined) return [];
    groups.checkListener(targetGroup, share.backend, protocol, ids);
    return [{ targetGroup, weight: weights[index] ?? 1 }];
  });
  groups.checkRule(
    targetGroups.map(({ targetGroup }) => targetGroup),
    ids,
  );
  return { forward: { targetGroups } };
}
