import { completeHealthCheck } from '../checks/health-check.ts';
import { checkTags } from '../checks/tags.ts';
import { completeConfig } from '../checks/target-group.ts';
import { answer, type Context, newResource, type Outcome, startTransition, tagged, timestamp } from '../context.ts';
import { conflict, invalid } from '../errors.ts';
import type { Input } from '../model/operations.ts';
import { pageOf } from '../paging.ts';
import { checkQuota } from '../quotas.ts';
import { usersOf } from '../state/group-use.ts';
import { find, findOwn, isOwn, mustBeActive } from '../state/lookup.ts';
import type { TargetGroup } from '../state/records.ts';
import { groupOf } from '../state/settle.ts';
import { groupBy, put, type State } from '../state/state.ts';

export function createTargetGroup(context: Context, input: Input<'CreateTargetGroup'>): Outcome {
  const { name, type, tags } = input;
  checkTags(tags, {}, context.limits);
  const config = completeConfig(type, input.config ?? {});
  const own = ownGroups(context);
  const clash = own.find((group) => group.name === name);
  if (clash !== undefined) throw conflict('TARGET_GROUP', clash.id, `A target group ${name} exists`);
  checkQuota('targetGroupsPerRegion', own.length + 1, context.limits);
  const { common, bookkeeping } = newResource(context, 'TargetGroup', name, (id) => `targetgroup/${id}`);
  const group: TargetGroup = { ...common, name, type, config, status: 'CREATE_IN_PROGRESS' };
  const { id, arn, status } = group;
  const creating = { table: 'TargetGroup', key: id, takes: 'create' } as const;
  return {
    output: { id, arn, name, type, config, status },
    changes: [
      put('TargetGroup', id, group),
      ...tagged(arn, tags),
      ...bookkeeping,
      startTransition(context, creating, { status: 'ACTIVE' }, 'CREATE_FAILED'),
    ],
  };
}

export function getTargetGroup(context: Context, input: Input<'GetTargetGroup'>): Outcome {
  const group = find(context, 'TargetGroup', input.targetGroupIdentifier);
  return answer({ ...showTargetGroup(group), serviceArns: serviceArnsOf(context.state, group) });
}

export function listTargetGroups(context: Context, input: Input<'ListTargetGroups'>): Outcome {
  const { vpcIdentifier, targetGroupType } = input;
  const rows = ownGroups(context)
    .filter(({ type }) => targetGroupType === undefined || type === targetGroupType)
    .filter(({ config }) => vpcIdentifier === undefined || config.vpcIdentifier === vpcIdentifier);
  return answer(
    pageOf('ListTargetGroups', rows, input, (group) => {
      const { config, failureCode: _, failureMessage: __, ...shown } = showTargetGroup(group);
      const { healthCheck: ___, protocolVersion: ____, ...summary } = config;
      return { ...shown, ...summary, serviceArns: serviceArnsOf(context.state, group) };
    }),
  );
}

/** The health check is all that can be changed. */
export function updateTargetGroup(context: Context, input: Input<'UpdateTargetGroup'>): Outcome {
  const group = findOwn(context, 'TargetGroup', input.targetGroupIdentifier);
  const { id, arn, name, type, status, config } = group;
  if (type === 'LAMBDA' || type === 'ALB') {
    throw invalid('healthCheck', `A target group of type ${type} has no health check`);
  }
  mustBeActive('TargetGroup', group);
  const healthCheck = completeHealthCheck(input.healthCheck, config.healthCheck ?? {}, config);
  const updated = { ...group, config: { ...config, healthCheck }, lastUpdatedAt: timestamp(context.now) };
  return {
    output: { id, arn, name, type, config: updated.config, status },
    changes: [put('TargetGroup', id, updated)],
  };
}

/** Not while something forwards to it, and not before its last target is drained. */
export function deleteTargetGroup(context: Context, input: Input<'DeleteTargetGroup'>): Outcome {
  const group = findOwn(context, 'TargetGroup', input.targetGroupIdentifier);
  const { id, arn, status } = group;
  if (status === 'DELETE_IN_PROGRESS') return answer({ id, arn, status });
  if (status === 'CREATE_IN_PROGRESS') throw conflict('TARGET_GROUP', id, `Target group ${id} is ${status}`);
  const [user] = usersOf(context.state, id);
  if (user !== undefined) throw conflict('TARGET_GROUP', id, `Target group ${id} is used by service ${user}`);
  const targets = groupBy(context.state.Target, groupOf).get(id) ?? [];
  if (targets.length > 0) {
    const state = targets.some(({ draining }) => !draining) ? 'registered' : 'draining';
    throw conflict('TARGET_GROUP', id, `Target group ${id} has ${targets.length} ${state} targets`);
  }
  const deleting = { table: 'TargetGroup', key: id, takes: 'delete' } as const;
  return {
    output: { id, arn, status: 'DELETE_IN_PROGRESS' },
    changes: [
      put('TargetGroup', id, { ...group, status: 'DELETE_IN_PROGRESS' }),
      startTransition(context, deleting, null, 'DELETE_FAILED'),
    ],
  };
}

/** Target groups are not shared between accounts. */
function ownGroups(context: Context): readonly TargetGroup[] {
  return [...context.state.TargetGroup.values()].filter((group) => isOwn(context, group));
}

export function showTargetGroup({ sequence: _, ...shown }: TargetGroup) {
  return shown;
}

function serviceArnsOf(state: State, { id }: TargetGroup): readonly string[] {
  return usersOf(state, id).flatMap((serviceId) => state.Service.get(serviceId)?.arn ?? []);
}
