import type { Origin } from '../diagnostics/origin.ts';
import { type LatticeResource, type LatticeResources, resourceKey } from '../emitters/lattice/resources.ts';
import { claimsOf } from './claims.ts';
import type { LiveState } from './live-state.ts';
import { ID_TAG, STACK_TAG, type Tags } from './owner.ts';

/** What is to stand in the account. */
export interface WantedState {
  readonly stack: string;
  readonly account?: string;
  /** Of everything, beside the marks of ownership. */
  readonly tags: Tags;
  /** In the order in which they can be created. */
  readonly resources: readonly WantedResource[];
}

export interface WantedResource {
  readonly key: string;
  readonly resource: LatticeResource;
  /** What in the input asks for it. */
  readonly source?: Origin;
}

/** The product of converting to `lattice` as what is wanted; `places` says where each resource comes from. */
export function toWantedState(
  { account, tags = {}, resources }: LatticeResources,
  stack: string,
  places: ReadonlyMap<string, Origin> = new Map(),
): WantedState {
  return {
    stack,
    ...(account === undefined ? {} : { account }),
    tags,
    resources: resources.map((resource) => {
      const key = resourceKey(resource);
      const source = places.get(key);
      return { key, resource, ...(source === undefined ? {} : { source }) };
    }),
  };
}

/** The tags that a resource is created with; a policy has none, and what others own is not touched. */
export function tagsOf({ key, resource }: WantedResource, { stack, tags }: WantedState): Tags | undefined {
  if (resource.kind === 'AuthPolicy' || !isManaged(resource)) return undefined;
  return { ...tags, [STACK_TAG]: stack, [ID_TAG]: key };
}

/** Whether the stack makes it, and does not only refer to it. */
export function isManaged(resource: LatticeResource): boolean {
  return resource.kind === 'ServiceNetwork' ? resource.create : resource.kind !== 'ExternalTargetGroup';
}

/**
 * What was wanted as if it stood in an account, to compare two configurations without one. What `next` only refers to is
 * taken to exist, since nobody can look.
 */
export function asLiveState(wanted: WantedState, next: WantedState): LiveState {
  const known = new Set(wanted.resources.map(({ key }) => key));
  const referred = next.resources.filter(({ key, resource }) => !isManaged(resource) && !known.has(key));
  const claimOf = claimsOf(
    wanted.resources.map(({ resource }) => resource),
    (key) => key,
  );
  return {
    stack: wanted.stack,
    isConfiguration: true,
    claims: wanted.resources.flatMap(({ key, resource }) => {
      // Rules make room for each other.
      const what = resource.kind === 'Rule' ? undefined : claimOf(resource);
      return what === undefined ? [] : [{ what, key }];
    }),
    resources: [...wanted.resources, ...referred].map((one) => {
      const { key, resource } = one;
      const parent = parentOf(resource);
      const owner = isManaged(resource) ? ({ kind: 'ours' } as const) : ({ kind: 'untagged' } as const);
      const common = { kind: resource.kind, key, name: resource.name, id: key, owner, resource, calls: [] };
      const leadsTo = resource.kind === 'ServiceNetworkServiceAssociation' ? `Service ${resource.service}` : undefined;
      const arn = 'arn' in resource && resource.arn !== undefined ? resource.arn : '';
      return {
        ...common,
        arn,
        tags: tagsOf(one, wanted) ?? {},
        ...(parent === undefined ? {} : { parent }),
        ...(leadsTo && { leadsTo }),
      };
    }),
  };
}

/** The key of what a resource lives and dies with. */
export function parentOf(resource: LatticeResource): string | undefined {
  switch (resource.kind) {
    case 'Listener':
      return `Service ${resource.service}`;
    case 'Rule':
      return `Listener ${resource.service}/${resource.listener}`;
    case 'AuthPolicy':
      return `${resource.of} ${resource.name}`;
    case 'AccessLogSubscription':
      return `${resource.of} ${resource.resource}`;
    case 'ServiceNetworkServiceAssociation':
    case 'ServiceNetworkVpcAssociation':
      return `ServiceNetwork ${resource.serviceNetwork}`;
    default:
      return undefined;
  }
}
