import type { Gateway, VirtualHost } from '../../ir/model.ts';
import type { LegalHost } from '../legal-host.ts';
import { resolveNamespace } from '../namespaces.ts';
import { gatewayApiDiagnostics } from './diagnostics.ts';
import type { EmitContext } from './emit-context.ts';

/** Names the gateways that are not written since no host comes in at them; `isKept` tells those that are written anyway. */
export function reportUnusedGateways(
  hosts: readonly LegalHost[],
  { model, options, findings }: EmitContext,
  isKept: (gateway: Gateway) => boolean,
): void {
  // The hosts at hand lack those that are withheld, whose gateways are in use all the same.
  const used = new Set<string>();
  const use = ({ scope }: VirtualHost) => {
    if (scope.kind === 'gateway') for (const { gateway } of scope.listeners) used.add(gateway);
  };
  for (const host of model.virtualHosts) use(host);
  for (const { host } of hosts) use(host);
  for (const gateway of model.gateways) {
    if (used.has(gateway.id) || isKept(gateway)) continue;
    const name = `${resolveNamespace(gateway.namespace, options)}/${gateway.name}`;
    findings.add(gatewayApiDiagnostics['gateway-unused'], { gateway: name }, gateway.origin, []);
  }
}
