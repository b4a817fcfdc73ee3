import { checkTags } from '../checks/tags.ts';
import { answer, type Context, newResource, type Outcome, tagged, timestamp } from '../context.ts';
import { conflict } from '../errors.ts';
import type { Input } from '../model/operations.ts';
import { pageOf } from '../paging.ts';
import { checkQuota } from '../quotas.ts';
import { find, findOwn, isOwn, isVisible } from '../state/lookup.ts';
import type { ServiceAssociation, ServiceNetwork, VpcAssociation } from '../state/records.ts';
import { removeWithParts } from '../state/settle.ts';
import { groupBy, put, type State } from '../state/state.ts';

export function createServiceNetwork(context: Context, input: Input<'CreateServiceNetwork'>): Outcome {
  const { name, authType = 'NONE', sharingConfig, tags } = input;
  checkTags(tags, {}, context.limits);
  const own = [...context.state.ServiceNetwork.values()].filter((network) => isOwn(context, network));
  const clash = own.find((network) => network.name === name);
  if (clash !== undefined) throw conflict('SERVICE_NETWORK', clash.id, `A service network ${name} exists`);
  checkQuota('serviceNetworksPerRegion', own.length + 1, context.limits);
  const { common, bookkeeping } = newResource(context, 'ServiceNetwork', name, (id) => `servicenetwork/${id}`);
  const network: ServiceNetwork = { ...common, name, authType, ...(sharingConfig && { sharingConfig }) };
  const { id, arn } = network;
  return {
    output: { id, name, arn, authType, ...(sharingConfig && { sharingConfig }) },
    changes: [put('ServiceNetwork', id, network), ...tagged(arn, tags), ...bookkeeping],
  };
}

export function getServiceNetwork(context: Context, input: Input<'GetServiceNetwork'>): Outcome {
  const network = find(context, 'ServiceNetwork', input.serviceNetworkIdentifier);
  return answer({ ...showServiceNetwork(network), ...countsOf(context.state, network) });
}

export function listServiceNetworks(context: Context, input: Input<'ListServiceNetworks'>): Outcome {
  const rows = [...context.state.ServiceNetwork.values()].filter((network) => isVisible(context, network));
  return answer(
    pageOf('ListServiceNetworks', rows, input, (network) => {
      const { authType: _, sharingConfig: __, ...shown } = showServiceNetwork(network);
      return { ...shown, ...countsOf(context.state, network), numberOfAssociatedResourceConfigurations: 0 };
    }),
  );
}

export function updateServiceNetwork(context: Context, input: Input<'UpdateServiceNetwork'>): Outcome {
  const network = findOwn(context, 'ServiceNetwork', input.serviceNetworkIdentifier);
  const { authType } = input;
  const { id, name, arn } = network;
  return {
    output: { id, name, arn, authType },
    changes: [put('ServiceNetwork', id, { ...network, authType, lastUpdatedAt: timestamp(context.now) })],
  };
}

export function deleteServiceNetwork(context: Context, input: Input<'DeleteServiceNetwork'>): Outcome {
  const { id } = findOwn(context, 'ServiceNetwork', input.serviceNetworkIdentifier);
  const { numberOfAssociatedServices: services, numberOfAssociatedVPCs: vpcs } = countsOf(context.state, { id });
  if (services + vpcs > 0) {
    throw conflict('SERVICE_NETWORK', id, `${services} services and ${vpcs} VPCs are associated with ${id}`);
  }
  return { output: {}, changes: removeWithParts(context.state, 'ServiceNetwork', id) };
}

export function showServiceNetwork({ sequence: _, ...shown }: ServiceNetwork) {
  return shown;
}

/** What is associated, and what is being taken off, counts. */
function countsOf(state: State, { id }: { readonly id: string }) {
  return {
    numberOfAssociatedVPCs: groupBy(state.VpcAssociation, networkOf).get(id)?.length ?? 0,
    numberOfAssociatedServices: groupBy(state.ServiceAssociation, networkOf).get(id)?.length ?? 0,
  };
}

export const networkOf = ({ serviceNetworkId }: ServiceAssociation | VpcAssociation) => serviceNetworkId;
