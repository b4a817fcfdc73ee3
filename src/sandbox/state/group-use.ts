import type { RuleAction } from '../model/values.ts';
import { serviceOf } from './settle.ts';
import { groupBy, type State } from './state.ts';

/** The target groups that an action names. */
export function groupsOf({ forward }: RuleAction): readonly string[] {
  return forward?.targetGroups.map(({ targetGroupIdentifier }) => targetGroupIdentifier) ?? [];
}

interface Acting {
  readonly action: RuleAction;
  readonly serviceId: string;
}

/** Everything of a service that forwards: its rules, and the default actions of its listeners. */
function actingIn(state: State, serviceId: string): readonly Acting[] {
  const listeners = groupBy(state.Listener, serviceOf).get(serviceId) ?? [];
  const rules = groupBy(state.Rule, ruleServiceOf).get(serviceId) ?? [];
  return [...listeners.map(({ defaultAction }) => ({ action: defaultAction, serviceId })), ...rules];
}

const ruleServiceOf = ({ serviceId }: Acting) => serviceId;

/** The target groups that a service forwards to. */
export function groupsOfService(state: State, serviceId: string): ReadonlySet<string> {
  return new Set(actingIn(state, serviceId).flatMap(({ action }) => groupsOf(action)));
}

const uses = new WeakMap<object, WeakMap<object, ReadonlyMap<string, ReadonlySet<string>>>>();

/** The services that forward to a target group; at most one, as the service has it. */
export function usersOf(state: State, groupId: string): readonly string[] {
  return [...(useOf(state).get(groupId) ?? [])];
}

/** By target group the services that use it, computed once for each state of listeners and rules. */
function useOf(state: State): ReadonlyMap<string, ReadonlySet<string>> {
  const byRules = uses.get(state.Listener) ?? new WeakMap<object, ReadonlyMap<string, ReadonlySet<string>>>();
  uses.set(state.Listener, byRules);
  const known = byRules.get(state.Rule);
  if (known !== undefined) return known;
  const use = new Map<string, Set<string>>();
  const add = ({ action, serviceId }: Acting) => {
    for (const group of groupsOf(action)) use.set(group, (use.get(group) ?? new Set()).add(serviceId));
  };
  for (const { defaultAction, serviceId } of state.Listener.values()) add({ action: defaultAction, serviceId });
  for (const rule of state.Rule.values()) add(rule);
  byRules.set(state.Rule, use);
  return use;
}
