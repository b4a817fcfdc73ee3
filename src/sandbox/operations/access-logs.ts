import { checkTags } from '../checks/tags.ts';
import { answer, type Context, newResource, type Outcome, tagged, timestamp } from '../context.ts';
import { conflict, invalid } from '../errors.ts';
import type { Input } from '../model/operations.ts';
import { pageOf } from '../paging.ts';
import { idIn } from '../state/ids.ts';
import { findOwn, isOwn } from '../state/lookup.ts';
import type { AccessLogSubscription } from '../state/records.ts';
import { put, remove } from '../state/state.ts';
import { findResource } from './policies.ts';

/** Where access logs can go. Source: the API reference, CreateAccessLogSubscription. */
const destinations = [
  { type: 'logs', pattern: /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:./ },
  { type: 'firehose', pattern: /^arn:[^:]*:firehose:[^:]*:[^:]*:deliverystream\/./ },
  { type: 's3', pattern: /^arn:[^:]*:s3:[^:]*:[^:]*:./ },
];

export function createAccessLogSubscription(context: Context, input: Input<'CreateAccessLogSubscription'>): Outcome {
  const { destinationArn, tags } = input;
  checkTags(tags, {}, context.limits);
  const resource = findResource(context, input.resourceIdentifier);
  const type = destinationType(destinationArn);
  const isNetwork = context.state.ServiceNetwork.has(resource.id);
  if (!isNetwork && input.serviceNetworkLogType !== undefined) {
    throw invalid('serviceNetworkLogType', 'Only the logs of a service network have a type');
  }
  const serviceNetworkLogType = isNetwork ? (input.serviceNetworkLogType ?? 'SERVICE') : undefined;
  // One for each kind of destination. Source: the user guide, access logs.
  const clash = subscriptionsOf(context, resource.id).find(
    (log) => destinationType(log.destinationArn) === type && log.serviceNetworkLogType === serviceNetworkLogType,
  );
  if (clash !== undefined) {
    throw conflict('ACCESS_LOG_SUBSCRIPTION', clash.id, `${resource.id} has access logs to ${clash.destinationArn}`);
  }
  const natural = `${resource.id} ${type} ${serviceNetworkLogType ?? ''}`;
  const path = (id: string) => `accesslogsubscription/${id}`;
  const { common, bookkeeping } = newResource(context, 'AccessLogSubscription', natural, path);
  const log: AccessLogSubscription = {
    ...common,
    resourceId: resource.id,
    resourceArn: resource.arn,
    destinationArn,
    ...(serviceNetworkLogType === undefined ? {} : { serviceNetworkLogType }),
  };
  const { createdAt: _, lastUpdatedAt: __, ...output } = showAccessLogSubscription(log);
  return {
    output,
    changes: [put('AccessLogSubscription', log.id, log), ...tagged(log.arn, tags), ...bookkeeping],
  };
}

export function getAccessLogSubscription(context: Context, input: Input<'GetAccessLogSubscription'>): Outcome {
  return answer(showAccessLogSubscription(findLog(context, input)));
}

export function listAccessLogSubscriptions(context: Context, input: Input<'ListAccessLogSubscriptions'>): Outcome {
  // The list knows no error for a resource that does not exist.
  const rows = subscriptionsOf(context, idIn(input.resourceIdentifier)).filter((log) => isOwn(context, log));
  return answer(pageOf('ListAccessLogSubscriptions', rows, input, showAccessLogSubscription));
}

/** Another destination of the same kind; another kind needs another subscription. */
export function updateAccessLogSubscription(context: Context, input: Input<'UpdateAccessLogSubscription'>): Outcome {
  const before = findLog(context, input);
  const { destinationArn } = input;
  if (destinationType(destinationArn) !== destinationType(before.destinationArn)) {
    throw invalid('destinationArn', 'The kind of the destination cannot be changed');
  }
  const log = { ...before, destinationArn, lastUpdatedAt: timestamp(context.now) };
  const { id, arn, resourceId, resourceArn } = log;
  return {
    output: { id, arn, resourceId, resourceArn, destinationArn },
    changes: [put('AccessLogSubscription', id, log)],
  };
}

export function deleteAccessLogSubscription(context: Context, input: Input<'DeleteAccessLogSubscription'>): Outcome {
  const { id, arn } = findLog(context, input);
  return { output: {}, changes: [remove('AccessLogSubscription', id), remove('Tags', arn)] };
}

function findLog(
  context: Context,
  { accessLogSubscriptionIdentifier }: { readonly accessLogSubscriptionIdentifier: string },
): AccessLogSubscription {
  return findOwn(context, 'AccessLogSubscription', accessLogSubscriptionIdentifier);
}

function subscriptionsOf({ state }: Context, id: string): readonly AccessLogSubscription[] {
  return [...state.AccessLogSubscription.values()].filter(({ resourceId }) => resourceId === id);
}

function destinationType(arn: string): string {
  const type = destinations.find(({ pattern }) => pattern.test(arn))?.type;
  if (type === undefined)
    throw invalid('destinationArn', 'Access logs go to a log group, a delivery stream or a bucket');
  return type;
}

export function showAccessLogSubscription({ sequence: _, ...shown }: AccessLogSubscription) {
  return shown;
}
