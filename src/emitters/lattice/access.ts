import type { Origin } from '../../diagnostics/origin.ts';
import type { AccessSettings } from '../emitter.ts';
import { latticeDiagnostics } from '../lattice-diagnostics.ts';
import { carriedAccess, nameOf } from './carried-policies.ts';
import type { LatticeContext } from './context.ts';
import { latticeApiDiagnostics as d } from './diagnostics.ts';
import type { ServicePlan } from './plan-services.ts';
import type { AccessLogSubscription, AuthPolicy, AuthType } from './resources.ts';

/** Who may call a service or a network, and where calls are logged. */
export interface Access {
  readonly authType: AuthType;
  readonly policy: AuthPolicy | undefined;
  readonly logs: readonly AccessLogSubscription[];
}

interface Subject {
  readonly of: 'Service' | 'ServiceNetwork';
  readonly name: string;
  readonly ids: readonly string[];
  readonly origin: Origin | undefined;
}

/** Access of a service by the settings of its host, else by the policies of the AWS controller for its route. */
export function accessOfService(plan: ServicePlan, context: LatticeContext): Access {
  const { name, settings, ids, origin } = plan;
  const routes = new Set(
    plan.listeners.flatMap(({ legal }) => legal.rules.map(({ source }) => `${source.kind} ${nameOf(source, context)}`)),
  );
  const [only] = routes;
  const carried = only === undefined || routes.size > 1 ? {} : carriedAccess(only, context);
  return accessOf({ of: 'Service', name, ids, origin }, { ...carried, ...settings }, context);
}

/** Access of the network by the settings, else by the policies for the Gateways of the input. */
export function accessOfNetwork(name: string, ids: readonly string[], context: LatticeContext): Access {
  const { model, settings } = context;
  const [gateway, ...others] = [...new Set(model.gateways.map((one) => `Gateway ${nameOf(one, context)}`))];
  const carried = gateway === undefined || others.length > 0 ? {} : carriedAccess(gateway, context);
  const subject: Subject = { of: 'ServiceNetwork', name, ids, origin: undefined };
  return accessOf(subject, { ...carried, ...settings.serviceNetwork }, context);
}

function accessOf(
  { of, name, ids, origin }: Subject,
  { authType, authPolicy, accessLogs = [] }: AccessSettings,
  { findings }: LatticeContext,
): Access {
  const title = `${of === 'Service' ? 'service' : 'service network'} ${name}`;
  const policy = authPolicy === undefined ? undefined : printPolicy(authPolicy);
  if (authPolicy !== undefined && policy === undefined) findings.add(d['policy-not-json'], { of: title }, origin, ids);
  const type = authType ?? (policy === undefined ? 'NONE' : 'AWS_IAM');
  if (type === 'AWS_IAM' && authPolicy === undefined) findings.add(d['denies-everyone'], { of: title }, origin, ids);
  if (type === 'NONE' && policy !== undefined) findings.add(d['policy-not-active'], { of: title }, origin, ids);
  const seen = new Set<string>();
  const logs = accessLogs.map((destinationArn): AccessLogSubscription => {
    const destination = destinationType(destinationArn);
    const reason =
      destination === 'unknown'
        ? 'it is no log group, bucket or delivery stream'
        : 'one destination of its type is there already';
    if (destination === 'unknown' || seen.has(destination))
      findings.add(
        latticeDiagnostics['value-not-allowed'],
        { field: `accessLogs ${destinationArn}`, reason },
        origin,
        ids,
      );
    seen.add(destination);
    const kind = 'AccessLogSubscription';
    return { kind, name: `${name}/${destination}`, of, resource: name, destinationArn };
  });
  return {
    authType: type,
    policy: policy === undefined ? undefined : { kind: 'AuthPolicy', name, of, policy },
    logs,
  };
}

/** One destination of each type (API reference, CreateAccessLogSubscription). */
function destinationType(arn: string): string {
  return /^arn:[^:]+:(s3|logs|firehose):/.exec(arn)?.[1] ?? 'unknown';
}

/** The policy as JSON without line breaks, which the API refuses; undefined for what is no object. */
function printPolicy(policy: NonNullable<AccessSettings['authPolicy']>): string | undefined {
  try {
    const value: unknown = typeof policy === 'string' ? JSON.parse(policy) : policy;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? JSON.stringify(value) : undefined;
  } catch {
    return undefined;
  }
}
