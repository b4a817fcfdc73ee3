import { misfitOf } from '../checks/target.ts';
import { answer, type Context, nextSequence, type Outcome, startTransition, timestamp } from '../context.ts';
import type { Input } from '../model/operations.ts';
import type { Target } from '../model/values.ts';
import { pageOf } from '../paging.ts';
import { checkQuota, limitOf } from '../quotas.ts';
import { servicesOfBalancer } from '../state/balancer-use.ts';
import { usersOf } from '../state/group-use.ts';
import { find, findOwn, mustBeActive } from '../state/lookup.ts';
import type { RegisteredTarget, TargetGroup } from '../state/records.ts';
import { groupOf } from '../state/settle.ts';
import { type Change, put, remove, type State } from '../state/state.ts';

interface Failure {
  readonly code: string;
  readonly message: string;
}

const failedByFault: Failure = { code: 'InternalError', message: 'The target could not be changed' };

/** Targets that do not fit the group are reported one by one, and the call succeeds. */
export function registerTargets(context: Context, input: Input<'RegisterTargets'>): Outcome {
  const group = findOwn(context, 'TargetGroup', input.targetGroupIdentifier);
  mustBeActive('TargetGroup', group);
  const before = context.state.Target.where(groupOf, group.id);
  const known = new Map(before.map((target) => [keyOf(target), target]));
  const items = input.targets.map((given, index) => {
    const target = withPort(group, given);
    const alone = known.size > 0 && !known.has(keyOf({ ...target, targetGroupId: group.id }));
    const isFaulty = context.partial?.includes(index) === true;
    const misfit = isFaulty ? failedByFault : (misfitOf(group, target, alone) ?? crowding(context, group, target));
    if (misfit !== undefined) return { target, misfit };
    const row = newTarget(context, group, target, index);
    const same = known.get(keyOf(row));
    known.set(keyOf(row), row);
    return { target, row, isNew: same === undefined || same.draining };
  });
  checkQuota('targetsPerTargetGroup', known.size, context.limits);
  const changes = items.flatMap(({ row, isNew }): readonly Change[] =>
    row === undefined || !isNew
      ? []
      : [
          put('Target', keyOf(row), row),
          put('Sequence', 'last', row.sequence),
          remove('Transition', `Target ${keyOf(row)}`),
        ],
  );
  return { output: report(items), changes };
}

/** Why a load balancer cannot stand behind the service of a group: it stands behind others. */
function crowding({ state, limits }: Context, { id, type }: TargetGroup, target: Target): Failure | undefined {
  if (type !== 'ALB') return undefined;
  const limit = limitOf('servicesPerLoadBalancer', limits);
  const services = new Set([...servicesOfBalancer(state, target.id), ...usersOf(state, id)]);
  if (services.size <= limit) return undefined;
  return { code: 'TooManyServices', message: `A load balancer is a target of ${limit} services at most` };
}

export function deregisterTargets(context: Context, input: Input<'DeregisterTargets'>): Outcome {
  const group = findOwn(context, 'TargetGroup', input.targetGroupIdentifier);
  mustBeActive('TargetGroup', group);
  const items = input.targets.map((given, index) => {
    const target = withPort(group, given);
    const row = context.state.Target.get(keyOf({ ...target, targetGroupId: group.id }));
    if (context.partial?.includes(index) === true) return { target, misfit: failedByFault };
    if (row === undefined) {
      return { target, misfit: { code: 'TargetNotRegistered', message: `${target.id} is not registered` } };
    }
    return { target, row };
  });
  const changes = items.flatMap(({ row }): readonly Change[] => {
    if (row === undefined || row.draining) return [];
    const draining = { table: 'Target', key: keyOf(row), takes: 'drain' } as const;
    const { failure: _, ...calm } = context;
    return [put('Target', keyOf(row), { ...row, draining: true }), startTransition(calm, draining, null, 'ACTIVE')];
  });
  return { output: report(items), changes };
}

export function listTargets(context: Context, input: Input<'ListTargets'>): Outcome {
  const { targets: wanted = [], targetGroupIdentifier, maxResults, nextToken } = input;
  const group = find(context, 'TargetGroup', targetGroupIdentifier);
  const rows = context.state.Target.where(groupOf, group.id).filter(
    (row) =>
      wanted.length === 0 || wanted.some(({ id, port }) => id === row.id && (port === undefined || port === row.port)),
  );
  const page = {
    targetGroupIdentifier,
    wanted: JSON.stringify(wanted),
    ...(maxResults === undefined ? {} : { maxResults }),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
  return answer(
    pageOf('ListTargets', rows, page, (row) => ({ id: row.id, port: row.port, ...healthOf(context, group, row) })),
  );
}

/** Health follows from the group and the time: what is checked turns healthy after a while. */
function healthOf({ state, now, delays }: Context, { id, type, config }: TargetGroup, target: RegisteredTarget) {
  if (target.draining) return { status: 'DRAINING' };
  if (type === 'LAMBDA' || type === 'ALB') return { status: 'UNAVAILABLE', reasonCode: 'HealthCheckNotSupported' };
  if (usersOf(state, id).length === 0) return { status: 'UNUSED', reasonCode: 'TargetGroupNotInUse' };
  if (config.healthCheck?.enabled !== true) return { status: 'UNAVAILABLE', reasonCode: 'HealthCheckDisabled' };
  return { status: now < Date.parse(target.registeredAt) + delays.health ? 'INITIAL' : 'HEALTHY' };
}

function newTarget({ state, now }: Context, group: TargetGroup, target: Target, index: number): RegisteredTarget {
  return {
    ...target,
    targetGroupId: group.id,
    registeredAt: timestamp(now),
    draining: false,
    sequence: nextSequence(state) + index,
  };
}

/** A target without a port has that of its group. */
function withPort({ config }: TargetGroup, { id, port = config.port }: Target): Target {
  return port === undefined ? { id } : { id, port };
}

function keyOf({ targetGroupId, id, port }: Target & { readonly targetGroupId: string }): string {
  return `${targetGroupId} ${id} ${port ?? ''}`;
}

function report(items: readonly { readonly target: Target; readonly misfit?: Failure }[]) {
  return {
    successful: items.filter(({ misfit }) => misfit === undefined).map(({ target }) => target),
    unsuccessful: items.flatMap(({ target, misfit }) =>
      misfit === undefined ? [] : [{ ...target, failureCode: misfit.code, failureMessage: misfit.message }],
    ),
  };
}

/** The targets of a state by group, for the request evaluation. */
export function targetsOf(state: State, groupId: string): readonly RegisteredTarget[] {
  return state.Target.where(groupOf, groupId).filter(({ draining }) => !draining);
}
