import { callerOf } from './api/caller.ts';
import { type ApiRequest, type Recognised, recognise } from './api/recognise.ts';
import { errorResponse, type Response } from './api/respond.ts';
import { type Bucket, retryAfterSeconds, takeCall, throttled } from './api/throttle.ts';
import type { Context, Delays } from './context.ts';
import { type Fault, nextCall } from './faults.ts';
import { step } from './machine.ts';
import { answerPrivate, type Memory } from './private-api.ts';
import { type Limits, limitOf } from './quotas.ts';
import { answerWith, hints, isInstead, type Reaction, react } from './react.ts';
import { emptyState, type State } from './state/state.ts';

/** A request with what decides who calls. */
export interface WireRequest extends ApiRequest {
  readonly authorization?: string;
}

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
    const { response, state, hasEffect } = step(request, recognised, { ...context, ...hints(hit?.deed) });
    // What only time has changed is no step back in the history.
    if (hasEffect) history = [before, ...history].slice(0, historyLength);
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

function slowDown(): Response {
  const { name, message, members } = throttled();
  return errorResponse(name, 429, { message, ...members }, retryAfterSeconds);
}
