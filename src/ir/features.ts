import type { Action, Forward, HeaderOps, Respond } from './actions.ts';

/** What an action can ask for: a target answers for each in its support table. */
export type ActionFeature =
  | 'redirect'
  | 'respond-500'
  | 'respond-404'
  | 'respond'
  | 'invalid-share'
  | 'path-rewrite'
  | 'host-rewrite'
  | 'request-header-remove-set'
  | 'request-header-add'
  | 'response-headers'
  | 'backend-headers'
  | 'request-timeout'
  | 'backend-timeout'
  | 'retry'
  | 'mirror'
  | 'abort-always'
  | 'abort-sometimes'
  | 'delay'
  | 'cors'
  | 'session';

const MILLION = 1_000_000;

/** The features that an action uses, in the order of the type. */
export function featuresOf(action: Action): readonly ActionFeature[] {
  if (action.kind === 'redirect') return ['redirect', ...responseHeaders(action.responseHeaders)];
  if (action.kind === 'respond') {
    return [respondFeature(action), ...responseHeaders(action.responseHeaders)];
  }
  return forwardFeatures(action);
}

/** Fixed answers that some target has, as long as they have no body. */
function respondFeature({ status, body }: Respond): ActionFeature {
  if (body !== undefined) return 'respond';
  return status === 500 ? 'respond-500' : status === 404 ? 'respond-404' : 'respond';
}

function forwardFeatures(action: Forward): readonly ActionFeature[] {
  const found: ActionFeature[] = [];
  const { requestHeaders, fault } = action;
  if (action.shares.some(({ kind }) => kind === 'invalid')) found.push('invalid-share');
  if (action.rewrite !== undefined) found.push('path-rewrite');
  if (action.hostRewrite !== undefined) found.push('host-rewrite');
  if (requestHeaders.remove.length + requestHeaders.set.length > 0) found.push('request-header-remove-set');
  if (requestHeaders.add.length > 0) found.push('request-header-add');
  found.push(...responseHeaders(action.responseHeaders));
  if (
    action.shares.some(
      (share) => share.kind === 'backend' && hasOps(share.backend.requestHeaders, share.backend.responseHeaders),
    )
  ) {
    found.push('backend-headers');
  }
  if (action.requestTimeout !== undefined) found.push('request-timeout');
  if (action.backendTimeout !== undefined) found.push('backend-timeout');
  if (action.retry !== undefined) found.push('retry');
  if (action.mirrors.length > 0) found.push('mirror');
  if (fault?.abort !== undefined) found.push(fault.abort.fraction >= MILLION ? 'abort-always' : 'abort-sometimes');
  if (fault?.delay !== undefined) found.push('delay');
  if (action.cors !== undefined) found.push('cors');
  if (action.session !== undefined) found.push('session');
  return found;
}

function responseHeaders(ops: HeaderOps): readonly ActionFeature[] {
  return hasOps(ops) ? ['response-headers'] : [];
}

function hasOps(...all: readonly HeaderOps[]): boolean {
  return all.some(({ remove, set, add }) => remove.length + set.length + add.length > 0);
}
