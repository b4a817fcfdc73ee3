import { defineDiagnostics } from '../../diagnostics/diagnostic.ts';
import type { DroppedField, UnknownField } from '../field-table.ts';

const meant = ({ suggestion }: UnknownField) => (suggestion === undefined ? '' : `; \`${suggestion}\` is near`);
const list = (names: readonly string[]) => names.join(', ');

/** Everything that can be said about a configuration of Gateway API. */
export const gatewayApiSourceDiagnostics = defineDiagnostics('gateway-api', {
  'unknown-field': {
    severity: 'error',
    summary: 'A field is none that Gateway API has, or is newer than this tool.',
    message: (args: UnknownField) => `Gateway API has no field \`${args.field}\` here${meant(args)}`,
    effect: () =>
      'Kubernetes drops an unknown field, so what it was meant to say does not happen; it is not converted.',
    help: (args) =>
      args.suggestion === undefined ? 'Remove the field.' : `Write \`${args.suggestion}\`, or remove it.`,
    accept: 'as-said',
  },
  'invalid-value': {
    severity: 'error',
    summary: 'A value, or values together, are such that the API server refuses the object.',
    message: (args: { field: string; value: string; want: string }) =>
      `\`${args.field}\` is ${args.value}, and Gateway API wants ${args.want}`,
    effect: () => 'The API server refuses the object; nothing is converted that rests on this value.',
    help: () => 'Correct the value.',
    accept: 'never',
  },
  // How objects are read
  'read-by-specification': {
    severity: 'info',
    summary: 'The input holds routes of a class other than that of the AWS Gateway API Controller.',
    message: (args: { classes: readonly string[] }) =>
      args.classes.length === 0
        ? 'the routes are read by the Gateway API specification'
        : `routes of class ${list(args.classes)} are read by the Gateway API specification`,
    effect: () => 'Where an implementation departs from it, the output follows the specification.',
    help: () => 'Routes that the AWS controller runs are read as it runs them with --source-class amazon-vpc-lattice.',
    accept: 'as-said',
  },
  'gateway-not-in-input': {
    severity: 'warning',
    summary: 'A route names a Gateway that is not in the input.',
    message: (args: { gateway: string; port: number; protocol: string }) =>
      `the input has no Gateway ${args.gateway}; its listener is taken to be ${args.protocol} on port ${args.port}, open to the route and to every host`,
    effect: () => 'The Gateway itself is not converted, and what its listeners restrict is not seen.',
    help: () => 'Add the Gateway to the input.',
    accept: 'as-said',
  },
  'namespace-not-in-input': {
    severity: 'warning',
    summary: 'A listener lets in namespaces by their labels, and the Namespace of a route is not in the input.',
    message: (args: { gateway: string; listener: string; namespace: string }) =>
      `listener ${args.listener} of Gateway ${args.gateway} lets in namespaces by label, and the input has no Namespace ${args.namespace}; it is taken to be let in`,
    effect: () => 'A route that the listener turns away today would be served.',
    help: (args) => `Add the Namespace ${args.namespace} with its labels to the input.`,
    accept: 'as-said',
  },
  'kind-moved': {
    severity: 'info',
    summary: 'An object is written in another API group, where the AWS controller has it today.',
    message: (args: { kind: string; from: string; to: string }) =>
      `the ${args.kind} is written in ${args.to} instead of ${args.from}`,
    accept: 'as-said',
  },
  // Gateways
  'gateway-field-not-read': {
    severity: 'error',
    summary: 'A Gateway has a field that is not translated yet.',
    message: (args: DroppedField) => `\`${args.field}: ${args.value}\` is not translated yet`,
    effect: () => 'The Gateway is written without it.',
    help: () => 'Add it to the output by hand, then accept this finding.',
    accept: 'omit-part',
  },
  'listener-protocol-not-read': {
    severity: 'error',
    summary: 'A listener is not for HTTP or HTTPS.',
    message: (args: { listener: string; protocol: string }) =>
      `listener ${args.listener} with protocol ${args.protocol} is not translated yet`,
    effect: () => 'The output lacks the listener; connections to it would fail.',
    help: () => 'Add the listener to the output by hand, then accept this finding.',
    accept: 'omit-part',
  },
  'waypoint-listener': {
    severity: 'info',
    summary: 'A listener is the tunnel of an ambient mesh (HBONE), which no client calls by itself.',
    message: (args: { listener: string }) => `listener ${args.listener} belongs to the ambient mesh and is left out`,
    effect: () => 'Inside the mesh the waypoint goes on as it is, from its own manifest.',
    accept: 'as-said',
  },
  'listeners-contradict': {
    severity: 'error',
    summary: 'Two listeners of a Gateway take the same port with the same host or with different protocols.',
    message: (args: { listener: string; other: string }) =>
      `listener ${args.listener} contradicts listener ${args.other} of the same port`,
    effect: () => 'Neither need work; the first one is written.',
    help: () => 'Give one of them another port or host.',
    accept: 'omit-part',
  },
  'client-certificates-lost': {
    severity: 'error',
    summary: 'A Gateway checks the certificates of clients.',
    message: () => 'the check of client certificates is not translated yet',
    effect: () => 'Clients without a valid certificate would be let in.',
    help: () => 'Add the check to the output by hand, then accept this finding for the Gateway.',
    accept: 'omit-part',
    security: true,
  },
  'certificate-kind': {
    severity: 'error',
    summary: 'A listener takes its certificate from something else than a Secret.',
    message: (args: { kind: string; name: string }) =>
      `the certificate ${args.name} is of kind ${args.kind}, not a Secret`,
    effect: () => 'The listener is written without it.',
    help: () => 'Add it to the output by hand, then accept this finding.',
    accept: 'omit-part',
  },
  'certificate-not-granted': {
    severity: 'error',
    summary: 'A listener names a Secret of another namespace, and no ReferenceGrant of the input allows it.',
    message: (args: { from: string; secret: string; namespace: string }) =>
      `no ReferenceGrant of the input lets Gateways of namespace ${args.from} use the Secret ${args.secret}`,
    effect: () => 'Without the grant the listener does not work; the output holds one, so it would.',
    help: (args) => `Add the ReferenceGrant of namespace ${args.namespace} to the input.`,
    accept: 'as-said',
    security: true,
  },
  // Attachment
  'route-without-parent': {
    severity: 'warning',
    summary: 'An HTTPRoute names no Gateway and no Service.',
    message: () => 'the route has no parentRefs, so it serves nothing',
    effect: () => 'It is left out.',
    help: () => 'Name the Gateway in parentRefs, or remove the route.',
    accept: 'omit-part',
  },
  'parent-kind-not-read': {
    severity: 'error',
    summary: 'A route attaches to something else than a Gateway or a Service.',
    message: (args: { kind: string }) => `a parentRef of kind ${args.kind} is not translated yet`,
    effect: () => 'The route is written without this attachment.',
    help: () => 'Attach the output by hand, then accept this finding.',
    accept: 'omit-part',
  },
  'default-gateways': {
    severity: 'error',
    summary: 'A route attaches to the default Gateways of the cluster.',
    message: () => '`useDefaultGateways` is not translated yet',
    effect: () => 'The route is written for the Gateways that it names, and not for the default ones.',
    help: () => 'Name the Gateways in parentRefs.',
    accept: 'omit-part',
  },
  'route-not-attached': {
    severity: 'error',
    summary: 'A route names a Gateway of the input that does not take it.',
    message: (args: { gateway: string; reason: string }) =>
      `Gateway ${args.gateway} does not take the route: ${args.reason}`,
    effect: () => 'By the input the Gateway serves nothing of the route; the output does not attach it either.',
    help: () => 'Add what is missing to the input (the listener, a label of the Namespace), or remove the parentRef.',
    accept: 'as-said',
  },
  'hostname-not-served': {
    severity: 'info',
    summary: 'A route names a host that none of the listeners it attaches to takes.',
    message: (args: { hostname: string }) => `no listener that the route attaches to takes ${args.hostname}`,
    effect: () => 'The route serves its other hostnames only; the output leaves this one out.',
    help: () => 'Remove it, or add the listener that is meant to the input.',
    accept: 'as-said',
  },
  'host-on-two-listeners': {
    severity: 'error',
    summary: 'Two routes serve one host and port through different listeners of a Gateway.',
    message: (args: { host: string; listeners: readonly string[] }) =>
      `host ${args.host} is served through listener ${args.listeners[0]} and, by another route, through ${args.listeners[1]}`,
    effect: () =>
      'Some implementations reach only the routes of the more specific listener; the output attaches both routes to all of these listeners.',
    help: () => 'Attach both routes to the same listener (parentRefs.sectionName).',
    accept: 'as-said',
  },
  'mesh-ignores-hostnames': {
    severity: 'warning',
    summary: 'A route that is bound to a Service names hosts.',
    message: () => 'hostnames of a route that is bound to a Service are not used',
    effect: () => 'The route serves every call of the Service; the output names no hosts for it.',
    help: () => 'Remove the hostnames.',
    accept: 'as-said',
  },
  // Rules by the specification
  'redirect-port-unknown': {
    severity: 'error',
    summary: 'A redirect goes to the port of a listener that is not in the input.',
    message: (args: { port: number }) =>
      `the redirect goes to the port of the listener, which is not in the input; it is taken to be ${args.port}`,
    effect: () => 'If the listener has another port, clients would be sent to the wrong one.',
    help: () => 'Add the Gateway to the input, or name the port in the redirect or in the parentRef.',
    accept: 'as-said',
  },
  'filter-not-kept': {
    severity: 'warning',
    summary: 'A filter for the way to a backend stands beside a redirect or in a rule without a backend.',
    message: (args: { type: string; beside: string }) =>
      `${args.type} stands beside ${args.beside}, where no request reaches a backend, and is left out`,
    effect: (args) => `The answer stays ${args.beside === 'a redirect' ? 'the redirect' : '500'}.`,
    help: () => 'Add the backends that are missing, or remove the filter.',
    accept: 'omit-part',
  },
  'extension-filter-not-read': {
    severity: 'error',
    summary: 'A filter is an extension of an implementation.',
    message: (args: { extension: string }) => `the filter ${args.extension} is an extension and is not translated`,
    effect: () => 'Requests would pass without what the filter does.',
    help: () => 'Add what stands for it to the output by hand, then accept this finding.',
    accept: 'omit-part',
    security: true,
  },
  'external-auth-not-carried': {
    severity: 'error',
    summary: 'A rule asks an authorization service about each request.',
    message: () => 'the filter ExternalAuth is not translated yet',
    effect: () => 'Requests would pass that the authorization service refuses.',
    help: () => 'Add the authorization to the output by hand, then accept this finding for the route.',
    accept: 'omit-part',
    security: true,
  },
  'backend-filter-not-read': {
    severity: 'error',
    summary: 'A single backend of a rule has a filter that is not translated yet.',
    message: (args: { type: string }) => `the filter ${args.type} of a single backend is not translated yet`,
    effect: () => 'Requests reach the backend without it.',
    help: () => 'Write the filter at the rule where all backends of it have the same.',
    accept: 'omit-part',
  },
  'mirror-share-rounded': {
    severity: 'info',
    summary: 'The share of requests that is copied is no whole number of millionths.',
    message: (args: { share: string; millionths: number }) =>
      `the share ${args.share} of copied requests becomes ${args.millionths} of a million`,
    accept: 'as-said',
  },
  'retry-attempts-open': {
    severity: 'warning',
    summary: 'A retry does not say how often, which leaves it to the implementation.',
    message: (args: { attempts: number }) =>
      `the retry does not say how often; it is taken to be ${args.attempts} times`,
    effect: () => 'The implementation may repeat more or less often today.',
    help: () => 'Write `attempts`.',
    accept: 'as-said',
  },
  'session-part-not-read': {
    severity: 'warning',
    summary: 'A part of a session that the output does not have.',
    message: (args: DroppedField) => `\`${args.field}: ${args.value}\` of the session is not carried over`,
    effect: () => 'Sessions are kept without it.',
    accept: 'omit-part',
  },
  // Backends
  'backend-kind-not-read': {
    severity: 'error',
    summary: 'A backend is neither a Service nor a ServiceImport.',
    message: (args: { kind: string; name: string }) =>
      `the backend ${args.name} is of kind ${args.kind}, which is not translated`,
    effect: () => 'Its share of the requests is taken to be answered with 500.',
    help: () => 'Name a Service.',
    accept: 'as-said',
  },
  'service-import-group': {
    severity: 'error',
    summary:
      'A backend is a ServiceImport of another group than that of the AWS controller, which does not look at it; an info for its routes.',
    message: (args: { group: string; name: string }) =>
      `the ServiceImport ${args.name} of ${args.group} is written as one of application-networking.k8s.aws`,
    effect: () => 'Only the AWS controller serves it then; another implementation would answer 500.',
    help: () => 'Accept this finding where the AWS controller takes over.',
    accept: 'as-said',
  },
  'reference-not-granted': {
    severity: 'error',
    summary: 'A route names a backend of another namespace, and no ReferenceGrant of the input allows it.',
    message: (args: { from: string; target: string; namespace: string }) =>
      `no ReferenceGrant of the input lets HTTPRoutes of namespace ${args.from} refer to ${args.target}`,
    effect: () => 'Without the grant these requests are answered with 500; the output answers so.',
    help: (args) => `Add the ReferenceGrant of namespace ${args.namespace} to the input.`,
    accept: 'as-said',
  },
  'service-not-in-input': {
    severity: 'info',
    summary: 'A route names a Service that is not in the input.',
    message: (args: { service: string }) => `Service ${args.service} is not in the input`,
    effect: () => 'The output names it as the route does; its ports and readiness probes are not looked at.',
    accept: 'as-said',
  },
  'port-not-in-service': {
    severity: 'warning',
    summary: 'A backend leads to a port that its Service does not have.',
    message: (args: { service: string; port: number; ports: readonly number[] }) =>
      `Service ${args.service} has no port ${args.port} (it has ${args.ports.join(', ') || 'none'})`,
    effect: () => 'No pod answers these requests, neither today nor afterwards.',
    help: () => 'Write a port of the Service into the backend.',
    accept: 'as-said',
  },
  // As the AWS controller runs a route
  'controller-refuses': {
    severity: 'error',
    summary: 'The AWS controller refuses a route as a whole because of one of its rules.',
    message: (args: { what: string }) => `the AWS controller refuses the whole route because of ${args.what}`,
    effect: () =>
      'VPC Lattice serves what the controller last took of the route, if anything. The output has the rule as the specification reads it.',
    help: () => 'Check what the route should do, then accept this finding.',
    accept: 'as-said',
  },
  'controller-ignores': {
    severity: 'warning',
    summary: 'A route of the AWS controller has a part that the controller does nothing with.',
    message: (args: { what: string }) => `the AWS controller ignores ${args.what} today`,
    effect: () => 'The output leaves it out, so that requests are answered as before.',
    help: () => 'Remove it, or read the route by the specification with --source-class.',
    accept: 'omit-part',
  },
  'controller-ignores-hostnames': {
    severity: 'warning',
    summary: 'A route of the AWS controller names several hosts, of which the controller uses the first.',
    message: (args: { first: string; others: readonly string[] }) =>
      `the AWS controller serves ${args.first} only and ignores ${list(args.others)} today`,
    effect: () => 'The output leaves them out, so that requests are answered as before.',
    help: () => 'Write a route for each host.',
    accept: 'omit-part',
  },
  'redirect-answers-500': {
    severity: 'warning',
    summary: 'A rule of the AWS controller redirects, which the controller does not do.',
    message: () => 'the AWS controller ignores the redirect and answers 500 today',
    effect: () => 'The output answers 500, too.',
    help: () => 'Remove the rule, or redirect in the application.',
    accept: 'as-said',
  },
  'rule-priority-unclear': {
    severity: 'error',
    summary: 'The annotations that order the rules of a route miss a rule, repeat a number or hold none.',
    message: () => 'the priorities of the rules do not give an order: each rule needs a number of its own',
    effect: () =>
      'The controller numbers the others by itself. The output takes each of them to come one after the rule above it.',
    help: () => 'Give each rule a priority of its own, or none at all.',
    accept: 'as-said',
  },
  // Kinds that are not translated
  'route-kind-not-read': {
    severity: 'error',
    summary: 'A route or a set of listeners is of a kind that is not translated yet.',
    message: (args: { kind: string }) => `${args.kind} is not translated yet`,
    effect: () => 'What it routes is missing in the output.',
    help: () => 'Add it to the output by hand, then accept this finding.',
    accept: 'omit-part',
  },
  'access-policy-not-read': {
    severity: 'error',
    summary:
      'A policy of an implementation of Gateway API may guard access to a Gateway, a route or a Service, and is not read.',
    message: (args: { kind: string }) => `${args.kind} may guard what it is attached to, and is not converted`,
    effect: () => 'Requests that it turns away today may reach the backends afterwards.',
    help: () => 'Put the same guard in front of the output, then accept this finding.',
    accept: 'as-said',
    security: true,
  },
  'access-policy-stays': {
    severity: 'info',
    summary:
      'A policy of an implementation of Gateway API goes on guarding objects that keep their names and their class.',
    message: (args: { kind: string }) =>
      `this ${args.kind} is not converted: it goes on guarding what it is attached to`,
    help: () => 'Keep the object beside the output.',
    accept: 'as-said',
  },
  'policy-kind-not-read': {
    severity: 'error',
    summary: 'An object that changes how backends are reached is of a kind that is not translated yet.',
    message: (args: { kind: string }) => `${args.kind} is not translated yet`,
    effect: () => 'Backends are reached without it: it may be their encryption, balancing or retries.',
    help: () => 'Keep the object beside the output, then accept this finding.',
    accept: 'omit-part',
    security: true,
  },
});
