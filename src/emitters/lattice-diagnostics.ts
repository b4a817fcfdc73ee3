import { defineDiagnostics } from '../diagnostics/diagnostic.ts';
import { listNames } from '../diagnostics/list-names.ts';
import { MAX_HEADER_NAME, MAX_TARGETS_OF_RULE, MAX_WEIGHT, USUAL_HEADER_NAME } from './lattice-limits.ts';

/** What VPC Lattice takes, whether its resources are made by the AWS controller or by us. */
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
  'port-in-two-protocols': {
    severity: 'error',
    summary: 'Gateways of the source, or a gateway and the mesh, speak HTTP and HTTPS on one port; one Gateway cannot.',
    message: (args: { port: number; stays: string; other: string; names: readonly string[] }) =>
      `port ${args.port} of the one Gateway is ${args.stays}, and ${args.other} is asked for on it by ${listNames(args.names)}`,
    effect: () =>
      'Listeners of one port with two protocols contradict each other, and none of their routes would be served.',
    help: () => 'Convert the gateways apart, each with a --gateway of its own, or give one of them another port.',
    accept: 'never',
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
    summary: `The weights of a split are larger than ${MAX_WEIGHT} even without a common divisor.`,
    message: (args: { weights: readonly number[]; printed: readonly number[] }) =>
      `the split ${args.weights.join('/')} does not fit into weights of at most ${MAX_WEIGHT}; the nearest is ${args.printed.join('/')}`,
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
    summary: `A Lattice rule forwards to at most ${MAX_TARGETS_OF_RULE} target groups.`,
    message: (args: { count: number }) =>
      `a rule splits its requests over ${args.count} backends; VPC Lattice takes at most ${MAX_TARGETS_OF_RULE}`,
    accept: 'never',
  },
  'over-quota': {
    severity: 'warning',
    summary: 'More of an adjustable AWS quota is needed than accounts have by default, or than --limit says.',
    message: (args: { subject: string; used: number; limit: number; quota: string; name: string; code: string }) =>
      `${args.subject} needs ${args.used} ${args.quota}; the quota ${args.code} is ${args.limit}`,
    effect: () => 'Until the quota is raised, VPC Lattice refuses a part of it.',
    help: (args) =>
      `Ask for ${args.used} in Service Quotas (${args.code}); where the account has it, pass --limit ${args.name}=${args.used}.`,
    accept: 'as-said',
  },
  'header-name-length': {
    severity: 'warning',
    summary: `CloudFormation refuses header names of more than ${USUAL_HEADER_NAME} characters; the API takes ${MAX_HEADER_NAME}.`,
    message: (args: { name: string }) => `the header name ${args.name} is longer than ${USUAL_HEADER_NAME} characters`,
    accept: 'as-said',
  },
  'value-not-allowed': {
    severity: 'error',
    summary: 'A value is valid in the source and refused by the API of VPC Lattice.',
    message: (args: { field: string; reason: string }) => `VPC Lattice refuses ${args.field}: ${args.reason}`,
    effect: () => 'VPC Lattice would refuse the request that makes it, so the host is not written.',
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
    message: (args: { services: readonly string[]; instead: string }) =>
      `no readiness probe was found for ${listNames(args.services)}; VPC Lattice checks them with GET / and expects 200`,
    help: ({ instead }) => `Add the Deployments with their readiness probes to the input, or ${instead}.`,
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
