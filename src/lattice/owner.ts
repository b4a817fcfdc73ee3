/** Tags that say whose a resource is; put on by the call that creates it. */
export const STACK_TAG = 'latticectl/stack';
export const ID_TAG = 'latticectl/id';

/** The tag by which the AWS Gateway API Controller knows its resources. */
const CONTROLLER_TAG = 'application-networking.k8s.aws/ManagedBy';

/** Whose a resource is. Only `ours` is ever changed. */
export type Owner =
  | { readonly kind: 'ours' }
  /** Another stack of latticectl. */
  | { readonly kind: 'stack'; readonly stack: string }
  /** A cluster's AWS Gateway API Controller. */
  | { readonly kind: 'controller'; readonly cluster: string }
  /** Of another account, whose tags nobody else may read. */
  | { readonly kind: 'shared'; readonly account: string }
  | { readonly kind: 'untagged' };

export type Tags = Readonly<Record<string, string>>;

export function ownerOf(tags: Tags, stack: string): Owner {
  const cluster = tags[CONTROLLER_TAG];
  // A resource that both claim is the controller's, which deletes what it does not know.
  if (cluster !== undefined) return { kind: 'controller', cluster };
  const named = tags[STACK_TAG];
  if (named === undefined) return { kind: 'untagged' };
  return named === stack ? { kind: 'ours' } : { kind: 'stack', stack: named };
}

export function describeOwner(owner: Owner): string {
  switch (owner.kind) {
    case 'ours':
      return 'of this stack';
    case 'stack':
      return `of the stack ${owner.stack}`;
    case 'controller':
      return `of the AWS Gateway API Controller of ${owner.cluster}`;
    case 'shared':
      return owner.account === '' ? 'of another account' : `shared by the account ${owner.account}`;
    default:
      return 'without a tag of latticectl';
  }
}

/** The account in an ARN; empty where there is none. */
export function accountIn(arn: string): string {
  return arn.split(':')[4] ?? '';
}

/** The id at the end of an ARN, or an id itself. */
export function idIn(identifier: string): string {
  return identifier.slice(identifier.lastIndexOf('/') + 1);
}
