import type { Origin, PathSegment } from '../../diagnostics/origin.ts';
import type { CarriedObject, VirtualHost } from '../../ir/model.ts';
import type { AccessSettings } from '../emitter.ts';
import type { LegalHost } from '../legal-host.ts';
import { resolveNamespace } from '../namespaces.ts';
import { recordOf, textOf } from '../read-manifest.ts';
import { accessDiagnostics } from './access-diagnostics.ts';
import type { LatticeContext } from './context.ts';
import { latticeApiDiagnostics as d } from './diagnostics.ts';
import type { ServicePlan } from './plan-services.ts';

/** What policies say, and where each of it stands. */
export interface CarriedAccess {
  readonly said: AccessSettings;
  readonly placeOf: (field: keyof AccessSettings, index?: PathSegment) => Origin | undefined;
}

/** Of what no policy says anything about. */
export const NOTHING_CARRIED: CarriedAccess = { said: {}, placeOf: () => undefined };

/**
 * What the policies of the AWS controller say about a route or a Gateway, `Kind namespace/name`. Of two policies of IAM
 * none is better than the other, so that is an error for the hosts, unless the settings have one of their own.
 */
export function carriedAccess(
  target: string,
  own: AccessSettings,
  ids: readonly string[],
  context: LatticeContext,
): CarriedAccess {
  const about = context.model.carried.filter((one) => targetOf(one, context) === target);
  const [policy, ...others] = about.filter(({ kind }) => kind === 'IAMAuthPolicy');
  if (policy !== undefined && others.length > 0 && own.authPolicy === undefined) {
    const args = { target, others: others.map(({ source }) => nameOf(source, context)) };
    context.findings.add(accessDiagnostics['policies-compete'], args, policy.source.origin, ids);
  }
  const logs = about.filter(({ kind }) => kind === 'AccessLogPolicy');
  const accessLogs = logs.map(({ body }) => textOf(recordOf(body['spec'])['destinationArn']));
  const authPolicy = policy === undefined ? {} : { authPolicy: textOf(recordOf(policy.body['spec'])['policy']) };
  return {
    said: { ...authPolicy, ...(accessLogs.length === 0 ? {} : { accessLogs }) },
    placeOf: (field, index) =>
      field === 'accessLogs'
        ? logs[Number(index)]?.source.origin.at('spec', 'destinationArn')
        : policy?.source.origin.at('spec', 'policy'),
  };
}

/**
 * Policies of the AWS controller that became no part of a service or of the network.
 *
 * @param hosts those that are written
 */
export function reportPoliciesLeft(
  plans: readonly ServicePlan[],
  hosts: readonly LegalHost[],
  context: LatticeContext,
): void {
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
  const routesOf = (some: readonly VirtualHost[]) =>
    new Set(some.flatMap(({ rules }) => rules.map(({ source }) => `${source.kind} ${nameOf(source, context)}`)));
  const [read, written] = [routesOf(model.virtualHosts), routesOf(hosts.map(({ host }) => host))];
  for (const one of model.carried) {
    const target = targetOf(one, context);
    // Something else keeps every host of its route from being written.
    if (read.has(target) && !written.has(target)) continue;
    const isCarried = (routes.has(target) && !mixed.has(target)) || (gateways.has(target) && gateways.size === 1);
    const ids = [...(routes.get(target) ?? [])].flatMap((plan) => plan.ids);
    const all = ids.length > 0 ? ids : plans.flatMap((plan) => plan.ids);
    const { origin } = one.source;
    if (one.kind === 'IAMAuthPolicy' && !isCarried)
      findings.add(accessDiagnostics['policy-left-out'], { target }, origin, all);
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

/** `namespace/name`, the namespace resolved. */
export function nameOf(
  { namespace, name }: { readonly namespace?: string; readonly name: string },
  { options }: LatticeContext,
): string {
  return `${resolveNamespace(namespace, options)}/${name}`;
}
