import { defineDiagnostics } from '../../diagnostics/diagnostic.ts';
import { DIMENSIONS } from '../../diagnostics/dimension.ts';
import { listNames } from '../../diagnostics/list-names.ts';

/** Findings of writing Gateway API objects, in both profiles. */
export const gatewayApiDiagnostics = defineDiagnostics('gateway-api', {
  'class-assumed': {
    severity: 'info',
    summary: 'The gatewayClassName was taken from the source, which names no GatewayClass.',
    message: (args: { gateway: string; className: string }) =>
      `Gateway ${args.gateway} gets the class ${args.className}, after the controller that runs the source`,
    help: () => 'Set --gateway-class to a GatewayClass of the cluster.',
    accept: 'as-said',
  },
  'controller-class-kept': {
    severity: 'error',
    summary:
      'A Gateway of the profile standard keeps the class of the AWS controller, which does not run what the profile writes.',
    message: (args: { gateway: string; why: string }) =>
      `Gateway ${args.gateway} keeps the class amazon-vpc-lattice, whose controller does not run ${args.why}`,
    effect: () => 'The controller refuses such rules or passes over the part: requests get another answer.',
    help: () => 'Use --profile lattice to keep the controller, or name another class with --gateway-class.',
    accept: 'as-said',
  },
  'gateway-flag-unused': {
    severity: 'warning',
    summary: '--gateway was given, and the input has more than one gateway.',
    message: (args: { gateway: string; count: number }) =>
      `--gateway ${args.gateway} names one gateway, but the input has ${args.count}; they keep their own names`,
    help: () => 'Convert the gateways one at a time to name each of them.',
    accept: 'as-said',
  },
  'gateway-unused': {
    severity: 'info',
    summary: 'No route of the input comes in at a gateway, so nothing is written for it.',
    message: (args: { gateway: string }) =>
      `no route of the input comes in at gateway ${args.gateway}; nothing is written for it`,
    help: () => 'Give the input its routes too, if it has any.',
    accept: 'as-said',
  },
  'too-many-listeners': {
    severity: 'error',
    summary: 'A Gateway holds at most 64 listeners, and splitting it would change its address.',
    message: (args: { gateway: string; count: number; limit: number }) =>
      `Gateway ${args.gateway} needs ${args.count} listeners; a Gateway holds at most ${args.limit}`,
    effect: () => 'None of its hosts is written.',
    help: () => 'Serve hosts with one certificate through a wildcard listener, or split the gateway in the source.',
    accept: 'never',
  },
  'listener-conflict': {
    severity: 'error',
    summary: 'Two listeners of a gateway have the same port, protocol and host name, and different TLS settings.',
    message: (args: { gateway: string; listener: string; other: string }) =>
      `the listeners ${args.other} and ${args.listener} of gateway ${args.gateway} take the same requests with different certificates`,
    effect: () => 'A Gateway cannot have both, so the hosts of the second are not written.',
    help: () => 'Remove one of the two in the source.',
    accept: 'never',
  },
  'certificate-missing': {
    severity: 'error',
    summary: 'An HTTPS listener has no certificate that a Gateway could name.',
    message: (args: { gateway: string; listener: string }) =>
      `the HTTPS listener ${args.listener} of gateway ${args.gateway} names no certificate Secret`,
    effect: () => 'A Gateway with this listener would be refused, so its hosts are not written.',
    help: () => 'Name a Secret with the certificate in the source.',
    accept: 'never',
  },
  'too-many-rules': {
    severity: 'error',
    summary: 'Rules whose order only their place in one HTTPRoute decides do not fit in one HTTPRoute.',
    message: (args: { path: string; count: number }) =>
      `${args.count} matches of the path ${args.path} rank equally, so their order holds only within one HTTPRoute, which is too small for them (16 rules, 128 matches)`,
    effect: () => 'Split over several routes, their order would depend on the age of the routes.',
    help: () => 'Make the rules exclude each other, or merge those with equal backends.',
    accept: 'never',
  },
  'value-not-allowed': {
    severity: 'error',
    summary: 'A value is valid in the source and refused by the Gateway API schema.',
    message: (args: { field: string; reason: string }) => `Gateway API refuses ${args.field}: ${args.reason}`,
    effect: () => 'The API server would refuse the whole route, so the host is not written.',
    accept: 'never',
  },
  'weight-not-exact': {
    severity: 'error',
    summary: 'The weights of a split are larger than 1000000 even without a common divisor.',
    message: (args: { weights: readonly number[]; printed: readonly number[] }) =>
      `the split ${args.weights.join('/')} has no exact form; the nearest is ${args.printed.join('/')}`,
    accept: 'as-said',
    changes: ['backend'],
  },
  'mesh-host-without-service': {
    severity: 'error',
    summary: 'A mesh host is no Kubernetes Service, and an HTTPRoute of a mesh attaches to Services only.',
    message: (args: { host: string }) =>
      `the mesh host ${args.host} is no Kubernetes Service, so no HTTPRoute can serve it`,
    accept: 'never',
  },
  'mesh-clients-widened': {
    severity: 'error',
    summary: 'Rules for clients in the namespace of their Service alone; a route there applies to the clients of all.',
    message: (args: { service: string; namespace: string }) =>
      `a route for Service ${args.service} in its own namespace applies to the clients of all namespaces, not of ${args.namespace} alone`,
    effect: () => 'Clients of other namespaces, which reach the Service itself today, would meet these rules.',
    help: () => 'Export the VirtualService to all namespaces in the source, or accept that the rules apply to all.',
    accept: 'as-said',
    changes: DIMENSIONS,
  },
  'mesh-clients-collide': {
    severity: 'error',
    summary: 'Clients in the namespace of a Service have other rules than those of all other namespaces.',
    message: (args: { service: string; namespace: string }) =>
      `clients in ${args.namespace} have rules of their own for Service ${args.service} of the same namespace, where a route applies to the clients of all namespaces`,
    effect: () => 'The rules for these clients and those for all others would mix.',
    help: () => 'Give the clients of all namespaces the same rules in the source.',
    accept: 'never',
  },
  'subset-needs-service': {
    severity: 'error',
    summary: 'A subset needs the manifest of its Service, from which a Service for the subset is made.',
    message: (args: { service: string; subsets: readonly string[] }) =>
      `Service ${args.service} is not in the input; its ports and selector are needed for the subsets ${args.subsets.join(', ')}`,
    effect: () => 'Without it the subsets have no backend, so the hosts that use them are not written.',
    help: (args) =>
      [
        'Add the manifest of the Service to the input, or write into latticectl.yaml:',
        'services:',
        `  "${args.service}":`,
        '    ports: [{ name: http, port: 80, targetPort: 8080 }]',
        '    selector: { app: NAME }',
        'or, where Services for the subsets exist already:',
        'subsetService: "{service}-{subset}"',
      ].join('\n'),
    accept: 'never',
  },
  'subset-not-selectable': {
    severity: 'error',
    summary: 'A subset cannot be selected by a Service: its Service has no selector, or contradicts the subset.',
    message: (args: { service: string; subset: string; reason: string }) =>
      `no Service can stand for the subset ${args.subset} of ${args.service}: ${args.reason}`,
    accept: 'never',
  },
  'name-collision': {
    severity: 'error',
    summary: 'Two different objects of the output would have the same name.',
    message: (args: { object: string }) => `two objects of the output would be ${args.object}`,
    effect: () => 'One would replace the other, so neither is written.',
    help: () => 'Rename one of the sources.',
    accept: 'never',
  },
});

/** Findings of the profile `lattice`: what the AWS controller and the service behind it take. */
export const latticeDiagnostics = defineDiagnostics('lattice', {
  'not-public': {
    severity: 'error',
    summary: 'An internet-facing gateway becomes a service that only attached VPCs reach.',
    message: (args: { gateway: string }) =>
      `gateway ${args.gateway} is internet-facing; VPC Lattice is reached from attached VPCs only`,
    effect: () => 'Clients on the internet no longer reach its hosts.',
    help: () =>
      'Keep a public load balancer in front and let it forward to the Lattice domain, then accept this finding.',
    accept: 'as-said',
  },
  'exposure-unknown': {
    severity: 'warning',
    summary: 'The input does not say whether a gateway is reached from the internet.',
    message: (args: { gateway: string }) =>
      `whether clients reach gateway ${args.gateway} from the internet is not in the input`,
    effect: () => 'Clients outside the attached VPCs cannot reach VPC Lattice.',
    help: () =>
      'Check what leads to the gateway: its address, or a load balancer before it. Where a gateway selects its pods, their Service of type LoadBalancer in the input answers this.',
    accept: 'as-said',
  },
  'called-port-assumed': {
    severity: 'warning',
    summary: 'Clients in the mesh call a Service whose ports are not in the input, so a port is assumed.',
    message: (args: { service: string; port: number }) =>
      `the ports that clients call of Service ${args.service} are not in the input; its Lattice service listens on ${args.port}`,
    effect: () => 'Clients that keep the port of their calls would get no answer if it is another one.',
    help: (args) =>
      [
        'Add the manifest of the Service to the input, or write into latticectl.yaml (with the right number):',
        'services:',
        `  "${args.service}":`,
        '    ports: [{ name: http, port: 8080 }]',
      ].join('\n'),
    accept: 'as-said',
  },
  'gateway-setting-lost': {
    severity: 'warning',
    summary: 'A Gateway of another class has addresses or settings that the AWS controller does not read.',
    message: (args: { gateway: string; field: string }) =>
      `\`${args.field}\` of gateway ${args.gateway} is left out: the AWS controller does nothing with it`,
    effect: () => 'What it asked of the gateway does not hold for requests that come over VPC Lattice.',
    accept: 'omit-part',
  },
  'certificate-by-discovery': {
    severity: 'info',
    summary: 'No certificate ARN is set, so the controller looks for an ACM certificate by host name.',
    message: (args: { listener: string; hosts: readonly string[] }) =>
      `listener ${args.listener} names no ACM certificate; the controller looks one up by ${listNames(args.hosts)} and ignores Secrets`,
    help: (args) =>
      `Set it in latticectl.yaml: hosts: { "${args.hosts[0] ?? 'HOST'}": { certificateArn: "arn:aws:acm:…" } }`,
    accept: 'as-said',
  },
  'certificate-missing': {
    severity: 'error',
    summary: 'An HTTPS listener has neither a certificate ARN nor a Secret, one of which the Gateway schema wants.',
    message: (args: { listener: string; hosts: readonly string[] }) =>
      `listener ${args.listener} has no certificate for ${listNames(args.hosts)}`,
    effect: () => 'The API server would refuse the Gateway.',
    help: (args) =>
      `Set it in latticectl.yaml: hosts: { "${args.hosts[0] ?? 'HOST'}": { certificateArn: "arn:aws:acm:…" } }`,
    accept: 'never',
  },
  'merged-route': {
    severity: 'info',
    summary: 'Several objects serve one host; Lattice takes one route per host, so they become one.',
    message: (args: { host: string; sources: readonly string[]; route: string }) =>
      `host ${args.host} is served by ${listNames(args.sources)}; they become the one route ${args.route}`,
    accept: 'as-said',
  },
  'service-name-collision': {
    severity: 'info',
    summary: 'The controller cuts route names to make the name of the Lattice service; an annotation keeps them apart.',
    message: (args: { route: string; serviceName: string; override: string; reason: string }) =>
      `HTTPRoute ${args.route} would become the Lattice service ${args.serviceName}, ${args.reason}; it is named ${args.override}`,
    accept: 'as-said',
  },
  'weight-not-exact': {
    severity: 'error',
    summary: 'The weights of a split are larger than 999 even without a common divisor.',
    message: (args: { weights: readonly number[]; printed: readonly number[] }) =>
      `the split ${args.weights.join('/')} does not fit into weights of at most 999; the nearest is ${args.printed.join('/')}`,
    accept: 'as-said',
    changes: ['backend'],
  },
  'too-many-rules': {
    severity: 'error',
    summary: 'The rules of a host do not fit into one HTTPRoute (16), and Lattice takes one route per host.',
    message: (args: { host: string; count: number; limit: number }) =>
      `host ${args.host} needs ${args.count} rules; an HTTPRoute holds at most ${args.limit}, and Lattice takes one route per host`,
    effect: () => 'The API server would refuse the route.',
    help: () => 'Merge rules, or move paths to a host of their own.',
    accept: 'never',
  },
  'too-many-backends': {
    severity: 'error',
    summary: 'A Lattice rule forwards to at most 10 target groups.',
    message: (args: { count: number }) =>
      `a rule splits its requests over ${args.count} backends; VPC Lattice takes at most 10`,
    accept: 'never',
  },
  'over-quota': {
    severity: 'warning',
    summary: 'More of an adjustable AWS quota is needed than accounts have by default, or than --limit says.',
    message: (args: { subject: string; used: number; limit: number; quota: string; name: string; code: string }) =>
      `${args.subject} needs ${args.used} ${args.quota}; the quota ${args.code} is ${args.limit}`,
    effect: () => 'Until the quota is raised the controller programs the route incompletely.',
    help: (args) =>
      `Ask for ${args.used} in Service Quotas (${args.code}); where the account has it, pass --limit ${args.name}=${args.used}.`,
    accept: 'as-said',
  },
  'header-name-length': {
    severity: 'warning',
    summary: 'CloudFormation refuses header names of more than 40 characters; the API takes 100.',
    message: (args: { name: string }) => `the header name ${args.name} is longer than 40 characters`,
    accept: 'as-said',
  },
  'value-not-allowed': {
    severity: 'error',
    summary: 'A value is valid in the source and refused by the API of VPC Lattice.',
    message: (args: { field: string; reason: string }) => `VPC Lattice refuses ${args.field}: ${args.reason}`,
    effect: () => 'The controller would program none of the route, so the host is not written.',
    accept: 'never',
  },
  'custom-domain-not-listened': {
    severity: 'error',
    summary: 'The settings give a route a custom domain that none of the names of its listener takes.',
    message: (args: { domain: string; listener: string; hostname: string }) =>
      `listener ${args.listener} takes ${args.hostname} only, and not the custom domain ${args.domain}`,
    effect: () => 'The route would not attach.',
    help: () => 'Give the listener the name, or no hostname, in the source, or choose a domain that it takes.',
    accept: 'never',
  },
  'two-ports-one-service': {
    severity: 'error',
    summary: 'A route uses two ports of one Service, for which the controller makes one target group.',
    message: (args: { service: string; ports: readonly number[] }) =>
      `the route uses the ports ${args.ports.join(' and ')} of Service ${args.service}; the controller mixes their targets`,
    effect: () => 'Requests would reach either port.',
    help: (args) =>
      `Add the manifest of Service ${args.service} (with its selector) to the input: a second Service is then written for the other port.`,
    accept: 'never',
  },
  'http2-needs-https': {
    severity: 'error',
    summary: 'VPC Lattice reaches HTTP/2 and gRPC backends from HTTPS listeners only.',
    message: (args: { service: string; version: string }) =>
      `Service ${args.service} speaks ${args.version}, which VPC Lattice forwards from HTTPS listeners only`,
    effect: () => 'Requests over the plain HTTP listener would fail.',
    help: () =>
      'Serve the host over HTTPS, or change the port name or appProtocol where the backend also takes HTTP/1.1.',
    accept: 'never',
  },
  'default-health-check': {
    severity: 'info',
    summary: 'No readiness probe was found for a Service, so VPC Lattice checks its targets with GET / for status 200.',
    message: (args: { services: readonly string[] }) =>
      `no readiness probe was found for ${listNames(args.services)}; VPC Lattice checks them with GET / and expects 200`,
    help: () => 'Add the Deployments with their readiness probes to the input, or write a TargetGroupPolicy.',
    accept: 'as-said',
  },
  'health-check-adjusted': {
    severity: 'info',
    summary: 'A value of a readiness probe lies outside the bounds of a Lattice health check and was moved to them.',
    message: (args: { service: string; fields: readonly string[] }) =>
      `the health check of Service ${args.service} differs from its readiness probe in ${args.fields.join(', ')}, which VPC Lattice bounds`,
    accept: 'as-said',
  },
  'probes-differ': {
    severity: 'info',
    summary: 'The workloads behind a Service have different readiness probes, and a target group has one health check.',
    message: (args: { service: string; workload: string }) =>
      `the workloads behind Service ${args.service} have different readiness probes; the health check follows ${args.workload}`,
    accept: 'as-said',
  },
});

/** Findings that mean a mistake in latticectl. */
export const internalDiagnostics = defineDiagnostics('internal', {
  'invalid-output': {
    severity: 'error',
    summary: 'An object of the output breaks a rule of its schema. This is a bug of latticectl.',
    message: (args: { object: string; problem: string }) => `${args.object} would be refused: ${args.problem}`,
    help: () => 'Please report it with the input.',
    accept: 'never',
  },
});
