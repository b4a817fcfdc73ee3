import { closest } from '../../diagnostics/did-you-mean.ts';
import { printHost } from '../emitter.ts';
import { settingsNamesOf } from '../host-settings.ts';
import type { LegalHost } from '../legal-host.ts';
import { compareText } from '../manifest.ts';
import { type LatticeContext, settingsPlace } from './context.ts';
import { settingsOfLatticeDiagnostics as d } from './settings-diagnostics.ts';

/** Hosts of the settings that are no host of the input and nearly one: what they say would go unheard. */
export function checkHostSettings(legal: readonly LegalHost[], context: LatticeContext): void {
  const { model, options, findings } = context;
  const hosts = [...model.virtualHosts, ...legal.map(({ host }) => host)];
  const known = new Set(hosts.flatMap((host) => settingsNamesOf(host, options)));
  const bare = hosts.filter((host) => settingsNamesOf(host, options).length === 0);
  const candidates = [...new Set(bare.map(({ host }) => printHost(host)))].sort(compareText);
  for (const [host, { authType, authPolicy }] of Object.entries(options.hosts)) {
    const meant = known.has(host) ? undefined : closest(host, candidates);
    if (meant === undefined) continue;
    const ids = bare.filter((one) => printHost(one.host) === meant).map(({ id }) => id);
    // A policy that goes unheard lets everyone in.
    const severity = authType === undefined && authPolicy === undefined ? 'warning' : 'error';
    const place = settingsPlace(context, 'hosts', host);
    findings.add(d['settings-host-unknown'], { host, meant }, place, ids, { severity });
  }
}
