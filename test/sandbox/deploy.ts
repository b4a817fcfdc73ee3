import * as lattice from '@aws-sdk/client-vpc-lattice';
import type { LatticeResource, RuleAction } from '../../src/emitters/lattice/resources.ts';

type Of<K extends LatticeResource['kind']> = Extract<LatticeResource, { readonly kind: K }>;

/** Creates every resource of a document with the real SDK, in the order in which it stands there. */
export async function deploy(client: lattice.VPCLatticeClient, resources: readonly LatticeResource[]): Promise<void> {
  const ids = new Map<string, string>();
  const idOf = (kind: string, name: string): string => ids.get(`${kind} ${name}`) ?? `${kind} ${name} was not made`;
  const keep = (kind: string, name: string, { id = '' }: { readonly id?: string | undefined }) =>
    ids.set(`${kind} ${name}`, id);
  const toAction = (action: RuleAction): lattice.RuleAction =>
    'fixedResponse' in action
      ? action
      : {
          forward: {
            targetGroups: action.forward.targetGroups.map(({ targetGroup, weight }) => ({
              targetGroupIdentifier: idOf('TargetGroup', targetGroup),
              weight,
            })),
          },
        };
  const createGroup = async ({ name, type, config, targets }: Of<'TargetGroup'>) => {
    keep('TargetGroup', name, await client.send(new lattice.CreateTargetGroupCommand({ name, type, config })));
    const targetGroupIdentifier = idOf('TargetGroup', name);
    await client.send(new lattice.RegisterTargetsCommand({ targetGroupIdentifier, targets: [...targets] }));
  };
  const createListener = async ({ name, service, protocol, port, defaultAction }: Of<'Listener'>) => {
    const serviceIdentifier = idOf('Service', service);
    const input = { serviceIdentifier, name, protocol, port, defaultAction: toAction(defaultAction) };
    keep('Listener', `${service}/${name}`, await client.send(new lattice.CreateListenerCommand(input)));
  };
  const createRule = async ({ name, service, listener, priority, match: { httpMatch }, action }: Of<'Rule'>) => {
    const { headerMatches, ...rest } = httpMatch;
    const match = { httpMatch: headerMatches === undefined ? rest : { ...rest, headerMatches: [...headerMatches] } };
    const serviceIdentifier = idOf('Service', service);
    const listenerIdentifier = idOf('Listener', `${service}/${listener}`);
    const place = { serviceIdentifier, listenerIdentifier };
    // The unions of the SDK have a member for each of their arms.
    const typed = match as lattice.RuleMatch;
    await client.send(
      new lattice.CreateRuleCommand({ ...place, name, priority, match: typed, action: toAction(action) }),
    );
  };
  for (const resource of resources) {
    const { kind, name } = resource;
    if (kind === 'ServiceNetwork')
      keep(kind, name, await client.send(new lattice.CreateServiceNetworkCommand({ name })));
    else if (kind === 'TargetGroup') await createGroup(resource);
    else if (kind === 'Service') {
      const { customDomainName, authType } = resource;
      keep(kind, name, await client.send(new lattice.CreateServiceCommand({ name, customDomainName, authType })));
    } else if (kind === 'Listener') await createListener(resource);
    else if (kind === 'Rule') await createRule(resource);
    else if (kind === 'ServiceNetworkServiceAssociation') {
      const serviceNetworkIdentifier = idOf('ServiceNetwork', resource.serviceNetwork);
      const serviceIdentifier = idOf('Service', resource.service);
      const input = { serviceNetworkIdentifier, serviceIdentifier };
      await client.send(new lattice.CreateServiceNetworkServiceAssociationCommand(input));
    }
  }
}
