import { checkTags } from '../checks/tags.ts';
import { answer, type Context, type Outcome } from '../context.ts';
import { denied, notFound } from '../errors.ts';
import type { Input } from '../model/operations.ts';
import { defaultRuleId, idIn, idPrefixes, ownerOf } from '../state/ids.ts';
import { put, remove, type State } from '../state/state.ts';

export function tagResource(context: Context, input: Input<'TagResource'>): Outcome {
  const { tags } = input;
  const before = readTags(context, input);
  checkTags(tags, before, context.limits);
  return { output: {}, changes: [put('Tags', input.resourceArn, { ...before, ...tags })] };
}

export function untagResource(context: Context, input: Input<'UntagResource'>): Outcome {
  const before = readTags(context, input);
  const left = Object.entries(before).filter(([key]) => !input.tagKeys.includes(key));
  const { resourceArn } = input;
  const change = left.length === 0 ? remove('Tags', resourceArn) : put('Tags', resourceArn, Object.fromEntries(left));
  return { output: {}, changes: [change] };
}

export function listTagsForResource(context: Context, input: Input<'ListTagsForResource'>): Outcome {
  return answer({ tags: readTags(context, input) });
}

/** Tags are read by their owner only, of what is shared too. */
function readTags(context: Context, { resourceArn }: { readonly resourceArn: string }) {
  const { account, region } = ownerOf(resourceArn);
  if (account !== context.caller.account || region !== context.caller.region) {
    throw denied(`The tags of ${resourceArn} belong to another account or region`);
  }
  if (!exists(context.state, resourceArn)) throw notFound('RESOURCE', resourceArn);
  return context.state.Tags.get(resourceArn) ?? {};
}

function exists(state: State, arn: string): boolean {
  const id = idIn(arn);
  const tables = Object.keys(idPrefixes) as readonly (keyof typeof idPrefixes)[];
  if (tables.some((table) => state[table].get(id)?.arn === arn)) return true;
  const listenerArn = arn.slice(0, arn.indexOf('/rule/'));
  const listener = state.Listener.get(idIn(listenerArn));
  return listener?.arn === listenerArn && defaultRuleId(listener.id) === id;
}
