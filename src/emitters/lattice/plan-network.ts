import type { PathSegment } from '../../diagnostics/origin.ts';
import { compareText, getOrAdd } from '../manifest.ts';
import { accessOfNetwork } from './access.ts';
import type { Placed } from './assemble.ts';
import { type LatticeContext, regionOf, settingsPlace } from './context.ts';
import { latticeApiDiagnostics } from './diagnostics.ts';
import type { ServicePlan } from './plan-services.ts';
import type { ServiceNetwork } from './resources.ts';
import { settingsOfLatticeDiagnostics as d } from './settings-diagnostics.ts';

/** The network and what belongs to it, before the services, and the associations of the services, after all else. */
export interface NetworkPlan {
  readonly before: readonly Placed[];
  readonly after: readonly Placed[];
}

/** The network of the settings, else the one that `--gateway` names and that exists; never one in place of the other. */
export function planNetwork(plans: readonly ServicePlan[], context: LatticeContext): NetworkPlan {
  const { settings, options, findings } = context;
  const ids = plans.flatMap((plan) => plan.ids);
  const { serviceNetwork } = settings;
  const said = serviceNetwork?.name ?? nameIn(serviceNetwork?.arn);
  const asked = options.gateway?.name;
  if (said !== undefined && asked !== undefined && asked !== said) {
    const setting = serviceNetwork?.name ?? serviceNetwork?.arn ?? said;
    const place = settingsPlace(context, 'serviceNetwork', serviceNetwork?.name === undefined ? 'arn' : 'name');
    findings.add(d['network-named-twice'], { flag: asked, setting }, place, ids);
  }
  const name = said ?? asked;
  if (name === undefined) {
    const missing = [
      ...(settings.stack === undefined ? ['stack: shop'] : []),
      ...(settings.region === undefined ? [`region: ${regionOf(context)}`] : []),
    ];
    findings.add(latticeApiDiagnostics['network-missing'], { missing }, settingsPlace(context), ids);
    return { before: [], after: [] };
  }
  const place = (resource: Placed['resource'], ...path: readonly PathSegment[]): Placed => ({
    resource,
    ids,
    origin: undefined,
    blame: (field) => settingsPlace(context, 'serviceNetwork', ...path, NETWORK_FIELDS[field] ?? field),
  });
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
  const vpcs = planVpcs(ids, context);
  return {
    before: [
      place(network),
      ...(access.policy === undefined ? [] : [{ ...place(access.policy), blame: () => access.place('authPolicy') }]),
      ...access.logs.map((log, index) => ({ ...place(log), blame: () => access.place('accessLogs', index) })),
      ...vpcs.map(({ vpcId, securityGroupIds, index }) =>
        place(
          {
            kind: 'ServiceNetworkVpcAssociation',
            name: `${name}/${vpcId}`,
            serviceNetwork: name,
            vpcId,
            securityGroupIds,
          },
          'vpcs',
          index,
        ),
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

/** Fields of the resources that the settings call otherwise. */
const NETWORK_FIELDS: Readonly<Record<string, string>> = {
  vpcId: 'id',
  securityGroupIds: 'securityGroups',
  'securityGroupIds[]': 'securityGroups',
};

interface VpcPlan {
  readonly vpcId: string;
  readonly securityGroupIds: readonly string[];
  /** Its place in the settings. */
  readonly index: number;
}

/** Each VPC once, by id; a VPC that is listed again has to say the same. */
function planVpcs(ids: readonly string[], context: LatticeContext): readonly VpcPlan[] {
  const plans = new Map<string, VpcPlan>();
  for (const [index, { id, securityGroups = [] }] of (context.settings.serviceNetwork?.vpcs ?? []).entries()) {
    const own = { vpcId: id, securityGroupIds: [...new Set(securityGroups)], index };
    const { securityGroupIds } = getOrAdd(plans, id, () => own);
    if (
      own.securityGroupIds.length === securityGroupIds.length &&
      own.securityGroupIds.every((one) => securityGroupIds.includes(one))
    )
      continue;
    const place = settingsPlace(context, 'serviceNetwork', 'vpcs', index);
    context.findings.add(d['vpc-listed-twice'], { vpc: id }, place, ids);
  }
  return [...plans.values()].sort((a, b) => compareText(a.vpcId, b.vpcId));
}

/** The id in an ARN stands for a network whose name is not known here. */
function nameIn(arn: string | undefined): string | undefined {
  return arn?.slice(arn.lastIndexOf('/') + 1);
}
