import { checkTags } from '../checks/tags.ts';
import { answer, type Context, newResource, type Outcome, startTransition, tagged } from '../context.ts';
import { conflict, denied, notFound } from '../errors.ts';
import type { Input } from '../model/operations.ts';
import { pageOf } from '../paging.ts';
import { checkQuota } from '../quotas.ts';
import { idIn } from '../state/ids.ts';
import { find, isOwn, isVisible, mustBeActive } from '../state/lookup.ts';
import type { ServiceAssociation } from '../state/records.ts';
import { groupBy, put, type State } from '../state/state.ts';
import { networkOf } from './networks.ts';

export function createServiceAssociation(
  context: Context,
  input: Input<'CreateServiceNetworkServiceAssociation'>,
): Outcome {
  const { tags } = input;
  checkTags(tags, {}, context.limits);
  const service = find(context, 'Service', input.serviceIdentifier);
  const network = find(context, 'ServiceNetwork', input.serviceNetworkIdentifier);
  // Source: the API reference, CreateServiceNetworkServiceAssociation.
  if (!isOwn(context, service) && !isOwn(context, network)) {
    throw denied('The caller must own the service or the service network');
  }
  mustBeActive('Service', service);
  const others = groupBy(context.state.ServiceAssociation, networkOf).get(network.id) ?? [];
  const clash = others.find(({ serviceId }) => serviceId === service.id);
  if (clash !== undefined) {
    const message = `Service ${service.id} is associated with ${network.id}: ${clash.id} is ${clash.status}`;
    throw conflict('SERVICE_NETWORK_SERVICE_ASSOCIATION', clash.id, message);
  }
  const domain = service.customDomainName;
  const folded = domain?.toLowerCase();
  const sameDomain = others.find(
    ({ serviceId }) => folded !== undefined && domainOf(context.state, serviceId) === folded,
  );
  if (sameDomain !== undefined) {
    throw conflict('SERVICE_NETWORK_SERVICE_ASSOCIATION', sameDomain.id, `${network.id} has a service for ${domain}`);
  }
  checkQuota('serviceAssociationsPerNetwork', others.length + 1, context.limits);
  const natural = `${network.id} ${service.id}`;
  const path = (id: string) => `servicenetworkserviceassociation/${id}`;
  const { common, bookkeeping } = newResource(context, 'ServiceAssociation', natural, path);
  const association: ServiceAssociation = {
    ...common,
    status: 'CREATE_IN_PROGRESS',
    createdBy: context.caller.account,
    serviceId: service.id,
    serviceNetworkId: network.id,
  };
  const { id, arn, status, createdBy } = association;
  const { dnsEntry } = service;
  const creating = { table: 'ServiceAssociation', key: id, takes: 'create' } as const;
  return {
    output: { id, status, arn, createdBy, customDomainName: domain, dnsEntry },
    changes: [
      put('ServiceAssociation', id, association),
      ...tagged(arn, tags),
      ...bookkeeping,
      startTransition(context, creating, { status: 'ACTIVE' }, 'CREATE_FAILED'),
    ],
  };
}

export function getServiceAssociation(context: Context, input: Input<'GetServiceNetworkServiceAssociation'>): Outcome {
  const association = findAssociation(context, input.serviceNetworkServiceAssociationIdentifier);
  return answer(showServiceAssociation(context.state, association));
}

export function listServiceAssociations(
  context: Context,
  input: Input<'ListServiceNetworkServiceAssociations'>,
): Outcome {
  const { serviceIdentifier, serviceNetworkIdentifier } = input;
  const rows = [...context.state.ServiceAssociation.values()]
    .filter((row) => isEnd(context, row))
    .filter(({ serviceId }) => serviceIdentifier === undefined || serviceId === idIn(serviceIdentifier))
    .filter((row) => serviceNetworkIdentifier === undefined || networkOf(row) === idIn(serviceNetworkIdentifier));
  return answer(
    pageOf('ListServiceNetworkServiceAssociations', rows, input, (row) => {
      const { failureCode: _, failureMessage: __, ...summary } = showServiceAssociation(context.state, row);
      return summary;
    }),
  );
}

export function deleteServiceAssociation(
  context: Context,
  input: Input<'DeleteServiceNetworkServiceAssociation'>,
): Outcome {
  const association = findAssociation(context, input.serviceNetworkServiceAssociationIdentifier);
  const { id, arn, status } = association;
  if (status === 'DELETE_IN_PROGRESS') return answer({ id, arn, status });
  if (status === 'CREATE_IN_PROGRESS') {
    throw conflict('SERVICE_NETWORK_SERVICE_ASSOCIATION', id, `The association ${id} is ${status}`);
  }
  const deleting = { table: 'ServiceAssociation', key: id, takes: 'delete' } as const;
  return {
    output: { id, arn, status: 'DELETE_IN_PROGRESS' },
    changes: [
      put('ServiceAssociation', id, { ...association, status: 'DELETE_IN_PROGRESS' }),
      startTransition(context, deleting, null, 'DELETE_FAILED'),
    ],
  };
}

/** Either side may see and delete an association. */
function findAssociation(context: Context, identifier: string): ServiceAssociation {
  const row = context.state.ServiceAssociation.get(idIn(identifier));
  if (row === undefined || !isEnd(context, row) || (identifier.startsWith('arn:') && row.arn !== identifier)) {
    throw notFound('SERVICE_NETWORK_SERVICE_ASSOCIATION', identifier);
  }
  return row;
}

function isEnd(context: Context, association: ServiceAssociation): boolean {
  const { state } = context;
  const ends = [
    association,
    state.Service.get(association.serviceId),
    state.ServiceNetwork.get(association.serviceNetworkId),
  ];
  return ends.some((end) => end !== undefined && isVisible(context, end));
}

export function showServiceAssociation(state: State, association: ServiceAssociation) {
  const { sequence: _, lastUpdatedAt: __, ...shown } = association;
  const service = state.Service.get(association.serviceId);
  const network = state.ServiceNetwork.get(association.serviceNetworkId);
  return {
    ...shown,
    serviceName: service?.name,
    serviceArn: service?.arn,
    serviceNetworkName: network?.name,
    serviceNetworkArn: network?.arn,
    dnsEntry: service?.dnsEntry,
    customDomainName: service?.customDomainName,
  };
}

function domainOf(state: State, serviceId: string): string | undefined {
  return state.Service.get(serviceId)?.customDomainName?.toLowerCase();
}
