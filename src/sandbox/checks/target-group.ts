import { invalid } from '../errors.ts';
import type { TargetGroupConfig } from '../model/values.ts';
import type { TargetGroup } from '../state/records.ts';
import { completeHealthCheck } from './health-check.ts';

type Type = TargetGroup['type'];
type Member = keyof TargetGroupConfig;

/** Which members of the configuration a type of group may have. Source: the API reference, TargetGroupConfig. */
const allowed: Readonly<Record<Type, readonly Member[]>> = {
  IP: ['port', 'protocol', 'protocolVersion', 'ipAddressType', 'vpcIdentifier', 'healthCheck'],
  INSTANCE: ['port', 'protocol', 'protocolVersion', 'vpcIdentifier', 'healthCheck'],
  ALB: ['port', 'protocol', 'protocolVersion', 'vpcIdentifier'],
  LAMBDA: ['lambdaEventStructureVersion'],
};

const usualPorts = { HTTP: 80, HTTPS: 443 };

/** Checks the configuration of a new target group, and gives it with all defaults written out. */
export function completeConfig(type: Type, given: TargetGroupConfig): TargetGroupConfig {
  const extra = Object.keys(given).find((name) => !allowed[type].some((known) => known === name));
  if (extra !== undefined) throw invalid(`config.${extra}`, `A target group of type ${type} has no ${extra}`);
  if (type === 'LAMBDA') return { lambdaEventStructureVersion: given.lambdaEventStructureVersion ?? 'V1' };

  const { vpcIdentifier, protocol = 'HTTP', protocolVersion } = given;
  if (vpcIdentifier === undefined) throw invalid('config.vpcIdentifier', `A target group of type ${type} needs a VPC`);
  if (protocol === 'TCP' && protocolVersion !== undefined) {
    throw invalid('config.protocolVersion', 'A TCP target group has no protocol version');
  }
  if (protocol === 'TCP' && given.port === undefined) throw invalid('config.port', 'A TCP target group needs a port');
  if (type === 'ALB' && (protocolVersion ?? 'HTTP1') !== 'HTTP1') {
    throw invalid('config.protocolVersion', 'A target group of type ALB speaks HTTP1');
  }
  const version = protocol === 'TCP' ? {} : { protocolVersion: protocolVersion ?? ('HTTP1' as const) };
  return {
    port: given.port ?? (protocol === 'TCP' ? 0 : usualPorts[protocol]),
    protocol,
    ...version,
    ...(type === 'IP' ? { ipAddressType: given.ipAddressType ?? ('IPV4' as const) } : {}),
    vpcIdentifier,
    ...(type === 'ALB'
      ? {}
      : { healthCheck: completeHealthCheck(given.healthCheck ?? {}, {}, { protocol, ...version }) }),
  };
}
