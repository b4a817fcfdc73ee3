import type { Listener, RegisteredTarget, Rule, SettlingTable, Transition } from './records.ts';
import { applyChanges, type Change, groupBy, put, remove, type State } from './state.ts';

/** The state once everything is over that is due at this time, in milliseconds since 1970. */
export function settle(state: State, now: number): State {
  const due = [...state.Transition.values()].filter(({ at }) => at <= now);
  if (due.length === 0) return state;
  // In the order in which things end, and what starts first ends first.
  due.sort((one, other) => one.at - other.at);
  return due.reduce((before, transition) => applyChanges(before, endTransition(before, transition)), state);
}

function endTransition(state: State, { table, key, to }: Transition): readonly Change[] {
  const over = remove('Transition', `${table} ${key}`);
  if (to === null) return [over, ...removeWithParts(state, table, key)];
  switch (table) {
    case 'Service':
    case 'TargetGroup':
    case 'ServiceAssociation':
    case 'VpcAssociation': {
      const row = state[table].get(key);
      return row === undefined ? [over] : [over, put(table, key, { ...row, ...to })];
    }
    case 'Target':
      return [over];
  }
}

/** The rows that go when a resource does: it, and what is part of it. */
export function removeWithParts(
  state: State,
  table: SettlingTable | 'ServiceNetwork' | 'Listener' | 'Rule',
  key: string,
): readonly Change[] {
  const row = state[table].get(key);
  if (row === undefined) return [];
  const own = [remove(table, key), ...('arn' in row ? [remove('Tags', row.arn)] : [])];
  switch (table) {
    case 'Service':
      return [
        ...own,
        ...partsOf(state, key),
        ...childrenOf(state, 'Listener', groupBy(state.Listener, serviceOf), key),
      ];
    case 'ServiceNetwork':
      return [...own, ...partsOf(state, key)];
    case 'Listener':
      return [...own, ...childrenOf(state, 'Rule', groupBy(state.Rule, listenerOf), key)];
    default:
      return own;
  }
}

function childrenOf(
  state: State,
  table: 'Listener' | 'Rule',
  groups: ReadonlyMap<string, readonly { readonly id: string }[]>,
  key: string,
) {
  return (groups.get(key) ?? []).flatMap(({ id }) => removeWithParts(state, table, id));
}

/** The policies and access logs of a service or a service network. */
function partsOf(state: State, id: string): readonly Change[] {
  const arn = (state.Service.get(id) ?? state.ServiceNetwork.get(id))?.arn ?? '';
  const logs = [...state.AccessLogSubscription.values()].filter(({ resourceId }) => resourceId === id);
  return [
    ...(state.AuthPolicy.has(id) ? [remove('AuthPolicy', id)] : []),
    ...(state.ResourcePolicy.has(arn) ? [remove('ResourcePolicy', arn)] : []),
    ...logs.flatMap((log) => [remove('AccessLogSubscription', log.id), remove('Tags', log.arn)]),
  ];
}

// Named, so that groups are computed once for each state of a table.
export const serviceOf = ({ serviceId }: Listener) => serviceId;
export const listenerOf = ({ listenerId }: Rule) => listenerId;
export const groupOf = ({ targetGroupId }: RegisteredTarget) => targetGroupId;
