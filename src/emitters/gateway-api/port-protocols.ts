import { latticeDiagnostics } from '../lattice-diagnostics.ts';
import { getOrAdd } from '../manifest.ts';
import type { EmitContext } from './emit-context.ts';
import type { LatticeGateway, ListenerNeed } from './plan-lattice-gateway.ts';

/**
 * Reports ports that routes want of the one Gateway in HTTP and in HTTPS: gateways of their own, or the mesh, may have
 * both, and listeners of one Gateway contradict each other. The protocol of more hosts stays, or that of the input.
 */
export function checkPortProtocols(
  needs: readonly ListenerNeed[],
  { native }: LatticeGateway,
  { model, findings }: EmitContext,
): void {
  const ports = new Map<number, { readonly HTTP: Set<string>; readonly HTTPS: Set<string> }>();
  for (const { port, protocol, hosts } of needs) {
    const asked = getOrAdd(ports, port, () => ({ HTTP: new Set<string>(), HTTPS: new Set<string>() }));
    for (const id of hosts) asked[protocol].add(id);
  }
  for (const [port, { HTTP, HTTPS }] of ports) {
    const own = native?.listeners.find((listener) => listener.port === port)?.protocol;
    if (own === undefined && (HTTP.size === 0 || HTTPS.size === 0)) continue;
    const stays = own ?? (HTTP.size > HTTPS.size ? 'HTTP' : 'HTTPS');
    const refused = stays === 'HTTP' ? HTTPS : HTTP;
    const [first] = refused;
    if (first === undefined) continue;
    const origin = model.virtualHosts.find(({ id }) => id === first)?.origin;
    const other = stays === 'HTTP' ? 'HTTPS' : 'HTTP';
    const asking = needs.filter((need) => need.port === port && need.protocol === other);
    const names = [...new Set(asking.map(({ hostname }) => hostname ?? '*'))].sort();
    const args = { port, stays, other, names };
    findings.add(latticeDiagnostics['port-in-two-protocols'], args, origin, refused);
  }
}
