import { closest } from '../../diagnostics/did-you-mean.ts';
import { printHost } from '../emitter.ts';
import { settingsNameOf } from '../host-settings.ts';
import type { LegalHost } from '../legal-host.ts';
import { compareText } from '../manifest.ts';
import { type LatticeContext, settingsPlace } from './context.ts';
import { settingsOfLatticeDiagnostics as d } from './settings-diagnostics.ts';

/** Hosts of the settings that are no host of the input and nearly one: what they say would go unheard. */
export function checkHostSettings(legal: readonly LegalHost[], context: LatticeContext): void {
  const { model, options, findings } = context;
  const hosts = [...model.virtualHosts, ...legal.map(({ host }) => host)];
  const known = new Set(hosts.map((host) => settingsNameOf(host, options)));
  const bare = hosts.filter((host) => settingsNameOf(host, options) === undefined).map(({ host }) => printHost(host));
  const candidates = [...new Set(bare)].sort(compareText);
  for (const host of Object.keys(options.hosts).filter((name) => !known.has(name))) {
    const meant = closest(host, candidates);
    if (meant !== undefined)
      findings.add(d['settings-host-unknown'], { host, meant }, settingsPlace(context, 'hosts', host), []);
  }
}
