import type { LiveResource, LiveState } from '../live-state.ts';
import type { WantedState } from '../wanted-state.ts';
import { planOrphans } from './plan-orphans.ts';
import type { Change, Plan, Problem } from './plan-types.ts';
import { Planner } from './planner.ts';
import { type IsProtected, shield } from './protection.ts';
import { resolveReferences } from './references.ts';
import { settleClaims } from './settle-claims.ts';

export interface PlanOptions {
  /** Delete what is of the stack and no longer wanted. */
  readonly prune: boolean;
  /** Ids or ARNs of untagged resources that are to become ours, with what stands in them. */
  readonly adopt: ReadonlySet<string>;
  /** What is neither deleted nor replaced; absent = nothing. */
  readonly isProtected?: IsProtected;
}

/**
 * Compares what is wanted with what stands. Pure, and safe by what it looks at: only what carries the stack's own tag is
 * ever changed, and what stands in the way of a wanted resource blocks it and everything that belongs to it.
 */
export function makePlan(wanted: WantedState, live: LiveState, options: PlanOptions): Plan {
  const { prune, adopt, isProtected = () => false } = options;
  const references = resolveReferences(wanted, live);
  const shielded = shield(live.resources, isProtected);
  const planner = new Planner({ wanted, references, adopt, shielded, ownsTags: live.isConfiguration === true });
  for (const one of wanted.resources) planner.plan(one);
  const kept = new Set(wanted.resources.map(({ key }) => references.keyOf(key)));
  const referred = new Set(
    wanted.resources.flatMap(({ resource }) =>
      resource.kind === 'ExternalTargetGroup' ? [`TargetGroup ${references.groupName(resource.name)}`] : [],
    ),
  );
  const isWanted = (key: string) => kept.has(key) || referred.has(key);
  const unsaid = new Set(
    wanted.resources.flatMap(({ key, resource }) =>
      resource.kind === 'ServiceNetwork' && !resource.create && resource.authType === undefined
        ? [references.keyOf(key)]
        : [],
    ),
  );
  const orphans = planOrphans(live, { isWanted, isProtected, unsaid, prune });
  const { changes, problems, blocked, unchanged, artefacts } = planner;
  const settled = settleClaims([...changes, ...orphans], wanted, live, references);
  const all = settled.changes;
  const found = [...references.problems, ...problems, ...settled.problems];
  return {
    stack: wanted.stack,
    prune,
    changes: all,
    problems: [...found, ...findIntruders(live, all, found)],
    blocked: [...blocked, ...settled.blocked],
    unchanged,
    foreign: live.resources.filter((one) => one.owner.kind !== 'ours' && !planner.isAdopted(one)),
    artefacts,
  };
}

/** Listeners and rules of others in services of ours take requests that the plan knows nothing of. */
function findIntruders(live: LiveState, changes: readonly Change[], found: readonly Problem[]): readonly Problem[] {
  const adopted = new Set(changes.flatMap(({ op, key }) => (op === 'adopt' ? [key] : [])));
  const isOurs = ({ owner, key }: LiveResource) => owner.kind === 'ours' || adopted.has(key);
  const ours = new Set(live.resources.filter(isOurs).map(({ key }) => key));
  const going = new Set(changes.flatMap(({ op, key }) => (op === 'delete' ? [key] : [])));
  // What has the name of a wanted rule is reported for that.
  const reported = new Set(found.flatMap((problem) => ('by' in problem ? [problem.by] : [])));
  return live.resources.flatMap((by): readonly Problem[] => {
    const isInside = by.parent !== undefined && ours.has(by.parent) && !going.has(by.parent);
    const takesRequests = by.kind === 'Rule' || by.kind === 'Listener';
    return takesRequests && isInside && !isOurs(by) && !reported.has(by) ? [{ kind: 'intruder', by }] : [];
  });
}
