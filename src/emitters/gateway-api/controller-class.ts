import type { HostFindings } from '../host-findings.ts';
import { MAX_HEADERS } from '../lattice-limits.ts';
import type { Manifest } from '../manifest.ts';
import { staysOnLattice } from '../native-gateway.ts';
import { arrayOf, listOf, textOf } from '../read-manifest.ts';
import { gatewayApiDiagnostics } from './diagnostics.ts';
import type { GatewayPlan } from './plan-gateways.ts';

/**
 * Reports routes of the profile `standard` whose Gateway keeps the class of the AWS controller and that the controller
 * would not run as written: it takes one match for each rule, exact headers, no filters, and one route for each host.
 */
export function checkControllerClass(
  plan: GatewayPlan | undefined,
  routes: readonly (readonly Manifest[])[],
  hosts: readonly string[],
  findings: HostFindings,
): void {
  if (plan === undefined || !staysOnLattice(plan.gateway, plan.className)) return;
  const why =
    routes.length > 1
      ? 'more rules than one route holds'
      : routes
          .flat()
          .map(whyNotRun)
          .find((one) => one !== undefined);
  if (why === undefined) return;
  findings.add(gatewayApiDiagnostics['controller-class-kept'], { gateway: plan.name, why }, plan.gateway.origin, hosts);
}

function whyNotRun(rule: Manifest): string | undefined {
  const matches = listOf(rule['matches']);
  if (matches.length > 1) return 'a rule of several matches';
  if (arrayOf(rule['filters']).length > 0) return 'filters';
  for (const match of matches) {
    const headers = listOf(match['headers']);
    if (headers.length > MAX_HEADERS) return `more than ${MAX_HEADERS} headers`;
    if (arrayOf(match['queryParams']).length > 0) return 'query parameters';
    if (headers.some((header) => textOf(header['type']) === 'RegularExpression')) return 'patterns of header values';
  }
  return undefined;
}
