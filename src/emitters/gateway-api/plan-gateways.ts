import type { Gateway, Listener, SourceObject } from '../../ir/model.ts';
import type { EmitOptions, EmittedResource } from '../emitter.ts';
import { fields, getOrAdd, type Manifest } from '../manifest.ts';
import { gatewayName, slug } from '../names.ts';
import { inventedNamespace, resolveNamespace } from '../namespaces.ts';
import { staysOnLattice } from '../native-gateway.ts';
import { gatewayApiDiagnostics } from './diagnostics.ts';
import type { EmitContext } from './emit-context.ts';
import { printInfrastructure } from './infrastructure.ts';
import { admitsOwnOnly, hostnameOf, printAllowedRoutes, printTls } from './listener-parts.ts';
import { buildMetadata } from './metadata.ts';
import type { ReferenceGrants } from './reference-grants.ts';
import { mayReplace } from './taken-away.ts';

export const MAX_LISTENERS = 64;
const MAX_CERTIFICATES = 64;

/** What becomes of a gateway of the model in the profile `standard`. */
export interface GatewayPlan {
  readonly gateway: Gateway;
  readonly name: string;
  /** As it is written; absent stays absent. */
  readonly namespace: string | undefined;
  readonly className: string;
  /** Named by a source and not in the input: it is referred to and not written. */
  readonly isImplied: boolean;
  /** The listener of the output that stands for a listener of the model; several may be one. */
  readonly sections: ReadonlyMap<string, string>;
}

/** Who attaches to a listener: namespaces of routes (resolved) and ids of virtual hosts. */
export interface ListenerUse {
  readonly namespaces: Set<string>;
  readonly hosts: Set<string>;
}

/** By gateway id, then by section. */
export type GatewayUses = Map<string, Map<string, ListenerUse>>;

export function isGatewayApi({ apiVersion }: SourceObject): boolean {
  return apiVersion.startsWith('gateway.networking.k8s.io/');
}

/** Whether no Gateway of the input stands behind a gateway of the model. */
export function isInvented({ source }: Gateway): boolean {
  return source.kind !== 'Gateway';
}

/** What a name gains when its class changes, so that the output takes over no live object. */
export function classSuffix(source: SourceObject, className: string | undefined, options: EmitOptions): string {
  const target = options.profile === 'lattice' ? (options.gatewayClass ?? 'amazon-vpc-lattice') : options.gatewayClass;
  if (!isGatewayApi(source) || options.inPlace || target === undefined || className === target) return '';
  return options.profile === 'lattice' ? '-lattice' : `-${slug(target)}`;
}

/** Decides the names of the Gateways and of their listeners. */
export function planGateways({ model, options, findings }: EmitContext): ReadonlyMap<string, GatewayPlan> {
  const { gateway: wish } = options;
  const isOnly = model.gateways.length === 1;
  if (wish !== undefined && model.gateways.length > 1) {
    const gateway = wish.namespace === undefined ? wish.name : `${wish.namespace}/${wish.name}`;
    findings.add(
      gatewayApiDiagnostics['gateway-flag-unused'],
      { gateway, count: model.gateways.length },
      undefined,
      [],
    );
  }
  const invented = inventedNamespace(model, options);
  return new Map(
    model.gateways.map((gateway) => {
      const renamed = isOnly ? wish : undefined;
      const suffix = classSuffix(gateway.source, gateway.className, options);
      return [
        gateway.id,
        {
          gateway,
          name: renamed?.name ?? `${gateway.name}${suffix}`,
          namespace: renamed?.namespace ?? (isInvented(gateway) ? invented : gateway.namespace),
          className: options.gatewayClass ?? gateway.className,
          isImplied: gateway.extra['implied'] === true,
          sections: nameSections(gateway.listeners),
        },
      ];
    }),
  );
}

/** Listeners that take the same requests become one: a Gateway with both would be refused. */
function nameSections(listeners: readonly Listener[]): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  const holders = new Map<string, string>();
  const taken = new Set<string>();
  for (const listener of listeners) {
    const section = getOrAdd(holders, listenerKey(listener), () => uniqueSection(listener.name, taken));
    taken.add(section);
    sections.set(listener.name, section);
  }
  return sections;
}

function listenerKey({ port, protocol, host }: Listener): string {
  return `${port} ${protocol} ${hostnameOf(host) ?? ''}`;
}

function uniqueSection(name: string, taken: ReadonlySet<string>): string {
  // The listeners of a Gateway that is not in the input may have no names; a route then attaches to all of them.
  if (name === '') return name;
  const isUsable = name.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name);
  const wish = isUsable ? name : slug(name).slice(0, 200) || 'listener';
  let section = wish;
  for (let count = 2; taken.has(section); count++) section = `${wish}-${count}`;
  return section;
}

/** Prints the Gateways: of a Gateway API source with all their listeners, else with those that a route attaches to. */
export function printGateways(
  plans: ReadonlyMap<string, GatewayPlan>,
  uses: GatewayUses,
  context: EmitContext,
  grants: ReferenceGrants,
): readonly EmittedResource[] {
  const asked = new Set<string>();
  for (const { scope } of context.model.virtualHosts) {
    if (scope.kind === 'gateway') for (const { gateway } of scope.listeners) asked.add(gateway);
  }
  return [...plans.values()].flatMap((plan) => {
    const { id } = plan.gateway;
    // Where all of its hosts are withheld, the live Gateway must not be replaced either: it may be what guards them.
    if (!uses.has(id) && asked.has(id)) return [];
    const used = uses.get(id) ?? new Map<string, ListenerUse>();
    const resource = plan.isImplied ? undefined : printGateway(plan, used, context, grants);
    return resource === undefined ? [] : [resource];
  });
}

/** A Gateway under another name stands for the proxies of the source. */
function servesOf({ gateway, name, namespace }: GatewayPlan, options: EmitOptions): { readonly serves?: string } {
  const { workload } = gateway;
  return workload === `gateway/${resolveNamespace(namespace, options)}/${name}` ? {} : { serves: workload };
}

function printGateway(
  plan: GatewayPlan,
  used: ReadonlyMap<string, ListenerUse>,
  context: EmitContext,
  grants: ReferenceGrants,
): EmittedResource | undefined {
  const { options, findings } = context;
  const { gateway, sections } = plan;
  const hosts = new Set([...used.values()].flatMap((use) => [...use.hosts]));
  const keepsAll = isGatewayApi(gateway.source);
  const printed = new Map<string, { readonly listener: Listener; readonly object: Manifest }>();
  for (const listener of gateway.listeners) {
    const section = sections.get(listener.name) ?? listener.name;
    const use = used.get(section);
    if (use === undefined && !keepsAll) continue;
    const first = printed.get(section);
    if (first === undefined) {
      printed.set(section, { listener, object: printListener(listener, section, plan, use, context, grants) });
    } else if (JSON.stringify(first.listener.tls) !== JSON.stringify(listener.tls)) {
      const args = { gateway: gatewayName(gateway), listener: listener.name, other: first.listener.name };
      findings.add(gatewayApiDiagnostics['listener-conflict'], args, listener.origin, use?.hosts ?? []);
    }
  }
  if (printed.size === 0) return undefined;
  if (printed.size > MAX_LISTENERS) {
    const args = { gateway: gatewayName(gateway), count: printed.size, limit: MAX_LISTENERS };
    findings.add(gatewayApiDiagnostics['too-many-listeners'], args, gateway.origin, hosts);
    return undefined;
  }
  if (!keepsAll && options.gatewayClass === undefined) {
    const args = {
      gateway: plan.namespace === undefined ? plan.name : `${plan.namespace}/${plan.name}`,
      className: plan.className,
    };
    findings.add(gatewayApiDiagnostics['class-assumed'], args, gateway.origin, []);
  }
  const served = servesOf(plan, options);
  if (served.serves === undefined && !mayReplace(gateway, [...hosts], context)) return undefined;
  const { addresses, tls, allowedListeners } = keepsAll ? gateway.extra : {};
  const object = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: buildMetadata(
      {
        ...gateway.source,
        ...{ name: plan.name, namespace: plan.namespace, ...served },
        leavesLattice: !staysOnLattice(gateway, plan.className),
      },
      options,
    ),
    spec: fields({
      gatewayClassName: plan.className,
      addresses,
      infrastructure: keepsAll ? printInfrastructure(plan, hosts, context) : undefined,
      listeners: [...printed.values()].map((one) => one.object),
      tls,
      allowedListeners,
    }),
  };
  return { object, hosts: [...hosts].sort(), origin: gateway.origin };
}

function printListener(
  listener: Listener,
  section: string,
  { gateway, namespace }: GatewayPlan,
  use: ListenerUse | undefined,
  { options, findings }: EmitContext,
  grants: ReferenceGrants,
): Manifest {
  const own = resolveNamespace(namespace, options);
  const { tls, port, protocol, host, allowedRoutes } = listener;
  const certificates = (tls?.certificates ?? []).map(({ namespace: of, name }) => ({
    namespace: resolveNamespace(of ?? gateway.namespace, options),
    name,
  }));
  const hasTls = certificates.length + Object.keys(tls?.options ?? {}).length > 0;
  // A listener of Gateway API that has none is as broken before as after.
  if (protocol === 'HTTPS' && !isGatewayApi(gateway.source) && (!hasTls || certificates.length > MAX_CERTIFICATES)) {
    const args = { gateway: gatewayName(gateway), listener: listener.name };
    findings.add(gatewayApiDiagnostics['certificate-missing'], args, listener.origin, use?.hosts ?? []);
  }
  // A listener that nothing of the output attaches to stays as it was, and opens no Secret.
  for (const { namespace: of, name } of use === undefined ? [] : certificates) {
    const to = { group: '', kind: 'Secret', namespace: of, name };
    grants.need({ from: { kind: 'Gateway', namespace: own }, to }, use?.hosts ?? [], listener.origin);
  }
  // Its own namespace is another one now than that of the routes.
  const isMoved = own !== resolveNamespace(gateway.namespace, options) && admitsOwnOnly(allowedRoutes);
  return fields({
    name: section,
    hostname: hostnameOf(host),
    port,
    protocol,
    tls: protocol === 'HTTPS' && hasTls ? printTls(certificates, tls?.options ?? {}, own) : undefined,
    allowedRoutes:
      isMoved || allowedRoutes === undefined
        ? { ...allowedRoutes, ...printAllowedRoutes(own, use?.namespaces ?? []) }
        : allowedRoutes,
  });
}
