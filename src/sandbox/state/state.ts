import type * as records from './records.ts';

/** The kinds of things that the sandbox keeps, with the key by which each is found. */
export interface Tables {
  /** By id, as all resources. */
  readonly ServiceNetwork: records.ServiceNetwork;
  readonly Service: records.LatticeService;
  readonly Listener: records.Listener;
  readonly Rule: records.Rule;
  readonly TargetGroup: records.TargetGroup;
  /** By target group, id and port. */
  readonly Target: records.RegisteredTarget;
  readonly ServiceAssociation: records.ServiceAssociation;
  readonly VpcAssociation: records.VpcAssociation;
  readonly AccessLogSubscription: records.AccessLogSubscription;
  /** By the id of the service or the service network. */
  readonly AuthPolicy: records.Policy;
  /** By ARN. */
  readonly ResourcePolicy: records.Policy;
  /** By ARN. */
  readonly Tags: Readonly<Record<string, string>>;
  /** By the table and key of what is changing. */
  readonly Transition: records.Transition;
  /** By account, call and token. */
  readonly Token: records.SpentToken;
  /** How often something of this natural key was made; a replacement gets another id. */
  readonly Generation: number;
  /** The last place in the order of creation, under the key `last`. */
  readonly Sequence: number;
}

export type TableName = keyof Tables;

/** Everything the sandbox knows. Never changed in place: a change gives a new state that shares what is the same. */
export type State = { readonly [Name in TableName]: ReadonlyMap<string, Tables[Name]> };

/** One row that is written, or removed where there is no value. */
export type Change = {
  [Name in TableName]: { readonly table: Name; readonly key: string; readonly value: Tables[Name] | undefined };
}[TableName];

export const emptyState: State = {
  ServiceNetwork: new Map(),
  Service: new Map(),
  Listener: new Map(),
  Rule: new Map(),
  TargetGroup: new Map(),
  Target: new Map(),
  ServiceAssociation: new Map(),
  VpcAssociation: new Map(),
  AccessLogSubscription: new Map(),
  AuthPolicy: new Map(),
  ResourcePolicy: new Map(),
  Tags: new Map(),
  Transition: new Map(),
  Token: new Map(),
  Generation: new Map(),
  Sequence: new Map(),
};

/** A row to write. */
export function put<Name extends TableName>(table: Name, key: string, value: Tables[Name]): Change {
  // The compiler does not see that a generic row is one of the union's.
  return { table, key, value } as Change;
}

/** A row to remove. */
export function remove(table: TableName, key: string): Change {
  return { table, key, value: undefined } as Change;
}

/** The state after some changes, in their order. */
export function applyChanges(state: State, changes: readonly Change[]): State {
  if (changes.length === 0) return state;
  const next: Record<string, ReadonlyMap<string, unknown>> = { ...state };
  const copied = new Map<TableName, Map<string, unknown>>();
  for (const { table, key, value } of changes) {
    let rows = copied.get(table);
    if (rows === undefined) {
      rows = new Map<string, unknown>(state[table]);
      copied.set(table, rows);
      next[table] = rows;
    }
    if (value === undefined) rows.delete(key);
    else rows.set(key, value);
  }
  return next as State;
}

const groupings = new WeakMap<object, Map<unknown, ReadonlyMap<string, readonly unknown[]>>>();

/**
 * The rows of a table by something that they name, in the order of creation. Computed once for each state of the table,
 * so that `by` has to be the same function every time.
 */
export function groupBy<Row>(
  rows: ReadonlyMap<string, Row>,
  by: (row: Row) => string,
): ReadonlyMap<string, readonly Row[]> {
  const known = groupings.get(rows) ?? new Map<unknown, ReadonlyMap<string, readonly unknown[]>>();
  groupings.set(rows, known);
  const found = known.get(by);
  if (found !== undefined) return found as ReadonlyMap<string, readonly Row[]>;
  const groups = new Map<string, Row[]>();
  for (const row of rows.values()) {
    const key = by(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  known.set(by, groups);
  return groups;
}
