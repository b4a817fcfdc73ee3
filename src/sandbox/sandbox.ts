import { callerOf } from './api/caller.ts';
import { type ApiRequest, type Recognised, recognise } from './api/recognise.ts';
import { errorResponse, isErrorName, type Response } from './api/respond.ts';
import { type Bucket, retryAfterSeconds, takeCall, throttled } from './api/throttle.ts';
import type { Context, Delays } from './context.ts';
import { requiredMembers } from './errors.ts';
import { type Deed, type Fault, nextCall } from './faults.ts';
import { step } from './machine.ts';
import { answerPrivate, type Memory } from './private-api.ts';
import { type Limits, limitOf } from './quotas.ts';
import { emptyState, type State } from './state/state.ts';

/** A request with what decides who calls. */
export interface WireRequest extends ApiRequest {
  readonly authorization?: string;
}

/** What the connection does; `wait` is in milliseconds. */
export type Reaction =
  | { readonly kind: 'response'; readonly response: Response; readonly wait: number }
  | { readonly kind: 'later'; readonly wait: number; readonly resume: () => Reaction }
  | { readonly kind: 'disconnect' };

export interface SandboxOptions {
  readonly state?: State;
  readonly faults?: readonly Fault[];
  readonly limits?: Limits;
  readonly delays: Delays;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Called with every new state, before the answer goes out. */
  readonly onChange?: (state: State) => void;
}

/** How many states stale reads can go back. */
const historyLength = 100;

/** The sandbox without a network: takes requests one by one, in the order in which they come. */
export function makeSandbox(options: SandboxOptions) {
  const { limits = {}, delays, now, onChange } = options;
  let memory: Memory = {
    state: options.state ?? emptyState,
    calls: {},
    faults: (options.faults ?? []).map((fault) => ({ fault, seen: 0 })),
  };
  /** Earlier states, the last change first. */
  let history: readonly State[] = [];
  let bucket: Bucket | undefined;

  function keep(state: State): void {
    if (state === memory.state) return;
    memory = { ...memory, state };
    onChange?.(state);
  }

  function call(request: WireRequest): Reaction {
    const recognised = recognise(request);
    const name = recognised?.name ?? 'Unknown';
    const { faults, hit } = nextCall(memory.faults, name);
    memory = { ...memory, faults, calls: { ...memory.calls, [name]: (memory.calls[name] ?? 0) + 1 } };
    const taken = takeCall(bucket, now(), limitOf('requestsPerSecond', limits));
    ({ bucket } = taken);
    if (taken.isThrottled) return answerWith(slowDown());
    if (hit !== undefined && hit.when === 'before' && isInstead(hit.deed)) return react(hit);

    const execute = () => perform(request, recognised, hit);
    if (hit?.when === 'before' && hit.deed.kind === 'delayMs') {
      return { kind: 'later', wait: hit.deed.delayMs, resume: execute };
    }
    return execute();
  }

  function perform(request: WireRequest, recognised: Recognised | undefined, hit: Fault | undefined): Reaction {
    const context: Context = {
      state: memory.state,
      caller: callerOf(request.authorization),
      now: now(),
      limits,
      delays,
    };
    const isRead = /^(?:Get|List)/.test(recognised?.name ?? '');
    if (hit?.deed.kind === 'stale' && isRead) {
      const state = history[Math.min(hit.deed.changes, history.length) - 1] ?? memory.state;
      return answerWith(step(request, recognised, { ...context, state }).response);
    }
    const before = memory.state;
    const { response, state } = step(request, recognised, { ...context, ...hints(hit?.deed) });
    // What only time has changed is no step back in the history.
    if (!isRead && state !== before) history = [before, ...history].slice(0, historyLength);
    keep(state);
    if (hit === undefined || (hit.when === 'before' && hit.deed.kind === 'delayMs')) return answerWith(response);
    return react(hit, response);
  }

  function privately(request: WireRequest): Reaction {
    const { response, memory: after } = answerPrivate(memory, { ...request, now: now() });
    if (after.state !== memory.state) history = [];
    keep(after.state);
    memory = after;
    return answerWith(response);
  }

  return {
    handle: (request: WireRequest): Reaction =>
      request.path.startsWith('/_sandbox/') ? privately(request) : call(request),
  };
}

/** What a fault that comes before its call has in place of the answer. */
const nothingDone: Response = { status: 200, headers: {}, body: '' };

/** Whether a deed stands in for the call, where it comes before it. */
function isInstead({ kind }: Deed): boolean {
  return kind === 'error' || kind === 'disconnect' || kind === 'garbage';
}

/** What a fault changes within a call. */
function hints(deed: Deed | undefined): Pick<Context, 'failure' | 'partial'> {
  if (deed?.kind === 'failure') return { failure: { code: deed.code, message: 'A fault made this fail' } };
  return deed?.kind === 'partial' ? { partial: deed.items } : {};
}

/** What a fault makes of the answer of a call, or of one that was not done. */
function react({ deed, operation }: Fault, response = nothingDone): Reaction {
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

function slowDown(): Response {
  const { name, message, members } = throttled();
  return errorResponse(name, 429, { message, ...members }, retryAfterSeconds);
}

function answerWith(response: Response): Reaction {
  return { kind: 'response', response, wait: 0 };
}
