import { perform } from './api/perform.ts';
import { readInput } from './api/read-input.ts';
import type { ApiRequest, Recognised } from './api/recognise.ts';
import { type Response, respond, respondError } from './api/respond.ts';
import type { Context } from './context.ts';
import { ServiceError } from './errors.ts';
import { settle } from './state/settle.ts';
import { applyChanges, type State } from './state/state.ts';

/** A response, and the state after it. */
export interface Step {
  readonly response: Response;
  readonly state: State;
}

/** The whole of the API: a state and a request in, a response and a state out. An error has no effect. */
export function step(request: ApiRequest, recognised: Recognised | undefined, context: Context): Step {
  const state = settle(context.state, context.now);
  try {
    if (recognised === undefined) throw unknownOperation(request);
    const input = readInput(recognised, request);
    const { output, changes } = perform(recognised.name, { ...context, state }, input);
    return { response: respond(recognised.name, output), state: applyChanges(state, changes) };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { response: respondError(error), state };
  }
}

function unknownOperation({ method, path }: ApiRequest): ServiceError {
  return new ServiceError('ValidationException', `${method} ${path} is no operation of the sandbox`, {
    reason: 'unknownOperation',
    fieldList: [],
  });
}
