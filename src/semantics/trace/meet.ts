import { assertNever } from '../../ir/assert-never.ts';
import type { VirtualHost } from '../../ir/model.ts';
import type { Entry } from '../decision-list.ts';
import type { ModelRequest } from '../request-model.ts';
import { type Outcome, statusInstead, toBackends } from './outcome.ts';
import { isPreflightAnswered } from './preflight.ts';
import { ownHeaders, toLocation, toUpstream, type UpstreamRequest } from './upstream.ts';

/** What a request meets, and what of it a backend sees. */
export interface Met {
  readonly outcome: Outcome;
  readonly upstream?: UpstreamRequest;
}

export const NOT_FOUND: Met = { outcome: { kind: 'status', status: 404 } };

/** What a request meets by an entry of a host, or where none takes it. */
export function meet(host: VirtualHost, entry: Entry | undefined, request: ModelRequest): Met {
  const action = entry?.rule.action ?? host.otherwise;
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
