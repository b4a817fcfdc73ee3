import { checkTags } from '../checks/tags.ts';
import { answer, type Context, newResource, type Outcome, startTransition, tagged, timestamp } from '../context.ts';
import { conflict } from '../errors.ts';
import type { Input } from '../model/operations.ts';
import { pageOf } from '../paging.ts';
import { checkQuota } from '../quotas.ts';
import { find, findOwn, isOwn, isVisible, mustBeActive } from '../state/lookup.ts';
import type { LatticeService, ServiceAssociation } from '../state/records.ts';
import { groupBy, put } from '../state/state.ts';

/** Seconds a connection may idle. Source: the user guide, quotas. */
const usualIdleTimeout = 60;
const hostedZoneId = 'Z0123456789SANDBOX00';

export function createService(context: Context, input: Input<'CreateService'>): Outcome {
  const { name, tags, customDomainName, certificateArn, authType = 'NONE' } = input;
  checkTags(tags, {}, context.limits);
  const own = [...context.state.Service.values()].filter((service) => isOwn(context, service));
  const clash = own.find((service) => service.name === name);
  if (clash !== undefined) throw conflict('SERVICE', clash.id, `A service ${name} exists`);
  checkQuota('servicesPerRegion', own.length + 1, context.limits);
  const { common, bookkeeping } = newResource(context, 'Service', name, (id) => `service/${id}`);
  const service: LatticeService = {
    ...common,
    name,
    status: 'CREATE_IN_PROGRESS',
    ...(customDomainName === undefined ? {} : { customDomainName }),
    // An empty certificate says that there is none.
    ...(certificateArn === undefined || certificateArn === '' ? {} : { certificateArn }),
    authType,
    idleTimeoutSeconds: input.idleTimeoutSeconds ?? usualIdleTimeout,
    dnsEntry: { domainName: generatedDomain(name, common.id, context.caller.region), hostedZoneId },
  };
  const { createdAt: _, lastUpdatedAt: __, ...output } = showService(service);
  const creating = { table: 'Service', key: service.id, takes: 'create' } as const;
  return {
    output,
    changes: [
      put('Service', service.id, service),
      ...tagged(service.arn, tags),
      ...bookkeeping,
      startTransition(context, creating, { status: 'ACTIVE' }, 'CREATE_FAILED'),
    ],
  };
}

/** The name under which a service is reached in the VPCs of its networks. Source: the user guide, services. */
function generatedDomain(name: string, id: string, region: string): string {
  return `${name}-${id.slice('svc-'.length)}.7d67968.vpc-lattice-svcs.${region}.on.aws`;
}

export function getService(context: Context, input: Input<'GetService'>): Outcome {
  return answer(showService(find(context, 'Service', input.serviceIdentifier)));
}

export function listServices(context: Context, input: Input<'ListServices'>): Outcome {
  const rows = [...context.state.Service.values()].filter((service) => isVisible(context, service));
  return answer(
    pageOf('ListServices', rows, input, (service) => {
      const { id, name, arn, createdAt, lastUpdatedAt, dnsEntry, customDomainName, status } = service;
      return { id, name, arn, createdAt, lastUpdatedAt, dnsEntry, customDomainName, status };
    }),
  );
}

export function updateService(context: Context, input: Input<'UpdateService'>): Outcome {
  const before = findOwn(context, 'Service', input.serviceIdentifier);
  mustBeActive('Service', before);
  const { certificateArn: oldCertificate, ...rest } = before;
  const certificateArn = input.certificateArn ?? oldCertificate ?? '';
  const service: LatticeService = {
    ...rest,
    ...(certificateArn === '' ? {} : { certificateArn }),
    authType: input.authType ?? before.authType,
    idleTimeoutSeconds: input.idleTimeoutSeconds ?? before.idleTimeoutSeconds,
    lastUpdatedAt: timestamp(context.now),
  };
  const { id, arn, name, customDomainName, authType, idleTimeoutSeconds } = service;
  return {
    output: { id, arn, name, customDomainName, certificateArn, authType, idleTimeoutSeconds },
    changes: [put('Service', id, service)],
  };
}

/** Listeners, rules, policies and access logs go with their service. Source: the API reference, DeleteService. */
export function deleteService(context: Context, input: Input<'DeleteService'>): Outcome {
  const service = findOwn(context, 'Service', input.serviceIdentifier);
  const { id, arn, name, status } = service;
  if (status === 'DELETE_IN_PROGRESS') return answer({ id, arn, name, status });
  if (status === 'CREATE_IN_PROGRESS') throw conflict('SERVICE', id, `Service ${id} is ${status}`);
  const association = groupBy(context.state.ServiceAssociation, associatedServiceOf).get(id)?.[0];
  if (association !== undefined) {
    throw conflict('SERVICE', id, `Service ${id} is associated with ${association.serviceNetworkId}`);
  }
  const deleting = { table: 'Service', key: id, takes: 'delete' } as const;
  return {
    output: { id, arn, name, status: 'DELETE_IN_PROGRESS' },
    changes: [
      put('Service', id, { ...service, status: 'DELETE_IN_PROGRESS' }),
      startTransition(context, deleting, null, 'DELETE_FAILED'),
    ],
  };
}

export function showService({ sequence: _, ...shown }: LatticeService) {
  return shown;
}

export const associatedServiceOf = ({ serviceId }: ServiceAssociation) => serviceId;
