import type { KubernetesService, ServicePort } from '../../ir/facts.ts';
import type { MeshScope, VirtualHost } from '../../ir/model.ts';
import { servicesSetting } from './backends.ts';
import type { BuildContext } from './build-context.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import type { DestinationDraft, RedirectDraft, RouteDraft, VirtualServiceDraft } from './draft.ts';
import { notFound } from './gateway-scopes.ts';
import { type ServiceRef, serviceAliases, toServiceRef } from './hosts.ts';
import type { IstioProxy } from './istio-proxy.ts';
import { type Claim, claimMeshHosts } from './mesh-claims.ts';
import { toRules } from './rules.ts';

/** The virtual hosts that clients of the mesh meet. */
export function buildMeshHosts(
  services: readonly VirtualServiceDraft[],
  external: ReadonlyMap<string, readonly number[]>,
  context: BuildContext,
): readonly VirtualHost[] {
  return claimMeshHosts(services, external.keys(), context).flatMap(({ host, all, byNamespace }) => {
    const target = toServiceRef(host, context.clusterDomain);
    const isService = target !== undefined && !external.has(host);
    const namespaces = new Map(byNamespace);
    if (all !== undefined) {
      // What depends on a client's namespace is decided by giving that namespace a virtual host of its own.
      const routes = context.routesOf(all.draft);
      for (const name of new Set([...sourceNamespaces(routes), ...namespacesApart(routes, context)])) {
        if (!namespaces.has(name)) namespaces.set(name, all);
      }
    }
    const clients: readonly (readonly [MeshScope['clients'], Claim])[] = [
      ...(all === undefined ? [] : [[{ kind: 'all' }, all] as const]),
      ...[...namespaces]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([namespace, claim]) => [{ kind: 'namespace', namespace }, claim] as const),
    ];
    return clients.flatMap(([client, claim]) => {
      const ports = isService ? servicePorts(target, claim, context) : (external.get(host) ?? [80]);
      return ports.flatMap((port) =>
        buildHost({ host, target: isService ? target : undefined, port, client, claim }, context),
      );
    });
  });
}

function sourceNamespaces(routes: readonly RouteDraft[]): ReadonlySet<string> {
  const names = routes.flatMap(({ matches }) =>
    matches.flatMap(({ gateways, sourceNamespace }) =>
      // Istio does not look at the namespace where gateways are named.
      gateways === undefined && sourceNamespace !== undefined ? [sourceNamespace.value] : [],
    ),
  );
  return new Set(names);
}

/** Namespaces with DestinationRules of their own, which lead their clients to other subsets. */
function namespacesApart(routes: readonly RouteDraft[], { backends }: BuildContext): readonly string[] {
  return routes.flatMap((route) =>
    destinationsOf(route).flatMap(([destination, namespace]) => backends.namespacesApart(destination, namespace)),
  );
}

/** Where a rule sends requests and their copies, with the namespace that each short name belongs to. */
function destinationsOf({ route, namespace, mirrors }: RouteDraft): readonly (readonly [DestinationDraft, string])[] {
  return [
    ...(route?.value ?? []).map((destination) => [destination, namespace] as const),
    ...(mirrors?.value ?? []).map((mirror) => [mirror.destination, mirror.namespace] as const),
  ];
}

/**
 * The ports of a Service whose rules are lists of their own; one entry of undefined where all ports have the same.
 */
function servicePorts(target: ServiceRef, claim: Claim, context: BuildContext): readonly (number | undefined)[] {
  const key = `${target.namespace}/${target.service}`;
  const service = context.facts.services.get(key);
  if (service === undefined) context.backends.noteMissing(target, claim.written.origin);
  const routes = context.routesOf(claim.draft);
  const named = new Set(routes.flatMap(({ matches }) => matches.flatMap(({ port }) => port?.value ?? [])));
  const differ =
    named.size > 0 ||
    // Port 80 is the one that no Location names.
    (service?.ports.every(({ port }) => port === 80) !== true &&
      routes.some(({ redirect }) => redirect !== undefined && keepsPort(redirect.value))) ||
    routes.some((route) =>
      destinationsOf(route).some(([destination, namespace]) =>
        context.backends.takesCalledPort(destination, namespace),
      ),
    );
  if (service !== undefined) {
    const ports = httpPorts(service);
    const none = { affects: { kind: 'none' } } as const;
    if (ports.length === 0) context.report(d['no-http-port']({ service: key }, claim.written.origin, none));
    // Rules for all ports alike would reach the ports that Istio leaves alone, too.
    return differ || ports.length < service.ports.length ? ports : [undefined];
  }
  if (!differ) return [undefined];
  const everyRuleNamesPorts = routes.every(
    ({ matches }) => matches.length > 0 && matches.every(({ port }) => port !== undefined),
  );
  const ports = [...named].sort((left, right) => left - right);
  if (everyRuleNamesPorts) return ports;
  const settings = servicesSetting(target);
  context.report(d['ports-of-service-unknown']({ service: key, settings }, claim.written.origin));
  return [...ports, undefined];
}

/** Whether the Location of a redirect names the port that the client called. */
function keepsPort({ port, authority }: RedirectDraft): boolean {
  return port === 'listener' || (port === undefined && authority === undefined);
}

/** Ports that Istio routes as HTTP: those that say so, and those that say nothing, whose protocol it finds out. */
function httpPorts({ ports }: KubernetesService): readonly number[] {
  return ports.filter(isHttpPort).map(({ port }) => port);
}

function isHttpPort({ name, appProtocol, protocol }: ServicePort): boolean {
  if (protocol !== 'TCP') return false;
  const [prefix = ''] = (appProtocol ?? name ?? '').toLowerCase().split('-');
  return !/^(tcp|tls|https|mongo|mysql|redis|udp)$/.test(prefix);
}

interface HostParts {
  readonly host: string;
  readonly target: ServiceRef | undefined;
  readonly port: number | undefined;
  readonly client: MeshScope['clients'];
  readonly claim: Claim;
}

function buildHost({ host, target, port, client, claim }: HostParts, context: BuildContext): readonly VirtualHost[] {
  const { draft, hostIndex, written } = claim;
  const from = client.kind === 'all' ? '' : `@${client.namespace}`;
  const called = target === undefined ? host : `${target.namespace}/${target.service}`;
  const id = `mesh:${called}:${port ?? '*'}${from}`;
  const proxy: IstioProxy = {
    gateway: 'mesh',
    port,
    protocol: 'HTTP',
    namespace: client.kind === 'all' ? undefined : client.namespace,
    namespaceKnown: true,
    labels: { kind: 'unknown' },
    hosts: target === undefined ? [host] : serviceAliases(target, context.clusterDomain),
  };
  const { backends, report, reachability } = context;
  const routes = context.routesOf(draft);
  const lists = toRules(draft, routes, hostIndex, { proxy, hostId: id, backends, report }, reachability);
  const rules = [...lists.rules, ...lists.catchAlls];
  // Without a single route Istio leaves the host to the Service itself; with routes that no request meets, all get 404.
  if (rules.length === 0 && !lists.hasRoutes) return [];
  const scope: MeshScope = {
    kind: 'mesh',
    ...(target === undefined ? {} : { target }),
    ...(port === undefined ? {} : { port }),
    clients: client,
  };
  return [
    {
      id,
      scope,
      host: { kind: 'exact', name: host },
      order: { kind: 'first-match' },
      rules,
      otherwise: notFound(written.origin),
      origin: written.origin,
    },
  ];
}
