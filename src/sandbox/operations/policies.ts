import { answer, type Context, type Outcome, timestamp } from '../context.ts';
import { invalid, notFound } from '../errors.ts';
import { isObject } from '../model/check-shape.ts';
import type { Input } from '../model/operations.ts';
import { limitOf } from '../quotas.ts';
import { findOwn } from '../state/lookup.ts';
import type { LatticeService, Policy, ServiceNetwork } from '../state/records.ts';
import { put, remove } from '../state/state.ts';

export function putAuthPolicy(context: Context, input: Input<'PutAuthPolicy'>): Outcome {
  const { policy } = input;
  const resource = findResource(context, input.resourceIdentifier);
  // Source: the API reference, PutAuthPolicy; the size is a quota, but the call knows no error for quotas.
  if (/[\r\n]/.test(policy)) throw invalid('policy', 'A policy has no newlines');
  const limit = limitOf('authPolicySize', context.limits);
  if (policy.length > limit) throw invalid('policy', `A policy has at most ${limit} characters`);
  checkDocument(policy);
  const before = context.state.AuthPolicy.get(resource.id);
  return {
    output: { policy, state: stateOf(resource) },
    changes: [put('AuthPolicy', resource.id, written(context, policy, before))],
  };
}

export function getAuthPolicy(context: Context, input: Input<'GetAuthPolicy'>): Outcome {
  const resource = findResource(context, input.resourceIdentifier);
  const policy = context.state.AuthPolicy.get(resource.id);
  if (policy === undefined) throw notFound('AUTH_POLICY', resource.id);
  return answer({ ...policy, state: stateOf(resource) });
}

/** Allowed while the resource asks for a policy, which then denies everyone. Source: the API reference. */
export function deleteAuthPolicy(context: Context, input: Input<'DeleteAuthPolicy'>): Outcome {
  const { id } = findResource(context, input.resourceIdentifier);
  if (!context.state.AuthPolicy.has(id)) throw notFound('AUTH_POLICY', id);
  return { output: {}, changes: [remove('AuthPolicy', id)] };
}

export function putResourcePolicy(context: Context, input: Input<'PutResourcePolicy'>): Outcome {
  const { policy } = input;
  const { arn } = findResource(context, input.resourceArn);
  checkDocument(policy);
  const before = context.state.ResourcePolicy.get(arn);
  return { output: {}, changes: [put('ResourcePolicy', arn, written(context, policy, before))] };
}

export function getResourcePolicy(context: Context, input: Input<'GetResourcePolicy'>): Outcome {
  const { arn } = findResource(context, input.resourceArn);
  const found = context.state.ResourcePolicy.get(arn);
  if (found === undefined) throw notFound('RESOURCE_POLICY', arn);
  return answer({ policy: found.policy });
}

export function deleteResourcePolicy(context: Context, input: Input<'DeleteResourcePolicy'>): Outcome {
  const { arn } = findResource(context, input.resourceArn);
  if (!context.state.ResourcePolicy.has(arn)) throw notFound('RESOURCE_POLICY', arn);
  return { output: {}, changes: [remove('ResourcePolicy', arn)] };
}

/** A service or a service network; what a resource configuration would be does not exist here. */
export function findResource(context: Context, identifier: string): LatticeService | ServiceNetwork {
  const isService = /(?:^|\/)svc-/.test(identifier);
  return findOwn(context, isService ? 'Service' : 'ServiceNetwork', identifier);
}

/** A policy is in force only where the resource asks for one. Source: the API reference, GetAuthPolicy. */
export function stateOf({ authType }: Pick<LatticeService, 'authType'>): 'Active' | 'Inactive' {
  return authType === 'AWS_IAM' ? 'Active' : 'Inactive';
}

function written({ now }: Context, policy: string, before: Policy | undefined): Policy {
  return { policy, createdAt: before?.createdAt ?? timestamp(now), lastUpdatedAt: timestamp(now) };
}

/** What a statement says is not evaluated, but it has to be one. */
function checkDocument(policy: string): void {
  const document = parse(policy);
  const statements = isObject(document) ? [document['Statement']].flat() : [];
  if (statements.length === 0 || !statements.every(isObject)) {
    throw invalid('policy', 'The policy is not a JSON object with statements');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
