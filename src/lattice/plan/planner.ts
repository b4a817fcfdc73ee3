import type { ServiceNetwork } from '../../emitters/lattice/resources.ts';
import { type Field, fieldsOf } from '../fields.ts';
import { isLeaving, type LiveResource } from '../live-state.ts';
import { isManaged, parentOf, tagsOf, type WantedResource, type WantedState } from '../wanted-state.ts';
import { compareFields, tagFields } from './compare-fields.ts';
import { describeEffect } from './describe-effect.ts';
import { labelGroups } from './label-groups.ts';
import type { Blocked, Change, ChangeOp, FieldChange, Problem } from './plan-types.ts';
import type { References } from './references.ts';
import { isNoticed, replaceReason } from './replace-reason.ts';

interface PlannerContext {
  readonly wanted: WantedState;
  readonly references: References;
  /** Ids or ARNs. */
  readonly adopt: ReadonlySet<string>;
  /** Keys of what stands and may not be replaced. */
  readonly shielded: ReadonlySet<string>;
  /** Whether every tag was put on by the stack. */
  readonly ownsTags: boolean;
}

/** Plans one wanted resource after the other, in the order in which they can be created. */
export class Planner {
  readonly changes: Change[] = [];
  readonly problems: Problem[] = [];
  readonly blocked = new Set<string>();
  readonly artefacts: { key: string; path: string; value: string }[] = [];
  unchanged = 0;
  readonly #replaced = new Set<string>();
  readonly #context: PlannerContext;
  readonly #labels: (path: string) => string;

  constructor(context: PlannerContext) {
    this.#context = context;
    this.#labels = labelGroups(context.wanted);
    for (const problem of context.references.problems)
      if (problem.kind === 'missing') this.blocked.add(problem.change.key);
  }

  plan(one: WantedResource): void {
    const { key, resource } = one;
    if (!isManaged(resource)) {
      if (resource.kind === 'ServiceNetwork') this.#refer(one, resource);
      return;
    }
    const needed = [parentOf(resource), ...othersNeeded(one)].filter((other) => other !== undefined);
    if (this.blocked.has(key) || needed.some((other) => this.blocked.has(other))) {
      this.blocked.add(key);
      return;
    }
    const found = this.#context.references.find(key);
    const live = found !== undefined && isLeaving(found) ? undefined : found;
    if (live === undefined) this.#add('create', one, compareFields([], this.#fieldsOf(one)), {});
    else if (live.owner.kind === 'ours') this.#compare(one, live, needed);
    else if (this.isAdopted(live)) this.#adopt(one, live);
    else this.#block({ kind: 'name-taken', change: blockedOf(one), by: live });
  }

  /** Whether a resource that nobody has marked, or what it stands in, was named to become ours. */
  isAdopted({ owner, id, arn, parent }: LiveResource): boolean {
    if (owner.kind !== 'untagged') return false;
    const { adopt, references } = this.#context;
    if (adopt.has(id) || adopt.has(arn)) return true;
    const above = parent === undefined ? undefined : references.at(parent);
    return above !== undefined && this.isAdopted(above);
  }

  /** What belongs to others stays as it is, whatever the settings say of it. */
  #refer(one: WantedResource, network: ServiceNetwork): void {
    const by = this.#context.references.find(one.key);
    const parts = this.#context.wanted.resources.filter(
      ({ key, resource: { kind } }) =>
        (kind === 'AuthPolicy' && key === `AuthPolicy ServiceNetwork/${network.name}`) ||
        (kind === 'AccessLogSubscription' && key.startsWith(`AccessLogSubscription ${network.name}/`)),
    );
    const what = [
      ...(network.authType === undefined ? [] : ['authType']),
      ...(network.sharing === undefined ? [] : ['sharing']),
      ...(parts.some(({ resource: { kind } }) => kind === 'AuthPolicy') ? ['authPolicy'] : []),
      ...(parts.some(({ resource: { kind } }) => kind === 'AccessLogSubscription') ? ['accessLogs'] : []),
    ];
    if (by === undefined || what.length === 0) return;
    if (by.owner.kind === 'ours') {
      this.#compareStated(one, network, by);
      return;
    }
    for (const { key } of parts) this.blocked.add(key);
    this.problems.push({ kind: 'not-ours', change: blockedOf(one), by, what });
  }

  /** A network of the stack that the settings do not create is as they say, where they say something, and is never replaced. */
  #compareStated(one: WantedResource, network: ServiceNetwork, live: LiveResource): void {
    const stated = fieldsOf(network, this.#context.references).filter(
      ({ path }) => path !== 'authType' || network.authType !== undefined,
    );
    const changed = compareFields(fieldsOfLive(live), stated).filter(({ after }) => after !== null);
    const free = changed.filter(({ isFixed }) => !isFixed);
    if (free.length > 0) this.#add('update', one, free, { live });
    if (free.length < changed.length)
      this.problems.push({ kind: 'not-ours', change: blockedOf(one), by: live, what: ['sharing'] });
  }

  #compare(one: WantedResource, live: LiveResource, needed: readonly string[]): void {
    const { key, resource } = one;
    const before = [...fieldsOfLive(live), ...tagFields(this.#ownTags(one, live))];
    const changed = compareFields(before, this.#fieldsOf(one));
    const moved = needed.find((other) => this.#replaced.has(other));
    const reason = replaceReason(live, changed, moved);
    if (reason !== undefined && this.#context.shielded.has(live.key)) {
      this.#block({ kind: 'protected', change: blockedOf(one), by: live, reason });
    } else if (reason !== undefined) {
      if (moved === undefined || resource.kind !== 'AccessLogSubscription') this.#replaced.add(key);
      const interrupts = isNoticed(live) ? { interrupts: true as const } : {};
      this.#add('replace', one, changed, { live, reason, ...interrupts });
    } else if (changed.length > 0) this.#add('update', one, changed, { live });
    else this.unchanged += 1;
  }

  /** As an update that puts the marks on as well; what cannot be changed cannot be adopted. */
  #adopt(one: WantedResource, live: LiveResource): void {
    const before = [...fieldsOfLive(live), ...tagFields(this.#ownTags(one, live))];
    const changed = compareFields(before, this.#fieldsOf(one));
    const reason = replaceReason(live, changed, undefined);
    if (reason === undefined && changed.length === 0) this.unchanged += 1;
    else if (reason === undefined) this.#add('adopt', one, changed, { live });
    else this.#block({ kind: 'name-taken', change: blockedOf(one), by: live, reason });
  }

  #block(problem: Extract<Problem, { readonly change: Blocked }>): void {
    this.blocked.add(problem.change.key);
    this.problems.push(problem);
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
    const { wanted, references } = this.#context;
    const { groupName } = references;
    return [...fieldsOf(one.resource, { groupName }), ...tagFields(tagsOf(one, wanted) ?? {})];
  }

  /** The tags that the settings name; what else is there may be anybody's, and stays. */
  #ownTags(one: WantedResource, live: LiveResource): Readonly<Record<string, string>> {
    if (this.#context.ownsTags) return live.tags;
    const wanted = tagsOf(one, this.#context.wanted) ?? {};
    const entries = Object.entries(live.tags);
    for (const [name, value] of entries) {
      if (!Object.hasOwn(wanted, name)) this.artefacts.push({ key: one.key, path: `tags[${name}]`, value });
    }
    return Object.fromEntries(entries.filter(([name]) => Object.hasOwn(wanted, name)));
  }
}

function blockedOf({ key, source }: WantedResource): Blocked {
  return { key, ...(source === undefined ? {} : { source }) };
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

function fieldsOfLive({ resource }: LiveResource): readonly Field[] {
  return resource === undefined ? [] : fieldsOf(resource, { groupName: (name) => name });
}
