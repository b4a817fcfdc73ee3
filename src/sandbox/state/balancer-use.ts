import { usersOf } from './group-use.ts';
import type { RegisteredTarget, TargetGroup } from './records.ts';
import { groupOf } from './settle.ts';
import type { State } from './state.ts';

const idOf = ({ id }: RegisteredTarget) => id;

/** The services that reach a load balancer by target groups, apart from what leaves them. */
export function servicesOfBalancer(state: State, arn: string): readonly string[] {
  const targets = state.Target.where(idOf, arn).filter(({ draining }) => !draining);
  return targets.flatMap(({ targetGroupId }) => usersOf(state, targetGroupId));
}

/** The load balancer of a group; undefined where it has none, or targets of another kind. */
export function balancerOf(state: State, { id, type }: TargetGroup): string | undefined {
  if (type !== 'ALB') return undefined;
  return state.Target.where(groupOf, id).find(({ draining }) => !draining)?.id;
}
