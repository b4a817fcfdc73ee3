import { checkTags } from '../checks/tags.ts';
import { answer, type Context, newResource, type Outcome, startTransition, tagged, timestamp } from '../context.ts';
import { conflict } from '../errors.ts';
import type { Input } from '../model/operations.ts';
import { pageOf } from '../paging.ts';
import { checkQuota } from '../quotas.ts';
import { idIn } from '../state/ids.ts';
import { find, findOwn, isOwn } from '../state/lookup.ts';
import type { VpcAssociation } from '../state/records.ts';
import { groupBy, put, type State } from '../state/state.ts';
import { networkOf } from './networks.ts';

export function createVpcAssociation(context: Context, input: Input<'CreateServiceNetworkVpcAssociation'>): Outcome {
  const { vpcIdentifier: vpcId, securityGroupIds = [], privateDnsEnabled, dnsOptions, tags } = input;
  checkTags(tags, {}, context.limits);
  const network = find(context, 'ServiceNetwork', input.serviceNetworkIdentifier);
  // A VPC joins one network only, and one that is being taken off still counts. Source: the user guide, quotas.
  const clash = [...context.state.VpcAssociation.values()].find((row) => row.vpcId === vpcId && isOwn(context, row));
  if (clash !== undefined) {
    const message = `VPC ${vpcId} is associated with ${clash.serviceNetworkId}: ${clash.id} is ${clash.status}`;
    throw conflict('SERVICE_NETWORK_VPC_ASSOCIATION', clash.id, message);
  }
  const others = groupBy(context.state.VpcAssociation, networkOf).get(network.id) ?? [];
  checkQuota('vpcAssociationsPerNetwork', others.length + 1, context.limits);
  const natural = `${network.id} ${vpcId}`;
  const path = (id: string) => `servicenetworkvpcassociation/${id}`;
  const { common, bookkeeping } = newResource(context, 'VpcAssociation', natural, path);
  const association: VpcAssociation = {
    ...common,
    status: 'CREATE_IN_PROGRESS',
    createdBy: context.caller.account,
    serviceNetworkId: network.id,
    vpcId,
    securityGroupIds,
    ...(privateDnsEnabled === undefined ? {} : { privateDnsEnabled }),
    ...(dnsOptions === undefined ? {} : { dnsOptions }),
  };
  const { id, arn, status, createdBy } = association;
  const creating = { table: 'VpcAssociation', key: id, takes: 'create' } as const;
  return {
    output: { id, status, arn, createdBy, securityGroupIds, privateDnsEnabled, dnsOptions },
    changes: [
      put('VpcAssociation', id, association),
      ...tagged(arn, tags),
      ...bookkeeping,
      startTransition(context, creating, { status: 'ACTIVE' }, 'CREATE_FAILED'),
    ],
  };
}

export function getVpcAssociation(context: Context, input: Input<'GetServiceNetworkVpcAssociation'>): Outcome {
  const association = find(context, 'VpcAssociation', input.serviceNetworkVpcAssociationIdentifier);
  return answer(showVpcAssociation(context.state, association));
}

export function listVpcAssociations(context: Context, input: Input<'ListServiceNetworkVpcAssociations'>): Outcome {
  const { vpcIdentifier, serviceNetworkIdentifier } = input;
  const rows = [...context.state.VpcAssociation.values()]
    .filter((row) => isOwn(context, row))
    .filter(({ vpcId }) => vpcIdentifier === undefined || vpcId === vpcIdentifier)
    .filter((row) => serviceNetworkIdentifier === undefined || networkOf(row) === idIn(serviceNetworkIdentifier));
  return answer(
    pageOf('ListServiceNetworkVpcAssociations', rows, input, (row) => {
      const {
        securityGroupIds: _,
        failureCode: __,
        failureMessage: ___,
        ...summary
      } = showVpcAssociation(context.state, row);
      return summary;
    }),
  );
}

/** Security groups are replaced as a whole; one at least has to stay. */
export function updateVpcAssociation(context: Context, input: Input<'UpdateServiceNetworkVpcAssociation'>): Outcome {
  const before = findOwn(context, 'VpcAssociation', input.serviceNetworkVpcAssociationIdentifier);
  const { id, arn, createdBy } = before;
  if (before.status !== 'ACTIVE' && before.status !== 'UPDATE_FAILED') {
    throw conflict('SERVICE_NETWORK_VPC_ASSOCIATION', id, `The association ${id} is ${before.status}`);
  }
  const { securityGroupIds, privateDnsEnabled = before.privateDnsEnabled, dnsOptions = before.dnsOptions } = input;
  const { failureCode: _, failureMessage: __, ...rest } = before;
  const association: VpcAssociation = {
    ...rest,
    status: 'UPDATE_IN_PROGRESS',
    securityGroupIds,
    ...(privateDnsEnabled === undefined ? {} : { privateDnsEnabled }),
    ...(dnsOptions === undefined ? {} : { dnsOptions }),
    lastUpdatedAt: timestamp(context.now),
  };
  const updating = { table: 'VpcAssociation', key: id, takes: 'update' } as const;
  return {
    output: { id, arn, status: association.status, createdBy, securityGroupIds, privateDnsEnabled, dnsOptions },
    changes: [
      put('VpcAssociation', id, association),
      startTransition(context, updating, { status: 'ACTIVE' }, 'UPDATE_FAILED'),
    ],
  };
}

export function deleteVpcAssociation(context: Context, input: Input<'DeleteServiceNetworkVpcAssociation'>): Outcome {
  const association = findOwn(context, 'VpcAssociation', input.serviceNetworkVpcAssociationIdentifier);
  const { id, arn, status } = association;
  if (status === 'DELETE_IN_PROGRESS') return answer({ id, arn, status });
  if (status === 'CREATE_IN_PROGRESS' || status === 'UPDATE_IN_PROGRESS') {
    throw conflict('SERVICE_NETWORK_VPC_ASSOCIATION', id, `The association ${id} is ${status}`);
  }
  const deleting = { table: 'VpcAssociation', key: id, takes: 'delete' } as const;
  return {
    output: { id, arn, status: 'DELETE_IN_PROGRESS' },
    changes: [
      put('VpcAssociation', id, { ...association, status: 'DELETE_IN_PROGRESS' }),
      startTransition(context, deleting, null, 'DELETE_FAILED'),
    ],
  };
}

export function showVpcAssociation(state: State, { sequence: _, ...shown }: VpcAssociation) {
  const network = state.ServiceNetwork.get(shown.serviceNetworkId);
  return { ...shown, serviceNetworkName: network?.name, serviceNetworkArn: network?.arn };
}
