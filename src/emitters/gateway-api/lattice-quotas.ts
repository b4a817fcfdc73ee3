import { type LimitUse, printHost } from '../emitter.ts';
import { latticeDiagnostics } from '../lattice-diagnostics.ts';
import { QUOTAS, type QuotaName, quotaOf } from '../lattice-limits.ts';
import type { EmitContext } from './emit-context.ts';
import type { LatticeParent, LatticeRoute } from './plan-lattice-routes.ts';

/** Counts what the routes use of each limit. Adjustable quotas are warnings. */
export function checkLatticeQuotas(
  routes: readonly LatticeRoute[],
  parents: ReadonlyMap<LatticeRoute, readonly LatticeParent[]>,
  { options, findings }: EmitContext,
): readonly LimitUse[] {
  let targetGroups = 0;
  const check = (name: QuotaName, used: number, subject: string, route: LatticeRoute | undefined) => {
    const limit = quotaOf(name, options);
    if (used <= limit) return;
    const { code, quota } = QUOTAS[name];
    const ids = route?.hosts.map(({ host }) => host.id) ?? [];
    findings.add(
      latticeDiagnostics['over-quota'],
      { subject, used, limit, quota, name, code },
      route?.first.host.origin,
      ids,
    );
  };
  const uses = routes.flatMap((route): readonly LimitUse[] => {
    const served = route.first.host.host;
    const host = served.kind === 'any' ? route.name : printHost(served);
    const used = {
      rulesPerListener: route.rules.length,
      targetGroupsPerService: route.targets.size,
      listenersPerService: new Set((parents.get(route) ?? []).map(({ port, protocol }) => `${protocol} ${port}`)).size,
    };
    targetGroups += route.targets.size;
    check('rulesPerListener', used.rulesPerListener, `host ${host}`, route);
    check('targetGroupsPerService', used.targetGroupsPerService, `host ${host}`, route);
    check('listenersPerService', used.listenersPerService, `host ${host}`, route);
    return (Object.keys(used) as (keyof typeof used)[]).map((limit) => ({
      host,
      limit,
      used: used[limit],
      of: quotaOf(limit, options),
    }));
  });
  check('targetGroupsPerRegion', targetGroups, 'the output', undefined);
  check('servicesPerRegion', routes.length, 'the output', undefined);
  check('serviceAssociationsPerNetwork', routes.length, 'the output', undefined);
  return uses;
}
