import type { Listener, SourceObject, VirtualHost } from '../../ir/model.ts';
import { printHost } from '../emitter.ts';
import { settingsOf } from '../host-settings.ts';
import { latticeDiagnostics } from '../lattice-diagnostics.ts';
import { describeScope, otherPlace } from '../lattice-hosts.ts';
import { MAX_RULES_OF_ROUTE } from '../lattice-limits.ts';
import type { LegalHost } from '../legal-host.ts';
import { latticeHostDiagnostics } from '../legalize-diagnostics.ts';
import { getOrAdd, groupBy } from '../manifest.ts';
import { fitName, slug } from '../names.ts';
import { resolveNamespace, writtenNamespace } from '../namespaces.ts';
import { isNativeGateway } from '../native-gateway.ts';
import type { EmitContext } from './emit-context.ts';
import { hostnameOf } from './listener-parts.ts';
import { sourceKey } from './metadata.ts';
import { isGatewayApi } from './plan-gateways.ts';
import { type LatticeRules, printLatticeRules } from './print-lattice-rule.ts';

/** One HTTPRoute of the profile `lattice`: one Lattice service. */
export interface LatticeRoute {
  readonly name: string;
  /** As written; absent stays absent. */
  readonly namespace: string | undefined;
  /** What labels and annotations are taken from; absent where several objects meet. */
  readonly source: SourceObject | undefined;
  readonly first: LegalHost;
  /** The same host on several listeners. */
  readonly hosts: readonly LegalHost[];
  readonly hostnames: readonly string[];
  readonly rules: LatticeRules['rules'];
  readonly targets: LatticeRules['targets'];
  /** Of class amazon-vpc-lattice already: it stays as it is. */
  readonly isNative: boolean;
}

/** A listener that a route attaches to. */
export interface LatticeParent {
  readonly gateway: string;
  /** Of the Gateway, resolved. */
  readonly namespace: string;
  readonly section: string;
  /** Of the input. */
  readonly listener: Listener | undefined;
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS';
}

/** One route per host, with the rules of all sources; `gatewayNamespace` takes those of several objects. */
export function planLatticeRoutes(
  hosts: readonly LegalHost[],
  gatewayNamespace: string | undefined,
  context: EmitContext,
): readonly LatticeRoute[] {
  const { findings } = context;
  const drafts = new Map<string, LatticeRoute & { readonly hosts: LegalHost[] }>();
  for (const legal of hosts) {
    if (legal.rules.length === 0) continue;
    const place = placeRoute(legal, gatewayNamespace, context);
    const printed = printLatticeRules(legal, resolveNamespace(place.namespace, context.options), context);
    if (printed.rules.length > MAX_RULES_OF_ROUTE) {
      const args = { host: printHost(legal.host.host), count: printed.rules.length, limit: MAX_RULES_OF_ROUTE };
      findings.add(latticeDiagnostics['too-many-rules'], args, legal.host.origin, [legal.host.id]);
    }
    if (findings.hasFailed(legal.host.id)) continue;
    const hostname = settingsOf(legal.host, context.options).customDomain ?? ownHostname(legal.host);
    const hostnames = hostname === undefined ? [] : [hostname];
    const key = JSON.stringify([place.namespace ?? '', hostname ?? place.name, printed.rules]);
    const make = () => ({ ...place, ...printed, first: legal, hosts: [] as LegalHost[], hostnames });
    getOrAdd(drafts, key, make).hosts.push(legal);
  }
  const routes = nameApart([...drafts.values()]);
  for (const route of routes) reportMerge(route, context);
  reportSharedDomains(routes, context);
  return routes;
}

/** A custom domain belongs to one Lattice service, so only one route may have it. */
function reportSharedDomains(routes: readonly LatticeRoute[], { findings, model }: EmitContext): void {
  const scopeOf = (route: LatticeRoute) => describeScope(route.first.host, model.gateways);
  for (const same of groupBy(routes, ({ hostnames: [host = ''] }) => host).values()) {
    const [first, ...others] = same.filter(({ isNative }) => !isNative);
    const [host] = first?.hostnames ?? [];
    if (first === undefined || host === undefined) continue;
    for (const other of others) {
      const ids = [first, other].flatMap(({ hosts }) => hosts.map((one) => one.host.id));
      findings.add(
        latticeHostDiagnostics['host-in-two-scopes'],
        { host, first: scopeOf(first), second: scopeOf(other) },
        other.first.host.origin,
        ids,
        { related: otherPlace(first.first.host, other.first.host) },
      );
    }
  }
}

interface RoutePlace {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly source: SourceObject | undefined;
  readonly isNative: boolean;
}

function placeRoute(
  { host, rules }: LegalHost,
  gatewayNamespace: string | undefined,
  context: EmitContext,
): RoutePlace {
  const { options } = context;
  const { scope } = host;
  const sources = [...new Map(rules.map(({ source }) => [sourceKey(source), source])).values()];
  const [source] = sources;
  const rule = namingRule(rules);
  const isNative = scope.kind === 'gateway' && scope.listeners.every(({ gateway }) => isNativeId(gateway, context));
  const suffix = !isNative && !options.inPlace && sources.some(isGatewayApi) ? '-lattice' : '';
  if (source === undefined || rule === undefined) throw new Error('a host without rules has no route');
  const only = sources.length === 1 ? source : undefined;
  if (scope.kind === 'mesh' && scope.target !== undefined) {
    const { service, namespace } = scope.target;
    const name = fitName(`${service}${suffix}`, 253);
    return { name, namespace: writtenNamespace(namespace, source.namespace, options), source: only, isNative };
  }
  const name = fitRouteName(rule.source, rule.hostIndex === 0 ? '' : printHost(host.host), suffix);
  return { name, namespace: only === undefined ? gatewayNamespace : source.namespace, source: only, isNative };
}

/** The rule whose object names the route: of several objects one that names the host first, and of those the first by name. */
function namingRule(rules: LegalHost['rules']): LegalHost['rules'][number] | undefined {
  const keyed = rules.map((rule) => ({ rule, key: `${rule.hostIndex === 0 ? 0 : 1} ${sourceKey(rule.source)}` }));
  return keyed.reduce((first, one) => (one.key < first.key ? one : first), keyed[0] ?? { rule: undefined, key: '' })
    .rule;
}

function fitRouteName({ name }: SourceObject, host: string, suffix: string): string {
  const part = host === '' ? '' : `-${slug(host)}`;
  return part === '' ? `${name}${suffix}` : fitName(`${name}${part}${suffix}`, Math.max(63, name.length));
}

function isNativeId(id: string, { gateways, options }: EmitContext): boolean {
  const gateway = gateways.get(id);
  return gateway !== undefined && isNativeGateway(gateway, options);
}

/** A Service of the mesh answers to its generated domain, unless the settings give it a name. */
function ownHostname({ host, scope }: VirtualHost): string | undefined {
  return scope.kind === 'mesh' && scope.target !== undefined ? undefined : hostnameOf(host);
}

/** Several names that a wildcard stands for share one place in their object; all but the first append theirs. */
function nameApart(routes: readonly LatticeRoute[]): readonly LatticeRoute[] {
  const named = new Map<LatticeRoute, string>();
  for (const same of groupBy(routes, ({ namespace, name }) => `${namespace ?? ''}/${name}`).values()) {
    const [first, ...others] = same;
    for (const route of others) {
      const isSameSource = route.source !== undefined && route.source === first?.source;
      const host = route.hostnames[0];
      if (isSameSource && host !== undefined)
        named.set(route, fitRouteName({ ...route.source, name: route.name }, host, ''));
    }
  }
  return routes.map((route) => ({ ...route, name: named.get(route) ?? route.name }));
}

function reportMerge(
  { first, name, namespace, source, hosts }: LatticeRoute,
  { findings, options }: EmitContext,
): void {
  if (source !== undefined || first.host.scope.kind === 'mesh') return;
  const sources = new Map(first.rules.map((rule) => [sourceKey(rule.source), rule.source]));
  const texts = [...sources.values()].map(
    (one) => `${one.kind} ${resolveNamespace(one.namespace, options)}/${one.name}`,
  );
  const args = {
    host: printHost(first.host.host),
    sources: texts,
    route: `${resolveNamespace(namespace, options)}/${name}`,
  };
  findings.add(
    latticeDiagnostics['merged-route'],
    args,
    first.host.origin,
    hosts.map(({ host }) => host.id),
  );
}
