import type { Origin, PathSegment } from '../../diagnostics/origin.ts';
import type { AccessSettings } from '../emitter.ts';
import { latticeDiagnostics } from '../lattice-diagnostics.ts';
import { accessDiagnostics as d } from './access-diagnostics.ts';
import { carriedAccess, NOTHING_CARRIED, nameOf } from './carried-policies.ts';
import { type LatticeContext, settingsPlace, settingsPlaceOfHost } from './context.ts';
import { readPolicy } from './iam-policy.ts';
import type { ServicePlan } from './plan-services.ts';
import type { AccessLogSubscription, AuthPolicy, AuthType } from './resources.ts';

/** Who may call a service or a network, and where calls are logged. */
export interface Access {
  readonly authType: AuthType;
  readonly policy: AuthPolicy | undefined;
  readonly logs: readonly AccessLogSubscription[];
  readonly place: PlaceOf;
}

/** Where what is said of a service or a network stands: in the settings, or in the input. */
type PlaceOf = (field: keyof AccessSettings, index?: number) => Origin | undefined;

interface Subject {
  readonly of: 'Service' | 'ServiceNetwork';
  readonly name: string;
  readonly ids: readonly string[];
  readonly place: PlaceOf;
}

/** Access of a service by the settings of its host, else by the policies of the AWS controller for its route. */
export function accessOfService(plan: ServicePlan, context: LatticeContext): Access {
  const { name, settings, host, ids, origin } = plan;
  const routes = new Set(
    plan.listeners.flatMap(({ legal }) => legal.rules.map(({ source }) => `${source.kind} ${nameOf(source, context)}`)),
  );
  const [only] = routes;
  const carried = only === undefined || routes.size > 1 ? NOTHING_CARRIED : carriedAccess(only, settings, ids, context);
  const place: PlaceOf = (field, index) =>
    settingsPlaceOfHost(host, field, context, ...segments(index)) ?? carried.placeOf(field, index) ?? origin;
  return accessOf({ of: 'Service', name, ids, place }, { ...carried.said, ...settings }, context);
}

/** Access of the network by the settings, else by the policies for the Gateways of the input. */
export function accessOfNetwork(name: string, ids: readonly string[], context: LatticeContext): Access {
  const { model, settings } = context;
  const [gateway, ...others] = [...new Set(model.gateways.map((one) => `Gateway ${nameOf(one, context)}`))];
  const own = settings.serviceNetwork ?? {};
  const carried =
    gateway === undefined || others.length > 0 ? NOTHING_CARRIED : carriedAccess(gateway, own, ids, context);
  const place: PlaceOf = (field, index) =>
    own[field] === undefined
      ? carried.placeOf(field, index)
      : settingsPlace(context, 'serviceNetwork', field, ...segments(index));
  return accessOf({ of: 'ServiceNetwork', name, ids, place }, { ...carried.said, ...own }, context);
}

function segments(index: number | undefined): readonly PathSegment[] {
  return index === undefined ? [] : [index];
}

function accessOf(
  { of, name, ids, place }: Subject,
  { authType, authPolicy, accessLogs = [] }: AccessSettings,
  { findings }: LatticeContext,
): Access {
  const title = `${of === 'Service' ? 'service' : 'service network'} ${name}`;
  const read = authPolicy === undefined ? undefined : readPolicy(authPolicy);
  if (read?.kind === 'not-json') findings.add(d['policy-not-json'], { of: title }, place('authPolicy'), ids);
  if (read?.kind === 'not-valid')
    findings.add(d['policy-not-valid'], { of: title, why: read.why }, place('authPolicy'), ids);
  const policy = read === undefined || read.kind === 'not-json' ? undefined : read.text;
  const type = authType ?? (policy === undefined ? 'NONE' : 'AWS_IAM');
  if (type === 'AWS_IAM' && authPolicy === undefined)
    findings.add(d['denies-everyone'], { of: title }, place('authType'), ids);
  if (type === 'NONE' && policy !== undefined)
    findings.add(d['policy-not-active'], { of: title }, place('authType'), ids);
  const seen = new Set<string>();
  const logs = accessLogs.map((destinationArn, index): AccessLogSubscription => {
    const destination = destinationType(destinationArn);
    const reason =
      destination === 'unknown'
        ? 'it is no log group, bucket or delivery stream'
        : 'one destination of its type is there already';
    if (destination === 'unknown' || seen.has(destination)) {
      const args = { field: `accessLogs ${destinationArn}`, reason };
      findings.add(latticeDiagnostics['value-not-allowed'], args, place('accessLogs', index), ids);
    }
    seen.add(destination);
    const kind = 'AccessLogSubscription';
    return { kind, name: `${name}/${destination}`, of, resource: name, destinationArn };
  });
  return {
    authType: type,
    policy: policy === undefined ? undefined : { kind: 'AuthPolicy', name, of, policy },
    logs,
    place,
  };
}

/** One destination of each type (API reference, CreateAccessLogSubscription). */
function destinationType(arn: string): string {
  return DESTINATIONS.find(({ pattern }) => pattern.test(arn))?.type ?? 'unknown';
}

const DESTINATIONS = [
  { type: 'logs', pattern: /^arn:[^:]+:logs:[^:]*:[^:]*:log-group:./ },
  { type: 'firehose', pattern: /^arn:[^:]+:firehose:[^:]*:[^:]*:deliverystream\/./ },
  { type: 's3', pattern: /^arn:[^:]+:s3:[^:]*:[^:]*:./ },
] as const;
