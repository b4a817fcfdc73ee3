import type { LatticeResource } from '../emitters/lattice/resources.ts';
import type { Claim } from './claims.ts';
import type { AnyResource } from './fields.ts';
import type { Owner, Tags } from './owner.ts';

/** What stands in the account: everything of the stack in full, and of the rest what it takes to leave it alone. */
export interface LiveState {
  readonly stack: string;
  /** Of the credentials, as far as an ARN told. */
  readonly account?: string;
  /** No account but an older configuration, in which nobody else has put on tags. */
  readonly isConfiguration?: true;
  readonly resources: readonly LiveResource[];
  /** What only one resource can have, with what has it, be it anybody's. */
  readonly claims?: readonly Claim[];
}

export interface LiveResource {
  readonly kind: LatticeResource['kind'];
  /** As `resourceKey` has it for a wanted resource of the same name and place. */
  readonly key: string;
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly owner: Owner;
  /** Empty where they cannot be read or do not exist. */
  readonly tags: Tags;
  /** Key of the resource that it lives and dies with. */
  readonly parent?: string;
  /** Of an association: the key of the service, which cannot go while it stands. */
  readonly leadsTo?: string;
  /** Of a target group: the ARNs of the services that lead to it. */
  readonly users?: readonly string[];
  /** Only of what is ours, and of what is to become ours. */
  readonly resource?: AnyResource;
  /** `ACTIVE`, `CREATE_FAILED`, …; absent for what has none. */
  readonly status?: string;
  /** Of a rule: what it comes after. */
  readonly priority?: number;
  /** The calls that it was read from. */
  readonly calls: readonly string[];
}

/** Whether a resource is on its way out, and so no longer there for a plan. */
export function isLeaving({ status }: Pick<LiveResource, 'status'>): boolean {
  return status === 'DELETE_IN_PROGRESS';
}
