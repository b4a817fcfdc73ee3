import type { Context } from '../context.ts';
import type { RuleAction } from '../model/values.ts';
import { checkQuota } from '../quotas.ts';
import { groupsOf, groupsOfService } from '../state/group-use.ts';
import type { Listener, Rule } from '../state/records.ts';
import { applyChanges, remove } from '../state/state.ts';

/** Throws where a service would forward to more target groups than it may, once `actions` stand in for what they replace. */
export function checkGroupQuota(
  context: Context,
  serviceId: string,
  actions: readonly RuleAction[],
  replaced: { readonly listener?: Listener; readonly rule?: Rule } = {},
): void {
  const { listener, rule } = replaced;
  const state = applyChanges(context.state, [
    ...(listener === undefined ? [] : [remove('Listener', listener.id)]),
    ...(rule === undefined ? [] : [remove('Rule', rule.id)]),
  ]);
  const groups = new Set([...groupsOfService(state, serviceId), ...actions.flatMap(groupsOf)]);
  checkQuota('targetGroupsPerService', groups.size, context.limits);
}
