import type { BackendSettings, LatticeSettings } from '../../emitters/emitter.ts';
import type { AnyResource } from '../../lattice/fields.ts';
import type { LiveResource } from '../../lattice/live-state.ts';

/**
 * Finds the backend that a target group of the account stands for: the one that names it, else the only one that the
 * settings would make into it. Of several none is better than the others.
 */
export function backendFinder(backends: LatticeSettings['backends'] = {}): (group: LiveResource) => string | undefined {
  const entries = Object.entries(backends);
  return ({ arn, resource }) => {
    const named = entries.filter(([, backend]) => backend.targetGroupArn === arn);
    const alike = entries.filter(([, one]) => resource?.kind === 'TargetGroup' && hasTargets(resource, one));
    const [only, ...others] = named.length > 0 ? named : alike;
    return others.length === 0 ? only?.[0] : undefined;
  };
}

function hasTargets(
  { type, config, targets }: Extract<AnyResource, { kind: 'TargetGroup' }>,
  backend: BackendSettings,
): boolean {
  const { lambdaArn, albArn, instances, ips, port, vpcId } = backend;
  const ids = targets.map(({ id }) => id).sort();
  const is = (wanted: readonly string[] | undefined) =>
    wanted !== undefined && ids.join(' ') === [...new Set(wanted)].sort().join(' ') && ids.length > 0;
  if (type === 'LAMBDA') return lambdaArn !== undefined && is([lambdaArn]);
  if (config?.vpcIdentifier !== vpcId || (port !== undefined && config?.port !== port)) return false;
  if (type === 'ALB') return albArn !== undefined && is([albArn]);
  return type === 'INSTANCE' ? is(instances) : is(ips);
}
