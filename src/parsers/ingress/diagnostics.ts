import { defineDiagnostics } from '../../diagnostics/diagnostic.ts';
import { listNames } from '../../diagnostics/list-names.ts';
import type { UnknownField } from '../field-table.ts';

interface Annotation {
  readonly annotation: string;
  readonly value: string;
}

const shorten = (text: string) => JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);

/** Everything that can be said about an Ingress. */
export const ingressDiagnostics = defineDiagnostics('ingress', {
  'unknown-field': {
    severity: 'error',
    summary: 'A field is none that Ingress has, or is newer than this tool.',
    message: ({ field, suggestion }: UnknownField) =>
      `Ingress has no field \`${field}\` here${suggestion === undefined ? '' : `; \`${suggestion}\` is near`}`,
    effect: () =>
      'Kubernetes drops an unknown field, so what it was meant to say does not happen; it is not converted.',
    help: ({ suggestion }) =>
      suggestion === undefined ? 'Remove the field.' : `Write \`${suggestion}\`, or remove it.`,
    accept: 'as-said',
  },
  'routes-nothing': {
    severity: 'warning',
    summary: 'An Ingress has neither rules nor a default backend.',
    message: () => 'this Ingress has neither rules nor a default backend',
    effect: () => 'The API server refuses it; nothing comes of it.',
    accept: 'as-said',
  },
  // Classes
  'class-assumed': {
    severity: 'info',
    summary: 'An Ingress names no class, and the input has no IngressClass that is the default.',
    message: ({ assumed }: { assumed: string }) =>
      `no class is named and the input shows no default; the Ingress is read as one of class \`${assumed}\``,
    effect: () => 'Ingresses without a class share one Gateway.',
    help: () => 'Set spec.ingressClassName, or add the IngressClass objects to the input.',
    accept: 'as-said',
  },
  'controller-assumed': {
    severity: 'info',
    summary: 'The input has no IngressClass for a class, whose name or annotations speak for a known controller.',
    message: ({ className, dialect, by }: { className: string; dialect: 'nginx' | 'alb'; by: string }) =>
      `the class ${className} is read as one of ${dialect === 'nginx' ? 'ingress-nginx' : 'the AWS load balancer controller'}, by ${by}`,
    effect: ({ dialect }) =>
      dialect === 'nginx'
        ? 'Plain requests to hosts with a certificate are redirected to HTTPS, and paths that are up to the controller are read as text.'
        : 'Rules are tried in the order of the list, and paths are read as patterns.',
    help: () => 'Add the IngressClass objects to the input.',
    accept: 'as-said',
  },
  'two-classes': {
    severity: 'warning',
    summary: 'The annotation and the field for the class name different classes.',
    message: ({ annotation, field }: { annotation: string; field: string }) =>
      `the annotation names the class ${annotation} and spec.ingressClassName ${field}; the annotation is taken`,
    help: () => 'Keep one of them.',
    accept: 'as-said',
  },
  'load-balancers-merged': {
    severity: 'warning',
    summary: 'Several Ingresses that each have a load balancer of their own become one Gateway.',
    message: ({ className, count }: { className: string; count: number }) =>
      `${count} Ingresses of class ${className} have a load balancer each and are served by one Gateway afterwards`,
    effect: () => 'Their hosts share one address; rules without a host answer for all of them.',
    help: () => 'Convert them in separate runs when they must stay apart.',
    accept: 'as-said',
  },
  // Paths
  'implementation-specific-path': {
    severity: 'error',
    summary: 'A path is to be read as its controller likes, and how that is cannot be told.',
    message: ({ path }: { path: string }) =>
      `what the path ${path} with pathType ImplementationSpecific takes is up to the controller`,
    effect: () => 'It is written as a prefix by path segment; requests that the controller reads differently move.',
    help: () => 'Write pathType Prefix or Exact when that is meant.',
    accept: 'as-said',
  },
  'path-pattern': {
    severity: 'error',
    summary:
      'A path of an AWS load balancer has stars or question marks that are no prefix, or one of ingress-nginx looks like a regular expression.',
    message: ({ path, dialect }: { path: string; dialect: 'nginx' | 'alb' | 'other' }) =>
      dialect === 'nginx'
        ? `the path ${path} looks like a regular expression, as which ingress-nginx reads it where use-regex is set`
        : `the pattern ${path} is neither one path nor a prefix`,
    effect: () => 'It cannot be said; the rule is left out.',
    help: ({ dialect }) =>
      dialect === 'nginx'
        ? 'Spell the paths out with pathType Prefix or Exact.'
        : 'Spell the paths out, or use a pattern that ends in its only star.',
    accept: 'omit-rule',
  },
  'path-repeated': {
    severity: 'warning',
    summary: 'An Ingress names the same path of a host twice with different backends.',
    message: ({ path, winner, loser }: { path: string; winner: string; loser: string }) =>
      `${path} leads to ${winner} further up already; ${loser} gets no request`,
    effect: () => 'The first one is taken, as controllers do.',
    help: () => 'Remove one of them.',
    accept: 'as-said',
  },
  'path-taken': {
    severity: 'warning',
    summary: 'Two Ingresses name the same path of a host with different backends, and the older one is known.',
    message: ({ path, winner, loser, older }: { path: string; winner: string; loser: string; older: string }) =>
      `${path} belongs to the older Ingress ${older} and leads to ${winner}; ${loser} gets no request`,
    effect: () => 'The older Ingress is taken, as controllers do.',
    help: () => 'Remove the path from one of them.',
    accept: 'as-said',
  },
  'conflicting-paths': {
    severity: 'error',
    summary: 'Two Ingresses name the same path of a host with different backends, and their age is not known.',
    message: ({ path, winner, loser, first }: { path: string; winner: string; loser: string; first: string }) =>
      `${path} leads to ${loser} here and to ${winner} in ${first}; which of them answers today is not known`,
    effect: ({ winner, first }) => `Controllers take the older Ingress; ${winner} of ${first} would be written.`,
    help: () =>
      'Remove the path from one of them, or give the objects with their metadata.creationTimestamp (kubectl get -o yaml).',
    accept: 'as-said',
  },
  'host-not-a-name': {
    severity: 'error',
    summary: 'A host of an Ingress is no DNS name.',
    message: ({ host }: { host: string }) => `the host ${host} is no DNS name`,
    effect: () => 'The API server refuses the Ingress, and nothing of it is converted.',
    help: () => 'Write the host as it is called, in lower case, with a wildcard as its whole first label only.',
    accept: 'never',
  },
  'rule-without-paths': {
    severity: 'info',
    summary:
      'A rule has no paths and there is no default backend. An error where another host would take its requests.',
    message: ({ host }: { host: string; takenBy: string | undefined }) =>
      `the rule for ${host} has no paths and there is no default backend`,
    effect: ({ host, takenBy }) =>
      takenBy === undefined
        ? 'Its requests are answered with 404 before and after.'
        : `Requests for ${host} are answered with 404 today and meet the rules of ${takenBy} afterwards.`,
    help: () => 'Give the rule its paths, or remove it.',
    accept: 'as-said',
  },
  // Backends
  'several-default-backends': {
    severity: 'error',
    summary: 'Ingresses of one class have different default backends, and their age is not known.',
    message: ({ className, targets }: { className: string; targets: readonly string[] }) =>
      `the Ingresses of class ${className} have different default backends: ${listNames(targets)}`,
    effect: ({ targets }) => `Only one of them can answer what no rule takes; ${targets[0] ?? ''} would be written.`,
    help: () => 'Keep one of them, or give the objects with their metadata.creationTimestamp.',
    accept: 'as-said',
  },
  'default-backend-taken': {
    severity: 'warning',
    summary: 'An older Ingress of the class has another default backend.',
    message: ({ winner, loser, older }: { winner: string; loser: string; older: string }) =>
      `the default backend ${winner} of the older Ingress ${older} is taken; ${loser} gets no request`,
    help: () => 'Remove one of them.',
    accept: 'as-said',
  },
  'port-unknown': {
    severity: 'error',
    summary: 'A backend names its port, and the input does not show the number behind the name.',
    message: ({ service, count }: { service: string; settings: string; count: number }) =>
      `the number of a named port of Service ${service} is not known${count > 1 ? ` (${count} places)` : ''}`,
    effect: () => 'No route can be written without the number.',
    help: ({ settings }) =>
      `Add the manifest of the Service to the input, or say it in latticectl.yaml (with the right number):\n${settings}`,
    accept: 'never',
  },
  'port-not-in-service': {
    severity: 'error',
    summary: 'A backend leads to a port that its Service does not have.',
    message: ({ service, port, ports }: { service: string; port: number | string; ports: readonly string[] }) =>
      `Service ${service} has no port ${port} (it has ${ports.join(', ') || 'none'})`,
    effect: () => 'Controllers answer these requests with 503 or do not take the rule at all.',
    help: () => 'Write a port of the Service into the backend.',
    accept: 'never',
  },
  'external-name-service': {
    severity: 'error',
    summary: 'A backend is a Service of type ExternalName, which stands for a name outside of the cluster.',
    message: ({ service }: { service: string }) =>
      `Service ${service} is of type ExternalName, and a route of Gateway API need not lead there`,
    effect: () => 'It is written as it stands; most implementations answer its requests with 500.',
    help: () => 'Put a Service with endpoints in its place.',
    accept: 'as-said',
  },
  'service-not-in-input': {
    severity: 'info',
    summary: 'A Service that backends lead to is not in the input.',
    message: ({ service }: { service: string }) =>
      `Service ${service} is not in the input; its name and port are taken as written`,
    help: () => 'Add its manifest for a check of its ports.',
    accept: 'as-said',
  },
  'resource-backend': {
    severity: 'error',
    summary: 'A backend is an object that is no Service.',
    message: ({ resource }: { resource: string }) => `the backend is ${resource}, which only its controller can serve`,
    effect: () => 'It cannot be converted; the rule is left out.',
    help: () => 'Put a Service in its place.',
    accept: 'omit-rule',
    changes: ['status'],
  },
  'action-in-annotation': {
    severity: 'error',
    summary: 'A backend stands for an action that an annotation of the AWS controller describes.',
    message: ({ annotation }: { annotation: string }) => `what to do here is said in the annotation ${annotation}`,
    effect: () => 'The annotation is not read; the rule is left out.',
    help: () => 'Write the HTTPRoute of this path by hand, then accept that the rule is left out.',
    accept: 'omit-rule',
  },
  'default-backend-unused': {
    severity: 'info',
    summary: 'A default backend gets no request, since the rules of all its hosts take every path.',
    message: ({ target }: { target: string }) => `the default backend ${target} gets no request`,
    effect: () => 'The rules of its hosts take every path; it is left out.',
    accept: 'as-said',
  },
  // Annotations
  'annotation-not-read': {
    severity: 'error',
    summary: 'An annotation tells the controller to do something that is not converted.',
    message: ({ annotation, value }: Annotation) => `the annotation ${annotation}: ${shorten(value)} is not converted`,
    effect: () => 'What it asks of the controller does not happen afterwards.',
    help: () => 'Say the same in the Gateway API by hand, then accept it; or remove it where it has no effect.',
    accept: 'as-said',
  },
  'access-annotation-not-read': {
    severity: 'error',
    summary: 'An annotation that guards access (login, addresses, limits, TLS, snippets) is not converted.',
    message: ({ annotation, value }: Annotation) => `the annotation ${annotation}: ${shorten(value)} is not converted`,
    effect: () => 'Requests that it turns away today may reach the backend afterwards.',
    help: () => 'Put the same guard in front of the routes or into the backend before you accept it.',
    accept: 'as-said',
    security: true,
  },
  'annotation-unknown': {
    severity: 'info',
    summary: 'An annotation is of no tool or controller that is known here.',
    message: ({ annotation }: { annotation: string }) => `the annotation ${annotation} is not known and not read`,
    accept: 'as-said',
  },
  // TLS
  'implied-https-redirect': {
    severity: 'info',
    summary: 'ingress-nginx sends plain requests to hosts with a certificate on to HTTPS, though nobody wrote it.',
    message: ({ hosts }: { hosts: readonly string[] }) =>
      `ingress-nginx answers plain requests to ${listNames(hosts)} with a redirect to HTTPS (308); the redirect is written out`,
    effect: () =>
      'This is its default; the settings ssl-redirect and http-redirect-code of its ConfigMap are not seen.',
    help: () => 'Set nginx.ingress.kubernetes.io/ssl-redirect: "false" where plain requests are served.',
    accept: 'as-said',
  },
  'tls-without-secret': {
    severity: 'warning',
    summary: 'A tls entry names no Secret: the controller uses a certificate that the input does not show.',
    message: ({ hosts }: { hosts: readonly string[] }) => `no Secret is named for ${listNames(hosts)}`,
    effect: () => "The controller's own certificate answers today; the listener is built without one.",
    help: () => 'Set secretName to the Secret that holds the certificate.',
    accept: 'as-said',
  },
  'secret-not-a-name': {
    severity: 'error',
    summary: 'The Secret of a tls entry has a name that no object can have.',
    message: ({ secret }: { secret: string }) => `no Secret can be called ${shorten(secret)}`,
    effect: () => 'The API server refuses the Ingress.',
    help: () => 'Write the name of the Secret that holds the certificate.',
    accept: 'never',
  },
  'certificate-taken': {
    severity: 'warning',
    summary: 'Two tls entries of one class give a host different Secrets.',
    message: ({ host, winner, loser }: { host: string; winner: string; loser: string }) =>
      `${host} has the certificate of Secret ${winner} already; ${loser} is not used for it`,
    help: () => 'Keep one of them.',
    accept: 'as-said',
  },
  'tls-host-without-rule': {
    severity: 'info',
    summary: 'A host of a tls entry has no rule, and there is no default backend.',
    message: ({ host }: { host: string }) => `${host} has a certificate and no rule`,
    effect: () => 'No request for it is answered before or after; no listener is written for it.',
    help: () => 'Add its rule, or remove it from the tls entry.',
    accept: 'as-said',
  },
});
