import type { MeshScope, VirtualHost } from '../../ir/model.ts';
import type { LegalHost } from '../legal-host.ts';
import { groupBy } from '../manifest.ts';
import { gatewayApiDiagnostics } from './diagnostics.ts';
import type { EmitContext } from './emit-context.ts';

/**
 * Reports rules for the clients of one namespace that a route would give to the clients of all: only outside of its
 * Service's namespace does a route serve the clients of its own namespace alone.
 */
export function reportMeshClients(hosts: readonly LegalHost[], { findings }: EmitContext): void {
  const mesh: { readonly host: VirtualHost; readonly scope: MeshScope }[] = [];
  for (const { host } of hosts) if (host.scope.kind === 'mesh') mesh.push({ host, scope: host.scope });
  const forAll = groupBy(
    mesh.filter(({ scope }) => scope.clients.kind === 'all'),
    ({ scope }) => serviceOf(scope),
  );
  for (const { host, scope } of mesh) {
    const { clients, target } = scope;
    if (clients.kind === 'all' || target === undefined || clients.namespace !== target.namespace) continue;
    const args = { service: serviceOf(scope), namespace: target.namespace };
    const others = (forAll.get(args.service) ?? []).filter((other) => meet(host, other.host)).map((one) => one.host.id);
    const region = { kind: 'other-clients' } as const;
    if (others.length === 0)
      findings.add(gatewayApiDiagnostics['mesh-clients-widened'], args, host.origin, [host.id], { region });
    else findings.add(gatewayApiDiagnostics['mesh-clients-collide'], args, host.origin, [host.id, ...others]);
  }
}

function serviceOf({ target }: MeshScope): string {
  return target === undefined ? '' : `${target.namespace}/${target.service}`;
}

function meet({ scope: { port: left } }: VirtualHost, { scope: { port: right } }: VirtualHost): boolean {
  return left === undefined || right === undefined || left === right;
}
