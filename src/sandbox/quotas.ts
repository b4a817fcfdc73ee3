import { quotaExceeded, type ResourceType } from './errors.ts';

interface Quota {
  readonly value: number;
  /** Code in Service Quotas. */
  readonly code: string;
  readonly of: ResourceType;
}

/** What an account may have. Source: the quotas page of the VPC Lattice user guide; every value can be overridden. */
export const quotas = {
  serviceNetworksPerRegion: { value: 50, code: 'L-9CAD07FB', of: 'SERVICE_NETWORK' },
  servicesPerRegion: { value: 2000, code: 'L-620C821E', of: 'SERVICE' },
  listenersPerService: { value: 2, code: 'L-D64E952E', of: 'LISTENER' },
  // Whether the default rule counts is not documented; here it does not.
  rulesPerListener: { value: 10, code: 'L-CF78395E', of: 'RULE' },
  targetGroupsPerService: { value: 10, code: 'L-3DEC3B9F', of: 'TARGET_GROUP' },
  targetGroupsPerRegion: { value: 500, code: 'L-BB11C6B9', of: 'TARGET_GROUP' },
  targetsPerTargetGroup: { value: 1000, code: 'L-D71303F3', of: 'TARGET_GROUP' },
  /** Services that one load balancer is a target of; not adjustable. Source: the user guide, target groups. */
  servicesPerLoadBalancer: { value: 2, code: '', of: 'TARGET_GROUP' },
  serviceAssociationsPerNetwork: { value: 500, code: 'L-75D4A19E', of: 'SERVICE_NETWORK_SERVICE_ASSOCIATION' },
  vpcAssociationsPerNetwork: { value: 500, code: 'L-EF6E2D62', of: 'SERVICE_NETWORK_VPC_ASSOCIATION' },
  tagsPerResource: { value: 50, code: '', of: 'RESOURCE' },
  /** Bytes; not adjustable. The model allows more characters than the quota. */
  authPolicySize: { value: 10_240, code: '', of: 'AUTH_POLICY' },
  /** Calls in a second before calls are throttled; AWS publishes none. 0: no limit. */
  requestsPerSecond: { value: 0, code: '', of: 'RESOURCE' },
} as const satisfies Readonly<Record<string, Quota>>;

export type QuotaName = keyof typeof quotas;

/** Quotas that differ from the table. */
export type Limits = Partial<Readonly<Record<QuotaName, number>>>;

export function isQuotaName(name: string): name is QuotaName {
  return Object.hasOwn(quotas, name);
}

export function limitOf(name: QuotaName, limits: Limits): number {
  return limits[name] ?? quotas[name].value;
}

/** Throws unless a count that a call would lead to is within the quota. */
export function checkQuota(name: QuotaName, count: number, limits: Limits): void {
  const limit = limitOf(name, limits);
  if (count <= limit) return;
  const { code, of } = quotas[name];
  throw quotaExceeded(of, code, `The quota ${name} (${limit}) is exceeded`);
}
