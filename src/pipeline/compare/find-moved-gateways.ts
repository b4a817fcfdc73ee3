import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Gateway, RoutingModel, VirtualHost } from '../../ir/model.ts';
import { type HostPair, SERVES } from '../../semantics/equivalence/pair-hosts.ts';
import { isGeneratorOurs } from '../own-output.ts';
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
 * gateways. Our own output has not moved: that it stands for the source, and where, is said where it is written.
 */
export function findMovedGateways(pairs: readonly HostPair[], left: Side, right: Side): readonly Diagnostic[] {
  const [leftById, rightById] = [byId(left), byId(right)];
  const moves = new Map<string, Move>();
  for (const pair of pairs) {
    if (pair.left === undefined || pair.right === undefined) continue;
    const [olds, news] = [gatewaysOf(pair.left, leftById), gatewaysOf(pair.right, rightById)];
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

type GatewaysById = ReadonlyMap<string, Gateway>;

function byId({ gateways }: Side): GatewaysById {
  return new Map(gateways.map((gateway) => [gateway.id, gateway]));
}

function gatewaysOf({ scope }: VirtualHost, gateways: GatewaysById): readonly Gateway[] {
  if (scope.kind !== 'gateway') return [];
  const ids = new Set(scope.listeners.map(({ gateway }) => gateway));
  return [...ids].flatMap((id) => gateways.get(id) ?? []);
}

/**
 * Whether clients find one gateway where they found the other: the same proxies, or what is written for them. The class
 * of a gateway that only its routes name is not known.
 */
function standsFor(to: Gateway, from: Gateway): boolean {
  if (to.source.annotations[SERVES] === from.workload) return true;
  if (isGeneratorOurs(to.source.annotations) && !isGeneratorOurs(from.source.annotations)) return true;
  if (withoutListener(to.workload) !== withoutListener(from.workload)) return false;
  return to.className === from.className || to.className === '' || from.className === '';
}

/** Listeners of one gateway that only routes name may stand in gateways of their own. */
function withoutListener(workload: string): string {
  return workload.replace(/#.*/, '');
}

function kindOf({ source: { apiVersion, kind } }: Gateway): string {
  return `${splitApiVersion(apiVersion).group}/${kind}`;
}

function nameOf({ workload, className, name }: Gateway): string {
  if (workload.includes('=')) return `the pods with ${workload}`;
  return className === '' ? name : `${name} of class ${className}`;
}
