import type { Context } from '../context.ts';
import { conflict, denied, notFound, type ResourceType } from '../errors.ts';
import { idIn, ownerOf, type ResourceTable } from './ids.ts';
import type { Listener, Rule, Status } from './records.ts';
import { isSharedWith } from './sharing.ts';
import type { Tables } from './state.ts';

/** What the kinds are called in errors. */
export const typeNames: Readonly<Record<ResourceTable, ResourceType>> = {
  ServiceNetwork: 'SERVICE_NETWORK',
  Service: 'SERVICE',
  Listener: 'LISTENER',
  Rule: 'RULE',
  TargetGroup: 'TARGET_GROUP',
  ServiceAssociation: 'SERVICE_NETWORK_SERVICE_ASSOCIATION',
  VpcAssociation: 'SERVICE_NETWORK_VPC_ASSOCIATION',
  AccessLogSubscription: 'ACCESS_LOG_SUBSCRIPTION',
};

/** Whether a resource belongs to the account and the region of the call. */
export function isOwn({ caller }: Context, { arn }: { readonly arn: string }): boolean {
  const owner = ownerOf(arn);
  return owner.account === caller.account && owner.region === caller.region;
}

/** Whether lists show a resource: it is one's own, or shared with the account in this region. */
export function isVisible(context: Context, resource: { readonly arn: string }): boolean {
  if (isOwn(context, resource)) return true;
  return ownerOf(resource.arn).region === context.caller.region && isSharedWith(context, resource.arn);
}

/**
 * The resource that an id or an ARN names, one's own or shared. What belongs to others is found by its ARN only, and an
 * ARN of theirs that is not shared is denied whether it exists or not.
 */
export function find<Table extends ResourceTable>(context: Context, table: Table, identifier: string): Tables[Table] {
  const row = context.state[table].get(idIn(identifier));
  const byArn = identifier.startsWith('arn:');
  if (byArn && !isVisible(context, { arn: identifier })) {
    throw denied(`${identifier} belongs to another account or region`);
  }
  if (row === undefined || (byArn ? row.arn !== identifier : !isOwn(context, row))) {
    throw notFound(typeNames[table], identifier);
  }
  return row;
}

/** The same for calls that change something: it has to be one's own. */
export function findOwn<Table extends ResourceTable>(
  context: Context,
  table: Table,
  identifier: string,
): Tables[Table] {
  const row = find(context, table, identifier);
  if (!isOwn(context, row)) throw denied(`${row.arn} belongs to another account`);
  return row;
}

interface InService {
  readonly serviceIdentifier: string;
}

/** A service and one of its listeners. */
export function findListener(context: Context, input: InService & { readonly listenerIdentifier: string }) {
  const service = find(context, 'Service', input.serviceIdentifier);
  const listener = context.state.Listener.get(idIn(input.listenerIdentifier));
  if (listener === undefined || listener.serviceId !== service.id || !names(input.listenerIdentifier, listener)) {
    throw notFound('LISTENER', input.listenerIdentifier);
  }
  return { service, listener };
}

/** A rule of a listener; never the default rule. */
export function findRule(context: Context, listener: Listener, identifier: string): Rule {
  const rule = context.state.Rule.get(idIn(identifier));
  if (rule === undefined || rule.listenerId !== listener.id || !names(identifier, rule)) {
    throw notFound('RULE', identifier);
  }
  return rule;
}

function names(identifier: string, { arn }: { readonly arn: string }): boolean {
  return !identifier.startsWith('arn:') || identifier === arn;
}

/** Throws while a resource is being created, changed or deleted, or where that failed. */
export function mustBeActive(
  table: ResourceTable,
  { id, status }: { readonly id: string; readonly status: Status },
): void {
  if (status !== 'ACTIVE') throw conflict(typeNames[table], id, `${typeNames[table]} ${id} is ${status}`);
}
