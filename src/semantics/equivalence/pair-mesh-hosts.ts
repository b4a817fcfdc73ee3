import type { MeshScope, VirtualHost } from '../../ir/model.ts';
import type { HostPair } from './pair-hosts.ts';

type MeshHost = VirtualHost & { readonly scope: MeshScope };

/** The ports of a Service, where the input has it. */
export type PortsOf = (target: NonNullable<MeshScope['target']>) => readonly number[] | undefined;

/**
 * Pairs what serves the calls of mesh clients: by Service, then for each namespace of clients and each port that either
 * side tells apart. A route for one namespace goes before one for all, one for a port before one for every port.
 */
export function pairMeshHosts(
  left: readonly VirtualHost[],
  right: readonly VirtualHost[],
  portsOf: PortsOf,
): readonly HostPair[] {
  const [ofLeft, ofRight] = [left.filter(isMesh), right.filter(isMesh)];
  const targets = new Map<string, MeshHost>();
  for (const host of [...ofLeft, ...ofRight]) if (!targets.has(targetOf(host))) targets.set(targetOf(host), host);
  const [leftBy, rightBy] = [groupByTarget(ofLeft), groupByTarget(ofRight)];
  return [...targets].flatMap(([target, first]) =>
    pairTarget(first, leftBy.get(target) ?? [], rightBy.get(target) ?? [], portsOf),
  );
}

function pairTarget(
  first: MeshHost,
  left: readonly MeshHost[],
  right: readonly MeshHost[],
  portsOf: PortsOf,
): readonly HostPair[] {
  const all = [...left, ...right];
  const namespaces = all.flatMap(({ scope: { clients } }) => (clients.kind === 'namespace' ? [clients.namespace] : []));
  const name = first.host.kind === 'exact' ? first.host.name : targetOf(first);
  const pairs: HostPair[] = [];
  for (const namespace of new Set([undefined, ...namespaces])) {
    for (const port of portsToCompare(first, { left, right }, portsOf)) {
      const [one, other] = [select(left, namespace, port), select(right, namespace, port)];
      if (one === undefined && other === undefined) continue;
      const host = namespace === undefined ? name : `${name} (from ${namespace})`;
      const clients = namespace === undefined ? {} : { clients: namespace };
      pairs.push({ host, port, name, left: one, right: other, ...clients });
    }
  }
  return pairs;
}

/**
 * Where a host names a port, or a side leaves the Service to itself, all ports of the Service; `undefined` stands for
 * those that nobody names.
 */
function portsToCompare(
  { scope: { target } }: MeshHost,
  { left, right }: { readonly left: readonly MeshHost[]; readonly right: readonly MeshHost[] },
  portsOf: PortsOf,
): ReadonlySet<number | undefined> {
  const named = [...left, ...right].flatMap(({ scope }) => scope.port ?? []);
  if (named.length === 0 && left.length > 0 && right.length > 0) return new Set([undefined]);
  const known = target === undefined ? undefined : portsOf(target);
  return known === undefined ? new Set([undefined, ...named]) : new Set([...named, ...known]);
}

function select(
  hosts: readonly MeshHost[],
  namespace: string | undefined,
  port: number | undefined,
): VirtualHost | undefined {
  const rank = ({ scope }: MeshHost): number => {
    const { clients } = scope;
    if (scope.port !== undefined && scope.port !== port) return -1;
    if (clients.kind === 'namespace' && clients.namespace !== namespace) return -1;
    return (clients.kind === 'namespace' ? 2 : 0) + (scope.port === undefined ? 0 : 1);
  };
  let best: MeshHost | undefined;
  for (const host of hosts) if (rank(host) >= 0 && (best === undefined || rank(host) > rank(best))) best = host;
  return best;
}

function isMesh(host: VirtualHost): host is MeshHost {
  return host.scope.kind === 'mesh';
}

/** The Service, or the name of a host that is none. */
function targetOf({ scope, host }: MeshHost): string {
  if (scope.target !== undefined) return `${scope.target.namespace}/${scope.target.service}`;
  return host.kind === 'exact' ? host.name : host.kind === 'suffix' ? `*.${host.suffix}` : '*';
}

function groupByTarget(hosts: readonly MeshHost[]): ReadonlyMap<string, readonly MeshHost[]> {
  const groups = new Map<string, MeshHost[]>();
  for (const host of hosts) {
    const known = groups.get(targetOf(host));
    if (known === undefined) groups.set(targetOf(host), [host]);
    else known.push(host);
  }
  return groups;
}
