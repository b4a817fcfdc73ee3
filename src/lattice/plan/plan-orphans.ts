import { fieldsOf } from '../fields.ts';
import { isLeaving, type LiveResource, type LiveState } from '../live-state.ts';
import { compareFields } from './compare-fields.ts';
import { describeEffect } from './describe-effect.ts';
import type { Change } from './plan-types.ts';

/** The order in which resources can be deleted. */
const order: readonly LiveResource['kind'][] = [
  'ServiceNetworkServiceAssociation',
  'Rule',
  'Listener',
  'AccessLogSubscription',
  'AuthPolicy',
  'Service',
  'TargetGroup',
  'ServiceNetworkVpcAssociation',
  'ServiceNetwork',
];

/**
 * What is of the stack and no longer wanted. Without `prune` it is only shown. What holds something of others is never
 * deleted, since that would go with it.
 */
export function planOrphans(
  { resources }: LiveState,
  isWanted: (key: string) => boolean,
  prune: boolean,
): readonly Change[] {
  const orphans = resources.filter((one) => one.owner.kind === 'ours' && !isWanted(one.key) && !isLeaving(one));
  const holders = findHolders(resources);
  return [...orphans]
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .map((live): Change => {
      const guest = holders.get(live.key);
      const op = prune && guest === undefined ? 'delete' : 'orphaned';
      const { kind, key, name, resource, unset } = live;
      const names = { groupName: (written: string) => written, ...(unset === undefined ? {} : { unset }) };
      const fields = resource === undefined ? [] : compareFields(fieldsOf(resource, names), []);
      const effect = resource === undefined || op === 'orphaned' ? undefined : describeEffect({ op, resource, fields });
      return {
        ...{ op, kind, key, name, live },
        fields: op === 'orphaned' ? [] : fields.map(({ path, before, after }) => ({ path, before, after })),
        ...(guest === undefined ? {} : { reason: `${guest} stands in it and is not of this stack` }),
        ...(effect === undefined ? {} : { effect }),
      };
    });
}

/** By key of what would be deleted: something of others that would go with it. */
function findHolders(resources: readonly LiveResource[]): ReadonlyMap<string, string> {
  const parents = new Map(resources.map(({ key, parent }) => [key, parent]));
  const holders = new Map<string, string>();
  for (const { key, parent, owner } of resources) {
    if (owner.kind === 'ours') continue;
    for (let above = parent; above !== undefined; above = parents.get(above)) holders.set(above, key);
  }
  return holders;
}
