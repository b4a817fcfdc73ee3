import type { LiveResource } from '../live-state.ts';
import type { FieldChange } from './plan-types.ts';

/** Why changing a resource is not enough; undefined where it is. `moved` is what it needs and what is replaced. */
export function replaceReason(
  live: LiveResource,
  changed: readonly (FieldChange & { readonly isFixed: boolean })[],
  moved: string | undefined,
): string | undefined {
  // Rules change the target group that they lead to; everything else belongs to one thing for good.
  if (moved !== undefined && !moved.startsWith('TargetGroup ')) return `${moved} is replaced`;
  if (live.status === 'CREATE_FAILED') return 'its creation has failed';
  const fixed = changed.filter(({ isFixed }) => isFixed).map(({ path }) => path);
  if (fixed.length > 0) return `${fixed.join(', ')} cannot be changed`;
  const groups = (side: 'before' | 'after') =>
    changed.filter((one) => one.path.startsWith('securityGroupIds[') && one[side] !== null).length;
  const { resource } = live;
  if (resource?.kind !== 'ServiceNetworkVpcAssociation') return undefined;
  const losesAll =
    groups('before') === resource.securityGroupIds.length && groups('before') > 0 && groups('after') === 0;
  return losesAll ? 'the last security group cannot be removed' : undefined;
}

/** Whether replacing it leaves requests unanswered: what never came to life serves nobody. */
export function isNoticed({ status, kind }: LiveResource): boolean {
  return status !== 'CREATE_FAILED' && kind !== 'AccessLogSubscription';
}
