import type { Report } from '../../diagnostics/diagnostic.ts';
import type { VirtualHost } from '../../ir/model.ts';
import { istioDiagnostics as d } from './diagnostics.ts';

/** Reports once how many rules rest on what Istio does unasked. */
export function reportMeshDefaults(hosts: readonly VirtualHost[], report: Report): void {
  const rules = new Set(
    hosts.flatMap((host) => host.rules.filter(({ action }) => action.kind === 'forward').map(({ origin }) => origin)),
  );
  if (rules.size > 0) report(d['mesh-defaults']({ rules: rules.size }, undefined, { affects: { kind: 'none' } }));
}
