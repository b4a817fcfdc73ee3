import type { Origin } from '../../diagnostics/origin.ts';
import { type Action, NO_HEADER_OPS } from '../../ir/actions.ts';
import { redirectsToHttps } from './annotations.ts';
import type { Claim } from './claims.ts';
import type { ControllerDialect } from './controller.ts';
import { ingressDiagnostics as d } from './diagnostics.ts';
import type { IngressDraft } from './draft.ts';
import type { Findings } from './findings.ts';
import { coversOf } from './hosts.ts';

/** Paths that ingress-nginx never redirects, so that certificates can be issued. */
const CHALLENGES = '/.well-known/acme-challenge';

/**
 * The rules of plain requests to a host that ingress-nginx has a certificate for: it redirects the paths of each
 * Ingress that does not forbid it, and what no path takes as the first Ingress of the host would have it.
 */
export function redirectPlain(claims: readonly Claim[], host: string, first: IngressDraft): readonly Claim[] {
  const moves = ({ ingress, path }: Claim) => redirectsToHttps(ingress, 'nginx') && !path.path.startsWith(CHALLENGES);
  const rest = redirectsToHttps(first, 'nginx') ? [toRestClaim(first, host)] : [];
  if (claims.every(moves) && rest.length > 0) return rest;
  const moved = claims.map((claim) => (moves(claim) ? { ...claim, target: toRedirect(claim.origin) } : claim));
  return claims.some(({ predicate }) => predicate.kind === 'any') ? moved : [...moved, ...rest];
}

function toRestClaim(ingress: IngressDraft, host: string): Claim {
  const origin = ingress.tls[0]?.origin ?? ingress.source.origin;
  return {
    ingress,
    host,
    path: { origin, path: '/', pathType: 'Prefix' },
    index: ingress.rules.reduce((sum, { paths }) => sum + paths.length, 1),
    predicate: { kind: 'any' },
    target: toRedirect(origin),
    origin,
  };
}

function toRedirect(origin: Origin): Claim['target'] {
  const action: Action = {
    kind: 'redirect',
    status: 308,
    scheme: 'https',
    port: { kind: 'scheme' },
    responseHeaders: NO_HEADER_OPS,
    origin,
  };
  return { action, name: 'a redirect to HTTPS' };
}

/** The hosts that ingress-nginx has a certificate for: a tls entry of an Ingress speaks for the rules of the same one. */
export function findCertifiedHosts(
  ingresses: readonly IngressDraft[],
  dialect: ControllerDialect,
): ReadonlySet<string> {
  if (dialect !== 'nginx') return new Set();
  return new Set(ingresses.flatMap((ingress) => ingress.rules.map(({ host }) => host).filter(isCertified(ingress))));
}

function isCertified({ tls }: IngressDraft): (host: string) => boolean {
  const listed = new Set(tls.flatMap(({ hosts }) => hosts));
  const all = tls.some(({ hosts }) => hosts.length === 0);
  return (host) => all || [...coversOf(host, 'nginx')].some((cover) => listed.has(cover));
}

/** Says once for each Ingress that a redirect which nobody wrote is written out. */
export function reportRedirects(
  ingresses: readonly IngressDraft[],
  certified: ReadonlySet<string>,
  findings: Findings,
): void {
  for (const ingress of ingresses) {
    if (!redirectsToHttps(ingress, 'nginx')) continue;
    const hosts = [...new Set(ingress.rules.map(({ host }) => host))].filter((host) => certified.has(host));
    if (hosts.length === 0) continue;
    const origin = ingress.tls[0]?.origin ?? ingress.source.origin;
    findings.about()(d['implied-https-redirect']({ hosts }, origin, { affects: { kind: 'none' } }));
  }
}
