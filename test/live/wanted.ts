import type { LatticeResource, LatticeResources } from '../../src/emitters/lattice/resources.ts';

export const vpcId = 'vpc-0123456789abcdef0';
export const certificateArn = 'arn:aws:acm:us-west-2:123456789012:certificate/11111111-2222-3333-4444-555555555555';
export const logGroup = 'arn:aws:logs:us-west-2:123456789012:log-group:shop:*';

const policy = (effect: 'Allow' | 'Deny') =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: effect, Principal: '*', Action: 'vpc-lattice-svcs:Invoke', Resource: '*' }],
  });

const group = (name: string, backend: string, ip: string): LatticeResource => ({
  kind: 'TargetGroup',
  name,
  type: 'IP',
  config: { port: 8080, protocol: 'HTTP', protocolVersion: 'HTTP1', ipAddressType: 'IPV4', vpcIdentifier: vpcId },
  targets: [{ id: ip, port: 8080 }],
  origin: { backend },
});

/** A stack with every kind of resource, in the order in which it can be created. */
export const wanted: LatticeResources = {
  kind: 'LatticeResources',
  stack: 'shop',
  region: 'us-west-2',
  tags: { team: 'web' },
  resources: [
    { kind: 'ServiceNetwork', name: 'net', create: true, authType: 'AWS_IAM', sharing: { enabled: false } },
    { kind: 'AuthPolicy', name: 'net', of: 'ServiceNetwork', policy: policy('Allow') },
    {
      kind: 'ServiceNetworkVpcAssociation',
      name: `net/${vpcId}`,
      serviceNetwork: 'net',
      vpcId,
      securityGroupIds: ['sg-0123456789abcdef0', 'sg-0123456789abcdef1'],
    },
    group('shop-web', 'shop/web:80', '10.0.0.1'),
    group('shop-cart', 'shop/cart:80', '10.0.0.2'),
    {
      kind: 'TargetGroup',
      name: 'shop-hook',
      type: 'LAMBDA',
      targets: [{ id: 'arn:aws:lambda:us-west-2:123456789012:function:hook' }],
      origin: { backend: 'shop/hook:80' },
    },
    {
      kind: 'Service',
      name: 'shop-example-com',
      customDomainName: 'shop.example.com',
      certificateArn,
      authType: 'AWS_IAM',
      origin: {},
    },
    { kind: 'AuthPolicy', name: 'shop-example-com', of: 'Service', policy: policy('Allow') },
    {
      kind: 'AccessLogSubscription',
      name: 'shop-example-com/logs',
      of: 'Service',
      resource: 'shop-example-com',
      destinationArn: logGroup,
    },
    {
      kind: 'Listener',
      name: 'https-443',
      service: 'shop-example-com',
      protocol: 'HTTPS',
      port: 443,
      defaultAction: { fixedResponse: { statusCode: 404 } },
    },
    {
      kind: 'Rule',
      name: 'exact-cart',
      service: 'shop-example-com',
      listener: 'https-443',
      priority: 10,
      match: {
        httpMatch: {
          method: 'GET',
          pathMatch: { match: { exact: '/cart' }, caseSensitive: true },
          headerMatches: [{ name: 'x-canary', match: { exact: 'true' }, caseSensitive: true }],
        },
      },
      action: {
        forward: {
          targetGroups: [
            { targetGroup: 'shop-cart', weight: 9 },
            { targetGroup: 'shop-web', weight: 1 },
          ],
        },
      },
    },
    {
      kind: 'Rule',
      name: 'prefix-hook',
      service: 'shop-example-com',
      listener: 'https-443',
      priority: 20,
      match: { httpMatch: { pathMatch: { match: { prefix: '/hook' }, caseSensitive: true } } },
      action: { forward: { targetGroups: [{ targetGroup: 'shop-hook', weight: 1 }] } },
    },
    {
      kind: 'ServiceNetworkServiceAssociation',
      name: 'net/shop-example-com',
      serviceNetwork: 'net',
      service: 'shop-example-com',
    },
  ],
};

/** The same with other resources. */
export function having(change: (resource: LatticeResource) => LatticeResource | undefined): LatticeResources {
  return { ...wanted, resources: wanted.resources.flatMap((one) => change(one) ?? []) };
}
