import type { Caller } from './ids.ts';
import type { State } from './state.ts';

interface Viewer {
  readonly state: State;
  readonly caller: Caller;
}

/**
 * Whether a resource of another account is shared with the caller. Shares are made with Resource Access Manager, which
 * is not here; what stands for one is a resource policy whose principals name the account.
 */
export function isSharedWith({ state, caller }: Viewer, arn: string): boolean {
  const policy = state.ResourcePolicy.get(shareableArn(arn));
  if (policy === undefined) return false;
  return principalsOf(policy.policy).some((one) => one === '*' || one.split(':').includes(caller.account));
}

/** Listeners and rules are shared with their service. */
function shareableArn(arn: string): string {
  const at = arn.indexOf('/listener/');
  return at < 0 ? arn : arn.slice(0, at);
}

/** Every principal that a policy allows anything. */
function principalsOf(policy: string): readonly string[] {
  const document: unknown = JSON.parse(policy);
  return [member(document, 'Statement')]
    .flat()
    .filter((statement) => member(statement, 'Effect') !== 'Deny')
    .flatMap((statement) => {
      const principal = member(statement, 'Principal');
      return [typeof principal === 'string' ? principal : member(principal, 'AWS')].flat();
    })
    .filter((principal) => typeof principal === 'string');
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
