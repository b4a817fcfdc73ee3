import { fieldsOf } from '../fields.ts';
import { isLeaving, type LiveResource, type LiveState } from '../live-state.ts';
import { compareFields } from './compare-fields.ts';
import { describeEffect } from './describe-effect.ts';
import { findKept } from './find-kept.ts';
import type { Change } from './plan-types.ts';
import type { IsProtected } from './protection.ts';

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

interface OrphanOptions {
  readonly isWanted: (key: string) => boolean;
  readonly isProtected: IsProtected;
  /** Keys of networks of which nothing says who may call. */
  readonly unsaid: ReadonlySet<string>;
  /** Without it orphans are only shown. */
  readonly prune: boolean;
}

/** What is of the stack and no longer wanted. */
export function planOrphans(
  { resources }: LiveState,
  { isWanted, isProtected, unsaid, prune }: OrphanOptions,
): readonly Change[] {
  const orphans = resources.filter((one) => one.owner.kind === 'ours' && !isWanted(one.key) && !isLeaving(one));
  const kept = findKept(resources, orphans, isProtected, unsaid);
  return [...orphans]
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .map((live): Change => {
      const reason = kept.get(live.key);
      const op = prune && reason === undefined ? 'delete' : 'orphaned';
      const { kind, key, name, resource } = live;
      const names = { groupName: (written: string) => written };
      const fields = resource === undefined ? [] : compareFields(fieldsOf(resource, names), []);
      const effect = resource === undefined ? undefined : describeEffect({ op, resource, fields });
      return {
        ...{ op, kind, key, name, live },
        fields: op === 'orphaned' ? [] : fields.map(({ path, before, after }) => ({ path, before, after })),
        ...(reason === undefined ? {} : { reason }),
        ...(effect === undefined ? {} : { effect }),
      };
    });
}
