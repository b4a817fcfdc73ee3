import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { CodeIndex } from '../acceptance.ts';

/**
 * What a finding of reading means where two configurations are compared.
 * - input: about the files themselves; reported as it is
 * - access: a rule that lets requests in or keeps them out, which is compared as it is written
 * - unread: something that the routing model does not hold, so that nothing can be said about it
 * - setting: decides no request, so that the routing model does not hold it; compared as it is written
 * - none: the model holds all of it; the finding is about converting
 */
export type FindingRole = 'input' | 'access' | 'unread' | 'setting' | 'none';

/** Scopes whose findings are about files, flags and settings. */
const INPUT_SCOPES = new Set(['documents', 'input', 'accept', 'settings', 'internal']);

/** Codes that mean something else than their row of the table of diagnostics says. */
const roles: Readonly<Record<string, FindingRole>> = {
  // The routing model answers as the source does.
  'istio/port-not-in-service': 'none',
  'istio/subset-undefined': 'none',
  'ingress/port-not-in-service': 'none',
  'gateway-api/reference-not-granted': 'none',
  'gateway-api/route-not-attached': 'none',
  // Both ranks are compared.
  'routing/pattern-rank-undetermined': 'none',
  // Where a certificate comes from decides no request.
  'istio/certificate-in-files': 'none',
  'gateway-api/certificate-kind': 'none',
  'gateway-api/certificate-not-granted': 'none',
  // They guard, route or change requests in a way that cannot be told.
  'istio/envoy-filter-not-carried': 'unread',
  'istio/backend-tls-not-carried': 'unread',
  'gateway-api/policy-kind-not-read': 'unread',
  'gateway-api/extension-filter-not-read': 'unread',
  // How requests are brought to their backends.
  'istio/backend-behaviour-lost': 'setting',
  'istio/retry-detail-lost': 'setting',
  'istio/mesh-object-not-carried': 'setting',
  'gateway-api/session-part-not-read': 'setting',
};

/** The role of a finding. Accepted ones play none: the user has spoken. */
export function roleOf({ code, severity, accepted }: Diagnostic, codes: CodeIndex): FindingRole {
  if (INPUT_SCOPES.has(code.slice(0, code.indexOf('/')))) return 'input';
  if (accepted !== undefined) return 'none';
  const role = Object.hasOwn(roles, code) ? roles[code] : undefined;
  if (severity !== 'error') return role === 'setting' ? role : 'none';
  return role ?? (codes.get(code)?.definition.security === true ? 'access' : 'unread');
}

/** The codes that the table names, for the test that holds them to exist. */
export const codesWithRole: readonly string[] = Object.keys(roles);
