import type { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import * as lattice from '@aws-sdk/client-vpc-lattice';

/** What a create gave, with what every test needs of it. */
function made({ id = '', arn = '' }: { readonly id?: string | undefined; readonly arn?: string | undefined }) {
  return { id, arn };
}

export const vpcId = 'vpc-0123456789abcdef0';
export const notFound = { fixedResponse: { statusCode: 404 } };

/** Short forms of the calls with which a test sets its scene. */
export function scene(client: VPCLatticeClient) {
  return {
    network: async (name = 'net', more: Partial<lattice.CreateServiceNetworkRequest> = {}) =>
      made(await client.send(new lattice.CreateServiceNetworkCommand({ name, ...more }))),
    service: async (name = 'shop', more: Partial<lattice.CreateServiceRequest> = {}) =>
      made(await client.send(new lattice.CreateServiceCommand({ name, ...more }))),
    listener: async (serviceIdentifier: string, more: Partial<lattice.CreateListenerRequest> = {}) =>
      made(
        await client.send(
          new lattice.CreateListenerCommand({
            serviceIdentifier,
            name: 'http',
            protocol: 'HTTP',
            defaultAction: notFound,
            ...more,
          }),
        ),
      ),
    rule: async (
      place: { readonly serviceIdentifier: string; readonly listenerIdentifier: string },
      priority: number,
      more: Partial<lattice.CreateRuleRequest> = {},
    ) =>
      made(
        await client.send(
          new lattice.CreateRuleCommand({
            ...place,
            name: `rule${priority}`,
            priority,
            match: { httpMatch: { pathMatch: { match: { prefix: `/${priority}` } } } },
            action: notFound,
            ...more,
          }),
        ),
      ),
    group: async (name = 'web', more: Partial<lattice.CreateTargetGroupRequest> = {}) =>
      made(
        await client.send(
          new lattice.CreateTargetGroupCommand({
            name,
            type: 'IP',
            config: { port: 8080, protocol: 'HTTP', vpcIdentifier: vpcId },
            ...more,
          }),
        ),
      ),
    associate: async (serviceNetworkIdentifier: string, serviceIdentifier: string) =>
      made(
        await client.send(
          new lattice.CreateServiceNetworkServiceAssociationCommand({ serviceNetworkIdentifier, serviceIdentifier }),
        ),
      ),
  };
}

/** An action that forwards to target groups by weight. */
export function forward(...groups: readonly (readonly [string, number?])[]): lattice.RuleAction {
  return {
    forward: {
      targetGroups: groups.map(([targetGroupIdentifier, weight]) => ({ targetGroupIdentifier, weight })),
    },
  };
}
