// A set of resources in which every operation can succeed once, and the inputs with which it does.
import { FINE, sampleOf } from './lattice-api-samples.js';

const notFound = { fixedResponse: { statusCode: 404 } };
const match = { httpMatch: { method: 'GET' } };
const target = { id: '10.0.0.1', port: 80 };
const logs = FINE.AccessLogDestinationArn;
const policy = FINE.PolicyString;

/** Builds the world in an empty sandbox; `call` makes a call that has to succeed. */
export async function buildWorld(call) {
  const network = await call('CreateServiceNetwork', {
    name: 'net',
    authType: 'AWS_IAM',
    sharingConfig: { enabled: true },
  });
  const bare = await call('CreateServiceNetwork', { name: 'bare' });
  const service = await call('CreateService', {
    name: 'shop',
    customDomainName: 'shop.example.com',
    certificateArn: 'arn:aws:acm:us-west-2:123456789012:certificate/a',
    tags: { a: 'b' },
  });
  const spare = await call('CreateService', { name: 'spare' });
  const config = { port: 80, protocol: 'HTTP', vpcIdentifier: 'vpc-0123456789abcdef0' };
  const group = await call('CreateTargetGroup', { name: 'web', type: 'IP', config });
  const unused = await call('CreateTargetGroup', { name: 'unused', type: 'LAMBDA' });
  const serviceIdentifier = service.id;
  const defaultAction = { forward: { targetGroups: [{ targetGroupIdentifier: group.id }] } };
  const listener = await call('CreateListener', { serviceIdentifier, name: 'http', protocol: 'HTTP', defaultAction });
  const inListener = { serviceIdentifier, listenerIdentifier: listener.id };
  const rule = await call('CreateRule', { ...inListener, name: 'one', priority: 1, match, action: notFound });
  await call('RegisterTargets', { targetGroupIdentifier: group.id, targets: [target] });
  const serviceAssociation = await call('CreateServiceNetworkServiceAssociation', {
    serviceIdentifier,
    serviceNetworkIdentifier: network.id,
  });
  const vpcAssociation = await call('CreateServiceNetworkVpcAssociation', {
    serviceNetworkIdentifier: network.id,
    vpcIdentifier: 'vpc-0123456789abcdef0',
    securityGroupIds: ['sg-12345678'],
    privateDnsEnabled: true,
    dnsOptions: { privateDnsPreference: 'SPECIFIED_DOMAINS_ONLY', privateDnsSpecifiedDomains: ['a.example.com'] },
  });
  const log = await call('CreateAccessLogSubscription', { resourceIdentifier: network.id, destinationArn: logs });
  await call('PutAuthPolicy', { resourceIdentifier: service.id, policy });
  await call('PutResourcePolicy', { resourceArn: service.arn, policy });
  return { network, bare, service, spare, group, unused, listener, rule, serviceAssociation, vpcAssociation, log };
}

/** An input with which an operation succeeds in the world. */
export function fineInput({ shapes, operations }, name, world) {
  const ids = {
    serviceIdentifier: world.service.id,
    serviceNetworkIdentifier: world.network.id,
    listenerIdentifier: world.listener.id,
    ruleIdentifier: world.rule.id,
    targetGroupIdentifier: world.group.id,
    serviceNetworkServiceAssociationIdentifier: world.serviceAssociation.id,
    serviceNetworkVpcAssociationIdentifier: world.vpcAssociation.id,
    accessLogSubscriptionIdentifier: world.log.id,
    resourceIdentifier: world.service.id,
    resourceArn: world.service.arn,
    tagKeys: ['a'],
  };
  const SPECIAL = {
    DeleteServiceNetwork: { serviceNetworkIdentifier: world.bare.id },
    DeleteService: { serviceIdentifier: world.spare.id },
    DeleteTargetGroup: { targetGroupIdentifier: world.unused.id },
    CreateServiceNetworkServiceAssociation: { serviceIdentifier: world.spare.arn },
    CreateServiceNetworkVpcAssociation: { vpcIdentifier: 'vpc-12345678' },
    CreateListener: { port: 81 },
    CreateRule: { match, priority: 2 },
    BatchUpdateRule: { rules: [{ ruleIdentifier: world.rule.id, priority: 9 }] },
    UpdateRule: { match, priority: 5 },
    UpdateService: { idleTimeoutSeconds: 90 },
    ListAccessLogSubscriptions: { resourceIdentifier: world.network.id },
    DeregisterTargets: { targets: [target] },
  };
  const { required = [], members } = shapes[operations[name].input];
  const input = Object.fromEntries(
    required.map((member) => [member, ids[member] ?? sampleOf(shapes, members[member].shape)]),
  );
  return { ...input, ...SPECIAL[name] };
}
