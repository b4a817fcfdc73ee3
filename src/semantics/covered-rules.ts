import { defineDiagnostics, type Report } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../diagnostics/origin.ts';
import type { RoutingModel, Rule, VirtualHost } from '../ir/model.ts';
import { sameAction } from './action-key.ts';
import { describeAction } from './describe-action.ts';
import type { CoveredRule } from './find-covers.ts';
import { PlaceSet } from './place-set.ts';
import { findReachCandidates } from './reach-candidates.ts';
import { toWitness } from './witness.ts';

export const coverDiagnostics = defineDiagnostics('routing', {
  'rule-covered': {
    severity: 'info',
    summary: 'Several rules together take every request of another one, which none of them does alone.',
    message: ({ count }: { count: number }) =>
      `no request reaches this rule: ${count === 1 ? 'another one takes' : `${count} others together take`} all of them`,
    effect: () => 'The rule decides nothing.',
    help: () => 'Remove it, or move it up.',
    accept: 'as-said',
  },
});

/**
 * Finds rules that no request reaches on any host, though no single rule hides them at a glance.
 *
 * @param known rules of which a finding says already that nothing reaches them
 */
export async function checkCoveredRules(
  { virtualHosts }: RoutingModel,
  known: readonly Origin[],
  report: Report,
): Promise<void> {
  const reported = new PlaceSet();
  for (const origin of known) reported.add(origin);
  const open: { readonly host: VirtualHost; readonly candidates: readonly Rule[] }[] = [];
  for (const host of virtualHosts) {
    const found = hasOpenRank(host) ? [] : findReachCandidates(host);
    const candidates = found.length === 0 ? found : found.filter(({ origin }) => !reported.has(origin));
    if (candidates.length > 0) open.push({ host, candidates });
  }
  if (open.length === 0) return;
  const inDoubt = new Set(open.flatMap(({ candidates }) => candidates));
  const alive = new Set<Origin>();
  for (const { rules } of virtualHosts) for (const rule of rules) if (!inDoubt.has(rule)) alive.add(rule.origin);
  // The comparison is loaded where a list needs a proof.
  const { findCovers } = await import('./find-covers.ts');
  const dead = new Map<Origin, { readonly host: VirtualHost; readonly cover: CoveredRule }>();
  for (const { host, candidates } of open) {
    const covers = new Map(findCovers(host, candidates).map((cover) => [cover.rule, cover]));
    for (const rule of candidates) {
      const cover = covers.get(rule);
      if (cover === undefined) alive.add(rule.origin);
      else if (!dead.has(rule.origin)) dead.set(rule.origin, { host, cover });
    }
  }
  if (dead.size === 0) return;
  // A rule that lives on another host has an origin of its own there.
  for (const origin of alive) reported.add(origin);
  for (const [origin, { host, cover }] of dead) {
    if (reported.has(origin)) continue;
    reported.add(origin);
    reportCover(origin, host, cover, report);
  }
}

/** How patterns rank is open, and so is what they hide. */
function hasOpenRank({ order, rules }: VirtualHost): boolean {
  return order.kind === 'gateway-api' && rules.some(({ matches }) => matches.some(({ path }) => path.kind === 'regex'));
}

function reportCover(
  origin: Origin,
  host: VirtualHost,
  { rule, by, request, taker }: CoveredRule,
  report: Report,
): void {
  // A rule that repeats what another one does is no loss.
  if (by.every((one) => sameAction(one.action, rule.action))) return;
  const after = `${describeAction(rule.action)}, if this rule stood first`;
  report(
    coverDiagnostics['rule-covered']({ count: by.length }, origin, {
      witness: toWitness(host, request, describeAction(taker.action), after),
      related: by.map((one) => ({ message: 'takes a part of its requests', origin: one.origin })),
      affects: { kind: 'none' },
    }),
  );
}
