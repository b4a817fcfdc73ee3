import type { Gateway } from '../ir/model.ts';
import type { EmitOptions } from './emitter.ts';
import type { HostFindings } from './host-findings.ts';
import { latticeDiagnostics } from './lattice-diagnostics.ts';
import type { LegalHost } from './legal-host.ts';
import { resolveNamespace } from './namespaces.ts';
import { isNativeGateway } from './native-gateway.ts';

interface GatewayContext {
  /** By id. */
  readonly gateways: ReadonlyMap<string, Gateway>;
  readonly options: EmitOptions;
  readonly findings: HostFindings;
}

/**
 * What changes for the hosts of a gateway that Lattice takes the place of: who can reach it, and what it was told
 * beside its listeners. Only gateways that hosts come in at count, and that Lattice does not serve already.
 */
export function checkReplacedGateways(
  hosts: readonly LegalHost[],
  { gateways, options, findings }: GatewayContext,
): void {
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
      for (const field of fieldsOf(gateway)) {
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
function fieldsOf({ extra }: Gateway): readonly string[] {
  return ['addresses', 'infrastructure', 'tls', 'allowedListeners'].filter((field) => extra[field] !== undefined);
}
