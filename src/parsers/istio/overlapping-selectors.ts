import type { Report } from '../../diagnostics/diagnostic.ts';
import type { VirtualHost } from '../../ir/model.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import { isSubset } from './gateway-pods.ts';
import type { BuiltGateway } from './listeners.ts';

/**
 * Reports Gateways whose selectors differ and yet may select the same pods: the labels of one contain those of the
 * other. On a port that both open, Istio merges their routes, so that a host of both answers by the rules of both.
 */
export function reportOverlaps(gateways: readonly BuiltGateway[], hosts: readonly VirtualHost[], report: Report): void {
  const first = new Map<string, BuiltGateway>();
  for (const built of gateways) {
    const { workload } = built.gateway;
    if (first.has(workload)) continue;
    for (const [other, earlier] of first) {
      if (!sharesPods(earlier, built) || !sharesPort(earlier, built)) continue;
      const related = [{ message: 'the other Gateway', origin: earlier.draft.source.origin }];
      const ids = sharedHosts(other, workload, hosts);
      const args = { gateway: built.draft.id, workload: other, sharesHosts: ids.length > 0 };
      const origin = built.draft.source.origin.at('spec', 'selector');
      const extras =
        ids.length === 0
          ? ({ affects: { kind: 'none' }, related } as const)
          : ({ affects: { kind: 'hosts', ids }, related, severity: 'error' } as const);
      report(d['selectors-overlap'](args, origin, extras));
    }
    first.set(workload, built);
  }
}

function sharesPods({ draft: left }: BuiltGateway, { draft: right }: BuiltGateway): boolean {
  return isSubset(left.selector, right.selector) || isSubset(right.selector, left.selector);
}

function sharesPort(left: BuiltGateway, right: BuiltGateway): boolean {
  const ports = new Set(left.draft.servers.map(({ port }) => port));
  return right.draft.servers.some(({ port }) => ports.has(port));
}

/** The ids of the virtual hosts that both sets of proxies have for one name and port, with other rules. */
function sharedHosts(left: string, right: string, hosts: readonly VirtualHost[]): readonly string[] {
  const hostsOf = (workload: string) =>
    new Map(
      hosts
        .filter(({ scope }) => scope.kind === 'gateway' && scope.workload === workload)
        .map((host) => [host.id.slice(workload.length), host]),
    );
  const [ofLeft, ofRight] = [hostsOf(left), hostsOf(right)];
  return [...ofLeft].flatMap(([key, host]) => {
    const other = ofRight.get(key);
    return other === undefined || isWrittenAlike(host, other) ? [] : [host.id, other.id];
  });
}

/** Whether the same matches of the same VirtualServices make both, so that merging adds nothing. */
function isWrittenAlike(left: VirtualHost, right: VirtualHost): boolean {
  const placesOf = ({ rules }: VirtualHost) =>
    rules.flatMap(({ origin, matches }) => [origin, ...matches.map((match) => match.origin)]);
  const [ofLeft, ofRight] = [placesOf(left), placesOf(right)];
  return ofLeft.length === ofRight.length && ofLeft.every((origin, index) => origin === ofRight[index]);
}
