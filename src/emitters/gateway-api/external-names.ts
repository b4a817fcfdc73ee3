import type { Origin } from '../../diagnostics/origin.ts';
import type { Gateway, VirtualHost } from '../../ir/model.ts';
import type { LegalHost } from '../legal-host.ts';
import { getOrAdd } from '../manifest.ts';
import { isOnLattice } from '../native-gateway.ts';
import { gatewayApiDiagnostics } from './diagnostics.ts';
import type { EmitContext } from './emit-context.ts';
import { backendsOf } from './plan-backends.ts';
import { isGatewayApi } from './plan-gateways.ts';

interface Found {
  readonly origin: Origin;
  readonly ids: Set<string>;
}

/**
 * Reports backends of type ExternalName, to which the source may lead and a route of Gateway API need not: one finding
 * per Service. What the same kind of gateway ran before is left alone, and an Ingress says it itself.
 */
export function reportExternalNames(hosts: readonly LegalHost[], context: EmitContext): void {
  const { model, options, gateways, findings } = context;
  const { services } = model.facts;
  if (![...services.values()].some(({ type }) => type === 'ExternalName')) return;
  const [asked, mirrored] = [new Map<string, Found>(), new Map<string, Found>()];
  for (const { host, rules } of hosts) {
    for (const { source, action } of rules) {
      if (source.kind === 'Ingress') continue;
      if (isGatewayApi(source) && keepsController(host, gateways, options)) continue;
      const mirrors = action.kind === 'forward' ? action.mirrors.map(({ backend }) => backend) : [];
      for (const backend of backendsOf(action)) {
        const { namespace, name, origin } = backend;
        const key = `${namespace}/${name}`;
        if (services.get(key)?.type !== 'ExternalName') continue;
        const found = mirrors.includes(backend) ? mirrored : asked;
        getOrAdd(found, key, () => ({ origin, ids: new Set<string>() })).ids.add(host.id);
      }
    }
  }
  const code = gatewayApiDiagnostics['external-name-service'];
  for (const [service, { origin, ids }] of asked) findings.add(code, { service }, origin, ids);
  // Nobody waits for the answer to a copy.
  for (const [service, { origin, ids }] of mirrored)
    findings.add(code, { service }, origin, ids, { severity: 'warning' });
}

/** Whether the gateways of a host go on being run by what runs them today. */
function keepsController(
  { scope }: VirtualHost,
  gateways: ReadonlyMap<string, Gateway>,
  { profile, gatewayClass }: EmitContext['options'],
): boolean {
  if (scope.kind !== 'gateway') return profile === 'standard';
  return scope.listeners.every(({ gateway }) => {
    const known = gateways.get(gateway);
    if (profile === 'lattice') return known !== undefined && isOnLattice(known);
    return gatewayClass === undefined || known === undefined || known.className === gatewayClass;
  });
}
