import type { TargetGroupConfig } from '../../emitters/lattice/resources.ts';
import type { Field } from '../fields.ts';
import type { Loose } from '../loose.ts';

/** What a number is when it is left out, or 0, which asks for the default. Source: the user guide. */
const numbers = {
  healthCheckIntervalSeconds: 30,
  healthCheckTimeoutSeconds: 5,
  healthyThresholdCount: 5,
  unhealthyThresholdCount: 2,
} as const;

/** A health check with the defaults that the service fills in. */
export function healthCheckFields(config: Loose<TargetGroupConfig>): readonly Field[] {
  const { healthCheck: check = { enabled: isOnByDefault(config) } } = config;
  const field = (name: string, value: Field['value']): Field => ({ path: `healthCheck.${name}`, value });
  const counts = Object.entries(numbers).map(([name, usual]) => {
    // The entries of an object lose the type of its keys.
    const given = check[name as keyof typeof numbers];
    return field(name, given === undefined || given === 0 ? usual : given);
  });
  return [
    field('enabled', check.enabled),
    field('protocol', check.protocol ?? 'HTTP'),
    field('protocolVersion', check.protocolVersion ?? 'HTTP1'),
    // Without a port of its own it asks the one that takes the traffic.
    ...(check.port === undefined || check.port === 0 ? [] : [field('port', check.port)]),
    field('path', check.path === undefined || check.path === '' ? '/' : check.path),
    ...counts,
    field('matcher.httpCode', check.matcher?.httpCode || '200'),
  ];
}

function isOnByDefault({ protocol, protocolVersion }: Loose<TargetGroupConfig>): boolean {
  return protocol !== 'TCP' && protocolVersion === 'HTTP1';
}
