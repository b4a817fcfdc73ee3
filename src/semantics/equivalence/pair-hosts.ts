import type { Gateway, GatewayScope, RoutingModel, VirtualHost } from '../../ir/model.ts';
import { freshName, HostIndex } from './host-index.ts';
import { type PortsOf, pairMeshHosts } from './pair-mesh-hosts.ts';

/** Which virtual hosts answer the same requests on two sides; undefined where nothing there serves them. */
export interface HostPair {
  /** The host as people write it: `shop.example.com`, `*.example.com`, `reviews.shop`. */
  readonly host: string;
  readonly port: number | undefined;
  /** A name that stands for all that the pair is about. */
  readonly name: string;
  /** The namespace of the mesh clients whose requests the pair is about; absent = of all that no other pair names. */
  readonly clients?: string;
  readonly left: VirtualHost | undefined;
  readonly right: VirtualHost | undefined;
  /** What clients must call instead, where the name or the port is another one. */
  readonly clientChange?: { readonly before: string; readonly after: string };
}

/** A host of the left side that stands under another name or port on the right. */
export interface HostMapping {
  readonly before: { readonly host: string; readonly port?: number };
  readonly after: { readonly host: string; readonly port?: number };
}

/** What is known beside the two models. */
export interface PairOptions {
  readonly mappings?: readonly HostMapping[];
  /** Wildcards of the left side, as printed, that stand for the names that the right side lists and for no others. */
  readonly expanded?: ReadonlySet<string>;
}

type Hosts = Pick<RoutingModel, 'gateways' | 'virtualHosts' | 'facts'>;

/** What latticectl writes on what it emits: the workload of a Gateway, the ids of the virtual hosts of a route. */
export const SERVES = 'latticectl/serves';

/**
 * Pairs the virtual hosts of two models. Gateways pair by workload, or by what our own output says it serves, else by
 * port; then each host name is looked up on both sides. Routes that say which hosts they serve pair by that alone.
 */
export function pairHosts(left: Hosts, right: Hosts, options: PairOptions = {}): readonly HostPair[] {
  const pairs: HostPair[] = [];
  const marked = pairMarked(left, right, pairs);
  const rest = (hosts: readonly VirtualHost[]) => hosts.filter((host) => !marked.has(host));
  const [ofLeft, ofRight] = [rest(left.virtualHosts), rest(right.virtualHosts)];
  pairGateways(scopesOf(ofLeft, left.gateways), scopesOf(ofRight, right.gateways), options, pairs);
  const portsOf: PortsOf = ({ namespace, service }) =>
    [left, right]
      .map(({ facts }) => facts.services.get(`${namespace}/${service}`))
      .find((one) => one !== undefined)
      ?.ports.map(({ port }) => port);
  pairs.push(...pairMeshHosts(ofLeft, ofRight, portsOf));
  return pairs;
}

/** Routes that name the hosts they serve, and routes of Lattice without a host name, which have ids of their own. */
function pairMarked(left: Hosts, right: Hosts, pairs: HostPair[]): ReadonlySet<VirtualHost> {
  const marked = new Set<VirtualHost>();
  const byId = new Map(left.virtualHosts.map((host) => [host.id, host]));
  for (const host of right.virtualHosts) {
    const ids = marksOf(host) ?? (isNameless(host, right.gateways) ? [host.id] : []);
    for (const id of ids) {
      const before = byId.get(id);
      if (before === undefined || !samePort(before, host)) continue;
      marked.add(host).add(before);
      const [from, to] = [printPattern(before), nameOf(host)];
      const change = from === to ? {} : { clientChange: { before: withPort(from, before), after: withPort(to, host) } };
      pairs.push({ host: from, port: host.scope.port, name: sampleName(before), left: before, right: host, ...change });
    }
  }
  // Under its generated domain it answers for no other name, on either side.
  for (const side of ['left', 'right'] as const) {
    const { virtualHosts, gateways } = side === 'left' ? left : right;
    for (const host of virtualHosts) {
      if (marked.has(host) || !isNameless(host, gateways)) continue;
      marked.add(host);
      const pair = { host: nameOf(host), port: host.scope.port, name: sampleName(host) };
      pairs.push({ ...pair, left: undefined, right: undefined, [side]: host });
    }
  }
  return marked;
}

function marksOf({ rules }: VirtualHost): readonly string[] | undefined {
  const mark = rules.find(({ source }) => source.annotations[SERVES] !== undefined)?.source.annotations[SERVES];
  return mark?.split(' ').filter((id) => id !== '');
}

/** A port that one side leaves open is the other's. */
function samePort(a: VirtualHost, b: VirtualHost): boolean {
  return a.scope.port === undefined || b.scope.port === undefined || a.scope.port === b.scope.port;
}

/** A route of Lattice without a host name is reached by a domain that Lattice generates. */
function isNameless({ host, scope, id }: VirtualHost, gateways: readonly Gateway[]): boolean {
  return (
    host.kind === 'any' &&
    scope.kind === 'gateway' &&
    id.includes('@') &&
    scope.listeners.every(({ gateway }) => gateways.some((one) => one.id === gateway))
  );
}

interface Scope {
  readonly workload: string;
  readonly port: number;
  /** The workload that it stands for by what our own output says. */
  readonly serves: ReadonlySet<string>;
  /** A Gateway that is not in the input: what its listeners speak is a guess. */
  readonly isGuessed: boolean;
  readonly index: HostIndex;
}

function scopesOf(hosts: readonly VirtualHost[], gateways: readonly Gateway[]): readonly Scope[] {
  const marks = new Map(gateways.map(({ id, source }) => [id, source.annotations[SERVES]]));
  const unseen = new Set(gateways.flatMap(({ workload, extra }) => (extra['implied'] === true ? [workload] : [])));
  const scopes = new Map<string, { readonly scope: GatewayScope; readonly hosts: VirtualHost[] }>();
  for (const host of hosts) {
    if (host.scope.kind !== 'gateway') continue;
    const key = `${host.scope.workload}:${host.scope.port}`;
    const known = scopes.get(key);
    if (known === undefined) scopes.set(key, { scope: host.scope, hosts: [host] });
    else known.hosts.push(host);
  }
  return [...scopes.values()].map(({ scope, hosts: own }) => {
    const listeners = own.flatMap((host) => (host.scope.kind === 'gateway' ? host.scope.listeners : []));
    const serves = new Set(listeners.flatMap(({ gateway }) => marks.get(gateway) ?? []));
    return {
      workload: scope.workload,
      port: scope.port,
      serves: serves.add(scope.workload),
      isGuessed: unseen.has(scope.workload),
      index: new HostIndex(own),
    };
  });
}

function pairGateways(left: readonly Scope[], right: readonly Scope[], options: PairOptions, pairs: HostPair[]): void {
  const claimed = new Map(left.map((scope) => [scope, right.filter((one) => isSame(scope, one))]));
  const taken = new Set([...claimed.values()].flat());
  const met = new Set<Scope>();
  for (const scope of left) {
    const own = claimed.get(scope) ?? [];
    const partners = own.length > 0 ? own : right.filter((one) => one.port === scope.port && !taken.has(one));
    for (const one of partners) met.add(one);
    // Those that stand for it by name answer for it alone; else several of a port may share what is there.
    const sharesWith = (one: Scope) =>
      own.length === 0 || claimed.get(one)?.some((other) => own.includes(other)) === true;
    const beside = left.filter((one) => one !== scope && one.port === scope.port && sharesWith(one));
    pairScope(scope, partners, beside, { ...options, right }, pairs);
  }
  for (const scope of right) if (!met.has(scope)) pairScope(undefined, [scope], [], { ...options, right }, pairs);
}

function isSame(left: Scope, right: Scope): boolean {
  return left.port === right.port && right.serves.has(left.workload);
}

interface Named {
  readonly host: string;
  readonly name: string;
}

function pairScope(
  scope: Scope | undefined,
  partners: readonly Scope[],
  beside: readonly Scope[],
  { mappings = [], expanded, right }: PairOptions & { readonly right: readonly Scope[] },
  pairs: HostPair[],
): void {
  const port = scope?.port ?? partners[0]?.port;
  const own = mappings.filter(({ before }) => before.port === undefined || before.port === port);
  const moved = new Set(mappings.map(({ after }) => after.host));
  for (const { host, name } of namesOf([...(scope === undefined ? [] : [scope]), ...partners])) {
    const left = scope?.index.select(name);
    const mapping = own.find(({ before }) => before.host === host);
    if (mapping !== undefined) {
      const { host: to, port: toPort = port } = mapping.after;
      const found = best(
        right.filter((one) => one.port === toPort),
        to,
      );
      const change = { before: `${host}:${port}`, after: `${to}:${toPort}` };
      // Every gateway that serves the new name must answer as the old one does.
      for (const other of found.length === 0 ? [undefined] : found) {
        pairs.push({ host, port, name, left, right: other, clientChange: change });
      }
      continue;
    }
    const found = best(partners, name);
    if (expanded?.has(host) === true) continue;
    if (left === undefined) {
      // What another gateway of the port serves is paired there; what a mapping names is paired under its old name.
      if (moved.has(host) || beside.some(({ index }) => index.select(name) !== undefined)) continue;
      for (const one of found) pairs.push({ host, port, name, left, right: one });
    } else if (found.length === 0) pairs.push({ host, port, name, left, right: undefined });
    else {
      for (const one of found) {
        if (speakAlike(left, one, scope?.isGuessed === true || isGuessed(one, partners))) {
          pairs.push({ host, port, name, left, right: one });
          continue;
        }
        // A client that speaks TLS is not answered by a port that does not, nor the other way round.
        pairs.push({ host, port, name, left, right: undefined }, { host, port, name, left: undefined, right: one });
      }
    }
  }
}

function isGuessed(host: VirtualHost, scopes: readonly Scope[]): boolean {
  return scopes.some((one) => one.isGuessed && one.index.hosts.includes(host));
}

function speakAlike({ scope: left }: VirtualHost, { scope: right }: VirtualHost, isGuessed: boolean): boolean {
  return isGuessed || left.kind === 'mesh' || right.kind === 'mesh' || left.protocol === right.protocol;
}

/** The hosts that serve a name by the most specific of their patterns. */
function best(scopes: readonly Scope[], name: string): readonly VirtualHost[] {
  const found = [...new Set(scopes.flatMap(({ index }) => index.select(name) ?? []))];
  const most = Math.max(...found.map(specificity));
  return found.filter((host) => specificity(host) === most);
}

function specificity({ host }: VirtualHost): number {
  return host.kind === 'any' ? 0 : host.kind === 'suffix' ? host.suffix.length : Number.MAX_SAFE_INTEGER;
}

/** One name for each set of names that no pattern of the scopes tells apart. */
function namesOf(scopes: readonly Scope[]): readonly Named[] {
  const patterns = new Map<string, VirtualHost['host']>();
  for (const { index } of scopes) for (const one of index.hosts) patterns.set(printPattern(one), one.host);
  const exact = new Set([...patterns.values()].flatMap((host) => (host.kind === 'exact' ? [host.name] : [])));
  const suffixes = [...patterns.values()].flatMap((host) => (host.kind === 'suffix' ? [host.suffix] : []));
  const names: Named[] = [];
  for (const [host, pattern] of patterns) {
    if (pattern.kind === 'exact') names.push({ host, name: pattern.name });
    else if (pattern.kind === 'any') names.push({ host, name: freshName('example', 1, (one) => exact.has(one)) });
    else {
      const longer = suffixes.filter((suffix) => suffix.endsWith(`.${pattern.suffix}`));
      const isTaken = (name: string) => exact.has(name) || longer.some((suffix) => name.endsWith(`.${suffix}`));
      for (const labels of [1, 2] as const) names.push({ host, name: freshName(pattern.suffix, labels, isTaken) });
    }
  }
  return names;
}

/** The pattern as people write it; a host of the mesh by its name. */
export function printPattern({ host }: VirtualHost): string {
  return host.kind === 'any' ? '*' : host.kind === 'exact' ? host.name : `*.${host.suffix}`;
}

function nameOf(host: VirtualHost): string {
  const [, route] = host.id.split('@');
  return host.host.kind === 'any' && route !== undefined ? `the generated domain of ${route}` : printPattern(host);
}

function withPort(name: string, { scope }: VirtualHost): string {
  return scope.port === undefined ? name : `${name}:${scope.port}`;
}

function sampleName({ host }: VirtualHost): string {
  return host.kind === 'exact' ? host.name : host.kind === 'suffix' ? `x.${host.suffix}` : 'any.example';
}
