import type { Origin } from '../../diagnostics/origin.ts';
import type { LatticeResource } from '../../emitters/lattice/resources.ts';
import type { Claim } from '../claims.ts';
import type { Field } from '../fields.ts';
import type { LiveResource } from '../live-state.ts';
import type { Owner } from '../owner.ts';

/** `orphaned`: of the stack, no longer wanted, and kept since nobody asked to prune. */
export type ChangeOp = 'create' | 'update' | 'replace' | 'delete' | 'adopt' | 'orphaned';

export interface FieldChange {
  readonly path: string;
  /** Null where the field is not there. */
  readonly before: Field['value'] | null;
  readonly after: Field['value'] | null;
}

export interface Change {
  readonly op: ChangeOp;
  readonly kind: LatticeResource['kind'];
  readonly key: string;
  readonly name: string;
  /** Empty for what is replaced along with what it belongs to. */
  readonly fields: readonly FieldChange[];
  readonly source?: Origin;
  /** What it means for requests. */
  readonly effect?: string;
  /** Why a replacement is needed, or what keeps an orphan. */
  readonly reason?: string;
  /** Some requests go unanswered while it is made. */
  readonly interrupts?: true;
  /** What stands there now. */
  readonly live?: LiveResource;
}

/** Something in the account that keeps a wanted resource from being made, or that nobody planned. */
export type Problem =
  /** Somebody else's resource has the name; `reason` says why it cannot be adopted. */
  | { readonly kind: 'name-taken'; readonly change: Blocked; readonly by: LiveResource; readonly reason?: string }
  /** What the stack refers to and does not make is not there. */
  | { readonly kind: 'missing'; readonly change: Blocked; readonly what: string }
  /** The settings say something of a network that is somebody else's. */
  | { readonly kind: 'not-ours'; readonly change: Blocked; readonly by: LiveResource; readonly what: readonly string[] }
  /** It would have to be replaced, and the settings protect it. */
  | { readonly kind: 'protected'; readonly change: Blocked; readonly by: LiveResource; readonly reason: string }
  /** What only one resource can have is had by another one; without `owner` by one that was not looked at. */
  | { readonly kind: 'claimed'; readonly change: Blocked; readonly holder: Claim; readonly owner?: Owner }
  /** Somebody else's rule or listener stands in a service of ours. */
  | { readonly kind: 'intruder'; readonly by: LiveResource };

export interface Blocked {
  readonly key: string;
  readonly source?: Origin;
}

/** What brings the account to what is wanted. */
export interface Plan {
  readonly stack: string;
  readonly prune: boolean;
  /** In the order of the wanted resources, orphans last with the innermost first. */
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
  /** Wanted resources that cannot be planned, because of a problem of theirs or of what they belong to. */
  readonly blocked: readonly string[];
  readonly unchanged: number;
  /** Resources of others that were seen. */
  readonly foreign: readonly LiveResource[];
  /** Differences that are none: tags that others have put on. */
  readonly artefacts: readonly { readonly key: string; readonly path: string; readonly value: string }[];
}

export type Counts = Readonly<Record<'create' | 'update' | 'replace' | 'delete' | 'adopt' | 'orphaned', number>>;

export function countChanges(changes: readonly Change[]): Counts {
  const count = (op: ChangeOp) => changes.filter((change) => change.op === op).length;
  return {
    create: count('create'),
    update: count('update'),
    replace: count('replace'),
    delete: count('delete'),
    adopt: count('adopt'),
    orphaned: count('orphaned'),
  };
}

/** Whether applying the plan would change something. */
export function hasChanges({ changes }: Pick<Plan, 'changes'>): boolean {
  return changes.some(({ op }) => op !== 'orphaned');
}
