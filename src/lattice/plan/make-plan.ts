import { type Field, fieldsOf } from '../fields.ts';
import { isLeaving, type LiveResource, type LiveState } from '../live-state.ts';
import { isManaged, parentOf, tagsOf, type WantedResource, type WantedState } from '../wanted-state.ts';
import { compareFields, tagFields } from './compare-fields.ts';
import { describeEffect } from './describe-effect.ts';
import { labelGroups } from './label-groups.ts';
import { planOrphans } from './plan-orphans.ts';
import type { Blocked, Change, ChangeOp, FieldChange, Plan, Problem } from './plan-types.ts';
import { type References, resolveReferences } from './references.ts';

export interface PlanOptions {
  /** Delete what is of the stack and no longer wanted. */
  readonly prune: boolean;
  /** Ids or ARNs of untagged resources that are to become ours. */
  readonly adopt: ReadonlySet<string>;
}

/**
 * Compares what is wanted with what stands. Pure, and safe by what it looks at: only what carries the stack's own tag is
 * ever changed, and what stands in the way of a wanted resource blocks it and everything that belongs to it.
 */
export function makePlan(wanted: WantedState, live: LiveState, options: PlanOptions): Plan {
  const references = resolveReferences(wanted, live);
  const planner = new Planner(wanted, references, options);
  for (const one of wanted.resources) planner.plan(one);
  const kept = new Set(wanted.resources.map(({ key }) => references.keyOf(key)));
  const referred = new Set(
    wanted.resources.flatMap(({ resource }) =>
      resource.kind === 'ExternalTargetGroup' ? [`TargetGroup ${references.groupName(resource.name)}`] : [],
    ),
  );
  const isKept = (key: string) => kept.has(key) || referred.has(key);
  const orphans = planOrphans(live, isKept, options.prune);
  const { changes, problems, blocked, unchanged, artefacts } = planner;
  const all = [...changes, ...orphans];
  return {
    stack: wanted.stack,
    prune: options.prune,
    changes: all,
    problems: [...references.problems, ...problems, ...findIntruders(live, all)],
    blocked: [...blocked],
    unchanged,
    foreign: live.resources.filter(({ owner, id }) => owner.kind !== 'ours' && !options.adopt.has(id)),
    artefacts,
  };
}

/** Listeners and rules of others in services of ours take requests that the plan knows nothing of. */
function findIntruders(live: LiveState, changes: readonly Change[]): readonly Problem[] {
  const ours = new Set(live.resources.flatMap(({ key, owner }) => (owner.kind === 'ours' ? [key] : [])));
  const going = new Set(changes.flatMap(({ op, key }) => (op === 'delete' ? [key] : [])));
  return live.resources.flatMap((by): readonly Problem[] => {
    const isInside = by.parent !== undefined && ours.has(by.parent) && !going.has(by.parent);
    const takesRequests = by.kind === 'Rule' || by.kind === 'Listener';
    return takesRequests && isInside && by.owner.kind !== 'ours' ? [{ kind: 'intruder', by }] : [];
  });
}

class Planner {
  readonly changes: Change[] = [];
  readonly problems: Problem[] = [];
  readonly blocked = new Set<string>();
  readonly artefacts: { key: string; path: string; value: string }[] = [];
  unchanged = 0;
  readonly #replaced = new Set<string>();
  readonly #wanted: WantedState;
  readonly #references: References;
  readonly #options: PlanOptions;
  readonly #labels: (path: string) => string;

  constructor(wanted: WantedState, references: References, options: PlanOptions) {
    this.#wanted = wanted;
    this.#references = references;
    this.#options = options;
    this.#labels = labelGroups(wanted);
    for (const problem of references.problems) if (problem.kind === 'missing') this.blocked.add(problem.change.key);
  }

  plan(one: WantedResource): void {
    const { key, resource } = one;
    if (!isManaged(resource)) return;
    const needed = [parentOf(resource), ...othersNeeded(one)].filter((other) => other !== undefined);
    if (needed.some((other) => this.blocked.has(other))) {
      this.blocked.add(key);
      return;
    }
    const found = this.#references.find(key);
    const live = found !== undefined && isLeaving(found) ? undefined : found;
    if (live === undefined) this.#create(one);
    else if (live.owner.kind === 'ours') this.#compare(one, live, needed);
    else if (this.#options.adopt.has(live.id) || this.#options.adopt.has(live.arn)) this.#adopt(one, live);
    else this.#block(one, live);
  }

  #create(one: WantedResource): void {
    // A policy or a log of a network that is not ours would change what belongs to others.
    const parent = parentOf(one.resource);
    const owner = parent === undefined ? undefined : this.#references.find(parent);
    if (one.resource.kind === 'AuthPolicy' && owner !== undefined && owner.owner.kind !== 'ours') {
      this.#block(one, owner);
      return;
    }
    this.#add('create', one, compareFields([], this.#fieldsOf(one)), {});
  }

  #compare(one: WantedResource, live: LiveResource, needed: readonly string[]): void {
    const { key, resource } = one;
    const before = [...fieldsOfLive(live), ...tagFields(this.#ownTags(one, live))];
    const changed = compareFields(before, this.#fieldsOf(one));
    const moved = needed.find((other) => this.#replaced.has(other));
    const reason = replaceReason(live, changed, moved);
    if (reason !== undefined) {
      if (moved === undefined || resource.kind !== 'AccessLogSubscription') this.#replaced.add(key);
      const interrupts = isNoticed(live) ? { interrupts: true as const } : {};
      this.#add('replace', one, changed, { live, reason, ...interrupts });
    } else if (changed.length > 0) this.#add('update', one, changed, { live });
    else this.unchanged += 1;
  }

  #adopt(one: WantedResource, live: LiveResource): void {
    const before = live.resource === undefined ? [] : fieldsOfLive(live);
    this.#add('adopt', one, compareFields([...before, ...tagFields(live.tags)], this.#fieldsOf(one)), { live });
  }

  #block({ key, source }: WantedResource, by: LiveResource): void {
    const change: Blocked = { key, ...(source === undefined ? {} : { source }) };
    this.blocked.add(key);
    this.problems.push({ kind: 'name-taken', change, by });
  }

  #add(
    op: ChangeOp,
    { key, resource, source }: WantedResource,
    fields: readonly FieldChange[],
    more: Pick<Change, 'live' | 'reason' | 'interrupts'>,
  ): void {
    const shown = fields.map(({ path, before, after }) => ({ path: this.#labels(path), before, after }));
    const effect = describeEffect({ op, resource, fields: shown });
    this.changes.push({
      ...{ op, kind: resource.kind, key, name: resource.name },
      fields: shown,
      ...(source === undefined ? {} : { source }),
      ...(effect === undefined ? {} : { effect }),
      ...more,
    });
  }

  #fieldsOf(one: WantedResource): readonly Field[] {
    const { groupName } = this.#references;
    return [...fieldsOf(one.resource, { groupName }), ...tagFields(tagsOf(one, this.#wanted) ?? {})];
  }

  /** The tags that latticectl sets; what others have put on beside them is theirs. */
  #ownTags(one: WantedResource, live: LiveResource): Readonly<Record<string, string>> {
    const wanted = tagsOf(one, this.#wanted) ?? {};
    const entries = Object.entries(live.tags);
    for (const [name, value] of entries) {
      if (!Object.hasOwn(wanted, name)) this.artefacts.push({ key: one.key, path: `tags[${name}]`, value });
    }
    return Object.fromEntries(entries.filter(([name]) => Object.hasOwn(wanted, name)));
  }
}

/** What a resource needs besides its parent. */
function othersNeeded({ resource }: WantedResource): readonly string[] {
  if (resource.kind === 'ServiceNetworkServiceAssociation') return [`Service ${resource.service}`];
  const action =
    resource.kind === 'Rule' ? resource.action : resource.kind === 'Listener' ? resource.defaultAction : undefined;
  if (action === undefined || !('forward' in action)) return [];
  return action.forward.targetGroups.flatMap(({ targetGroup }) => [
    `TargetGroup ${targetGroup}`,
    `ExternalTargetGroup ${targetGroup}`,
  ]);
}

function fieldsOfLive({ resource, unset }: LiveResource): readonly Field[] {
  if (resource === undefined) return [];
  return fieldsOf(resource, { groupName: (name) => name, ...(unset === undefined ? {} : { unset }) });
}

/** Why changing it is not enough; undefined where it is. */
function replaceReason(
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
function isNoticed({ status, kind }: LiveResource): boolean {
  return status !== 'CREATE_FAILED' && kind !== 'AccessLogSubscription';
}
