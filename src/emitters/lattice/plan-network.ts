import { getOrAdd } from '../manifest.ts';
import { accessOfNetwork } from './access.ts';
import type { Placed } from './assemble.ts';
import type { LatticeContext } from './context.ts';
import { latticeApiDiagnostics } from './diagnostics.ts';
import type { ServicePlan } from './plan-services.ts';
import type { ServiceNetwork } from './resources.ts';

/** The network and what belongs to it, before the services, and the associations of the services, after all else. */
export interface NetworkPlan {
  readonly before: readonly Placed[];
  readonly after: readonly Placed[];
}

/** The network of the settings, else the one that `--gateway` names and that exists. */
export function planNetwork(plans: readonly ServicePlan[], context: LatticeContext): NetworkPlan {
  const { settings, options, findings } = context;
  const ids = plans.flatMap((plan) => plan.ids);
  const { serviceNetwork } = settings;
  const name = serviceNetwork?.name ?? nameIn(serviceNetwork?.arn) ?? options.gateway?.name;
  if (name === undefined) {
    findings.add(latticeApiDiagnostics['network-missing'], {}, undefined, ids);
    return { before: [], after: [] };
  }
  const place = (resource: Placed['resource']): Placed => ({ resource, ids, origin: undefined });
  const access = accessOfNetwork(name, ids, context);
  const isOurs = serviceNetwork?.create === true;
  const { arn, sharing } = serviceNetwork ?? {};
  const network: ServiceNetwork = {
    kind: 'ServiceNetwork',
    name,
    ...(arn === undefined ? {} : { arn }),
    create: isOurs,
    // Of a network that somebody else owns only what the settings state is ours.
    ...(isOurs || access.authType !== 'NONE' ? { authType: access.authType } : {}),
    ...(sharing?.enabled === undefined ? {} : { sharing: { enabled: sharing.enabled } }),
  };
  const vpcs = new Map<string, readonly string[]>();
  for (const { id, securityGroups = [] } of serviceNetwork?.vpcs ?? []) getOrAdd(vpcs, id, () => securityGroups);
  return {
    before: [
      place(network),
      ...(access.policy === undefined ? [] : [place(access.policy)]),
      ...access.logs.map(place),
      ...[...vpcs].sort().map(([vpcId, securityGroupIds]) =>
        place({
          kind: 'ServiceNetworkVpcAssociation',
          name: `${name}/${vpcId}`,
          serviceNetwork: name,
          vpcId,
          securityGroupIds,
        }),
      ),
    ],
    after: plans.map((plan) => ({
      resource: {
        kind: 'ServiceNetworkServiceAssociation',
        name: `${name}/${plan.name}`,
        serviceNetwork: name,
        service: plan.name,
      },
      ids: plan.ids,
      origin: plan.origin,
    })),
  };
}

/** The id in an ARN stands for a network whose name is not known here. */
function nameIn(arn: string | undefined): string | undefined {
  return arn?.slice(arn.lastIndexOf('/') + 1);
}
