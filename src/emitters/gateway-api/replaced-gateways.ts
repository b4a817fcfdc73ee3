import type { Gateway } from '../../ir/model.ts';
import type { LegalHost } from '../legal-host.ts';
import { latticeDiagnostics } from './diagnostics.ts';
import type { EmitContext } from './emit-context.ts';
import { resolveNamespace } from './namespaces.ts';
import { isNativeGateway } from './plan-lattice-routes.ts';

/**
 * What changes for the hosts of a gateway that Lattice takes the place of: who can reach it, and what it was told
 * beside its listeners. Only gateways that hosts come in at count, and that Lattice does not serve already.
 */
export function checkReplacedGateways(hosts: readonly LegalHost[], { gateways, options, findings }: EmitContext): void {
  for (const { host } of hosts) {
    if (host.scope.kind !== 'gateway') continue;
    for (const { gateway: id, listener: section } of host.scope.listeners) {
      const gateway = gateways.get(id);
      if (gateway === undefined || isNativeGateway(gateway, options)) continue;
      const name = `${resolveNamespace(gateway.namespace, options)}/${gateway.name}`;
      if (gateway.exposure !== 'internal') {
        const factory = latticeDiagnostics[gateway.exposure === 'public' ? 'not-public' : 'exposure-unknown'];
        findings.add(factory, { gateway: name }, gateway.origin, [host.id]);
      }
      for (const field of settingsOf(gateway)) {
        const args = { gateway: name, field: `spec.${field}` };
        findings.add(latticeDiagnostics['gateway-setting-lost'], args, gateway.origin.at('spec', field), [host.id]);
      }
      const listener = gateway.listeners.find((one) => one.name === section);
      for (const option of Object.keys(listener?.tls?.options ?? {})) {
        const args = { gateway: name, field: `tls.options["${option}"]` };
        findings.add(latticeDiagnostics['gateway-setting-lost'], args, listener?.origin, [host.id]);
      }
    }
  }
}

/** The fields of a Gateway that go along to another implementation and mean nothing to the AWS controller. */
function settingsOf({ extra }: Gateway): readonly string[] {
  return ['addresses', 'infrastructure', 'tls', 'allowedListeners'].filter((field) => extra[field] !== undefined);
}
