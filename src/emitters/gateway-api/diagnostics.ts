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
  'listener-taken-away': {
    severity: 'error',
    summary:
      'A Gateway keeps its name, and has listeners that are not translated: written without them, it loses them.',
    message: (args: { gateway: string; listeners: readonly string[] }) =>
      `gateway ${args.gateway} would be written without ${args.listeners.length === 1 ? 'its listener' : 'its listeners'} ${listNames(args.listeners)}`,
    effect: () => 'Once the output is applied, connections to them fail.',
    help: () => 'Add them to the Gateway of the output by hand, then accept this finding.',
    accept: 'as-said',
  },
  'parameters-of-other-class': {
    severity: 'warning',
    summary: 'A Gateway that moves to another class refers to settings of the implementation that runs it today.',
    message: (args: { gateway: string; to: string; className: string }) =>
      `gateway ${args.gateway} refers to ${args.to}, which the class ${args.className} does not know: left out`,
    effect: () =>
      'What these settings say of the proxies (their number, their load balancer, logging) no longer holds.',
    help: () => 'Say it in the way of the new implementation.',
    accept: 'omit-part',
  },
  'external-name-service': {
    severity: 'error',
    summary:
      'A backend is a Service of type ExternalName, which stands for a name outside of the cluster. A warning for a mirror.',
    message: (args: { service: string }) =>
      `Service ${args.service} is of type ExternalName, and a route of Gateway API need not lead there`,
    effect: () => 'It is written as it stands; most implementations, the AWS controller among them, find no endpoint.',
    help: () => 'Put a Service with endpoints in its place.',
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
