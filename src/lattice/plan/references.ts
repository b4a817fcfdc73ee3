import type { LatticeResource } from '../../emitters/lattice/resources.ts';
import type { LiveResource, LiveState } from '../live-state.ts';
import { idIn } from '../owner.ts';
import { isManaged, type WantedState } from '../wanted-state.ts';
import type { Problem } from './plan-types.ts';

/** What the wanted resources refer to and do not make, as it is called in the account. */
export interface References {
  /** The key under which the account has what a wanted key names. */
  readonly keyOf: (key: string) => string;
  /** The name of a target group in the account. */
  readonly groupName: (name: string) => string;
  /** What stands in the account under a key of its own. */
  readonly at: (key: string) => LiveResource | undefined;
  /** What stands in the account under a wanted key. */
  readonly find: (key: string) => LiveResource | undefined;
  readonly problems: readonly Problem[];
}

/** Finds the networks and target groups of others by ARN, by name or by the ServiceExport that they were made for. */
export function resolveReferences({ resources }: WantedState, live: LiveState): References {
  const byKey = new Map<string, LiveResource>();
  // Of two resources with one name, of which one is shared, the plan is about ours.
  for (const one of live.resources) {
    if (!byKey.has(one.key) || one.owner.kind === 'ours') byKey.set(one.key, one);
  }
  const networks = new Map<string, string>();
  const groups = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { key, resource, source } of resources) {
    if (isManaged(resource)) continue;
    const found = findReferred(resource, live);
    if (found === undefined) {
      const change = { key, ...(source === undefined ? {} : { source }) };
      problems.push({ kind: 'missing', change, what: describe(resource) });
    } else if (resource.kind === 'ServiceNetwork') networks.set(resource.name, found.name);
    else groups.set(resource.name, found.name);
  }
  const keyOf = (key: string): string => renameNetwork(key, networks);
  return {
    keyOf,
    groupName: (name) => groups.get(name) ?? name,
    at: (key) => byKey.get(key),
    find: (key) => byKey.get(keyOf(key)),
    problems,
  };
}

function findReferred(resource: LatticeResource, { resources }: LiveState): LiveResource | undefined {
  if (resource.kind === 'ServiceNetwork') {
    const networks = resources.filter(({ kind }) => kind === 'ServiceNetwork');
    const { arn, name } = resource;
    return arn === undefined
      ? networks.find((one) => one.name === name)
      : networks.find((one) => one.arn === arn || one.id === idIn(arn));
  }
  if (resource.kind !== 'ExternalTargetGroup') return undefined;
  const groups = resources.filter(({ kind }) => kind === 'TargetGroup' || kind === 'ExternalTargetGroup');
  const { arn, serviceExport, name } = resource;
  if (arn !== undefined) return groups.find((one) => one.arn === arn || one.id === idIn(arn));
  if (serviceExport === undefined) return groups.find((one) => one.name === name);
  return (
    groups.find((one) => one.name === name && one.kind === 'ExternalTargetGroup') ?? findExported(groups, serviceExport)
  );
}

/** The controller tags a group with the ServiceExport that it was made for. */
function findExported(groups: readonly LiveResource[], serviceExport: string): LiveResource | undefined {
  const prefix = 'application-networking.k8s.aws/';
  const [namespace, name] = serviceExport.split('/');
  return groups.find(({ tags }) => {
    const type = tags[`${prefix}SourceTypeKey`];
    const isThis = tags[`${prefix}ServiceNamespace`] === namespace && tags[`${prefix}ServiceName`] === name;
    return isThis && type === 'ServiceExport';
  });
}

function describe(resource: LatticeResource): string {
  if (resource.kind === 'ServiceNetwork') return `the service network ${resource.arn ?? resource.name}`;
  if (resource.kind !== 'ExternalTargetGroup') return resource.name;
  const { arn, serviceExport, name } = resource;
  if (serviceExport !== undefined) return `a target group of the ServiceExport ${serviceExport}`;
  return `the target group ${arn ?? name}`;
}

/** Associations carry the name of their network in their key. */
function renameNetwork(key: string, networks: ReadonlyMap<string, string>): string {
  const match =
    /^(ServiceNetwork|ServiceNetworkServiceAssociation|ServiceNetworkVpcAssociation|AccessLogSubscription|AuthPolicy ServiceNetwork)([ /])([^/]+)(.*)$/.exec(
      key,
    );
  const [, kind = '', sign = '', name = '', rest = ''] = match ?? [];
  const renamed = networks.get(name);
  return renamed === undefined ? key : `${kind}${sign}${renamed}${rest}`;
}
