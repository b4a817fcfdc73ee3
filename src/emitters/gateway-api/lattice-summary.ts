import { listNames } from '../../diagnostics/list-names.ts';
import type { VirtualHost } from '../../ir/model.ts';
import { type ClientChange, type EmitOptions, printHost } from '../emitter.ts';
import { compareText } from '../manifest.ts';
import type { LatticeServiceName } from './lattice-service-names.ts';
import type { LatticeParent, LatticeRoute } from './plan-lattice-routes.ts';

type Parents = ReadonlyMap<LatticeRoute, readonly LatticeParent[]>;

/** Names that clients must call differently: what has no host name of its own is reached by its generated domain. */
export function listLatticeChanges(
  routes: readonly LatticeRoute[],
  parents: Parents,
  services: ReadonlyMap<LatticeRoute, LatticeServiceName>,
  options: EmitOptions,
): readonly ClientChange[] {
  const changes = new Map<string, ClientChange>();
  for (const route of routes) {
    if (route.isNative) continue;
    for (const { host } of route.hosts) {
      const before = calledName(host, options);
      const [hostname] = route.hostnames;
      const service = services.get(route)?.name ?? route.name;
      const after = hostname ?? `the generated domain of Lattice service ${service}`;
      if (before === after) continue;
      const { port } = host.scope;
      const ports = port === undefined ? (parents.get(route) ?? []).map((parent) => parent.port) : [port];
      for (const one of ports)
        changes.set(`${before}:${one} ${after}`, { before: `${before}:${one}`, after: `${after}:${one}` });
    }
  }
  return [...changes.values()].sort((a, b) => compareText(a.before, b.before));
}

/** The name that clients call today. */
function calledName({ host, scope }: VirtualHost, { clusterDomain }: EmitOptions): string {
  return scope.kind === 'mesh' && scope.target !== undefined
    ? `${scope.target.service}.${scope.target.namespace}.svc.${clusterDomain}`
    : printHost(host);
}

/** What must exist before the output is applied. */
export function listLatticePrerequisites(
  routes: readonly LatticeRoute[],
  parents: Parents,
  options: EmitOptions,
): readonly string[] {
  const used = [...parents.values()].flat();
  if (used.length === 0) return [];
  const networks = [...new Set(used.map(({ gateway }) => gateway))].sort(compareText);
  const named = [...new Set(routes.flatMap(({ hostnames }) => hostnames))].sort(compareText);
  const secure = routes.filter((route) => (parents.get(route) ?? []).some(({ protocol }) => protocol === 'HTTPS'));
  const secured = [...new Set(secure.flatMap(({ hostnames }) => hostnames))].sort(compareText);
  const groups = named.length === 0 ? '' : ` (${listNames(named)})`;
  return [
    `The AWS Gateway API Controller runs in the cluster, with a GatewayClass ${options.gatewayClass ?? 'amazon-vpc-lattice'}.`,
    ...networks.flatMap((name) => [
      `A service network named ${name} exists: aws vpc-lattice create-service-network --name ${name}`,
      `The VPCs of the clients are associated with it: aws vpc-lattice create-service-network-vpc-association --service-network-identifier ${name} --vpc-identifier VPC_ID --security-group-ids SG_ID`,
    ]),
    'The security groups of the nodes, and NetworkPolicies where there are any, admit the VPC Lattice prefix list on the ports of the pods.',
    ...(secured.length === 0
      ? []
      : [`ACM holds certificates for the HTTPS hosts (${listNames(secured)}) in the region.`]),
    ...(named.length === 0
      ? []
      : [`DNS points the host names${groups} to the domains that VPC Lattice generates for them.`]),
  ];
}
