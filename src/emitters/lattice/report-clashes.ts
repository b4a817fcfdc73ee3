import type { RoutingModel } from '../../ir/model.ts';
import type { CollectOnce } from '../collect-once.ts';
import { printHost } from '../emitter.ts';
import { describeScope, otherPlace, proxiesOf, rulesKey } from '../lattice-hosts.ts';
import type { LegalHost } from '../legal-host.ts';
import { latticeHostDiagnostics as d } from '../legalize-diagnostics.ts';
import { serviceKeyOf } from './service-key.ts';

/**
 * One name is one service, and a port of it one listener with one list of rules: other proxies, or clients of one
 * namespace, may not have other rules there. Unlike in a route, each port may have rules of its own.
 */
export function reportClashes(hosts: readonly LegalHost[], { gateways }: RoutingModel, once: CollectOnce): void {
  const seen = new Map<string, LegalHost[]>();
  for (const legal of hosts) {
    if (legal.host.host.kind === 'any') continue;
    const key = serviceKeyOf(legal.host);
    const others = seen.get(key) ?? [];
    const other = others.find((one) => isClash(one, legal));
    seen.set(key, [...others, legal]);
    if (other === undefined) continue;
    const [first, second] = [other, legal].map((one) => describeScope(one.host, gateways));
    const sameRules = rulesKey(other) === rulesKey(legal);
    const args = { host: printHost(legal.host.host), first: first ?? '', second: second ?? '', sameRules };
    const related = otherPlace(other.host, legal.host);
    const finding = d['host-in-two-scopes'](args, legal.host.origin, { related });
    once.add({ ...finding, affects: { kind: 'hosts', ids: [other.host.id, legal.host.id] } });
  }
}

function isClash(one: LegalHost, other: LegalHost): boolean {
  const [left, right] = [one.host.scope, other.host.scope];
  if (left.port !== undefined && right.port !== undefined && left.port !== right.port) return false;
  // Clients of the mesh may share the listener of a gateway that answers them in the same way.
  const isShared =
    left.kind === right.kind ? proxiesOf(one) === proxiesOf(other) : speaksHttp(left) && speaksHttp(right);
  return !isShared || rulesKey(one) !== rulesKey(other);
}

function speaksHttp(scope: LegalHost['host']['scope']): boolean {
  return scope.kind === 'mesh' || scope.protocol === 'HTTP';
}
