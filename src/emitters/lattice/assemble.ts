import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import type { RoutingModel } from '../../ir/model.ts';
import type { EmitOptions, EmitResult } from '../emitter.ts';
import { HostFindings } from '../host-findings.ts';
import { latticeDiagnostics } from '../lattice-diagnostics.ts';
import type { LegalHost } from '../legal-host.ts';
import { fields } from '../manifest.ts';
import { resolveNamespace } from '../namespaces.ts';
import { checkReplacedGateways } from '../replaced-gateways.ts';
import { accessOfService } from './access.ts';
import { blameBackend, blameHost } from './blame.ts';
import { reportPoliciesLeft } from './carried-policies.ts';
import { checkArns } from './check-arns.ts';
import { checkHostSettings } from './check-host-settings.ts';
import { checkQuotas } from './check-quotas.ts';
import { findProblems, findTagProblems } from './check-resource.ts';
import { type LatticeContext, settingsPlace } from './context.ts';
import { planNetwork } from './plan-network.ts';
import { planServices, type ServicePlan } from './plan-services.ts';
import { printListener } from './print-rules.ts';
import type { LatticeResource, LatticeService } from './resources.ts';
import { resourceKey } from './resources.ts';
import { listChanges, listPrerequisites } from './summary.ts';
import { TargetGroups } from './target-groups.ts';

/** A resource with the hosts that need it and the place that it comes from. */
export interface Placed {
  readonly resource: LatticeResource;
  readonly ids: readonly string[];
  readonly origin: Origin | undefined;
  /** Where a value that is refused stands, if not there: mostly in the settings. */
  readonly blame?: (field: string) => Origin | undefined;
  /** Of a target group: the service that it serves. */
  readonly service?: string;
}

/** Makes the resources of the hosts that may be written: one document, in the order in which they can be created. */
export function assembleLattice(
  hosts: readonly LegalHost[],
  model: RoutingModel,
  options: EmitOptions,
  report: Report,
): EmitResult {
  const findings = new HostFindings();
  const gateways = new Map(model.gateways.map((gateway) => [gateway.id, gateway]));
  const context: LatticeContext = { model, options, settings: options.lattice ?? {}, gateways, findings };
  checkReplacedGateways(hosts, context);
  checkHostSettings(hosts, context);
  const plans = planServices(hosts, context);
  const placed = plans.length === 0 ? [] : placeAll(plans, hosts, context);
  for (const { resource, ids, origin, blame } of placed) {
    for (const { field, path, reason } of findProblems(resource))
      findings.add(latticeDiagnostics['value-not-allowed'], { field, reason }, blame?.(path) ?? origin, ids);
  }
  const all = plans.flatMap(({ ids }) => ids);
  for (const { field, path, reason } of placed.length === 0 ? [] : findTagProblems(context.settings.tags ?? {})) {
    const place = settingsPlace(context, 'tags', ...(path === '' ? [] : [path]));
    findings.add(latticeDiagnostics['value-not-allowed'], { field, reason }, place, all);
  }
  checkArns(placed, context);
  const resources = placed.map(({ resource }) => resource);
  const limits = checkQuotas(placed, plans, context);
  findings.flush(report);
  return {
    resources: resources.length === 0 ? [] : [printDocument(placed, all, context)],
    clientChanges: listChanges(plans, context),
    limits,
    prerequisites: resources.length === 0 ? [] : listPrerequisites(plans, resources),
  };
}

function placeAll(
  plans: readonly ServicePlan[],
  hosts: readonly LegalHost[],
  context: LatticeContext,
): readonly Placed[] {
  const groups = new TargetGroups(context);
  const network = planNetwork(plans, context);
  const services: Placed[] = [];
  const policies: Placed[] = [];
  const listeners: Placed[] = [];
  const rules: Placed[] = [];
  for (const plan of plans) {
    const { ids, origin } = plan;
    const access = accessOfService(plan, context);
    const blame = (field: string) => blameHost(plan.host, field, context);
    services.push({ resource: printService(plan, access.authType, context), ids, origin, blame });
    const { policy, logs, place: said } = access;
    if (policy !== undefined) policies.push({ resource: policy, ids, origin, blame: () => said('authPolicy') });
    for (const [index, resource] of logs.entries())
      policies.push({ resource, ids, origin, blame: () => said('accessLogs', index) });
    for (const listener of plan.listeners) {
      const printed = printListener(plan, listener, groups, context);
      const placed = [
        { resource: printed.listener, action: printed.listener.defaultAction, place: origin },
        ...printed.rules.map(({ rule, origin: place }) => ({ resource: rule, action: rule.action, place })),
      ];
      for (const { resource, action, place } of placed) {
        // An action without a group is one whose backends are not mapped or too many, which is reported.
        if ('forward' in action && action.forward.targetGroups.length === 0) continue;
        (resource.kind === 'Rule' ? rules : listeners).push({ resource, ids: listener.ids, origin: place });
      }
    }
  }
  reportPoliciesLeft(plans, hosts, context);
  const targets = groups.finish().map(({ resource, key, service, ids, origin }): Placed => {
    return { resource, service, ids: [...ids], origin, blame: (field) => blameBackend(key, resource, field, context) };
  });
  return [...network.before, ...targets, ...services, ...policies, ...listeners, ...rules, ...network.after];
}

function printService(
  { name, domain, certificateArn, listeners, ids }: ServicePlan,
  authType: LatticeService['authType'],
  { options }: LatticeContext,
): LatticeService {
  const sources = listeners.flatMap(({ legal: { host, rules } }) => {
    // The host of a mesh may have no rule left.
    const { resource } = host.origin.document;
    const objects = rules.length > 0 || resource === undefined ? rules.map(({ source }) => source) : [resource];
    return objects.map(({ kind, namespace, name }) => `${kind} ${resolveNamespace(namespace, options)}/${name}`);
  });
  const isSecure = listeners.some(({ protocol }) => protocol === 'HTTPS');
  return {
    kind: 'Service',
    name,
    ...(domain === undefined ? {} : { customDomainName: domain }),
    ...(certificateArn === undefined || !isSecure ? {} : { certificateArn }),
    authType,
    origin: { from: [...new Set(sources)].sort(), serves: ids },
  };
}

function printDocument(
  placed: readonly Placed[],
  hosts: readonly string[],
  { settings: { stack, region, account, tags } }: LatticeContext,
): EmitResult['resources'][number] {
  const places = new Map<string, Origin>();
  for (const { resource, origin } of placed) if (origin !== undefined) places.set(resourceKey(resource), origin);
  const resources = placed.map(({ resource }) => resource);
  const object = fields({ kind: 'LatticeResources', stack, region, account, tags, resources });
  return { object, hosts: [...new Set(hosts)].sort(), places };
}
