import type { ClusterFacts } from '../../ir/facts.ts';

/** An object that refers across namespaces, or is referred to. */
export interface Peer {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
}

/** Whether a ReferenceGrant of the input lets `from` refer to the object `name`; within a namespace it always may. */
export function isGranted(from: Peer, to: Peer & { readonly name: string }, { grants }: ClusterFacts): boolean {
  if (from.namespace === to.namespace) return true;
  return grants.some(
    (grant) =>
      grant.namespace === to.namespace &&
      grant.from.some(
        ({ group, kind, namespace }) => group === from.group && kind === from.kind && namespace === from.namespace,
      ) &&
      grant.to.some(
        ({ group, kind, name = '' }) => group === to.group && kind === to.kind && (name === '' || name === to.name),
      ),
  );
}
