import type { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import * as lattice from '@aws-sdk/client-vpc-lattice';
import type { LatticeResource, LatticeResources, RuleAction } from '../../src/emitters/lattice/resources.ts';
import { tagsOf, toWantedState, type WantedResource } from '../../src/lattice/wanted-state.ts';

/** The ids of what was created, by key. */
export type Ids = ReadonlyMap<string, { readonly id: string; readonly arn: string }>;

/** Creates the resources as an untouched account has them after they were applied. */
export async function createStack(
  client: VPCLatticeClient,
  resources: LatticeResources,
  stack = resources.stack ?? 'shop',
): Promise<Ids> {
  const wanted = toWantedState(resources, stack);
  const ids = new Map<string, { id: string; arn: string }>();
  const idOf = (key: string): string => {
    const id = ids.get(key)?.id;
    if (id === undefined) throw new Error(`${key} was not created`);
    return id;
  };
  const action = (given: RuleAction): lattice.RuleAction =>
    'fixedResponse' in given
      ? given
      : {
          forward: {
            targetGroups: given.forward.targetGroups.map(({ targetGroup, weight }) => ({
              targetGroupIdentifier: idOf(`TargetGroup ${targetGroup}`),
              weight,
            })),
          },
        };
  for (const one of wanted.resources) {
    const tags = tagsOf(one, wanted);
    const made = await create(one, { client, idOf, action, tags: tags === undefined ? {} : { tags } });
    if (made !== undefined) ids.set(one.key, { id: made.id ?? '', arn: made.arn ?? '' });
  }
  return ids;
}

interface Context {
  readonly client: VPCLatticeClient;
  readonly idOf: (key: string) => string;
  readonly action: (given: RuleAction) => lattice.RuleAction;
  readonly tags: { readonly tags?: Record<string, string> };
}

async function create(
  { resource }: WantedResource,
  { client, idOf, action, tags }: Context,
): Promise<{ id?: string | undefined; arn?: string | undefined } | undefined> {
  const { name } = resource;
  switch (resource.kind) {
    case 'ServiceNetwork': {
      const { authType, sharing } = resource;
      const input = { name, ...(authType && { authType }), ...(sharing && { sharingConfig: sharing }), ...tags };
      return client.send(new lattice.CreateServiceNetworkCommand(input));
    }
    case 'AuthPolicy': {
      const resourceIdentifier = idOf(`${resource.of} ${name}`);
      await client.send(new lattice.PutAuthPolicyCommand({ resourceIdentifier, policy: resource.policy }));
      return undefined;
    }
    case 'ServiceNetworkVpcAssociation': {
      const { vpcId: vpcIdentifier, securityGroupIds } = resource;
      const serviceNetworkIdentifier = idOf(`ServiceNetwork ${resource.serviceNetwork}`);
      const input = { serviceNetworkIdentifier, vpcIdentifier, securityGroupIds: [...securityGroupIds], ...tags };
      return client.send(new lattice.CreateServiceNetworkVpcAssociationCommand(input));
    }
    case 'TargetGroup':
      return createGroup(resource, client, tags);
    case 'Service': {
      const { customDomainName, certificateArn, authType } = resource;
      const more = { ...(customDomainName && { customDomainName }), ...(certificateArn && { certificateArn }) };
      return client.send(new lattice.CreateServiceCommand({ name, authType, ...more, ...tags }));
    }
    case 'AccessLogSubscription': {
      const resourceIdentifier = idOf(`${resource.of} ${resource.resource}`);
      const { destinationArn } = resource;
      return client.send(
        new lattice.CreateAccessLogSubscriptionCommand({ resourceIdentifier, destinationArn, ...tags }),
      );
    }
    case 'Listener': {
      const { protocol, port, defaultAction } = resource;
      const place = { serviceIdentifier: idOf(`Service ${resource.service}`), name, protocol, port };
      return client.send(
        new lattice.CreateListenerCommand({ ...place, defaultAction: action(defaultAction), ...tags }),
      );
    }
    case 'Rule': {
      const { match, priority } = resource;
      const place = {
        serviceIdentifier: idOf(`Service ${resource.service}`),
        listenerIdentifier: idOf(`Listener ${resource.service}/${resource.listener}`),
      };
      const input = { ...place, name, priority, match: match as lattice.RuleMatch, action: action(resource.action) };
      return client.send(new lattice.CreateRuleCommand({ ...input, ...tags }));
    }
    case 'ServiceNetworkServiceAssociation': {
      const serviceNetworkIdentifier = idOf(`ServiceNetwork ${resource.serviceNetwork}`);
      const serviceIdentifier = idOf(`Service ${resource.service}`);
      const input = { serviceNetworkIdentifier, serviceIdentifier, ...tags };
      return client.send(new lattice.CreateServiceNetworkServiceAssociationCommand(input));
    }
    default:
      return undefined;
  }
}

async function createGroup(
  { name, type, config, targets }: Extract<LatticeResource, { kind: 'TargetGroup' }>,
  client: VPCLatticeClient,
  tags: Context['tags'],
) {
  const input = { name, type, ...(config && { config }), ...tags };
  const made = await client.send(new lattice.CreateTargetGroupCommand(input));
  if (targets.length > 0) {
    const members = targets.map(({ id, port }) => ({ id, ...(port !== undefined && { port }) }));
    const given = { targetGroupIdentifier: made.id, targets: members };
    await client.send(new lattice.RegisterTargetsCommand(given));
  }
  return made;
}
