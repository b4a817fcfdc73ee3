import type { Report } from '../../diagnostics/diagnostic.ts';
import type { ClusterFacts } from '../../ir/facts.ts';
import type { VirtualHost } from '../../ir/model.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import type { GatewayDraft } from './draft.ts';
import { type BuiltGateway, gatewayId } from './gateways.ts';
import { isGranted } from './grants.ts';

/**
 * Reports the certificates that no ReferenceGrant lets the Gateways use, for the hosts of their listeners: no other
 * host depends on them, and a listener that serves none stays as broken as it was.
 */
export function checkCertificates(
  gateways: Iterable<{ readonly draft: GatewayDraft; readonly built: BuiltGateway }>,
  hosts: readonly VirtualHost[],
  facts: ClusterFacts,
  report: Report,
): void {
  const served = hostsByListener(hosts);
  for (const { draft, built } of gateways) {
    if (built.reading !== 'specification') continue;
    const from = { group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: draft.namespace };
    for (const listener of draft.listeners) {
      const ids = served.get(listenerKey(gatewayId(draft.namespace, draft.name), listener.name));
      if (ids === undefined) continue;
      for (const { namespace = draft.namespace, name, origin } of listener.tls?.value.certificates ?? []) {
        if (isGranted(from, { group: '', kind: 'Secret', namespace, name }, facts)) continue;
        const args = { from: draft.namespace, secret: `${namespace}/${name}`, namespace };
        report(d['certificate-not-granted'](args, origin, { affects: { kind: 'hosts', ids } }));
      }
    }
  }
}

function hostsByListener(hosts: readonly VirtualHost[]): ReadonlyMap<string, readonly string[]> {
  const served = new Map<string, string[]>();
  for (const { id, scope } of hosts) {
    if (scope.kind !== 'gateway') continue;
    for (const { gateway, listener } of scope.listeners) {
      const key = listenerKey(gateway, listener);
      const ids = served.get(key);
      if (ids === undefined) served.set(key, [id]);
      else ids.push(id);
    }
  }
  return served;
}

function listenerKey(gateway: string, listener: string): string {
  return `${gateway} ${listener}`;
}
