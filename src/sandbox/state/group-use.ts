import type { RuleAction } from '../model/values.ts';
import type { Listener, Rule } from './records.ts';
import { serviceOf } from './settle.ts';
import type { State } from './state.ts';

/** The target groups that an action names. */
export function groupsOf({ forward }: RuleAction): readonly string[] {
  return forward?.targetGroups.map(({ targetGroupIdentifier }) => targetGroupIdentifier) ?? [];
}

/** The target groups that a service forwards to, in the default actions of its listeners and in its rules. */
export function groupsOfService(state: State, serviceId: string): ReadonlySet<string> {
  const listeners = state.Listener.where(serviceOf, serviceId).map(({ defaultAction }) => defaultAction);
  const rules = state.Rule.where(serviceOf, serviceId).map(({ action }) => action);
  return new Set([...listeners, ...rules].flatMap(groupsOf));
}

/** The services that forward to a target group; at most one, as the service has it. */
export function usersOf(state: State, groupId: string): readonly string[] {
  const acting = [...state.Listener.where(groupsOfListener, groupId), ...state.Rule.where(groupsOfRule, groupId)];
  return [...new Set(acting.map(({ serviceId }) => serviceId))];
}

const groupsOfListener = ({ defaultAction }: Listener) => groupsOf(defaultAction);
const groupsOfRule = ({ action }: Rule) => groupsOf(action);
