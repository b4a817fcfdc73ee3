import { printHost } from '../emitter.ts';
import { settingsNameOf } from '../host-settings.ts';
import { groupBy } from '../manifest.ts';
import { type LatticeContext, settingsPlace } from './context.ts';
import type { ServicePlan } from './plan-services.ts';
import { settingsOfLatticeDiagnostics as d } from './settings-diagnostics.ts';

/** Certificates of the settings that no HTTPS listener shows. */
export function checkCertificates(plans: readonly ServicePlan[], context: LatticeContext): void {
  const named = groupBy(plans, ({ host }) => settingsNameOf(host, 'certificateArn', context.options));
  for (const [name, served] of named) {
    const listeners = served.flatMap((plan) => plan.listeners);
    if (name === undefined || listeners.some(({ protocol }) => protocol === 'HTTPS')) continue;
    if (isSecureInSource(name, context)) continue;
    const ports = [...new Set(listeners.map(({ port }) => port))].sort((a, b) => a - b);
    const args = {
      of: name,
      setting: 'certificateArn',
      why: `the input serves it over HTTP only, on port ${ports.join(', ')}`,
      instead: 'add the source of its HTTPS listener to the input',
    };
    const place = settingsPlace(context, 'hosts', name, 'certificateArn');
    const ids = served.flatMap((plan) => plan.ids);
    // Nothing that the input does changes by it.
    context.findings.add(d['setting-without-effect'], args, place, ids, { severity: 'warning' });
  }
}

/** A host that is withheld is in no plan, and may be the one that shows the certificate. */
function isSecureInSource(name: string, { model, options }: LatticeContext): boolean {
  const names = new Set([name, ...(options.hosts[name]?.expand ?? [])].map((one) => one.toLowerCase()));
  return model.virtualHosts.some(
    ({ host, scope }) => scope.kind === 'gateway' && scope.protocol === 'HTTPS' && names.has(printHost(host)),
  );
}
