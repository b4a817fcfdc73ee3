import { type Claim, claimOnPriority, claimsOf } from '../claims.ts';
import type { LiveState } from '../live-state.ts';
import { parentOf, type WantedState } from '../wanted-state.ts';
import type { Change, Problem } from './plan-types.ts';
import type { References } from './references.ts';

interface Settled {
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
  readonly blocked: readonly string[];
}

/**
 * What is created under a new name may want what something else has: a VPC, a domain of the network, a port, the
 * priority of a rule. Where that goes by the same plan, it goes first, and requests are unanswered until the new one
 * stands; else the new one cannot be made, nor what stands in it.
 */
export function settleClaims(
  changes: readonly Change[],
  wanted: WantedState,
  live: LiveState,
  { keyOf }: Pick<References, 'keyOf'>,
): Settled {
  const holders = new Map([...(live.claims ?? []), ...prioritiesOfOthers(live, changes)].map((one) => [one.what, one]));
  const resources = new Map(wanted.resources.map((one) => [one.key, one.resource]));
  const claimOf = claimsOf([...resources.values()], keyOf);
  const going = new Set(changes.flatMap(({ op, key }) => (op === 'delete' || op === 'replace' ? [keyOf(key)] : [])));
  const problems: Problem[] = [];
  const blocked = new Set<string>();
  const kept = changes.flatMap((change): readonly Change[] => {
    const resource = wantsMore(change) ? resources.get(change.key) : undefined;
    if (resource === undefined) return [change];
    const parent = parentOf(resource);
    if (parent !== undefined && blocked.has(parent)) {
      blocked.add(change.key);
      return [];
    }
    const what = claimOf(resource);
    const holder = what === undefined ? undefined : holders.get(what);
    if (holder === undefined || holder.key === keyOf(change.key)) return [change];
    if (going.has(holder.key)) return [{ ...change, interrupts: true, reason: `${holder.key} has to go first` }];
    blocked.add(change.key);
    problems.push(toProblem(change, holder, live));
    return [];
  });
  return { changes: kept, problems, blocked: [...blocked] };
}

function wantsMore({ op, kind, fields }: Change): boolean {
  return op === 'create' || (kind === 'Rule' && op === 'update' && fields.some(({ path }) => path === 'priority'));
}

/** Rules of the stack make room for each other. */
function prioritiesOfOthers({ resources }: LiveState, changes: readonly Change[]): readonly Claim[] {
  const adopted = new Set(changes.flatMap(({ op, key }) => (op === 'adopt' ? [key] : [])));
  return resources.flatMap(({ key, owner, parent, priority, calls: [call] }) =>
    parent === undefined || priority === undefined || owner.kind === 'ours' || adopted.has(key)
      ? []
      : [{ what: claimOnPriority(priority, parent), key, ...(call === undefined ? {} : { call }) }],
  );
}

function toProblem({ key, source }: Change, holder: Claim, { resources }: LiveState): Problem {
  const owner = resources.find((one) => one.key === holder.key)?.owner;
  return {
    kind: 'claimed',
    change: { key, ...(source === undefined ? {} : { source }) },
    holder,
    ...(owner === undefined ? {} : { owner }),
  };
}
