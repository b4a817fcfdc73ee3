import type { Target } from '../model/values.ts';
import type { TargetGroup } from '../state/records.ts';

interface Misfit {
  readonly code: string;
  readonly message: string;
}

/** How the ids of targets look, by the type of their group. Source: the API reference, Target. */
const idOf = {
  INSTANCE: { pattern: /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/, what: 'an instance id' },
  LAMBDA: { pattern: /^arn:[a-z0-9-]+:lambda:[a-z0-9-]+:\d{12}:function:[^\s]+$/, what: 'the ARN of a function' },
  ALB: {
    pattern: /^arn:[a-z0-9-]+:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/app\/[^\s]+$/,
    what: 'the ARN of an Application Load Balancer',
  },
} as const;

/** Why a target cannot be registered; `another` says that the group has one already. */
export function misfitOf({ type, config }: TargetGroup, target: Target, another: boolean): Misfit | undefined {
  const { id, port } = target;
  if (type === 'IP') {
    return isAddress(id, config.ipAddressType ?? 'IPV4')
      ? undefined
      : { code: 'InvalidTarget', message: `${id} is no private ${config.ipAddressType ?? 'IPV4'} address` };
  }
  const { pattern, what } = idOf[type];
  if (!pattern.test(id)) return { code: 'InvalidTarget', message: `${id} is not ${what}` };
  if (type === 'INSTANCE') return undefined;
  // One function or one load balancer in a group. Source: the user guide, target groups.
  if (another) return { code: 'TooManyTargets', message: `A target group of type ${type} has one target` };
  if (type === 'LAMBDA' && port !== undefined) return { code: 'InvalidTarget', message: 'A function has no port' };
  if (type === 'ALB' && port !== config.port) {
    return { code: 'InvalidTarget', message: `The port of an ALB target is that of its group, ${config.port}` };
  }
  return undefined;
}

/** Addresses lie in a VPC; public ones cannot be targets. Source: the user guide, register targets. */
function isAddress(text: string, type: 'IPV4' | 'IPV6'): boolean {
  if (type === 'IPV6') return /^[0-9a-f:]{3,39}$/i.test(text) && /^[^:]*:[^:]*:|::/.test(text);
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return false;
  const [first = 0, second = 0] = parts;
  return (
    first === 10 ||
    (first === 172 && second >= 16 && second <= 31) ||
    (first === 192 && second === 168) ||
    (first === 100 && second >= 64 && second <= 127)
  );
}
