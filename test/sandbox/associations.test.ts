import * as lattice from '@aws-sdk/client-vpc-lattice';
import { describe, expect, test } from 'vitest';
import { failureOf } from './failure.ts';
import { openSandbox } from './harness.ts';
import { scene, vpcId } from './world.ts';

describe('a service in a network', () => {
  test('is associated once, and the network and the service stay until it is off', async () => {
    const { client, pass } = await openSandbox({ delays: { delete: 1000 } });
    const make = scene(client);
    const [network, service] = [await make.network(), await make.service()];
    const { id } = await make.associate(network.id, service.arn);
    expect(await failureOf(make.associate(network.arn, service.id), { resourceId: id })).toBe('ConflictException');
    const { items = [] } = await client.send(
      new lattice.ListServiceNetworkServiceAssociationsCommand({ serviceIdentifier: service.id }),
    );
    expect(items).toMatchObject([{ id, serviceName: 'shop', serviceNetworkName: 'net', createdBy: '123456789012' }]);
    const deleteNetwork = () =>
      client.send(new lattice.DeleteServiceNetworkCommand({ serviceNetworkIdentifier: network.id }));
    const deleteService = () => client.send(new lattice.DeleteServiceCommand({ serviceIdentifier: service.id }));
    expect(await failureOf(deleteNetwork())).toBe('ConflictException');
    expect(await failureOf(deleteService())).toBe('ConflictException');
    const remove = () =>
      client.send(
        new lattice.DeleteServiceNetworkServiceAssociationCommand({ serviceNetworkServiceAssociationIdentifier: id }),
      );
    expect((await remove()).status).toBe('DELETE_IN_PROGRESS');
    expect((await remove()).status).toBe('DELETE_IN_PROGRESS');
    expect(await failureOf(deleteNetwork())).toBe('ConflictException');
    expect(await failureOf(make.associate(network.id, service.id))).toBe('ConflictException');
    pass(1000);
    await deleteNetwork();
    await deleteService();
  });

  test('has a custom domain that no other service of the network has', async () => {
    const { client } = await openSandbox();
    const make = scene(client);
    const network = await make.network();
    const one = await make.service('one', { customDomainName: 'a.example.com' });
    const two = await make.service('two', { customDomainName: 'A.example.com' });
    await make.associate(network.id, one.id);
    expect(await failureOf(make.associate(network.id, two.id))).toBe('ConflictException');
  });

  test('waits for the service', async () => {
    const { client, pass } = await openSandbox({ delay: 100 });
    const make = scene(client);
    const [network, service] = [await make.network(), await make.service()];
    expect(await failureOf(make.associate(network.id, service.id))).toBe('ConflictException');
    pass(100);
    const { id } = await make.associate(network.id, service.id);
    const get = () =>
      client.send(
        new lattice.GetServiceNetworkServiceAssociationCommand({ serviceNetworkServiceAssociationIdentifier: id }),
      );
    expect((await get()).status).toBe('CREATE_IN_PROGRESS');
    pass(100);
    expect((await get()).status).toBe('ACTIVE');
  });
});

describe('a VPC in a network', () => {
  const groups = ['sg-0123456789abcdef0'];

  async function openVpc(delay = 0) {
    const sandbox = await openSandbox({ delay });
    const { client } = sandbox;
    const network = await scene(client).network();
    const associate = (
      serviceNetworkIdentifier: string,
      more: Partial<lattice.CreateServiceNetworkVpcAssociationRequest> = {},
    ) =>
      client.send(
        new lattice.CreateServiceNetworkVpcAssociationCommand({
          serviceNetworkIdentifier,
          vpcIdentifier: vpcId,
          ...more,
        }),
      );
    const { id: serviceNetworkVpcAssociationIdentifier = '' } = await associate(network.id, {
      securityGroupIds: groups,
    });
    const association = { serviceNetworkVpcAssociationIdentifier };
    return {
      ...sandbox,
      network,
      associate,
      get: () => client.send(new lattice.GetServiceNetworkVpcAssociationCommand(association)),
      update: (securityGroupIds: string[], more: Partial<lattice.UpdateServiceNetworkVpcAssociationRequest> = {}) =>
        client.send(
          new lattice.UpdateServiceNetworkVpcAssociationCommand({ ...association, securityGroupIds, ...more }),
        ),
      remove: () => client.send(new lattice.DeleteServiceNetworkVpcAssociationCommand(association)),
    };
  }

  test('joins one network only', async () => {
    const { client, associate } = await openVpc();
    const other = await scene(client).network('other');
    const second = associate(other.id);
    expect(await failureOf(second, { resourceType: 'SERVICE_NETWORK_VPC_ASSOCIATION' })).toBe('ConflictException');
  });

  test('changes its security groups, and keeps one at least', async () => {
    const { get, update, pass, remove } = await openVpc(100);
    expect(await failureOf(update(['sg-12345678']))).toBe('ConflictException');
    pass(100);
    expect((await update(['sg-12345678'], { privateDnsEnabled: true })).status).toBe('UPDATE_IN_PROGRESS');
    expect(await failureOf(remove())).toBe('ConflictException');
    pass(100);
    expect(await get()).toMatchObject({
      status: 'ACTIVE',
      securityGroupIds: ['sg-12345678'],
      privateDnsEnabled: true,
      serviceNetworkName: 'net',
      vpcId,
    });
    expect(await failureOf(update([]))).toBe('ValidationException');
  });

  test('is listed by network and by VPC, and gone in the end', async () => {
    const { client, network, remove, get } = await openVpc();
    const list = async (filter: lattice.ListServiceNetworkVpcAssociationsRequest) =>
      (await client.send(new lattice.ListServiceNetworkVpcAssociationsCommand(filter))).items?.length;
    expect(await list({ serviceNetworkIdentifier: network.arn })).toBe(1);
    expect(await list({ vpcIdentifier: vpcId })).toBe(1);
    expect(await list({ vpcIdentifier: 'vpc-12345678' })).toBe(0);
    await remove();
    expect(await failureOf(get())).toBe('ResourceNotFoundException');
  });
});

test('a network has neither endpoints nor resources', async () => {
  const { client } = await openSandbox();
  const { id: serviceNetworkIdentifier } = await scene(client).network();
  const input = { serviceNetworkIdentifier };
  expect((await client.send(new lattice.ListServiceNetworkVpcEndpointAssociationsCommand(input))).items).toEqual([]);
  expect((await client.send(new lattice.ListServiceNetworkResourceAssociationsCommand(input))).items).toEqual([]);
});
