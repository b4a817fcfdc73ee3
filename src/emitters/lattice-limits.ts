import { latticeVocabulary } from '../semantics/vocabulary.ts';
import type { EmitOptions } from './emitter.ts';

/** The class of Gateways that the AWS controller runs. */
export const LATTICE_CLASS = 'amazon-vpc-lattice';

/** Adjustable quotas by the name that `--limit` takes: the default, and what to ask AWS for. */
export const QUOTAS = {
  rulesPerListener: { default: 10, code: 'L-CF78395E', quota: 'rules per listener' },
  targetGroupsPerService: { default: 10, code: 'L-3DEC3B9F', quota: 'target groups per service' },
  listenersPerService: { default: 2, code: 'L-D64E952E', quota: 'listeners per service' },
  targetGroupsPerRegion: { default: 500, code: 'L-BB11C6B9', quota: 'target groups per region' },
  servicesPerRegion: { default: 2000, code: 'L-620C821E', quota: 'services per region' },
  serviceAssociationsPerNetwork: { default: 500, code: 'L-75D4A19E', quota: 'service associations per network' },
  vpcAssociationsPerNetwork: { default: 500, code: 'L-EF6E2D62', quota: 'VPC associations per network' },
  serviceNetworksPerRegion: { default: 50, code: 'L-9CAD07FB', quota: 'service networks per region' },
  targetsPerTargetGroup: { default: 1000, code: 'L-D71303F3', quota: 'targets per target group' },
} as const;

export type QuotaName = keyof typeof QUOTAS;

/** The limit that holds for the account: what the settings say, else the default. */
export function quotaOf(name: QuotaName, { limits }: Pick<EmitOptions, 'limits'>): number {
  return limits[name] ?? QUOTAS[name].default;
}

/**
 * Rules of one HTTPRoute by its schema. A second route of the same host would be a second Lattice service, so the
 * 100 priorities that the AWS controller has for a route are never used up.
 */
export const MAX_RULES_OF_ROUTE = 16;
/** Target groups of one rule. */
export const MAX_TARGETS_OF_RULE = 10;
/** Rule priorities of a listener: from 1 on. */
export const MAX_PRIORITY = 2000;
/** The longest names, by kind. */
export const NAME_LENGTHS = { serviceNetwork: 63, service: 40, listener: 63, rule: 63, targetGroup: 128 } as const;
export const SERVICE_PREFIX = 'svc-';
export const MAX_WEIGHT = 999;
export const {
  maxPathLength: MAX_PATH,
  maxHeaders: MAX_HEADERS,
  maxMethodLength: MAX_METHOD,
  maxHeaderName: MAX_HEADER_NAME,
  maxHeaderValue: MAX_HEADER_VALUE,
  /** The characters of a path match. */
  pathForm: LATTICE_PATH,
} = latticeVocabulary;
/** CloudFormation's bound for header names, below that of the API. */
export const USUAL_HEADER_NAME = 40;
