import type { Context } from '../context.ts';
import { conflict, invalid } from '../errors.ts';
import type { RuleAction } from '../model/values.ts';
import { checkQuota } from '../quotas.ts';
import { balancerOf, servicesOfBalancer } from '../state/balancer-use.ts';
import { groupsOf, usersOf } from '../state/group-use.ts';
import { findOwn, mustBeActive } from '../state/lookup.ts';
import type { LatticeService, Listener, TargetGroup } from '../state/records.ts';

/** The only statuses that a fixed response can have. Source: the user guide, listener rules. */
const fixedStatuses = [404, 500];

interface Place {
  readonly service: LatticeService;
  readonly protocol: Listener['protocol'];
  /** The member of the request, for errors. */
  readonly field: string;
}

/**
 * Checks what a rule or a listener does with requests, and gives it as it is kept: groups by id, the weight written out.
 * Throws where a group does not exist, is not ready, serves another service, or does not fit the listener.
 */
export function checkAction(context: Context, action: RuleAction, { service, protocol, field }: Place): RuleAction {
  const { forward, fixedResponse } = action;
  if (forward === undefined) {
    const status = fixedResponse?.statusCode ?? 0;
    if (!fixedStatuses.includes(status)) {
      throw invalid(`${field}.fixedResponse.statusCode`, `A fixed response is one of ${fixedStatuses.join(', ')}`);
    }
    if (protocol === 'TLS_PASSTHROUGH') throw invalid(field, 'A TLS_PASSTHROUGH listener can only forward');
    return { fixedResponse: { statusCode: status } };
  }
  const several = forward.targetGroups.length > 1;
  const targetGroups = forward.targetGroups.map(({ targetGroupIdentifier, weight }) => {
    const group = findOwn(context, 'TargetGroup', targetGroupIdentifier);
    mustBeActive('TargetGroup', group);
    const problem = misfit(group, protocol);
    if (problem !== undefined) throw invalid(field, problem);
    const other = usersOf(context.state, group.id).find((id) => id !== service.id);
    if (other !== undefined) {
      throw conflict('TARGET_GROUP', group.id, `Target group ${group.id} is used by service ${other}`);
    }
    const balancer = balancerOf(context.state, group);
    if (balancer !== undefined) {
      const services = new Set([...servicesOfBalancer(context.state, balancer), service.id]);
      checkQuota('servicesPerLoadBalancer', services.size, context.limits);
    }
    if (several && weight === undefined) throw invalid(field, 'Several target groups need weights');
    return { targetGroupIdentifier: group.id, weight: weight ?? 100 };
  });
  const ids = groupsOf({ forward: { targetGroups } });
  if (new Set(ids).size < ids.length) throw invalid(field, 'A target group is named twice');
  return { forward: { targetGroups } };
}

/** Why a group cannot stand behind a listener. Source: the user guide, target groups and TLS listeners. */
function misfit({ id, type, config }: TargetGroup, protocol: Listener['protocol']): string | undefined {
  const isTcp = config.protocol === 'TCP';
  if (protocol === 'TLS_PASSTHROUGH') {
    return isTcp ? undefined : `A TLS_PASSTHROUGH listener forwards to TCP target groups, and ${id} is none`;
  }
  if (isTcp) return `TCP target group ${id} needs a TLS_PASSTHROUGH listener`;
  const version = config.protocolVersion;
  if (type !== 'LAMBDA' && protocol === 'HTTP' && (version === 'HTTP2' || version === 'GRPC')) {
    return `${version} target group ${id} needs an HTTPS listener`;
  }
  return undefined;
}
