import { checkAction } from '../checks/action.ts';
import { checkGroupQuota } from '../checks/group-quota.ts';
import { checkMatch } from '../checks/match.ts';
import { checkTags } from '../checks/tags.ts';
import { answer, type Context, newResource, type Outcome, type Output, tagged, timestamp } from '../context.ts';
import { conflict, invalid } from '../errors.ts';
import type { Input } from '../model/operations.ts';
import type { RuleAction, RuleMatch } from '../model/values.ts';
import { pageOf } from '../paging.ts';
import { checkQuota } from '../quotas.ts';
import { defaultRuleId, idIn } from '../state/ids.ts';
import { findListener, findOwn, findRule, mustBeActive } from '../state/lookup.ts';
import type { LatticeService, Listener, Rule } from '../state/records.ts';
import { listenerOf, removeWithParts } from '../state/settle.ts';
import { groupBy, put, type State } from '../state/state.ts';

export function createRule(context: Context, input: Input<'CreateRule'>): Outcome {
  const { name, match, priority, tags } = input;
  checkTags(tags, {}, context.limits);
  const { service, listener } = changeable(context, input);
  if (listener.protocol === 'TLS_PASSTHROUGH') {
    throw invalid('listenerIdentifier', 'A TLS_PASSTHROUGH listener has its default rule only');
  }
  checkMatch(match, 'match');
  const others = rulesOf(context.state, listener.id);
  const named = others.find((rule) => rule.name === name);
  if (named !== undefined) throw conflict('RULE', named.id, `The listener has a rule ${name}`);
  mustBeFree(others, priority);
  checkQuota('rulesPerListener', others.length + 1, context.limits);
  const action = checkAction(context, input.action, { service, protocol: listener.protocol, field: 'action' });
  checkGroupQuota(context, service.id, [action]);
  const { common, bookkeeping } = newResource(
    context,
    'Rule',
    `${listener.id} ${name}`,
    (id) => `service/${service.id}/listener/${listener.id}/rule/${id}`,
  );
  const rule: Rule = { ...common, name, serviceId: service.id, listenerId: listener.id, match, priority, action };
  const { id, arn } = rule;
  return {
    output: { arn, id, name, match, priority, action },
    changes: [put('Rule', id, rule), ...tagged(arn, tags), ...bookkeeping],
  };
}

export function getRule(context: Context, input: Input<'GetRule'>): Outcome {
  const { listener } = findListener(context, input);
  if (isDefault(listener, input.ruleIdentifier)) {
    return answer({ ...summaryOfDefault(listener), action: listener.defaultAction });
  }
  return answer(showRule(findRule(context, listener, input.ruleIdentifier)));
}

/** The default rule is the last of the list. */
export function listRules(context: Context, input: Input<'ListRules'>): Outcome {
  const { listener } = findListener(context, input);
  const rows = rulesOf(context.state, listener.id).map((rule) => {
    const { match: _, action: __, ...summary } = showRule(rule);
    return { sequence: rule.sequence, summary };
  });
  const last = { sequence: Number.MAX_SAFE_INTEGER, summary: summaryOfDefault(listener) };
  return answer(pageOf('ListRules', [...rows, last], input, ({ summary }) => summary));
}

export function updateRule(context: Context, input: Input<'UpdateRule'>): Outcome {
  const { service, listener } = changeable(context, input);
  const before = findChangeable(context, listener, input.ruleIdentifier);
  const rule = changeRule(context, before, input, { service, listener });
  mustBeFree(
    rulesOf(context.state, listener.id).filter(({ id }) => id !== rule.id),
    rule.priority,
  );
  return { output: showUpdated(rule), changes: [put('Rule', rule.id, rule)] };
}

export function deleteRule(context: Context, input: Input<'DeleteRule'>): Outcome {
  const { listener } = changeable(context, input);
  const { id } = findChangeable(context, listener, input.ruleIdentifier);
  return { output: {}, changes: removeWithParts(context.state, 'Rule', id) };
}

interface RuleChange {
  readonly match?: RuleMatch;
  readonly priority?: number;
  readonly action?: RuleAction;
}

interface Place {
  readonly service: LatticeService;
  readonly listener: Listener;
}

/** A service and a listener whose rules may be changed. */
export function changeable(context: Context, input: Parameters<typeof findListener>[1]): Place {
  const service = findOwn(context, 'Service', input.serviceIdentifier);
  const { listener } = findListener(context, input);
  mustBeActive('Service', service);
  return { service, listener };
}

/** A rule that may be changed; the default rule is changed with its listener. */
export function findChangeable(context: Context, listener: Listener, identifier: string): Rule {
  if (isDefault(listener, identifier)) {
    throw invalid('ruleIdentifier', 'The default rule is changed with UpdateListener, and goes with its listener');
  }
  return findRule(context, listener, identifier);
}

/** The rule after an update; whether its priority is free is left to the caller. */
export function changeRule(context: Context, rule: Rule, change: RuleChange, { service, listener }: Place): Rule {
  const { match = rule.match, priority = rule.priority } = change;
  checkMatch(match, 'match');
  const place = { service, protocol: listener.protocol, field: 'action' };
  const action = change.action === undefined ? rule.action : checkAction(context, change.action, place);
  checkGroupQuota(context, service.id, [action], { rule });
  return { ...rule, match, priority, action, lastUpdatedAt: timestamp(context.now) };
}

function mustBeFree(others: readonly Rule[], priority: number): void {
  const clash = others.find((rule) => rule.priority === priority);
  if (clash !== undefined) throw conflict('RULE', clash.id, `Rule ${clash.id} has the priority ${priority}`);
}

export function rulesOf(state: State, listenerId: string): readonly Rule[] {
  return groupBy(state.Rule, listenerOf).get(listenerId) ?? [];
}

export function showRule({ sequence: _, serviceId: __, listenerId: ___, ...shown }: Rule) {
  return { ...shown, isDefault: false };
}

export function showUpdated({ arn, id, name, match, priority, action }: Rule): Output {
  return { arn, id, name, isDefault: false, match, priority, action };
}

function isDefault(listener: Listener, identifier: string): boolean {
  return idIn(identifier) === defaultRuleId(listener.id);
}

function summaryOfDefault({ id, arn, createdAt, lastUpdatedAt }: Listener): Output {
  const ruleId = defaultRuleId(id);
  return { arn: `${arn}/rule/${ruleId}`, id: ruleId, name: 'default', isDefault: true, createdAt, lastUpdatedAt };
}
