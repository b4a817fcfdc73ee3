import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Gateway, RoutingModel, VirtualHost } from '../../ir/model.ts';
import { type HostPair, SERVES } from '../../semantics/equivalence/pair-hosts.ts';
import { splitApiVersion } from '../split-api-version.ts';
import { compareDiagnostics } from './diagnostics.ts';

type Side = Pick<RoutingModel, 'gateways'>;

interface Move {
  readonly from: Gateway;
  readonly to: Gateway;
  readonly hosts: Set<string>;
}

/**
 * Hosts that other proxies serve than before, where both sides come from one kind of source: a finding for each two
 * gateways. What our own output says it stands for has not moved.
 */
export function findMovedGateways(pairs: readonly HostPair[], left: Side, right: Side): readonly Diagnostic[] {
  const moves = new Map<string, Move>();
  for (const pair of pairs) {
    if (pair.left === undefined || pair.right === undefined) continue;
    const [olds, news] = [gatewaysOf(pair.left, left), gatewaysOf(pair.right, right)];
    const to = news.find((one) => !olds.some((old) => standsFor(one, old)));
    const from = olds.find((one) => !news.some((other) => standsFor(other, one)));
    if (from === undefined || to === undefined || kindOf(from) !== kindOf(to)) continue;
    const key = JSON.stringify([from.id, to.id]);
    const move = moves.get(key) ?? { from, to, hosts: new Set() };
    moves.set(key, move);
    move.hosts.add(pair.host);
  }
  return [...moves.values()].map(({ from, to, hosts }) => {
    const args = { hosts: [...hosts].sort(), from: nameOf(from), to: nameOf(to) };
    const related = [{ message: 'the gateway before', origin: from.origin }];
    return compareDiagnostics['gateway-moved'](args, to.origin, { related });
  });
}

function gatewaysOf({ scope }: VirtualHost, { gateways }: Side): readonly Gateway[] {
  if (scope.kind !== 'gateway') return [];
  const ids = new Set(scope.listeners.map(({ gateway }) => gateway));
  return gateways.filter(({ id }) => ids.has(id));
}

/** Whether clients find one gateway where they found the other: the same proxies, or what is written for them. */
function standsFor(to: Gateway, from: Gateway): boolean {
  if (to.source.annotations[SERVES] === from.workload) return true;
  return to.workload === from.workload && to.className === from.className;
}

function kindOf({ source: { apiVersion, kind } }: Gateway): string {
  return `${splitApiVersion(apiVersion).group}/${kind}`;
}

function nameOf({ workload, className, name }: Gateway): string {
  return workload.includes('=') ? `the pods with ${workload}` : `${name} of class ${className}`;
}
