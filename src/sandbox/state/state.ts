import type * as records from './records.ts';
import { Rows } from './rows.ts';

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
export type State = { readonly [Name in TableName]: Rows<Tables[Name]> };

/** One row that is written, or removed where there is no value. */
export type Change = {
  [Name in TableName]: { readonly table: Name; readonly key: string; readonly value: Tables[Name] | undefined };
}[TableName];

export const emptyState: State = {
  ServiceNetwork: Rows.empty(),
  Service: Rows.empty(),
  Listener: Rows.empty(),
  Rule: Rows.empty(),
  TargetGroup: Rows.empty(),
  Target: Rows.empty(),
  ServiceAssociation: Rows.empty(),
  VpcAssociation: Rows.empty(),
  AccessLogSubscription: Rows.empty(),
  AuthPolicy: Rows.empty(),
  ResourcePolicy: Rows.empty(),
  Tags: Rows.empty(),
  Transition: Rows.empty(),
  Token: Rows.empty(),
  Generation: Rows.empty(),
  Sequence: Rows.empty(),
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
  const byTable = new Map<TableName, (readonly [string, Change['value']])[]>();
  for (const { table, key, value } of changes) {
    const rows = byTable.get(table);
    if (rows === undefined) byTable.set(table, [[key, value]]);
    else rows.push([key, value]);
  }
  const next: Record<string, Rows<unknown>> = { ...state };
  for (const [table, rows] of byTable) next[table] = next[table]?.with(rows) ?? Rows.empty();
  // The rows of each change are those of its table.
  return next as State;
}
