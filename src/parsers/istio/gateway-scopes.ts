import type { Origin } from '../../diagnostics/origin.ts';
import { NO_HEADER_OPS, type Respond } from '../../ir/actions.ts';
import type { GatewayScope, Rule, VirtualHost } from '../../ir/model.ts';
import { sortByAge } from './age.ts';
import { bindServices } from './bind-services.ts';
import type { BuildContext } from './build-context.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import type { Placed, RouteDraft, VirtualServiceDraft } from './draft.ts';
import { compareSpecificity, completeHost, hostCovers, intersectHosts, toHostPattern } from './hosts.ts';
import type { IstioProxy } from './istio-proxy.ts';
import type { BuiltGateway, ServedHost } from './listeners.ts';
import { listenersAround, listUsed } from './listeners-around.ts';
import { toHttpsRedirectRule, toRules } from './rules.ts';
import { exportRank } from './virtual-service.ts';

/** A VirtualService on a virtual host. */
interface Entry {
  readonly draft: VirtualServiceDraft;
  readonly host: Placed<string>;
  readonly hostIndex: number;
  readonly gateway: BuiltGateway;
  readonly server: ServedHost['server'];
}

/** A virtual host while it is collected. */
interface Collected {
  readonly entries: Entry[];
  readonly served: ServedHost[];
}

/** Nothing of the host takes a request: Envoy answers 404. */
export function notFound(origin: Origin): Respond {
  return { kind: 'respond', status: 404, responseHeaders: NO_HEADER_OPS, origin };
}

/** The virtual hosts of all gateways: for each set of proxies and port, each host that a VirtualService serves. */
export function buildGatewayHosts(
  gateways: readonly BuiltGateway[],
  services: readonly VirtualServiceDraft[],
  context: BuildContext,
): readonly VirtualHost[] {
  const bound = bindServices(gateways, services, context);
  const hosts: VirtualHost[] = [];
  const behind = new Map<ServedHost['server'], string[]>();
  const note = (server: ServedHost['server'], id: string) => {
    const known = behind.get(server);
    if (known === undefined) behind.set(server, [id]);
    else known.push(id);
  };
  for (const scope of groupScopes(gateways)) {
    const collected = collectHosts(scope, bound, context);
    const listeners = listUsed(collected);
    const beside = [...collected.keys()];
    for (const [host, parts] of collected) {
      const around = listenersAround(host, parts.served, listeners);
      const built = buildHost({ host, parts, around, beside, scope, context });
      if (built === undefined) continue;
      hosts.push(built);
      for (const { server } of parts.served) if (server.tls?.value.asksClients !== undefined) note(server, built.id);
    }
  }
  reportClientCertificates(gateways, behind, context);
  return hosts;
}

/** A server that asks clients for a certificate guards its own hosts, and not those of other servers of its Gateway. */
function reportClientCertificates(
  gateways: readonly BuiltGateway[],
  behind: ReadonlyMap<ServedHost['server'], readonly string[]>,
  { report }: BuildContext,
): void {
  for (const server of gateways.flatMap(({ draft }) => draft.servers)) {
    const { mode = '', asksClients } = server.tls?.value ?? {};
    if (asksClients === undefined) continue;
    const ids = [...new Set(behind.get(server))];
    const affects = ids.length === 0 ? ({ kind: 'none' } as const) : ({ kind: 'hosts', ids } as const);
    report(d['client-certificates-lost']({ mode }, asksClients, { affects }));
  }
}

/** Private ones first, then those exported to the namespace by name, then the public ones; ties stay by age. */
function rankOf({ exportTo, namespace: owner }: VirtualServiceDraft, namespace: string): number {
  return exportRank(exportTo, owner, namespace) ?? 2;
}

interface Scope {
  readonly workload: string;
  readonly port: number;
  readonly served: readonly (ServedHost & { readonly built: BuiltGateway })[];
}

/** Gateways with one selector share the listeners of a port. */
function groupScopes(gateways: readonly BuiltGateway[]): readonly Scope[] {
  const scopes = new Map<string, { workload: string; port: number; served: Scope['served'][number][] }>();
  for (const built of gateways) {
    for (const one of built.served) {
      const { workload, server } = one;
      const key = `${workload}:${server.port}`;
      const scope = scopes.get(key) ?? { workload, port: server.port, served: [] };
      scope.served.push({ ...one, built });
      scopes.set(key, scope);
    }
  }
  return [...scopes.values()];
}

function collectHosts(
  { served }: Scope,
  bound: ReadonlyMap<string, readonly VirtualServiceDraft[]>,
  { clusterDomain, indexes, routesOf }: BuildContext,
): ReadonlyMap<string, Collected> {
  const hosts = new Map<string, Collected>();
  const open = (host: string, one: ServedHost): Collected => {
    const collected = hosts.get(host) ?? { entries: [], served: [one] };
    hosts.set(host, collected);
    if (!collected.served.some(({ listener }) => listener === one.listener)) collected.served.push(one);
    return collected;
  };
  for (const one of served) {
    const { gateway, server, host: serverHost, built } = one;
    for (const draft of bound.get(gateway.id) ?? []) {
      if (serverHost.namespace !== undefined && serverHost.namespace !== draft.namespace) continue;
      for (const [position, host] of draft.hosts.entries()) {
        const shared = intersectHosts(serverHost.host, completeHost(host.value, draft.namespace, clusterDomain));
        if (shared === undefined) continue;
        const { entries } = open(shared, one);
        if (entries.some((entry) => entry.draft === draft && isSameList(routesOf(draft), entry.gateway, built)))
          continue;
        entries.push({ draft, host, hostIndex: indexes.of(draft, shared, position), gateway: built, server });
      }
    }
    // A server that redirects to https does so for its own hosts even where nothing is routed.
    if (server.tls?.value.httpsRedirect !== undefined) open(serverHost.host, one);
  }
  return hosts;
}

/** Whether two Gateways give a VirtualService the same rules: no match of it names Gateways. */
function isSameList(routes: readonly RouteDraft[], left: BuiltGateway, right: BuiltGateway): boolean {
  return left === right || routes.every(({ matches }) => matches.every(({ gateways }) => gateways === undefined));
}

interface HostParts {
  readonly host: string;
  readonly parts: Collected;
  readonly around: readonly ServedHost[];
  /** All hosts of the port. */
  readonly beside: readonly string[];
  readonly scope: Scope;
  readonly context: BuildContext;
}

function buildHost(all: HostParts): VirtualHost | undefined {
  const { host, around, beside, context } = all;
  const { entries, served } = all.parts;
  const { workload, port } = all.scope;
  const [first] = served;
  if (first === undefined) return undefined;
  const { protocol } = first.listener;
  const id = `${workload}:${port}/${host}`;
  const scope: GatewayScope = {
    kind: 'gateway',
    workload,
    port,
    protocol,
    listeners: [...served, ...around].map(({ gateway, listener }) => ({
      gateway: gateway.id,
      listener: listener.name,
    })),
  };
  const redirect = served.find(({ server }) => server.tls?.value.httpsRedirect !== undefined);
  const ordered = inOrder(entries);
  const { rules, hasRoutes } =
    redirect === undefined
      ? entryRules({ host, id, port, protocol, beside }, ordered, context)
      : { rules: [redirectRule(redirect, ordered[0])], hasRoutes: true };
  const origin = ordered[0]?.host.origin ?? first.host.origin;
  // Routes that no request meets still take the requests of the host away from a wider one.
  if (rules.length === 0 && !(hasRoutes && beside.some((wide) => wide !== host && hostCovers(wide, host)))) {
    return undefined;
  }
  const pattern = toHostPattern(host);
  return { id, scope, host: pattern, order: { kind: 'first-match' }, rules, otherwise: notFound(origin), origin };
}

/**
 * Istio's order of the objects on one host: server by server, private ones first, then by age. Only the ages of these
 * objects count: one without a creation time elsewhere in the input changes nothing here.
 */
function inOrder(entries: readonly Entry[]): readonly Entry[] {
  if (entries.length < 2) return entries;
  const servers = [...new Set(entries.map(({ server }) => server))];
  return servers.flatMap((server) => {
    const own = entries.filter((entry) => entry.server === server);
    const aged = sortByAge(
      own.map((entry) => ({ entry, source: entry.draft.source, namespace: entry.draft.namespace })),
    );
    const namespace = own[0]?.gateway.pods.namespace ?? '';
    return aged.map(({ entry }) => entry).sort((a, b) => rankOf(a.draft, namespace) - rankOf(b.draft, namespace));
  });
}

function redirectRule({ server, gateway }: ServedHost, entry: Entry | undefined): Rule {
  const origin = server.tls?.value.httpsRedirect ?? server.origin;
  return toHttpsRedirectRule(entry?.draft.source ?? gateway.source, entry?.hostIndex ?? 0, origin);
}

/** The rules of all entries, those that take every request last, as Istio orders them. */
function entryRules(
  {
    host,
    id,
    port,
    protocol,
    beside,
  }: Pick<HostParts, 'host' | 'beside'> & Pick<VirtualHost, 'id'> & Pick<GatewayScope, 'port' | 'protocol'>,
  entries: readonly Entry[],
  context: BuildContext,
): { readonly rules: readonly Rule[]; readonly hasRoutes: boolean } {
  const isWildcard = host.startsWith('*');
  /** The host that Istio chooses for a name. */
  const chosen = (name: string) => beside.filter((one) => hostCovers(one, name)).sort(compareSpecificity)[0];
  const lists = entries.map(({ draft, hostIndex, gateway: { draft: gateway, pods } }) => {
    const proxy: IstioProxy = {
      gateway: gateway.id,
      port,
      protocol,
      namespace: pods.namespace,
      namespaceKnown: pods.namespaceKnown,
      labels: pods.labels,
      hosts: isWildcard ? undefined : [host],
      mayServe: isWildcard ? (name) => chosen(name) === host : undefined,
    };
    const { backends, report, reachability } = context;
    const actionContext = { proxy, hostId: id, backends, report };
    return toRules(draft, context.routesOf(draft), hostIndex, actionContext, reachability);
  });
  return {
    rules: [...lists.flatMap(({ rules }) => rules), ...lists.flatMap(({ catchAlls }) => catchAlls)],
    hasRoutes: lists.some((list) => list.hasRoutes),
  };
}
