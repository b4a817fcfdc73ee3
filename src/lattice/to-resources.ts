import type { LatticeResource, LatticeResources, TargetGroup } from '../emitters/lattice/resources.ts';
import type { AnyResource } from './fields.ts';
import { isLeaving, type LiveResource, type LiveState } from './live-state.ts';
import { ID_TAG, STACK_TAG, type Tags } from './owner.ts';

export interface ToResourcesOptions {
  /** Only these services with what belongs to them; absent = everything that was read. */
  readonly services?: ReadonlySet<string>;
  /** The backend that a target group stands for, as the settings have it. */
  readonly backendOf: (group: LiveResource) => string | undefined;
}

export interface Exported {
  readonly document: LatticeResources;
  /** Target groups that something leads to and for which no backend is known. */
  readonly unmapped: readonly LiveResource[];
}

/** The order in which resources can be created, which is that of the product of converting. */
const order: readonly LatticeResource['kind'][] = [
  'ServiceNetwork',
  'AuthPolicy',
  'AccessLogSubscription',
  'ServiceNetworkVpcAssociation',
  'TargetGroup',
  'ExternalTargetGroup',
  'Service',
  'Listener',
  'Rule',
  'ServiceNetworkServiceAssociation',
];

/** What stands in the account as what is wanted: comparing the two finds nothing. */
export function toResources(live: LiveState, options: ToResourcesOptions): Exported {
  const read = live.resources.filter((one) => one.resource !== undefined && !isLeaving(one));
  const kept = choose(read, options.services);
  const resources = kept.flatMap((one) => toResource(one, options) ?? []);
  const needed = new Set(kept.flatMap(({ resource }) => groupsOf(resource)));
  const isNameless = (one: LiveResource) => needed.has(one.name) && options.backendOf(one) === undefined;
  const others = [...missingNetworks(kept, live), ...missingGroups(kept, needed, live, options)];
  const tags = commonTags(kept);
  const isStack = options.services === undefined || kept.every(({ owner }) => owner.kind === 'ours');
  return {
    document: {
      kind: 'LatticeResources',
      ...(isStack ? { stack: live.stack } : {}),
      ...(live.account === undefined || live.account === '' ? {} : { account: live.account }),
      ...(Object.keys(tags).length === 0 ? {} : { tags }),
      resources: [...others, ...resources].sort(compare),
    },
    unmapped: live.resources.filter((one) => one.kind === 'TargetGroup' && isNameless(one)),
  };
}

/** The services, what belongs to them, and what they lead to. */
function choose(read: readonly LiveResource[], services: ReadonlySet<string> | undefined): readonly LiveResource[] {
  if (services === undefined) return read;
  const inServices = read.filter(({ kind, name, resource }) => {
    if (kind === 'Service') return services.has(name);
    if (resource === undefined) return false;
    if ('service' in resource) return services.has(resource.service);
    if (resource.kind === 'AuthPolicy') return resource.of === 'Service' && services.has(name);
    return resource.kind === 'AccessLogSubscription' && resource.of === 'Service' && services.has(resource.resource);
  });
  const groups = new Set(inServices.flatMap(({ resource }) => groupsOf(resource)));
  const chosen = new Set(inServices);
  return read.filter((one) => chosen.has(one) || (one.kind === 'TargetGroup' && groups.has(one.name)));
}

function groupsOf(resource: AnyResource | undefined): readonly string[] {
  const action =
    resource?.kind === 'Rule' ? resource.action : resource?.kind === 'Listener' ? resource.defaultAction : undefined;
  if (action === undefined || !('forward' in action)) return [];
  return action.forward.targetGroups.map(({ targetGroup }) => targetGroup);
}

function toResource(one: LiveResource, { backendOf }: ToResourcesOptions): LatticeResource | undefined {
  const { resource } = one;
  // What its texts may be has been looked at where it decides, and the API allows no others.
  if (resource?.kind !== 'TargetGroup') return resource as LatticeResource | undefined;
  const backend = backendOf(one);
  return { ...(resource as TargetGroup), origin: backend === undefined ? {} : { backend } };
}

/** Networks of others that something is associated with are referred to. */
function missingNetworks(kept: readonly LiveResource[], { resources }: LiveState): readonly LatticeResource[] {
  const own = new Set(kept.map(({ key }) => key));
  const needed = new Set(
    kept.flatMap(({ parent }) => (parent?.startsWith('ServiceNetwork ') === true ? [parent] : [])),
  );
  return resources.flatMap(({ kind, key, name, arn }) =>
    kind === 'ServiceNetwork' && needed.has(key) && !own.has(key) ? [{ kind, name, arn, create: false }] : [],
  );
}

/** So are target groups of others that something leads to. */
function missingGroups(
  kept: readonly LiveResource[],
  needed: ReadonlySet<string>,
  { resources }: LiveState,
  { backendOf }: ToResourcesOptions,
): readonly LatticeResource[] {
  const own = new Set(kept.map(({ key }) => key));
  return resources.flatMap((one): readonly LatticeResource[] => {
    const { kind, key, name, arn } = one;
    if (kind !== 'TargetGroup' || !needed.has(name) || own.has(key)) return [];
    const backend = backendOf(one);
    return [{ kind: 'ExternalTargetGroup', name, arn, origin: backend === undefined ? {} : { backend } }];
  });
}

/** What all have, beside the marks of ownership; what some only have was put on by hand. */
function commonTags(kept: readonly LiveResource[]): Tags {
  const tagged = kept.filter(({ kind }) => kind !== 'AuthPolicy');
  const [first, ...rest] = tagged;
  if (first === undefined) return {};
  const entries = Object.entries(first.tags).filter(
    ([name, value]) => name !== STACK_TAG && name !== ID_TAG && rest.every(({ tags }) => tags[name] === value),
  );
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function compare(a: LatticeResource, b: LatticeResource): number {
  const byKind = order.indexOf(a.kind) - order.indexOf(b.kind);
  if (byKind !== 0) return byKind;
  if (a.kind === 'Rule' && b.kind === 'Rule') {
    const [left, right] = [`${a.service}/${a.listener}`, `${b.service}/${b.listener}`];
    return left === right ? a.priority - b.priority : left < right ? -1 : 1;
  }
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
