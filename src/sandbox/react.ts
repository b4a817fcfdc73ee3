import { errorResponse, isErrorName, type Response } from './api/respond.ts';
import type { Context } from './context.ts';
import { requiredMembers } from './errors.ts';
import type { Deed, Fault } from './faults.ts';

/** What the connection does; `wait` is in milliseconds. */
export type Reaction =
  | { readonly kind: 'response'; readonly response: Response; readonly wait: number }
  | { readonly kind: 'later'; readonly wait: number; readonly resume: () => Reaction }
  | { readonly kind: 'disconnect' };

/** What a fault that comes before its call has in place of the answer. */
const nothingDone: Response = { status: 200, headers: {}, body: '' };

/** Whether a deed stands in for the call, where it comes before it. */
export function isInstead({ kind }: Deed): boolean {
  return kind === 'error' || kind === 'disconnect' || kind === 'garbage';
}

/** What a fault changes within a call. */
export function hints(deed: Deed | undefined): Pick<Context, 'failure' | 'partial'> {
  if (deed?.kind === 'failure') return { failure: { code: deed.code, message: 'A fault made this fail' } };
  return deed?.kind === 'partial' ? { partial: deed.items } : {};
}

/** What a fault makes of the answer of a call, or of one that was not done. */
export function react({ deed, operation }: Fault, response = nothingDone): Reaction {
  switch (deed.kind) {
    case 'error':
      return answerWith(faultResponse(deed));
    case 'disconnect':
      return { kind: 'disconnect' };
    case 'garbage':
      return answerWith({
        status: response.status === 204 ? 200 : response.status,
        headers: { 'content-type': 'text/html' },
        body: `<html><body>garbage instead of ${operation}</body>`,
      });
    case 'delayMs':
      return { kind: 'response', response, wait: deed.delayMs };
    case 'stale':
    case 'partial':
    case 'failure':
      return answerWith(response);
  }
}

function faultResponse({ error, status, retryAfter }: Extract<Deed, { readonly kind: 'error' }>): Response {
  const members = { message: 'A fault of the sandbox', ...(isErrorName(error) ? requiredMembers[error] : {}) };
  return errorResponse(error, status, members, retryAfter);
}

/** An answer without delay. */
export function answerWith(response: Response): Reaction {
  return { kind: 'response', response, wait: 0 };
}
