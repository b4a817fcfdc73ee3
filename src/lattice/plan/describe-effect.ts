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
  if (op === 'orphaned') return describeOrphan(resource);
  const hasChanged = (...starts: readonly string[]) =>
    op !== 'create' && fields.some(({ path }) => starts.some((start) => path.startsWith(start)));
  switch (resource.kind) {
    case 'Rule':
      return describeRule(op, describeRequests(resource.match.httpMatch), fields);
    case 'Listener':
      return describeListener(op, resource.port, fields);
    case 'Service':
      if (op === 'delete') return 'the service is gone, and its generated domain name with it';
      if (op === 'replace') return 'the service gets another generated domain name, and loses what is shared of it';
      return hasChanged('authType') ? 'who may call the service changes' : undefined;
    case 'ServiceNetwork':
      if (op === 'delete') return 'the network is gone';
      return hasChanged('authType') ? 'who may call through the network changes' : undefined;
    case 'AuthPolicy':
      return `who may call the ${resource.of === 'Service' ? 'service' : 'network'} changes`;
    case 'ServiceNetworkServiceAssociation': {
      const { service, serviceNetwork } = resource;
      if (op === 'create') return `the service ${service} can be reached through ${serviceNetwork}`;
      if (op === 'delete') return `the service ${service} can no longer be reached through ${serviceNetwork}`;
      return op === 'replace'
        ? `the service ${service} cannot be reached through ${serviceNetwork} until it is associated again`
        : undefined;
    }
    case 'ServiceNetworkVpcAssociation': {
      const clients = `clients in ${resource.vpcId}`;
      if (op === 'create') return `${clients} reach the network`;
      if (op === 'delete') return `${clients} are cut off`;
      if (op === 'replace') return `${clients} are cut off until it is associated again`;
      if (hasChanged('securityGroupIds')) return 'who in the VPC reaches the network changes';
      return hasChanged('privateDns', 'dnsOptions') ? `which names ${clients} can look up changes` : undefined;
    }
    default:
      return undefined;
  }
}

/** What stays goes on answering, though the input no longer asks for it. */
function describeOrphan(resource: AnyResource): string | undefined {
  if (resource.kind === 'Rule')
    return `${describeRequests(resource.match.httpMatch)} are still taken by this rule, unless one before it takes them`;
  return resource.kind === 'Listener' ? `port ${resource.port} still answers` : undefined;
}

function describeListener(op: ChangeOp, port: number, fields: readonly FieldChange[]): string | undefined {
  if (op === 'create') return `port ${port} answers`;
  if (op === 'delete') return `port ${port} no longer answers`;
  if (op !== 'replace') return describeMoves(`requests to port ${port} that no rule takes`, fields);
  const moved = fields.find(({ path }) => path === 'port');
  return moved === undefined
    ? `port ${port} does not answer while it is replaced`
    : `port ${moved.before} no longer answers, and port ${port} does`;
}

function describeRule(op: ChangeOp, requests: string, fields: readonly FieldChange[]): string | undefined {
  if (op === 'create') return `${requests} are taken by this rule, unless one before it takes them`;
  if (op === 'delete') return `${requests} are taken by the rules after it`;
  if (fields.some(({ path }) => path.startsWith('match.'))) return `the rule takes ${requests}`;
  return (
    describeMoves(requests, fields) ??
    (fields.some(({ path }) => path === 'priority') ? `${requests} are taken at another place in the order` : undefined)
  );
}

/** Who gives and who gets, from the changed answers and shares. */
function describeMoves(requests: string, fields: readonly FieldChange[]): string | undefined {
  const shares = fields.flatMap(({ path, before, after }) => {
    const name = /weights\[(.*)\]$/.exec(path)?.[1];
    return name === undefined ? [] : [{ name, before: before ?? '0 %', after: after ?? '0 %' }];
  });
  const action = fields.find(({ path }) => path === 'action' || path === 'defaultAction');
  if (action !== undefined) {
    const answer = (side: 'before' | 'after') =>
      action[side] === 'forward'
        ? shares.map((share) => `${share.name} ${share[side]}`).join(', ')
        : String(action[side]);
    return `${requests} get ${answer('after')} in place of ${answer('before')}`;
  }
  // A group that joins or leaves without a share changes nothing for anybody.
  const moves = shares.flatMap(({ name, before, after }) => (before === after ? [] : [`${name} ${before} → ${after}`]));
  return moves.length === 0 ? undefined : `${requests} move: ${moves.join(', ')}`;
}
