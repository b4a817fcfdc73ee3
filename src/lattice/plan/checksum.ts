import { sortKeys } from '../fields/canonical-json.ts';
import { type Field, fieldsOf } from '../fields.ts';
import type { LiveResource } from '../live-state.ts';
import type { Change, Plan } from './plan-types.ts';

/** A short text that stands for a long one; collisions must not be found. */
export type Digest = (text: string) => string;

/** What the plan rests on: of each resource that it touches the digest of what was seen, or that it was absent. */
export function observedBy({ changes }: Pick<Plan, 'changes'>, digest: Digest): Readonly<Record<string, string>> {
  return Object.fromEntries(
    changes.map(({ key, live }) => [key, live === undefined ? 'absent' : digestLive(live, digest)]),
  );
}

/** The digest of a resource as it stands; times, counters and health are no part of it. */
export function digestLive({ id, owner, tags, resource, status }: LiveResource, digest: Digest): string {
  const names = { groupName: (name: string) => name };
  const fields: readonly Field[] = resource === undefined ? [] : fieldsOf(resource, names);
  return digest(canonical({ id, owner, tags, fields, failed: status === 'CREATE_FAILED' }));
}

/** Where a plan was made; what is absent is not known. */
export interface PlanPlace {
  readonly account?: string;
  readonly region?: string;
}

/** The same for the same plan on the same account and region, wherever and whenever it is made. */
export function checksumOf(plan: Plan, digest: Digest, { account, region }: PlanPlace = {}): string {
  const { stack, prune, changes } = plan;
  const place = { account: account ?? null, region: region ?? null };
  return digest(canonical({ place, stack, prune, changes: changes.map(bare), observed: observedBy(plan, digest) }));
}

/** A change without its place in the source, which moves when lines do. */
function bare({ op, kind, key, fields }: Change): unknown {
  return { op, kind, key, fields: [...fields].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

function canonical(value: unknown): string {
  return JSON.stringify(sortKeys(value));
}
