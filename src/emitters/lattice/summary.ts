import { listNames } from '../../diagnostics/list-names.ts';
import { type ClientChange, printHost } from '../emitter.ts';
import { compareText } from '../manifest.ts';
import type { LatticeContext } from './context.ts';
import type { ServicePlan } from './plan-services.ts';
import type { LatticeResource } from './resources.ts';

/** Names that clients must call differently: what has no custom domain is reached by its generated one. */
export function listChanges(plans: readonly ServicePlan[], { options }: LatticeContext): readonly ClientChange[] {
  const changes = new Map<string, ClientChange>();
  for (const { name, domain, listeners } of plans) {
    for (const { legal, port } of listeners) {
      const { host, scope } = legal.host;
      const before =
        scope.kind === 'mesh' && scope.target !== undefined
          ? `${scope.target.service}.${scope.target.namespace}.svc.${options.clusterDomain}`
          : printHost(host);
      const after = domain ?? `the generated domain of Lattice service ${name}`;
      if (before !== after)
        changes.set(`${before}:${port}`, { before: `${before}:${port}`, after: `${after}:${port}` });
    }
  }
  return [...changes.values()].sort((a, b) => compareText(a.before, b.before));
}

/** What must exist before the resources are made. */
export function listPrerequisites(
  plans: readonly ServicePlan[],
  resources: readonly LatticeResource[],
): readonly string[] {
  const named = plans.flatMap(({ domain }) => domain ?? []).sort(compareText);
  const hasVpc = resources.some(({ kind }) => kind === 'ServiceNetworkVpcAssociation');
  const networks = resources.flatMap((one) => (one.kind === 'ServiceNetwork' && !one.create ? [one.name] : []));
  const exports = resources.flatMap((one) =>
    one.kind === 'ExternalTargetGroup' && one.serviceExport !== undefined ? [one.serviceExport] : [],
  );
  return [
    ...networks.map((name) => `The service network ${name} exists.`),
    ...(hasVpc ? [] : ['The VPCs of the clients are associated with the service network (serviceNetwork.vpcs).']),
    'The security groups of the targets admit the VPC Lattice prefix list on their ports.',
    ...(exports.length === 0
      ? []
      : [`The AWS Gateway API Controller has made target groups for ${listNames([...new Set(exports)].sort())}.`]),
    ...(named.length === 0
      ? []
      : [`DNS points the host names (${listNames(named)}) to the domains that VPC Lattice generates for them.`]),
  ];
}
