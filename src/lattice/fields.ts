import type { LatticeResource } from '../emitters/lattice/resources.ts';
import { assertNever } from '../ir/assert-never.ts';
import { type ActionNames, actionFields } from './fields/action-fields.ts';
import { canonicalJson } from './fields/canonical-json.ts';
import { healthCheckFields } from './fields/health-check-fields.ts';
import { matchFields } from './fields/match-fields.ts';
import type { Loose } from './loose.ts';

/** One fact about a resource in its one normal form; two resources are alike when their fields are. */
export interface Field {
  /** By key and not by place: `weights[shop/api:8080]`. */
  readonly path: string;
  readonly value: string | number | boolean;
  /** The API cannot change it. */
  readonly isFixed?: true;
  /** Compared only where the wanted side says it too. */
  readonly isOptional?: true;
}

/** A resource of the account or a wanted one. */
export type AnyResource = Loose<LatticeResource>;

/** Everything that is compared of a resource, its tags apart. */
export function fieldsOf(resource: AnyResource, names: ActionNames): readonly Field[] {
  switch (resource.kind) {
    case 'ServiceNetwork':
      return [
        { path: 'authType', value: resource.authType ?? 'NONE' },
        ...optional('sharing.enabled', resource.sharing?.enabled),
      ];
    case 'ServiceNetworkVpcAssociation':
      return vpcFields(resource);
    case 'Service':
      return [
        ...present('customDomainName', resource.customDomainName, true),
        ...present('certificateArn', resource.certificateArn),
        { path: 'authType', value: resource.authType },
        { path: 'idleTimeoutSeconds', value: resource.idleTimeoutSeconds ?? 60 },
      ];
    case 'AuthPolicy':
      return [{ path: 'policy', value: canonicalJson(resource.policy) }];
    case 'AccessLogSubscription':
      return [{ path: 'destinationArn', value: resource.destinationArn }];
    case 'Listener':
      return [
        fixed('protocol', resource.protocol),
        fixed('port', resource.port),
        ...actionFields('defaultAction', resource.defaultAction, names),
      ];
    case 'Rule':
      return [
        { path: 'priority', value: resource.priority },
        ...matchFields(resource.match.httpMatch),
        ...actionFields('action', resource.action, names),
      ];
    case 'TargetGroup':
      return groupFields(resource);
    case 'ServiceNetworkServiceAssociation':
    case 'ExternalTargetGroup':
      // An association is there or not; what others own is not compared.
      return [];
    default:
      return assertNever(resource);
  }
}

function vpcFields({
  securityGroupIds,
  privateDnsEnabled = false,
  dnsOptions: { privateDnsPreference, privateDnsSpecifiedDomains = [] } = {},
}: Extract<AnyResource, { kind: 'ServiceNetworkVpcAssociation' }>): readonly Field[] {
  // The preference that an association has when nobody chose one.
  const isUsual = privateDnsPreference === undefined || privateDnsPreference === 'VERIFIED_DOMAINS_ONLY';
  return [
    ...[...securityGroupIds].sort().map((id): Field => ({ path: `securityGroupIds[${id}]`, value: true })),
    { path: 'privateDnsEnabled', value: privateDnsEnabled },
    ...(isUsual ? [] : [{ path: 'dnsOptions.privateDnsPreference', value: privateDnsPreference }]),
    ...[...privateDnsSpecifiedDomains]
      .sort()
      .map((domain): Field => ({ path: `dnsOptions.privateDnsSpecifiedDomains[${domain}]`, value: true })),
  ];
}

function groupFields({
  type,
  config,
  targets,
  lambdaEventStructureVersion = 'V1',
}: Extract<AnyResource, { kind: 'TargetGroup' }>): readonly Field[] {
  const members = targets.map(({ id, port = config?.port }): Field => {
    return { path: `targets[${port === undefined ? id : `${id}:${port}`}]`, value: true };
  });
  const rest = [fixed('type', type), ...members.sort(byPath)];
  if (type === 'LAMBDA') {
    return [...rest, fixed('config.lambdaEventStructureVersion', lambdaEventStructureVersion)];
  }
  if (config === undefined) return rest;
  return [
    ...rest,
    fixed('config.port', config.port),
    fixed('config.protocol', config.protocol),
    ...present('config.protocolVersion', config.protocolVersion, true),
    ...(type === 'IP' ? [fixed('config.ipAddressType', config.ipAddressType ?? 'IPV4')] : []),
    fixed('config.vpcIdentifier', config.vpcIdentifier),
    ...(type === 'ALB' ? [] : healthCheckFields(config)),
  ];
}

function fixed(path: string, value: Field['value']): Field {
  return { path, value, isFixed: true };
}

/** An empty text is how the API says that there is none. */
function present(path: string, value: string | undefined, isFixed = false): readonly Field[] {
  if (value === undefined || value === '') return [];
  return [isFixed ? fixed(path, value) : { path, value }];
}

function optional(path: string, value: boolean | undefined): readonly Field[] {
  return value === undefined ? [] : [{ path, value, isFixed: true, isOptional: true }];
}

function byPath(a: Field, b: Field): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
