import { defineDiagnostics } from '../../diagnostics/diagnostic.ts';
import type { DroppedField, UnknownField } from '../field-table.ts';
import { isAddress } from '../host-name.ts';

const meant = ({ suggestion }: UnknownField) => (suggestion === undefined ? '' : `; \`${suggestion}\` is near`);

/** Everything that can be said about an Istio configuration. */
export const istioDiagnostics = defineDiagnostics('istio', {
  'unknown-field': {
    severity: 'error',
    summary: 'A field is none that Istio has, or is newer than this tool.',
    message: (args: UnknownField) => `Istio has no field \`${args.field}\` here${meant(args)}`,
    effect: () =>
      'Kubernetes drops an unknown field, so what it was meant to say does not happen; it is not converted.',
    help: (args) =>
      args.suggestion === undefined ? 'Remove the field.' : `Write \`${args.suggestion}\`, or remove it.`,
    accept: 'as-said',
  },
  'field-not-used': {
    severity: 'info',
    summary: 'A field is written that Istio itself does not act on.',
    message: (args: DroppedField) =>
      `Istio does nothing with \`${args.field}: ${args.value}\`, and nothing is converted`,
    accept: 'omit-part',
  },
  'invalid-value': {
    severity: 'error',
    summary: 'A value is one that Istio refuses, so that it is not known what the object should do.',
    message: (args: { field: string; value: string; want: string }) =>
      `\`${args.field}\` is ${args.value}, and Istio wants ${args.want}`,
    effect: () => 'Istio refuses the object; nothing is converted that rests on this value.',
    help: () => 'Correct the value.',
    accept: 'never',
  },
  'internal-semantics': {
    severity: 'error',
    summary: 'A VirtualService carries the annotation that changes how Istio reads its prefixes.',
    message: () => 'the annotation internal.istio.io/route-semantics changes how prefixes match, and is not read',
    effect: () => 'Prefixes are compared as plain texts here, as in any other VirtualService.',
    help: () => 'Convert the HTTPRoute that Istio made this VirtualService from.',
    accept: 'never',
  },
  // Matches
  'match-never-holds': {
    severity: 'warning',
    summary: 'A match asks for something that no request of its host can have.',
    message: (args: { reason: string }) => `no request can meet this match: ${args.reason}`,
    effect: () => 'Istio never takes it either; it is left out.',
    help: () => 'Remove it, or correct it.',
    accept: 'omit-part',
  },
  'rule-never-reached': {
    severity: 'warning',
    summary: 'A rule stands below one of its VirtualService that takes every request.',
    message: () => 'no request reaches this rule, since a rule above takes them all',
    effect: () => 'Istio builds no route for it either; it is left out.',
    help: () => 'Move it above the rule that takes everything, or remove it.',
    accept: 'omit-part',
  },
  // Destinations
  'subset-undefined': {
    severity: 'error',
    summary: 'A route names a subset that no DestinationRule of the input defines for its client.',
    message: (args: { host: string; subset: string; rule: string | undefined }) =>
      args.rule === undefined
        ? `no DestinationRule of the input says what subset \`${args.subset}\` of ${args.host} is`
        : `the DestinationRule ${args.rule} has no subset \`${args.subset}\` for ${args.host}`,
    effect: () => 'Istio answers these requests with 503.',
    help: (args) =>
      args.rule === undefined
        ? `Add the DestinationRule of ${args.host} to the input, in the namespace of the clients or of the Service.`
        : `Define the subset \`${args.subset}\` there, or name one that exists.`,
    accept: 'as-said',
    changes: ['status'],
  },
  'subset-of-other-namespace': {
    severity: 'warning',
    summary: 'A subset is defined in a namespace whose DestinationRules only its own clients see.',
    message: (args: { host: string; subset: string; namespace: string }) =>
      `only clients in namespace ${args.namespace} know subset \`${args.subset}\` of ${args.host}`,
    effect: () => 'Clients elsewhere in the mesh are answered with 503 by Istio, and reach the subset afterwards.',
    help: () => 'Move the DestinationRule to the namespace of its Service when all clients should reach the subset.',
    accept: 'as-said',
    changes: ['status'],
  },
  'destination-not-a-service': {
    severity: 'error',
    summary: 'A destination is a host outside of the cluster, or a name that Istio takes literally.',
    message: (args: { host: string; external: boolean; suggestion: string | undefined }) =>
      args.external
        ? `the destination ${args.host} is registered by a ServiceEntry and is no Kubernetes Service`
        : `the destination ${args.host} is no Kubernetes Service: a name with a dot is taken as it stands`,
    effect: ({ external }) =>
      external
        ? 'A route cannot lead there; its share of the requests would be answered with an error.'
        : 'Without a ServiceEntry of that name Istio answers 503.',
    help: ({ suggestion }) =>
      suggestion === undefined
        ? 'Put a Service of the cluster in front of that host, or take the rule out of the conversion.'
        : `Write \`${suggestion}\` if the Service of the cluster is meant.`,
    accept: 'as-said',
    changes: ['status'],
  },
  'port-unknown': {
    severity: 'error',
    summary: 'A destination names no port and the input does not show which ports its Service has.',
    message: (args: { service: string; settings: string; count: number }) =>
      `the port of Service ${args.service} is needed and not known${args.count > 1 ? ` (${args.count} places)` : ''}`,
    effect: () => 'Istio takes the only port of the Service; no route can be written without its number.',
    help: (args) =>
      `Add the manifest of the Service to the input, or say it in latticectl.yaml (with the right number): ${args.settings}`,
    accept: 'never',
  },
  'port-not-in-service': {
    severity: 'error',
    summary: 'A destination leads to a port that its Service does not have.',
    message: (args: { service: string; port: number; ports: readonly number[]; written: boolean }) =>
      args.written
        ? `Service ${args.service} has no port ${args.port} (it has ${args.ports.join(', ') || 'none'})`
        : `no port is named for Service ${args.service} with the ports ${args.ports.join(', ')}; Istio takes port ${args.port} of the listener`,
    effect: () => 'Istio answers these requests with 503.',
    help: () => 'Write the port of the Service into the destination.',
    accept: 'as-said',
    changes: ['status'],
  },
  'service-not-in-input': {
    severity: 'info',
    summary: 'A Service that routes lead to is not in the input.',
    message: (args: { service: string }) =>
      `Service ${args.service} is not in the input; its name and port are taken as written`,
    help: () => 'Add its manifest for checks of its ports, and where a subset must be turned into a Service.',
    accept: 'as-said',
  },
  // Actions
  'action-count': {
    severity: 'error',
    summary: 'A rule has none or several of route, redirect, directResponse and delegate.',
    message: (args: { actions: readonly string[] }) =>
      args.actions.length === 0
        ? 'this rule says nothing about what to do: it needs one of route, redirect, directResponse, delegate'
        : `this rule has ${args.actions.join(' and ')}, and only one of them may be written`,
    effect: () => 'Istio refuses the object; the rule is left out.',
    help: () => 'Keep one of them.',
    accept: 'never',
  },
  'delegate-not-found': {
    severity: 'error',
    summary: 'A rule delegates to a VirtualService that the input does not have, or that is not exported to it.',
    message: (args: { delegate: string; problem: string }) => `the VirtualService ${args.delegate} ${args.problem}`,
    effect: () => 'Istio skips the rule, so that its requests meet the rules below.',
    help: () => 'Add the VirtualService to the input (without `hosts` and `gateways`), or remove the rule.',
    accept: 'as-said',
  },
  'delegate-unused': {
    severity: 'info',
    summary: 'A VirtualService without hosts is delegated to by no rule.',
    message: () => 'this VirtualService has no hosts, and no rule of the input delegates to it',
    effect: () => 'Istio serves nothing of it, and nothing is converted.',
    accept: 'as-said',
  },
  'delegate-match-dropped': {
    severity: 'warning',
    summary: 'A rule of a delegate matches nothing that its parent rule lets through.',
    message: (args: { parent: string }) =>
      `this rule contradicts every match of the rule of ${args.parent} that delegates to it`,
    effect: () => 'Istio builds no route for it either.',
    help: () => 'Correct one of the two matches.',
    accept: 'omit-part',
  },
  'redirect-query': {
    severity: 'error',
    summary: 'A redirect replaces the query of the request.',
    message: (args: { uri: string }) => `the redirect to ${args.uri} replaces the query, which no target can do`,
    effect: () => 'The Location header would carry another query.',
    help: () => 'Redirect to a path without a query.',
    accept: 'as-said',
  },
  'replacement-no-path': {
    severity: 'error',
    summary: 'A redirect or a rewrite puts a text in place of the path that is no path.',
    message: (args: { value: string; problem: string }) =>
      `the replacement ${JSON.stringify(args.value)} is no path: ${args.problem}`,
    effect: () => 'Envoy pastes the text in as it is; what other routers make of it is not defined.',
    help: () => 'Write a path that starts with a slash. To take a prefix off, rewrite `/p/` to `/`.',
    accept: 'as-said',
  },
  'header-operator': {
    severity: 'error',
    summary: 'The value of a header holds an Envoy operator that is filled in for every request.',
    message: (args: { header: string; value: string }) =>
      `the value ${JSON.stringify(args.value)} of header ${args.header} holds an Envoy operator`,
    effect: () => 'No other router fills it in; the header is left out.',
    help: () => 'Set a fixed value, or add the header in the application. A plain percent sign is written `%%`.',
    accept: 'omit-part',
  },
  'header-at-two-levels': {
    severity: 'error',
    summary: 'A rule and one of its several destinations change the same header, one of them by adding to it.',
    message: (args: { header: string }) =>
      `header ${args.header} is changed by the rule and by one of its destinations`,
    effect: () => 'Istio applies the change of the destination first, other routers that of the rule.',
    help: () => 'Change the header at one of the two places.',
    accept: 'as-said',
  },
  'host-rewrite-per-destination': {
    severity: 'error',
    summary: 'Destinations of one rule want different Host headers.',
    message: (args: { host: string }) =>
      `the Host header becomes ${args.host} for this destination and something else for another`,
    effect: () => 'The backend would see another Host header.',
    help: () => 'Write the same host for all destinations of the rule (rewrite.authority).',
    accept: 'omit-part',
  },
  'pseudo-header': {
    severity: 'error',
    summary: 'A header operation names a part of the request line.',
    message: (args: { header: string }) => `${args.header} is no header that can be changed`,
    effect: () => 'Istio refuses the object; the operation is left out.',
    help: () => 'Use `rewrite` or `redirect` for the path and the host.',
    accept: 'omit-part',
  },
  'cors-without-route': {
    severity: 'error',
    summary: 'A rule that redirects or answers by itself has a corsPolicy.',
    message: () => 'the corsPolicy of a rule without a route is not translated',
    effect: () => 'Preflight requests meet the redirect or the fixed answer.',
    help: () => 'Move the corsPolicy to rules that lead to a backend.',
    accept: 'omit-part',
  },
  'retry-detail-lost': {
    severity: 'warning',
    summary: 'Retries say which hosts they prefer, which no target can say.',
    message: (args: DroppedField) => `retries.${args.field} (${args.value}) cannot be told to another router`,
    effect: () => 'Retries may go to other endpoints of the same Service.',
    accept: 'omit-part',
  },
  // Virtual hosts
  'gateway-not-found': {
    severity: 'error',
    summary: 'A VirtualService is bound to a Gateway that the input does not have.',
    message: (args: { gateway: string }) => `the Gateway ${args.gateway} is not in the input`,
    effect: () => 'Its ports and hosts are not known, so what this VirtualService does there cannot be converted.',
    help: (args) => `Add the manifest of Gateway ${args.gateway}, or take it out of \`gateways\`.`,
    accept: 'as-said',
  },
  'host-not-in-gateway': {
    severity: 'warning',
    summary: 'A VirtualService names a host that no server of its Gateway lets in.',
    message: (args: { host: string; gateway: string }) =>
      `no server of Gateway ${args.gateway} has the host ${args.host} for this namespace`,
    effect: () => 'Istio serves nothing under this name there, and nothing is converted.',
    help: () => 'Add the host to the Gateway, or remove it here.',
    accept: 'as-said',
  },
  'host-not-a-name': {
    severity: 'error',
    summary: 'A host is no DNS name, or a wildcard inside of a label, which no route of Gateway API can name.',
    message: ({ host }: { host: string }) =>
      host.includes('*')
        ? `the host ${host} has a star that is not its whole first label`
        : `the host ${host} is ${isAddress(host) ? 'an address and ' : ''}no DNS name`,
    effect: ({ host }) => {
      if (host.includes('*')) return 'No route can name these hosts together, so none of them is converted.';
      if (isAddress(host)) return 'No route can name an address, so that requests for it lose their rules.';
      return 'Istio refuses it, and nothing is converted for it.';
    },
    help: ({ host }) => (host.includes('*') ? 'List the hosts that are meant.' : 'Correct the name, or remove it.'),
    accept: 'as-said',
  },
  'not-exported-to-gateway': {
    severity: 'warning',
    summary: 'The exportTo of a VirtualService keeps it from the namespace that its Gateway runs in.',
    message: (args: { gateway: string; namespace: string }) =>
      `exportTo keeps this VirtualService from Gateway ${args.gateway} in namespace ${args.namespace}`,
    effect: () => 'Istio does not serve it there, and nothing is converted.',
    help: (args) => `Add \`${args.namespace}\` to exportTo.`,
    accept: 'as-said',
  },
  'gateway-pods-not-in-input': {
    severity: 'warning',
    summary: 'An exportTo names namespaces, and the input does not show whether the pods of the Gateway run in one.',
    message: (args: { gateway: string; exportTo: readonly string[] }) =>
      `exportTo (${args.exportTo.join(', ')}) must reach the pods of Gateway ${args.gateway}, and where they run is not in the input`,
    effect: () => 'It is converted as if they ran there; if they run elsewhere, Istio serves nothing of it.',
    help: () => 'Add the Deployment or the Service of the gateway to the input.',
    accept: 'as-said',
  },
  'shadowed-virtual-service': {
    severity: 'warning',
    summary: 'Two VirtualServices claim one host inside of the mesh, where only the first one counts.',
    message: (args: { host: string; winner: string }) =>
      `VirtualService ${args.winner} already has the mesh host ${args.host}`,
    effect: () => 'Istio leaves the rules of the later one out for clients in the mesh.',
    help: () => 'Put the rules into one VirtualService.',
    accept: 'as-said',
  },
  'mesh-host-claimed-twice': {
    severity: 'error',
    summary: 'Two VirtualServices claim one host inside of the mesh, and the input does not say which one is older.',
    message: (args: { host: string; winner: string }) =>
      `VirtualService ${args.winner} claims the mesh host ${args.host} too, and only the older one counts`,
    effect: () => 'Which rules answer depends on when the objects were created; the names decide in this output.',
    help: () =>
      'Put the rules into one VirtualService, or give the objects as the cluster has them (kubectl get -o yaml keeps creationTimestamp).',
    accept: 'as-said',
  },
  'mesh-wildcard-host': {
    severity: 'error',
    summary: 'A VirtualService takes all hosts of the mesh.',
    message: () => 'Istio does not allow the host `*` for clients in the mesh',
    effect: () => 'Istio refuses the object; nothing is converted for the mesh.',
    help: () => 'Name the Services, or bind the VirtualService to a Gateway only.',
    accept: 'never',
  },
  'no-service-for-wildcard': {
    severity: 'error',
    summary: 'A mesh host is a wildcard, and no Service or ServiceEntry of the input lies in it.',
    message: (args: { host: string }) => `no Service or ServiceEntry of the input has a name in ${args.host}`,
    effect: () => 'It is not known which Services these rules change; nothing is converted for them.',
    help: () => 'Add the manifests of the Services, or name them one by one.',
    accept: 'as-said',
  },
  'ports-of-service-unknown': {
    severity: 'error',
    summary: 'The rules of a mesh host differ by port and the input does not show which ports its Service has.',
    message: (args: { service: string; settings: string }) =>
      `the rules differ by port, and the ports of Service ${args.service} are not known`,
    effect: () => 'Ports that no match names would be left to the rules of the others.',
    help: (args) =>
      `Add the manifest of the Service, or say it in latticectl.yaml (with the right numbers): ${args.settings}`,
    accept: 'as-said',
  },
  'no-http-port': {
    severity: 'warning',
    summary: 'A VirtualService has HTTP rules for a Service without an HTTP port.',
    message: (args: { service: string }) => `no port of Service ${args.service} speaks HTTP by its name or appProtocol`,
    effect: () => 'Istio does not look at the HTTP rules on these ports, and nothing is converted for the mesh.',
    help: () => 'Name the port `http-…` or set its appProtocol when it speaks HTTP.',
    accept: 'as-said',
  },
  'l4-route-not-translated': {
    severity: 'error',
    summary: 'A VirtualService routes TLS or TCP connections.',
    message: (args: { list: 'tls' | 'tcp' }) => `${args.list} routes are not translated yet`,
    effect: () => 'Connections of this kind would find no route.',
    help: () => 'Keep them on Istio, or write a TLSRoute or TCPRoute by hand and accept this finding.',
    accept: 'as-said',
  },
  // Gateways
  'server-not-translated': {
    severity: 'error',
    summary: 'A server of a Gateway does not speak HTTP, or passes TLS on unopened.',
    message: (args: { what: string }) => `a server of ${args.what} is not translated yet`,
    effect: () => 'Its hosts are not served on this port.',
    help: () => 'Keep this server on Istio, or write its listener and route by hand and accept this finding.',
    accept: 'as-said',
  },
  'server-conflict': {
    severity: 'error',
    summary: 'Servers of one port speak different protocols.',
    message: (args: { port: number; protocol: string; other: string }) =>
      `port ${args.port} already speaks ${args.other} for these proxies, and this server wants ${args.protocol}`,
    effect: () => 'Istio drops the later server; it is left out.',
    help: () => 'Give it a port of its own.',
    accept: 'as-said',
  },
  'server-detail-lost': {
    severity: 'error',
    summary: 'A server of a Gateway binds to one address.',
    message: (args: DroppedField) => `the ${args.field} of a server (${args.value}) cannot be told to another gateway`,
    effect: () => 'The listener would accept connections on every address.',
    help: () => 'Restrict access in front of the new gateway.',
    accept: 'omit-part',
    security: true,
  },
  'client-certificates-lost': {
    severity: 'error',
    summary: 'A Gateway asks its clients for a certificate.',
    message: (args: { mode: string }) =>
      `tls.mode ${args.mode} asks clients for a certificate, and the new listener would not`,
    effect: ({ mode }) =>
      mode === 'OPTIONAL_MUTUAL'
        ? 'Clients with a certificate that is not trusted would get in, and backends no longer learn whose it is.'
        : 'Clients without a certificate would get in.',
    help: () => 'Set up client certificates at the new gateway before accepting this finding.',
    accept: 'omit-part',
    security: true,
  },
  'tls-parameters-lost': {
    severity: 'error',
    summary: 'A Gateway limits TLS versions or ciphers.',
    message: (args: { field: string; value: string }) =>
      `tls.${args.field} (${args.value}) cannot be told to another gateway`,
    effect: () => 'The new gateway negotiates TLS by its own settings.',
    help: () => 'Set the same limits at the new gateway, then accept this finding.',
    accept: 'omit-part',
    security: true,
  },
  'certificate-in-files': {
    severity: 'error',
    summary: 'A server reads its certificate from files in its pods, or names none at all.',
    message: () => 'the certificate of this server is in no Secret',
    effect: () => 'The listener has no certificate to show.',
    help: () => 'Put it into a Secret and name it in tls.credentialName.',
    accept: 'as-said',
  },
  'selectors-overlap': {
    severity: 'warning',
    summary:
      'Two Gateways with different selectors may be served by the same pods. An error where both have rules of their own for a host.',
    message: (args: { gateway: string; workload: string; sharesHosts: boolean }) =>
      `pods with the labels ${args.workload} may serve Gateway ${args.gateway} too, on the same port`,
    effect: (args) =>
      args.sharesHosts
        ? 'Istio then answers for the hosts of both by the rules of both together; here each has its own.'
        : 'Istio then merges the routes of both; here they are kept apart.',
    help: () => 'Give both Gateways the same selector when the same pods serve them.',
    accept: 'as-said',
  },
  // DestinationRules
  'backend-behaviour-lost': {
    severity: 'warning',
    summary: 'A DestinationRule says how connections to a backend are made, which routes cannot say.',
    message: (args: { field: string; host: string }) => `${args.field} of ${args.host} is not carried over`,
    effect: (args) => `Requests reach the same backend; its ${args.field} follows the defaults of the target.`,
    help: () => 'Look for a policy of the target, where the defaults do not fit.',
    accept: 'omit-part',
  },
  'backend-tls-not-carried': {
    severity: 'error',
    summary: 'A DestinationRule opens TLS to a backend.',
    message: (args: { host: string; mode: string }) =>
      `TLS to ${args.host} (tls.mode ${args.mode}) is not carried over`,
    effect: () =>
      'Unless the target opens TLS itself, requests to this backend are sent in clear; VPC Lattice never verifies the certificate of a target.',
    help: () =>
      'Set TLS to the backend up at the target (`protocol: HTTPS` of its entry in `backends` of the settings, a TargetGroupPolicy, a BackendTLSPolicy), then accept this finding.',
    accept: 'omit-part',
    security: true,
  },
  'backend-mesh-tls': {
    severity: 'info',
    summary: 'A DestinationRule states how the mesh encrypts, which is no matter of routes.',
    message: (args: { host: string; mode: string }) =>
      `tls.mode ${args.mode} of ${args.host} concerns the mesh and is not carried over`,
    effect: (args) =>
      args.mode === 'DISABLE'
        ? 'Requests to this backend go in clear, before and after.'
        : 'Encryption between proxies of the mesh ends where requests leave the mesh.',
    accept: 'omit-part',
  },
  'backend-tunnel-lost': {
    severity: 'error',
    summary: 'A DestinationRule sends requests through a tunnel or with the PROXY protocol.',
    message: (args: { field: string; host: string }) => `${args.field} to ${args.host} is not carried over`,
    effect: () => 'The backend would see connections of another form.',
    help: () => 'Keep this backend on Istio, or remove the setting.',
    accept: 'omit-part',
  },
  'destination-rule-unused': {
    severity: 'info',
    summary: 'No converted route leads to the host of a DestinationRule with a traffic policy.',
    message: (args: { host: string }) =>
      `no converted route leads to ${args.host}; nothing of this DestinationRule is converted`,
    accept: 'as-said',
  },
  // Policies and other kinds
  'authorization-policy-not-carried': {
    severity: 'error',
    summary: 'An AuthorizationPolicy restricts access and has no counterpart in routes.',
    message: (args: { action: string }) => `this AuthorizationPolicy (${args.action}) is not carried over`,
    effect: () => 'Requests that it refuses would get in.',
    help: () =>
      'Enforce the same at the target, or keep it in force on the pods, then accept this finding for the object.',
    accept: 'as-said',
    security: true,
  },
  'policy-stays-in-force': {
    severity: 'info',
    summary: 'A policy guards pods that Istio goes on guarding, since it runs the new gateways, too.',
    message: (args: { kind: string }) => `this ${args.kind} is not converted: Istio goes on enforcing it at the pods`,
    effect: () =>
      'A new gateway runs in the namespace of its Gateway under a service account of its own: where the policy names those of the old one, its requests are refused.',
    help: () => 'Add the new gateway where the policy names the old one.',
    accept: 'as-said',
  },
  'authorization-policy-allows-all': {
    severity: 'info',
    summary: 'An AuthorizationPolicy allows everything.',
    message: () => 'this AuthorizationPolicy allows every request and is not carried over',
    accept: 'as-said',
  },
  'request-authentication-not-carried': {
    severity: 'error',
    summary: 'A RequestAuthentication checks tokens and has no counterpart in routes.',
    message: () => 'this RequestAuthentication is not carried over',
    effect: () => 'Requests with a wrong token would get in, and no header is made from its claims.',
    help: () => 'Check tokens at the target or in the application, then accept this finding for the object.',
    accept: 'as-said',
    security: true,
  },
  'strict-mtls': {
    severity: 'error',
    summary: 'A PeerAuthentication lets only clients of the mesh in.',
    message: () => 'this PeerAuthentication demands mutual TLS of the mesh (STRICT)',
    effect: () => 'Clients outside of the mesh cannot reach these pods, and inside nothing else would demand it.',
    help: () => 'Decide who may call these pods after the move, then accept this finding for the object.',
    accept: 'as-said',
    security: true,
  },
  'envoy-filter-not-carried': {
    severity: 'error',
    summary: 'An EnvoyFilter, WasmPlugin or TrafficExtension changes proxies in a way that cannot be read.',
    message: (args: { kind: string }) => `what this ${args.kind} does to requests is not known and not carried over`,
    effect: () => 'Requests may be changed, refused or sent elsewhere by it today.',
    help: () => 'Find out what it does, set the same up at the target, then accept this finding for the object.',
    accept: 'as-said',
    security: true,
  },
  'workload-not-carried': {
    severity: 'error',
    summary: 'A WorkloadEntry or WorkloadGroup adds endpoints outside of Kubernetes to a Service.',
    message: (args: { kind: string; services: string }) =>
      `the endpoints of this ${args.kind} are not carried over${args.services}`,
    effect: () => 'The Service loses these endpoints.',
    help: () => 'Write an EndpointSlice for them, or accept that they get no requests.',
    accept: 'as-said',
  },
  'mesh-object-not-carried': {
    severity: 'warning',
    summary: 'A ServiceEntry or Sidecar configures the mesh itself.',
    message: (args: { kind: string }) => `this ${args.kind} configures the mesh and is not carried over`,
    effect: (args) =>
      args.kind === 'ServiceEntry'
        ? 'Its hosts are known to proxies of the mesh only.'
        : 'What its proxies may see and call is not limited outside of the mesh.',
    accept: 'as-said',
  },
  'observability-not-carried': {
    severity: 'info',
    summary: 'An object of Istio configures proxies, logs or metrics and routes nothing.',
    message: (args: { kind: string }) => `this ${args.kind} routes nothing and is not carried over`,
    accept: 'as-said',
  },
  'mesh-defaults': {
    severity: 'info',
    summary: 'Istio does things that nobody wrote down, and that the target may do otherwise.',
    message: (args: { rules: number }) =>
      `${args.rules} ${args.rules === 1 ? 'rule rests' : 'rules rest'} on defaults of Istio: mutual TLS inside of the mesh, 2 retries, LEAST_REQUEST balancing, no timeout`,
    effect: () => 'They end where requests leave the mesh; the target has defaults of its own.',
    help: () => 'Write retries and timeouts out where they matter.',
    accept: 'as-said',
  },
});
