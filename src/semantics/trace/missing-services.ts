import type { Action, Share } from '../../ir/actions.ts';
import type { ClusterFacts } from '../../ir/facts.ts';

/**
 * An action where references to Services that do not exist answer `status`. Routes are often read without their
 * Services, so one that is not in the input is taken to exist, unless the input plainly describes its namespace: it
 * holds the Namespace itself and other Services of it. `facts` are those of every input that is looked at. Gives the
 * same action back where nothing is missing.
 */
export function answerMissing(action: Action, facts: readonly ClusterFacts[], status: number | undefined): Action {
  if (action.kind !== 'forward' || status === undefined) return action;
  if (!action.shares.some((share) => isMissing(share, facts))) return action;
  const shares = action.shares.map((share): Share => {
    if (share.kind === 'invalid' || !isMissing(share, facts)) return share;
    const { namespace, name } = share.backend;
    const reason = `Service ${namespace}/${name} is not in the input, which has others of its namespace`;
    return { kind: 'invalid', weight: share.weight, status, reason };
  });
  return { ...action, shares };
}

function isMissing(share: Share, facts: readonly ClusterFacts[]): boolean {
  if (share.kind === 'invalid' || share.backend.kind !== 'Service') return false;
  const { namespace, name } = share.backend;
  if (facts.some(({ services }) => services.has(`${namespace}/${name}`))) return false;
  return facts.some(
    ({ services, namespaces }) =>
      namespaces.has(namespace) &&
      [...services.values()].some((one) => one.namespace === namespace && one.from === 'input'),
  );
}
