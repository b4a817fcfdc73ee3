import { defineDiagnostics } from '../../diagnostics/diagnostic.ts';
import { listNames } from '../../diagnostics/list-names.ts';
import { MAX_PRIORITY } from '../lattice-limits.ts';

/** A backend that the settings do not map, and the port of its pods where that is known. */
export interface UnmappedBackend {
  readonly key: string;
  readonly targetPort: number;
}

const PASTE = 'Write into latticectl.yaml (with the right values):';

/** Findings of writing the resources of VPC Lattice. */
export const latticeApiDiagnostics = defineDiagnostics('lattice', {
  'network-missing': {
    severity: 'error',
    summary: 'The settings name no service network for the services to join.',
    message: (_: { missing: readonly string[] }) => 'no service network is named in the settings',
    effect: () => 'No client would reach the services.',
    help: ({ missing }) => [PASTE, ...missing, 'serviceNetwork: {name: shop, create: true}'].join('\n'),
    accept: 'never',
  },
  'backend-unmapped': {
    severity: 'error',
    summary: 'The settings do not say which target group stands for a backend.',
    message: ({ backends }: { backends: readonly UnmappedBackend[] }) =>
      `no target group stands for ${listNames(backends.map(({ key }) => key))}`,
    effect: () => 'Rules that name these backends have nowhere to forward to, so their hosts are not written.',
    help: ({ backends }) =>
      [
        PASTE,
        'backends:',
        ...backends.map(
          ({ key, targetPort }) =>
            `  ${key.includes('@') ? JSON.stringify(key) : key}: {ips: [10.0.0.1], port: ${targetPort}, vpcId: vpc-0123456789abcdef0}`,
        ),
        '# in place of ips: targetGroupArn, serviceExport, lambdaArn, albArn, instances or endpointSlices',
      ].join('\n'),
    accept: 'never',
  },
  'target-group-shared': {
    severity: 'error',
    summary: 'One target group stands for backends of two Lattice services, and it may serve one only.',
    message: ({ group, services }: { group: string; services: readonly string[] }) =>
      `the target group ${group} is used by the services ${listNames(services)}; it may serve one`,
    effect: () => 'The API would refuse the rules of the second service.',
    help: () => 'Name a target group of its own for each service, or let latticectl make them (instances, ips).',
    accept: 'never',
  },
  'pod-ips-go-stale': {
    severity: 'warning',
    summary: 'The targets are addresses of pods as the EndpointSlices of the input have them.',
    message: ({ backend, count }: { backend: string; count: number }) =>
      `the targets of ${backend} are ${count === 1 ? 'one address' : `${count} addresses`} of pods at the time of the input`,
    effect: () => 'When pods move, requests go to addresses that no longer serve them until latticectl runs again.',
    help: () => 'Use serviceExport or targetGroupArn with a controller that follows the pods.',
    accept: 'as-said',
  },
  'no-endpoints': {
    severity: 'error',
    summary: 'The settings ask for the addresses of EndpointSlices, and the input has none that fit.',
    message: ({ backend, why }: { backend: string; why: string }) => `no addresses are known for ${backend}: ${why}`,
    effect: () => 'Requests would have no target.',
    help: () => 'Add the EndpointSlices of the Service to the input, or name ips in the settings.',
    accept: 'never',
  },
  'mixed-addresses': {
    severity: 'error',
    summary: 'A target group holds addresses of IPv4 or of IPv6, not of both.',
    message: ({ backend }: { backend: string }) => `the addresses of ${backend} are of IPv4 and of IPv6`,
    accept: 'never',
  },
  'certificate-needed': {
    severity: 'error',
    summary: 'An HTTPS listener under a custom domain needs a certificate of ACM.',
    message: ({ host }: { host: string; region: string }) =>
      `${host} is served over HTTPS, and the settings name no certificate for it`,
    effect: () => 'Clients would be shown the certificate of the generated domain and refuse it.',
    help: ({ host, region }) =>
      [
        PASTE,
        'hosts:',
        `  ${host}:`,
        `    certificateArn: arn:aws:acm:${region}:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000`,
      ].join('\n'),
    accept: 'never',
  },
  'service-name-taken': {
    severity: 'error',
    summary: 'Two hosts would have Lattice services of one name.',
    message: ({ name, hosts }: { name: string; hosts: readonly string[] }) =>
      `the Lattice service ${name} would serve ${listNames(hosts)}`,
    effect: () => 'A service has one custom domain, so neither is written.',
    help: ({ name, hosts }) =>
      [
        PASTE,
        'hosts:',
        `  ${JSON.stringify(hosts.at(-1))}:`,
        `    serviceName: ${name.slice(0, 38).replace(/-$/, '')}-2`,
      ].join('\n'),
    accept: 'never',
  },
  'rule-priorities': {
    severity: 'error',
    summary: `A listener has ${MAX_PRIORITY} priorities, and each rule needs one.`,
    message: ({ host, count }: { host: string; count: number }) =>
      `host ${host} needs ${count} rules; a listener of VPC Lattice has priorities for ${MAX_PRIORITY}`,
    accept: 'never',
  },
  'object-left-out': {
    severity: 'warning',
    summary: 'An object of the AWS controller has no part in resources of VPC Lattice.',
    message: ({ kind, why }: { kind: string; why: string }) => `the ${kind} is left out: ${why}`,
    accept: 'as-said',
  },
});
