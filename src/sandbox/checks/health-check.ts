import { invalid } from '../errors.ts';
import type { HealthCheck, TargetGroupConfig } from '../model/values.ts';

type Group = Pick<TargetGroupConfig, 'protocol' | 'protocolVersion'>;

/** The numbers of a health check: allowed range and default. 0 asks for the default. Source: the user guide. */
const numbers = {
  healthCheckIntervalSeconds: { min: 5, max: 300, usual: 30 },
  healthCheckTimeoutSeconds: { min: 1, max: 120, usual: 5 },
  healthyThresholdCount: { min: 2, max: 10, usual: 5 },
  unhealthyThresholdCount: { min: 2, max: 10, usual: 2 },
} as const;

/**
 * The health check of a target group with all defaults written out. What is left out keeps its value from before, or has
 * the default: on for HTTP/1.1 groups and off for all others.
 */
export function completeHealthCheck(given: HealthCheck, before: HealthCheck, group: Group): HealthCheck {
  const merged = { ...before, ...given };
  const isTcp = group.protocol === 'TCP';
  const enabled = merged.enabled ?? (!isTcp && (group.protocolVersion ?? 'HTTP1') === 'HTTP1');
  const field = (name: string) => `healthCheck.${name}`;
  if (merged.protocol === 'TCP') throw invalid(field('protocol'), 'A health check uses HTTP or HTTPS');
  if (isTcp && enabled && (merged.protocol === undefined || merged.protocolVersion === undefined)) {
    throw invalid(field('protocol'), 'The health check of a TCP group needs a protocol and a protocol version');
  }
  const counts = Object.entries(numbers).map(([name, { min, max, usual }]) => {
    const value = merged[name as keyof typeof numbers] ?? 0;
    if (value !== 0 && (value < min || value > max)) throw invalid(field(name), `${name} is ${min} to ${max}`);
    return [name, value === 0 ? usual : value] as const;
  });
  const codes = merged.matcher?.httpCode ?? '';
  if (!areCodes(codes)) throw invalid(field('matcher.httpCode'), 'The codes are numbers and ranges from 200 to 499');
  return {
    enabled,
    protocol: merged.protocol ?? 'HTTP',
    protocolVersion: merged.protocolVersion ?? 'HTTP1',
    ...(merged.port === undefined || merged.port === 0 ? {} : { port: merged.port }),
    path: merged.path === undefined || merged.path === '' ? '/' : merged.path,
    ...Object.fromEntries(counts),
    matcher: { httpCode: codes === '' ? '200' : codes },
  };
}

/** `200`, `200,204` or `200-299`; empty asks for the default. */
function areCodes(text: string): boolean {
  if (text === '') return true;
  return text.split(',').every((part) => {
    const match = /^(\d{3})(?:-(\d{3}))?$/.exec(part);
    const [low, high] = [Number(match?.[1] ?? 0), Number(match?.[2] ?? match?.[1] ?? 0)];
    return low >= 200 && low <= high && high <= 499;
  });
}
