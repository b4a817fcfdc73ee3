import type { Origin } from '../../diagnostics/origin.ts';
import type { Listener } from '../../ir/model.ts';
import type { ClaimContext } from './claims.ts';
import type { ControllerDialect } from './controller.ts';
import { ingressDiagnostics as d } from './diagnostics.ts';
import { ANY_HOST, type IngressDraft } from './draft.ts';
import { findCover, toHostPattern } from './hosts.ts';

/** A host that is served over TLS. */
export interface TlsHost {
  readonly host: string;
  readonly ingress: IngressDraft;
  readonly secretName?: string;
  readonly origin: Origin;
}

/**
 * The hosts of the tls entries of a class, each with the certificate of its own entry: a certificate is for the hosts
 * that its entry lists and for no others. An entry without hosts is the default for the hosts of its Ingress that none
 * of the others lists, wherever it stands.
 */
export function collectTlsHosts(
  ingresses: readonly IngressDraft[],
  { className, dialect, findings }: Pick<ClaimContext, 'className' | 'dialect' | 'findings'>,
): ReadonlyMap<string, TlsHost> {
  const found = new Map<string, TlsHost>();
  for (const ingress of ingresses) {
    const listed = new Set(ingress.tls.flatMap(({ hosts }) => hosts));
    const unlisted = ruledHosts(ingress).filter((host) => findCover(listed, host, dialect) === undefined);
    for (const { hosts: written, secretName, origin } of ingress.tls) {
      const hosts = [...new Set(written.length > 0 ? written : unlisted)];
      if (secretName === undefined && hosts.length > 0) {
        findings.about({ kind: 'ingress', key: ingress.key })(d['tls-without-secret']({ hosts }, origin));
      }
      for (const host of hosts) {
        const first = found.get(host);
        if (first === undefined) {
          found.set(host, { host, ingress, ...(secretName === undefined ? {} : { secretName }), origin });
        } else if (secretOf(first) !== secretOf({ ingress, secretName })) {
          const related = [{ message: 'the other one', origin: first.origin }];
          const args = { host, winner: secretOf(first), loser: secretOf({ ingress, secretName }) };
          findings.about({ kind: 'host', className, host })(d['certificate-taken'](args, origin, { related }));
        }
      }
    }
  }
  return found;
}

function ruledHosts({ rules }: IngressDraft): readonly string[] {
  return rules.length > 0 ? rules.map(({ host }) => host) : [ANY_HOST];
}

function secretOf({
  ingress,
  secretName,
}: {
  readonly ingress: IngressDraft;
  readonly secretName?: string | undefined;
}) {
  return secretName === undefined ? '(none)' : `${ingress.namespace}/${secretName}`;
}

/** The listener of every plain request of a class. */
export function plainListener(origin: Origin): Listener {
  return { name: 'http', port: 80, protocol: 'HTTP', host: { kind: 'any' }, httpsRedirect: false, origin };
}

/** The listener of a host with a certificate. */
export function tlsListener(
  { host, ingress, secretName, origin }: TlsHost,
  dialect: ControllerDialect,
  taken: Set<string>,
): Listener {
  const { namespace } = ingress.source;
  const certificate =
    secretName === undefined ? [] : [{ ...(namespace === undefined ? {} : { namespace }), name: secretName }];
  return {
    name: nameListener(host, taken),
    port: 443,
    protocol: 'HTTPS',
    host: toHostPattern(host, dialect),
    tls: { certificates: certificate, options: {} },
    httpsRedirect: false,
    origin,
  };
}

/** A label of DNS: at most 63 characters, the end kept, since that is where names differ. */
function nameListener(host: string, taken: Set<string>): string {
  const slug = host.replace('*', 'any').replace(/[^a-z0-9]+/g, '-');
  const base = host === ANY_HOST ? 'https' : `https-${slug}`;
  const wish = base.length <= 63 ? base : `${base.slice(0, 20)}-${base.slice(-39)}`.replace(/-+/g, '-');
  let name = wish;
  for (let count = 2; taken.has(name); count++) name = `${wish}-${count}`;
  taken.add(name);
  return name;
}
