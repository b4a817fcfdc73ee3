import type { LimitUse } from '../emitter.ts';
import { latticeDiagnostics } from '../lattice-diagnostics.ts';
import { QUOTAS, type QuotaName, quotaOf } from '../lattice-limits.ts';
import type { Placed } from './assemble.ts';
import type { LatticeContext } from './context.ts';
import type { ServicePlan } from './plan-services.ts';
import type { LatticeResource } from './resources.ts';

/** Counts what the resources use of each quota. Adjustable ones are warnings that name the code and the value. */
export function checkQuotas(
  placed: readonly Placed[],
  plans: readonly ServicePlan[],
  { options, findings }: LatticeContext,
): readonly LimitUse[] {
  const resources = placed.map(({ resource }) => resource);
  const check = (name: QuotaName, used: number, subject: string, plan?: ServicePlan) => {
    const limit = quotaOf(name, options);
    if (used <= limit) return;
    const { code, quota } = QUOTAS[name];
    const args = { subject, used, limit, quota, name, code };
    findings.add(latticeDiagnostics['over-quota'], args, plan?.origin, plan?.ids ?? []);
  };
  const count = (kind: LatticeResource['kind']) => resources.filter((one) => one.kind === kind).length;
  check('servicesPerRegion', count('Service'), 'the output');
  check('serviceAssociationsPerNetwork', count('ServiceNetworkServiceAssociation'), 'the output');
  check('vpcAssociationsPerNetwork', count('ServiceNetworkVpcAssociation'), 'the output');
  check('targetGroupsPerRegion', count('TargetGroup'), 'the output');
  check('serviceNetworksPerRegion', count('ServiceNetwork'), 'the output');
  const usersOf = new Map(
    placed.flatMap(({ resource, service }) => (service === undefined ? [] : [[resource.name, service]])),
  );
  for (const one of resources) {
    if (one.kind !== 'TargetGroup') continue;
    const plan = plans.find(({ name }) => usersOf.get(one.name) === name);
    check('targetsPerTargetGroup', one.targets.length, `target group ${one.name}`, plan);
  }
  return plans.flatMap((plan) => {
    const used = usesOf(plan.name, resources);
    for (const name of NAMES) check(name, used[name], `host ${plan.title}`, plan);
    return NAMES.map((limit) => ({ host: plan.title, limit, used: used[limit], of: quotaOf(limit, options) }));
  });
}

const NAMES = ['rulesPerListener', 'targetGroupsPerService', 'listenersPerService'] as const;

/** Whether the default action counts as a rule is not documented; it is not counted here. */
function usesOf(
  service: string,
  resources: readonly LatticeResource[],
): Readonly<Record<(typeof NAMES)[number], number>> {
  const listeners = resources.filter((one) => one.kind === 'Listener' && one.service === service);
  const rules = resources.filter((one) => one.kind === 'Rule').filter((one) => one.service === service);
  const perListener = listeners.map(({ name }) => rules.filter(({ listener }) => listener === name).length);
  const actions = [
    ...rules.map(({ action }) => action),
    ...resources.flatMap((one) => (one.kind === 'Listener' && one.service === service ? [one.defaultAction] : [])),
  ];
  const groups = actions.flatMap((action) =>
    'forward' in action ? action.forward.targetGroups.map(({ targetGroup }) => targetGroup) : [],
  );
  return {
    rulesPerListener: Math.max(0, ...perListener),
    targetGroupsPerService: new Set(groups).size,
    listenersPerService: listeners.length,
  };
}
