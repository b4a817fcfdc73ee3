import type { Report } from '../../diagnostics/diagnostic.ts';
import { defineDiagnostics } from '../../diagnostics/diagnostic.ts';
import type { CarriedObject, RoutingModel, VirtualHost } from '../../ir/model.ts';
import type { EmitOptions } from '../emitter.ts';
import { LATTICE_CLASS } from '../lattice-limits.ts';
import { gatewayName } from '../names.ts';
import { resolveNamespace } from '../namespaces.ts';
import { isOnLattice } from '../native-gateway.ts';
import { arrayOf, recordOf, textOf } from '../read-manifest.ts';

export const policyDiagnostics = defineDiagnostics('lattice', {
  'auth-policy-not-in-force': {
    severity: 'error',
    summary:
      'An IAMAuthPolicy, or security groups of a VpcAssociationPolicy, guard a route that moves to a class other than amazon-vpc-lattice.',
    message: ({ target, className }: { target: string; className: string }) =>
      `the policy guards ${target}, and class ${className} does not enforce it`,
    effect: () => 'requests that the policy refuses today would reach the backends',
    help: () => 'guard the route by a policy of the new class first, then accept this finding',
    accept: 'as-said',
    security: true,
  },
  'certificate-not-in-force': {
    severity: 'error',
    summary: 'An HTTPS listener whose only certificate is one of ACM moves to a class other than amazon-vpc-lattice.',
    message: ({ listener, gateway, className }: { listener: string; gateway: string; className: string }) =>
      `the HTTPS listener ${listener} of gateway ${gateway} names a certificate of ACM only, and class ${className} does not know it`,
    effect: () => 'clients find no certificate and cannot connect',
    help: () => 'name a Secret with the certificate in certificateRefs of the listener',
    accept: 'as-said',
  },
  'backend-protocol-not-in-force': {
    severity: 'error',
    summary:
      'A TargetGroupPolicy says that a backend speaks another protocol than HTTP/1, and its route moves to a class other than amazon-vpc-lattice.',
    message: ({ target, className, protocol }: { target: string; className: string; protocol: string }) =>
      `the policy has ${target} called by ${protocol}, and class ${className} does not know it`,
    effect: () => 'the new gateway calls the backend by HTTP/1, which it may not understand',
    help: () => 'say it by appProtocol of the port of the Service, or a BackendTLSPolicy, then accept this finding',
    accept: 'as-said',
  },
  'policy-not-in-force': {
    severity: 'warning',
    summary: 'A policy of the AWS controller targets what moves to a class other than amazon-vpc-lattice.',
    message: ({ target, className }: { target: string; className: string }) =>
      `the policy is about ${target}, and class ${className} does not know it`,
    effect: () => 'access logs, VPC associations and health checks that it sets are not made for the new routes',
    help: () => 'look for a policy of the new class',
    accept: 'as-said',
  },
});

const POLICIES: ReadonlySet<string> = new Set([
  'IAMAuthPolicy',
  'AccessLogPolicy',
  'VpcAssociationPolicy',
  'TargetGroupPolicy',
]);

/** Reports the policies of the AWS controller that another class of Gateway would no longer enforce. */
export function reportLatticePolicies(model: RoutingModel, options: EmitOptions, report: Report): void {
  const { gatewayClass: className } = options;
  if (className === undefined || className === LATTICE_CLASS) return;
  const gateways = new Map(model.gateways.map((gateway) => [gateway.id, gateway]));
  const isNative = ({ scope }: VirtualHost): boolean =>
    scope.kind === 'gateway' &&
    scope.listeners.some(({ gateway }) => {
      const known = gateways.get(gateway);
      return known !== undefined && isOnLattice(known) && known.className !== className;
    });
  const places = (host: VirtualHost): readonly string[] => {
    const at = (kind: string, namespace: string | undefined, name: string) =>
      `${kind} ${resolveNamespace(namespace, options)}/${name}`;
    const { scope, rules } = host;
    const entries = scope.kind === 'gateway' ? scope.listeners : [];
    const served = entries.flatMap(({ gateway: id }) => gateways.get(id) ?? []);
    const backends = rules.flatMap(({ action }) => (action.kind === 'forward' ? action.shares : []));
    return [
      ...served.map(({ namespace, name }) => at('Gateway', namespace, name)),
      ...rules.map(({ source }) => at(source.kind, source.namespace, source.name)),
      ...backends.flatMap((share) =>
        share.kind === 'backend' ? [at('Service', share.backend.namespace, share.backend.name)] : [],
      ),
    ];
  };
  for (const policy of model.carried) {
    if (!POLICIES.has(policy.kind)) continue;
    const target = targetOf(policy, options);
    const moved = model.virtualHosts.filter((host) => isNative(host) && places(host).includes(target));
    if (moved.length === 0) continue;
    const place = policy.source.origin.at('spec', 'targetRef');
    const affects = { kind: 'hosts', ids: moved.map(({ id }) => id) } as const;
    const protocol = backendProtocol(policy);
    if (protocol !== undefined) {
      const args = { target, className, protocol };
      report(policyDiagnostics['backend-protocol-not-in-force'](args, place, { affects }));
    } else if (isGuard(policy)) {
      report(policyDiagnostics['auth-policy-not-in-force']({ target, className }, place, { affects }));
    } else {
      const none = { affects: { kind: 'none' } } as const;
      report(policyDiagnostics['policy-not-in-force']({ target, className }, place, none));
    }
  }
}

/** Whether a policy keeps clients out: by IAM, or by security groups at the network. */
function isGuard({ kind, body }: CarriedObject): boolean {
  if (kind === 'VpcAssociationPolicy') return arrayOf(recordOf(body['spec'])['securityGroupIds']).length > 0;
  return kind === 'IAMAuthPolicy';
}

/** How a backend is called, where that is not what a gateway does by itself. */
function backendProtocol({ kind, body }: CarriedObject): string | undefined {
  if (kind !== 'TargetGroupPolicy') return undefined;
  const { protocol, protocolVersion } = recordOf(body['spec']);
  const parts = [textOf(protocol ?? 'HTTP'), textOf(protocolVersion ?? 'HTTP1')];
  return parts[0] === 'HTTP' && parts[1] === 'HTTP1' ? undefined : parts.join(' ');
}

/** Reports listeners that another class of Gateway would find without a certificate. */
export function reportLatticeCertificates(model: RoutingModel, options: EmitOptions, report: Report): void {
  const { gatewayClass: className } = options;
  if (className === undefined || className === LATTICE_CLASS) return;
  for (const gateway of model.gateways.filter((one) => isOnLattice(one) && one.className !== className)) {
    for (const { name: listener, protocol, tls, origin } of gateway.listeners) {
      if (protocol !== 'HTTPS' || (tls?.certificates ?? []).length > 0) continue;
      const isOn = ({ scope }: VirtualHost): boolean =>
        scope.kind === 'gateway' &&
        scope.listeners.some((one) => one.gateway === gateway.id && one.listener === listener);
      const ids = model.virtualHosts.filter(isOn).map(({ id }) => id);
      if (ids.length === 0) continue;
      const args = { listener, gateway: gatewayName(gateway), className };
      report(policyDiagnostics['certificate-not-in-force'](args, origin, { affects: { kind: 'hosts', ids } }));
    }
  }
}

/** What a policy is attached to, as `Kind namespace/name`. */
function targetOf({ source, body }: CarriedObject, options: EmitOptions): string {
  const spec = body['spec'];
  const ref = typeof spec === 'object' && spec !== null && 'targetRef' in spec ? spec.targetRef : undefined;
  const { kind, name } = { ...(ref as { readonly kind?: unknown; readonly name?: unknown } | undefined) };
  return `${String(kind)} ${resolveNamespace(source.namespace, options)}/${String(name)}`;
}
