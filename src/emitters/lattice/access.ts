import type { Origin } from '../../diagnostics/origin.ts';
import type { CarriedObject } from '../../ir/model.ts';
import type { AccessSettings } from '../emitter.ts';
import { latticeDiagnostics } from '../lattice-diagnostics.ts';
import { resolveNamespace } from '../namespaces.ts';
import { recordOf, textOf } from '../read-manifest.ts';
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

/** What the policies of the AWS controller say about a route or a Gateway, `Kind namespace/name`. */
function carriedAccess(target: string, context: LatticeContext): AccessSettings {
  const about = context.model.carried.filter((one) => targetOf(one, context) === target);
  const spec = (kind: string) => about.filter((one) => one.kind === kind).map(({ body }) => recordOf(body['spec']));
  const [policy] = spec('IAMAuthPolicy').map((one) => textOf(one['policy']));
  const accessLogs = spec('AccessLogPolicy').map((one) => textOf(one['destinationArn']));
  return {
    ...(policy === undefined ? {} : { authPolicy: policy }),
    ...(accessLogs.length === 0 ? {} : { accessLogs }),
  };
}

/** Policies of the AWS controller that became no part of a service or of the network. */
export function reportPoliciesLeft(plans: readonly ServicePlan[], context: LatticeContext): void {
  const { model, findings } = context;
  const routes = new Map<string, Set<ServicePlan>>();
  const mixed = new Set<string>();
  for (const plan of plans) {
    const names = new Set(
      plan.listeners.flatMap(({ legal }) =>
        legal.rules.map(({ source }) => `${source.kind} ${nameOf(source, context)}`),
      ),
    );
    for (const name of names) {
      routes.set(name, (routes.get(name) ?? new Set()).add(plan));
      if (names.size > 1) mixed.add(name);
    }
  }
  const gateways = new Set(model.gateways.map((one) => `Gateway ${nameOf(one, context)}`));
  for (const one of model.carried) {
    const target = targetOf(one, context);
    const isCarried = (routes.has(target) && !mixed.has(target)) || (gateways.has(target) && gateways.size === 1);
    const ids = [...(routes.get(target) ?? [])].flatMap((plan) => plan.ids);
    const all = ids.length > 0 ? ids : plans.flatMap((plan) => plan.ids);
    const { origin } = one.source;
    if (one.kind === 'IAMAuthPolicy' && !isCarried) findings.add(d['policy-left-out'], { target }, origin, all);
    const why = whyLeftOut(one, isCarried, context);
    if (why !== undefined) findings.add(d['object-left-out'], { kind: one.kind, why }, origin, []);
  }
}

function whyLeftOut(
  { kind, body }: CarriedObject,
  isCarried: boolean,
  { settings }: LatticeContext,
): string | undefined {
  const target = textOf(recordOf(recordOf(body['spec'])['targetRef'])['kind']);
  switch (kind) {
    case 'AccessLogPolicy':
      return isCarried ? undefined : 'what it targets is no service and no network of the output';
    case 'VpcAssociationPolicy':
      return (settings.serviceNetwork?.vpcs ?? []).length > 0
        ? undefined
        : 'it names no VPC; serviceNetwork.vpcs of the settings does';
    case 'TargetGroupPolicy':
      return target === 'Service' ? undefined : `its ${target} is no backend of a rule`;
    case 'ServiceNetwork':
      return 'serviceNetwork of the settings says whether the network is created';
    default:
      return undefined;
  }
}

function targetOf({ source, body }: CarriedObject, context: LatticeContext): string {
  const ref = recordOf(recordOf(body['spec'])['targetRef']);
  const namespace = textOf(ref['namespace']) || resolveNamespace(source.namespace, context.options);
  return `${textOf(ref['kind'])} ${namespace}/${textOf(ref['name'])}`;
}

function nameOf(
  { namespace, name }: { readonly namespace?: string; readonly name: string },
  { options }: LatticeContext,
): string {
  return `${resolveNamespace(namespace, options)}/${name}`;
}
