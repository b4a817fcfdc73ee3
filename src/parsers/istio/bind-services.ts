import type { Origin } from '../../diagnostics/origin.ts';
import type { BuildContext } from './build-context.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import type { VirtualServiceDraft } from './draft.ts';
import type { ServerHost } from './gateway-fields.ts';
import { completeHost, intersectHosts, toServiceRef } from './hosts.ts';
import type { BuiltGateway } from './listeners.ts';
import { exportRank } from './virtual-service.ts';

/** The VirtualServices that name each Gateway. */
export function bindServices(
  gateways: readonly BuiltGateway[],
  services: readonly VirtualServiceDraft[],
  { report, clusterDomain }: BuildContext,
): ReadonlyMap<string, readonly VirtualServiceDraft[]> {
  const known = new Map(gateways.map((one) => [one.draft.id, one]));
  const bound = new Map<string, VirtualServiceDraft[]>();
  for (const draft of services) {
    const seen = new Set<string>();
    for (const { value: id, origin } of draft.gateways) {
      if (id === 'mesh' || seen.has(id)) continue;
      seen.add(id);
      const gateway = known.get(id);
      if (gateway === undefined) {
        const affects = { kind: 'hostnames', names: draft.hosts.map(({ value }) => value) } as const;
        if (draft.http.length > 0) report(d['gateway-not-found']({ gateway: id }, origin, { affects }));
        continue;
      }
      if (!isExported(draft, gateway, origin, report)) continue;
      const list = bound.get(id);
      if (list === undefined) bound.set(id, [draft]);
      else list.push(draft);
      reportUnserved(draft, gateway, clusterDomain, report);
    }
  }
  return bound;
}

/**
 * Whether the pods of a Gateway see a VirtualService. Where the input does not show their namespace, it is one that
 * exportTo goes out of its way to name, else that of the Gateway.
 */
function isExported(
  { exportTo, namespace: owner }: VirtualServiceDraft,
  { draft: { id: gateway }, pods: { namespace, namespaceKnown } }: BuiltGateway,
  origin: Origin,
  report: BuildContext['report'],
): boolean {
  const rank = exportRank(exportTo, owner, namespace);
  if (rank !== undefined && (namespaceKnown || rank === 2)) return true;
  const none = { affects: { kind: 'none' } } as const;
  const isGuess = !namespaceKnown && (rank !== undefined || exportTo.some((name) => name !== '.' && name !== owner));
  if (isGuess) report(d['gateway-pods-not-in-input']({ gateway, exportTo }, origin, none));
  else report(d['not-exported-to-gateway']({ gateway, namespace }, origin, none));
  return isGuess;
}

function reportUnserved(
  draft: VirtualServiceDraft,
  { draft: gateway }: BuiltGateway,
  clusterDomain: string,
  report: BuildContext['report'],
): void {
  const isForMesh = draft.gateways.some(({ value }) => value === 'mesh');
  for (const { value, origin } of draft.hosts) {
    const full = completeHost(value, draft.namespace, clusterDomain);
    // The name of a Service beside those of a gateway is there for the clients in the mesh.
    if (isForMesh && toServiceRef(full, clusterDomain) !== undefined) continue;
    const isOpen = ({ namespace, host }: ServerHost) =>
      (namespace === undefined || namespace === draft.namespace) && intersectHosts(host, full) !== undefined;
    if (gateway.servers.some(({ hosts }) => hosts.some(isOpen))) continue;
    report(d['host-not-in-gateway']({ host: value, gateway: gateway.id }, origin, { affects: { kind: 'none' } }));
  }
}
