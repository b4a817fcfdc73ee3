import type { Report } from '../../diagnostics/diagnostic.ts';
import { istioDiagnostics as d } from './diagnostics.ts';
import { isSubset } from './gateway-pods.ts';
import type { BuiltGateway } from './listeners.ts';

/**
 * Reports Gateways whose selectors differ and yet select the same pods, for sure: the labels of one contain those of
 * the other. On a port that both open, Istio merges their routes.
 */
export function reportOverlaps(gateways: readonly BuiltGateway[], report: Report): void {
  const first = new Map<string, BuiltGateway>();
  for (const built of gateways) {
    const { workload } = built.gateway;
    if (first.has(workload)) continue;
    for (const [other, earlier] of first) {
      if (!sharesPods(earlier, built) || !sharesPort(earlier, built)) continue;
      const related = [{ message: 'the other Gateway', origin: earlier.draft.source.origin }];
      const args = { gateway: built.draft.id, workload: other };
      const origin = built.draft.source.origin.at('spec', 'selector');
      report(d['selectors-overlap'](args, origin, { affects: { kind: 'none' }, related }));
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
