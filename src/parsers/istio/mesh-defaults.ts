import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Origin } from '../../diagnostics/origin.ts';
import type { VirtualHost } from '../../ir/model.ts';
import { istioDiagnostics as d } from './diagnostics.ts';

/** Reports once how many rules rest on what Istio does unasked. */
export function reportMeshDefaults(hosts: readonly VirtualHost[], report: Report): void {
  const rules = new Set<Origin>();
  for (const host of hosts) {
    for (const { action, origin } of host.rules) if (action.kind === 'forward') rules.add(origin);
  }
  if (rules.size > 0) report(d['mesh-defaults']({ rules: rules.size }, undefined, { affects: { kind: 'none' } }));
}
