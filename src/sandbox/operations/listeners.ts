import { checkAction } from '../checks/action.ts';
import { checkGroupQuota } from '../checks/group-quota.ts';
import { checkTags } from '../checks/tags.ts';
import { answer, type Context, newResource, type Outcome, tagged, timestamp } from '../context.ts';
import { conflict, invalid } from '../errors.ts';
import type { Input } from '../model/operations.ts';
import { pageOf } from '../paging.ts';
import { checkQuota } from '../quotas.ts';
import { find, findListener, findOwn, mustBeActive } from '../state/lookup.ts';
import type { Listener } from '../state/records.ts';
import { removeWithParts, serviceOf } from '../state/settle.ts';
import { groupBy, put } from '../state/state.ts';

/** The port of a listener that names none. Source: the API reference, CreateListener. */
const usualPorts = { HTTP: 80, HTTPS: 443, TLS_PASSTHROUGH: 443 };

export function createListener(context: Context, input: Input<'CreateListener'>): Outcome {
  const { name, protocol, defaultAction, tags, port = usualPorts[protocol] } = input;
  checkTags(tags, {}, context.limits);
  const service = findOwn(context, 'Service', input.serviceIdentifier);
  mustBeActive('Service', service);
  if (protocol === 'TLS_PASSTHROUGH' && service.customDomainName === undefined) {
    throw invalid('protocol', 'A TLS_PASSTHROUGH listener needs a service with a custom domain name');
  }
  const others = groupBy(context.state.Listener, serviceOf).get(service.id) ?? [];
  const clash = others.find((listener) => listener.name === name || listener.port === port);
  if (clash !== undefined) {
    const what = clash.name === name ? `named ${name}` : `on port ${port}`;
    throw conflict('LISTENER', clash.id, `Service ${service.id} has a listener ${what}`);
  }
  checkQuota('listenersPerService', others.length + 1, context.limits);
  const action = checkAction(context, defaultAction, { service, protocol, field: 'defaultAction' });
  checkGroupQuota(context, service.id, [action]);
  const { common, bookkeeping } = newResource(
    context,
    'Listener',
    `${service.id} ${name}`,
    (id) => `service/${service.id}/listener/${id}`,
  );
  const listener: Listener = {
    ...common,
    name,
    protocol,
    port,
    serviceId: service.id,
    serviceArn: service.arn,
    defaultAction: action,
  };
  const { createdAt: _, lastUpdatedAt: __, ...output } = showListener(listener);
  return {
    output,
    changes: [put('Listener', listener.id, listener), ...tagged(listener.arn, tags), ...bookkeeping],
  };
}

export function getListener(context: Context, input: Input<'GetListener'>): Outcome {
  return answer(showListener(findListener(context, input).listener));
}

export function listListeners(context: Context, input: Input<'ListListeners'>): Outcome {
  const service = find(context, 'Service', input.serviceIdentifier);
  const rows = groupBy(context.state.Listener, serviceOf).get(service.id) ?? [];
  return answer(
    pageOf('ListListeners', rows, input, ({ arn, id, name, protocol, port, createdAt, lastUpdatedAt }) => ({
      arn,
      id,
      name,
      protocol,
      port,
      createdAt,
      lastUpdatedAt,
    })),
  );
}

export function updateListener(context: Context, input: Input<'UpdateListener'>): Outcome {
  const service = findOwn(context, 'Service', input.serviceIdentifier);
  const { listener } = findListener(context, input);
  mustBeActive('Service', service);
  const { protocol } = listener;
  const defaultAction = checkAction(context, input.defaultAction, { service, protocol, field: 'defaultAction' });
  checkGroupQuota(context, service.id, [defaultAction], { listener });
  const updated: Listener = { ...listener, defaultAction, lastUpdatedAt: timestamp(context.now) };
  const { createdAt: _, lastUpdatedAt: __, ...output } = showListener(updated);
  return { output, changes: [put('Listener', listener.id, updated)] };
}

/** Its rules go with it. */
export function deleteListener(context: Context, input: Input<'DeleteListener'>): Outcome {
  const service = findOwn(context, 'Service', input.serviceIdentifier);
  const { listener } = findListener(context, input);
  mustBeActive('Service', service);
  return { output: {}, changes: removeWithParts(context.state, 'Listener', listener.id) };
}

export function showListener({ sequence: _, ...shown }: Listener) {
  return shown;
}
