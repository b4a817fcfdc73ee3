import type { Action } from '../../ir/actions.ts';
import type { RoutingModel } from '../../ir/model.ts';

type Labels = Readonly<Record<string, string>>;

/** The labels of subsets by `subsetKey`; none of a name that stands for several. */
export type NamedSubsets = ReadonlyMap<string, Labels>;

export function subsetKey(namespace: string, service: string, subset: string): string {
  return `${namespace}/${service}@${subset}`;
}

/** What subsets ask for, from the side that says it: the other may know their names alone. */
export function findSubsets(models: readonly Pick<RoutingModel, 'virtualHosts'>[]): NamedSubsets {
  const found = new Map<string, Labels>();
  const unclear = new Set<string>();
  for (const action of actionsOf(models)) {
    for (const share of action.kind === 'forward' ? action.shares : []) {
      if (share.kind !== 'backend' || share.backend.subset === undefined) continue;
      const { namespace, name, subset } = share.backend;
      if (subset.isOpen === true) continue;
      const key = subsetKey(namespace, name, subset.name);
      const known = found.get(key);
      if (known === undefined) found.set(key, subset.labels);
      else if (print(known) !== print(subset.labels)) unclear.add(key);
    }
  }
  for (const key of unclear) found.delete(key);
  return found;
}

function* actionsOf(models: readonly Pick<RoutingModel, 'virtualHosts'>[]): Iterable<Action> {
  for (const { virtualHosts } of models)
    for (const { rules } of virtualHosts) for (const { action } of rules) yield action;
}

function print(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort());
}
