import type { Report } from '../../diagnostics/diagnostic.ts';
import { neutralReason } from '../neutral-annotations.ts';
import type { ControllerDialect } from './controller.ts';
import { ingressDiagnostics as d } from './diagnostics.ts';
import type { BackendDraft, IngressDraft } from './draft.ts';

/** The annotation that stands for the class where the field does not exist yet. */
export const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

const SSL_REDIRECT = 'nginx.ingress.kubernetes.io/ssl-redirect';
const SCHEME = 'alb.ingress.kubernetes.io/scheme';
/** How the annotations begin in which the AWS controller is told what a backend stands for. */
const ACTIONS = 'alb.ingress.kubernetes.io/actions.';

/** How the names begin that tell a controller what to do with requests. */
const controllerPrefixes: readonly string[] = [
  ...['nginx.ingress.kubernetes.io/', 'nginx.org/', 'nginx.com/', 'custom.nginx.org/', 'appprotect.f5.com/'],
  ...[
    'appprotectdos.f5.com/',
    'alb.ingress.kubernetes.io/',
    'service.beta.kubernetes.io/',
    'traefik.ingress.kubernetes.io/',
  ],
  ...['haproxy.org/', 'ingress.haproxy.org/', 'haproxy.com/', 'haproxy-ingress.github.io/'],
  ...['konghq.com/', 'configuration.konghq.com/', 'ingress.kubernetes.io/', 'kubernetes.io/ingress.'],
  ...['ingress.cilium.io/', 'service.cilium.io/', 'projectcontour.io/', 'contour.heptio.com/'],
  ...['networking.gke.io/', 'ingress.gcp.kubernetes.io/', 'cloud.google.com/', 'beta.cloud.google.com/'],
  ...['appgw.ingress.kubernetes.io/', 'kubernetes.azure.com/', 'getambassador.io/', 'k8s.apisix.apache.org/'],
  ...['higress.io/', 'mse.ingress.kubernetes.io/', 'zalando.org/', 'route.openshift.io/', 'voyager.appscode.com/'],
  ...['ingress.istio.io/', 'gloo.solo.io/', 'tailscale.com/', 'ingress.pomerium.io/', 'ngrok.com/', 'k8s.ngrok.com/'],
  ...['ingress.citrix.com/', 'openelb.io/', 'apigw.kubernetes.io/', 'pangolin.net/', 'edgemesh.io/'],
  ...['caddy.ingress.kubernetes.io/', 'easegress.ingress.kubernetes.io/', 'ingress.bfe-networks.net/'],
];

/**
 * Words in the name of an annotation that guards access or may do so: login, addresses, limits, TLS, and whatever
 * carries code or other objects.
 */
const GUARDS = new RegExp(
  [
    ...['auth', 'whitelist', 'blacklist', 'allowlist', 'denylist', 'allow-list', 'deny-list', 'block', 'limit'],
    ...['ssl', 'tls', 'https', 'http-to-https', 'allow-http', 'inbound-cidrs', 'security-group', 'waf', 'shield'],
    ...['modsecurity', 'jwt', 'oidc', 'satisfy', 'snippet', 'middlewares', 'plugins', 'policies', 'policy'],
    ...['client-cert', 'secure', 'listen-ports', 'appprotect', 'firewall', 'source-range', 'hsts', 'privileged'],
  ].join('|'),
);

/** Attributes of a cookie that keeps a client on a backend; `secure` among them guards nothing but that cookie. */
const SESSION_COOKIE = 'session-cookie-';

/**
 * Reports each annotation of an Ingress that is neither read nor known to route nothing. What a name means is decided
 * by its prefix, also where another controller serves the Ingress: which of them look at it is not known.
 */
export function reportAnnotations(ingress: IngressDraft, dialect: ControllerDialect, report: Report): void {
  const origin = ingress.source.origin.at('metadata', 'annotations');
  // What such a backend asks for is a finding of its own, at the backend.
  const actions = new Set(backendsOf(ingress).flatMap((backend) => readActionName(backend, ingress) ?? []));
  for (const [annotation, value] of Object.entries(ingress.source.annotations)) {
    if (isRead(annotation, value, dialect) || neutralReason(annotation) !== undefined || actions.has(annotation))
      continue;
    const place = origin.at(annotation);
    const prefix = controllerPrefixes.find((one) => annotation.startsWith(one));
    if (prefix === undefined) {
      report(d['annotation-unknown']({ annotation }, place, { affects: { kind: 'none' } }));
    } else {
      const own = annotation.slice(prefix.length);
      // The rest of the name of an action is that of a backend and says nothing.
      const isHarmless = annotation.startsWith(ACTIONS) || own.startsWith(SESSION_COOKIE);
      const name = !isHarmless && GUARDS.test(own) ? 'access-annotation-not-read' : 'annotation-not-read';
      report(d[name]({ annotation, value }, place));
    }
  }
}

function backendsOf({ rules, defaultBackend }: IngressDraft): readonly BackendDraft[] {
  const backends = rules.flatMap(({ paths }) => paths.map(({ backend }) => backend));
  return [defaultBackend, ...backends].filter((backend) => backend !== undefined);
}

/** The annotation that says what a backend does, where the backend stands for an action of the AWS controller. */
export function readActionName({ service, port }: BackendDraft, { source }: IngressDraft): string | undefined {
  const annotation = `${ACTIONS}${service}`;
  return port?.value === 'use-annotation' && Object.hasOwn(source.annotations, annotation) ? annotation : undefined;
}

function isRead(annotation: string, value: string, dialect: ControllerDialect): boolean {
  if (annotation === SCHEME) return readScheme(value) !== 'unknown';
  // A redirect is written for ingress-nginx only; "false" asks for what the others do anyway.
  return annotation === SSL_REDIRECT && (value === 'false' || (value === 'true' && dialect === 'nginx'));
}

/** Whether the controller sends plain requests for hosts with a certificate on to HTTPS, as ingress-nginx does by default. */
export function redirectsToHttps({ source }: IngressDraft, dialect: ControllerDialect): boolean {
  return dialect === 'nginx' && source.annotations[SSL_REDIRECT] !== 'false';
}

/** Who can reach the load balancer of a class; the widest of its Ingresses counts. */
export function readExposure(ingresses: readonly IngressDraft[]): 'public' | 'internal' | 'unknown' {
  const schemes = ingresses.map(({ source }) => readScheme(source.annotations[SCHEME]));
  if (schemes.includes('public')) return 'public';
  return schemes.includes('internal') ? 'internal' : 'unknown';
}

function readScheme(value: string | undefined): 'public' | 'internal' | 'unknown' {
  if (value === 'internet-facing') return 'public';
  return value === 'internal' ? 'internal' : 'unknown';
}

/** The group of Ingresses that share a load balancer of AWS. */
export function readGroup({ source }: IngressDraft): string | undefined {
  return source.annotations['alb.ingress.kubernetes.io/group.name'];
}
