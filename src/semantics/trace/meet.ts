import type { Action } from '../../ir/actions.ts';
import { assertNever } from '../../ir/assert-never.ts';
import type { ClusterFacts } from '../../ir/facts.ts';
import type { VirtualHost } from '../../ir/model.ts';
import type { Entry } from '../decision-list.ts';
import { profileOf, profiles } from '../profiles.ts';
import type { ModelRequest } from '../request-model.ts';
import { answerMissing } from './missing-services.ts';
import { type Outcome, statusInstead, toBackends } from './outcome.ts';
import { isPreflightAnswered } from './preflight.ts';
import { ownHeaders, toLocation, toUpstream, type UpstreamRequest } from './upstream.ts';

/** What a request meets, and what its backend sees; nothing where no backend does. */
export interface Met {
  readonly outcome: Outcome;
  readonly upstream?: UpstreamRequest;
}

export const NOT_FOUND: Met = { outcome: { kind: 'status', status: 404 } };

/** What an entry of a host does, or the host itself where none takes the request. */
export function writtenAction(host: VirtualHost, entry: Entry | undefined): Action {
  return entry?.rule.action ?? host.otherwise;
}

/** The same, as far as the Services that it names exist. */
export function answeringAction(host: VirtualHost, entry: Entry | undefined, facts: readonly ClusterFacts[]): Action {
  return answerMissing(writtenAction(host, entry), facts, profiles[profileOf(host)].missingService);
}

/** What a request meets by an action of a host. */
export function meet(host: VirtualHost, action: Action, request: ModelRequest): Met {
  switch (action.kind) {
    case 'respond':
      return { outcome: { kind: 'status', status: action.status } };
    case 'redirect':
      return { outcome: { kind: 'redirect', status: action.status, location: toLocation(action, request, host) } };
    case 'forward': {
      const status = statusInstead(action);
      if (status !== undefined) return { outcome: { kind: 'status', status } };
      if (isPreflightAnswered(action.cors, request)) return { outcome: { kind: 'status', status: 200 } };
      const isSplit = action.shares.length > 1;
      const backends = toBackends(action.shares, (share) =>
        isSplit ? ownHeaders(share, action, request, host) : undefined,
      );
      return { outcome: { kind: 'backends', backends }, upstream: toUpstream(action, request, host) };
    }
    default:
      return assertNever(action);
  }
}
