import type { Limits } from './quotas.ts';
import { arnOf, type Caller, generationKey, generationOf, makeId, type ResourceTable } from './state/ids.ts';
import type { SettlingTable, Status } from './state/records.ts';
import { type Change, put, type State } from './state/state.ts';

/** How long changes take, in milliseconds. */
export interface Delays {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  /** How long a target goes on after it was deregistered. */
  readonly drain: number;
  /** How long until the health of a new target is known. */
  readonly health: number;
}

/** What a call works with besides its input. */
export interface Context {
  readonly state: State;
  readonly caller: Caller;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly limits: Limits;
  readonly delays: Delays;
  /** Given where a fault makes what this call starts fail in the end. */
  readonly failure?: Failure;
  /** Places of a batch whose items a fault makes fail. */
  readonly partial?: readonly number[];
}

export interface Failure {
  readonly code: string;
  readonly message: string;
}

export type Output = Readonly<Record<string, unknown>>;

/** What a call answers, and what it changes. */
export interface Outcome {
  readonly output: Output;
  readonly changes: readonly Change[];
}

/** The outcome of a call that changes nothing. */
export function answer(output: Output): Outcome {
  return { output, changes: [] };
}

export function timestamp(now: number): string {
  return new Date(now).toISOString();
}

/**
 * What a new resource has, and the rows that make its id and its place its own.
 *
 * @param natural - what identifies a resource of this kind, its owner aside
 * @param path - the ARN behind the account, with the id
 */
export function newResource(
  { state, caller, now }: Context,
  table: ResourceTable,
  natural: string,
  path: (id: string) => string,
) {
  const identity = `${caller.account} ${caller.region} ${natural}`;
  const generation = generationOf(state, table, identity);
  const id = makeId(table, identity, generation);
  const sequence = nextSequence(state);
  return {
    common: {
      id,
      arn: arnOf(caller, path(id)),
      createdAt: timestamp(now),
      lastUpdatedAt: timestamp(now),
      sequence,
    },
    bookkeeping: [put('Generation', generationKey(table, identity), generation + 1), put('Sequence', 'last', sequence)],
  };
}

export function nextSequence(state: State): number {
  return (state.Sequence.get('last') ?? 0) + 1;
}

/** The row that ends a change later: with `success`, unless a fault makes it fail with `failed`. */
export function startTransition(
  { now, delays, failure }: Context,
  { table, key, takes }: { readonly table: SettlingTable; readonly key: string; readonly takes: keyof Delays },
  success: { readonly status: Status } | null,
  failed: Status,
): Change {
  const to =
    failure === undefined ? success : { status: failed, failureCode: failure.code, failureMessage: failure.message };
  return put('Transition', `${table} ${key}`, { table, key, at: now + delays[takes], to });
}

/** The row that keeps the tags of a create; none without tags. */
export function tagged(arn: string, tags: Readonly<Record<string, string>> | undefined): readonly Change[] {
  return tags === undefined || Object.keys(tags).length === 0 ? [] : [put('Tags', arn, tags)];
}
