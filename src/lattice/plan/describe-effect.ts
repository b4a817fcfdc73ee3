import type { AnyResource } from '../fields.ts';
import { describeRequests } from './describe-requests.ts';
import type { ChangeOp, FieldChange } from './plan-types.ts';

interface EffectInput {
  readonly op: ChangeOp;
  /** As it is to be, or as it stands where it goes. */
  readonly resource: AnyResource;
  readonly fields: readonly FieldChange[];
}

/** What a change means for requests, as far as it can be told from the resource alone. */
export function describeEffect({ op, resource, fields }: EffectInput): string | undefined {
  switch (resource.kind) {
    case 'Rule':
      return describeRule({ op, resource, fields });
    case 'Listener': {
      const requests = `requests to port ${resource.port} that no rule takes`;
      if (op === 'update') return describeMoves(requests, fields);
      return op === 'create' ? `port ${resource.port} answers` : `port ${resource.port} no longer answers`;
    }
    case 'Service':
      if (op === 'replace') return 'the service gets another generated domain name, and loses what is shared of it';
      return op !== 'create' && fields.some(({ path }) => path === 'authType')
        ? 'who may call the service changes'
        : undefined;
    case 'ServiceNetwork':
      return op !== 'create' && fields.some(({ path }) => path === 'authType')
        ? 'who may call through the network changes'
        : undefined;
    case 'AuthPolicy':
      return `who may call the ${resource.of === 'Service' ? 'service' : 'network'} changes`;
    case 'ServiceNetworkServiceAssociation':
      if (op === 'create') return `the service ${resource.service} can be reached through ${resource.serviceNetwork}`;
      return `the service ${resource.service} can no longer be reached through ${resource.serviceNetwork}`;
    case 'ServiceNetworkVpcAssociation':
      if (op === 'create') return `clients in ${resource.vpcId} reach the network`;
      return op === 'update'
        ? 'who in the VPC reaches the network changes'
        : `clients in ${resource.vpcId} are cut off`;
    default:
      return undefined;
  }
}

function describeRule({ op, resource, fields }: EffectInput): string | undefined {
  if (resource.kind !== 'Rule') return undefined;
  const requests = describeRequests(resource.match.httpMatch);
  if (op === 'create') return `${requests} are taken by this rule, unless one before it takes them`;
  if (op === 'delete') return `${requests} are taken by the rules after it`;
  if (fields.some(({ path }) => path.startsWith('match.'))) return `the rule takes ${requests}`;
  return (
    describeMoves(requests, fields) ??
    (fields.some(({ path }) => path === 'priority') ? `${requests} are taken at another place in the order` : undefined)
  );
}

/** Who gives and who gets, from the changed shares. */
function describeMoves(requests: string, fields: readonly FieldChange[]): string | undefined {
  const action = fields.find(({ path }) => path === 'action' || path === 'defaultAction');
  if (action !== undefined && action.before !== 'forward')
    return `${requests} get another answer than ${action.before}`;
  if (action !== undefined) return `${requests} get ${action.after}`;
  const moves = fields.flatMap(({ path, before, after }) => {
    const name = /weights\[(.*)\]$/.exec(path)?.[1];
    return name === undefined ? [] : [`${name} ${before ?? '0 %'} → ${after ?? '0 %'}`];
  });
  return moves.length === 0 ? undefined : `${requests} move: ${moves.join(', ')}`;
}
