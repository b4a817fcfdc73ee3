import { errorResponse, type Response } from './api/respond.ts';
import { dump } from './dump.ts';
import { evaluate } from './evaluate.ts';
import { type ArmedFault, readFaults } from './faults.ts';
import { isObject } from './model/check-shape.ts';
import { settle } from './state/settle.ts';
import { emptyState, type State } from './state/state.ts';

/** Everything that the sandbox keeps. */
export interface Memory {
  readonly state: State;
  readonly calls: Readonly<Record<string, number>>;
  readonly faults: readonly ArmedFault[];
}

interface PrivateRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

interface Reply {
  readonly response: Response;
  readonly memory: Memory;
}

type Endpoint = (memory: Memory, body: unknown, now: number) => Reply;

/** What is left of each part of the memory after a reset. */
const fresh: Memory = { state: emptyState, calls: {}, faults: [] };

const endpoints: Readonly<Record<string, Endpoint>> = {
  'GET /_sandbox/dump': (memory) => reply(memory, dump(memory.state)),
  'GET /_sandbox/calls': (memory) =>
    reply(memory, Object.fromEntries(Object.entries(memory.calls).sort(([one], [other]) => (one < other ? -1 : 1)))),
  'POST /_sandbox/faults': setFaults,
  'POST /_sandbox/reset': reset,
  'POST /_sandbox/request': answerRequest,
};

/** Answers the endpoints below `/_sandbox/`, which the service does not have. */
export function answerPrivate(memory: Memory, { method, path, body, now }: PrivateRequest): Reply {
  const endpoint = endpoints[`${method} ${path}`];
  if (endpoint === undefined) {
    return refuse(memory, 404, `There is no ${method} ${path}; there are ${Object.keys(endpoints).join(', ')}`);
  }
  if (body === '') return endpoint(memory, undefined, now);
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return refuse(memory, 400, 'The body is not JSON');
  }
  return endpoint(memory, value, now);
}

/** Replaces all faults; their calls are counted from here on. */
function setFaults(memory: Memory, body: unknown): Reply {
  const faults = readFaults(body ?? []);
  if (typeof faults === 'string') return refuse(memory, 400, faults);
  return reply({ ...memory, faults: faults.map((fault) => ({ fault, seen: 0 })) }, { faults: faults.length });
}

/** Forgets everything, or with `{"only": […]}` the named parts. */
function reset(memory: Memory, body: unknown): Reply {
  const only = isObject(body) ? body['only'] : undefined;
  if (only === undefined) return reply(fresh, {});
  if (!Array.isArray(only) || !only.every((part) => typeof part === 'string' && Object.hasOwn(fresh, part))) {
    return refuse(memory, 400, `only is a list of ${Object.keys(fresh).join(', ')}`);
  }
  return reply({ ...memory, ...Object.fromEntries(Object.entries(fresh).filter(([part]) => only.includes(part))) }, {});
}

const REQUEST_KEYS = ['network', 'host', 'method', 'path', 'headers', 'prefix'];

function answerRequest(memory: Memory, body: unknown, now: number): Reply {
  if (!isObject(body)) return refuse(memory, 400, 'A request is {network, host, method, path, headers}');
  const unknown = Object.keys(body).find((key) => !REQUEST_KEYS.includes(key));
  if (unknown !== undefined) {
    return refuse(memory, 400, `unknown key ${unknown}; a request has ${REQUEST_KEYS.join(', ')}`);
  }
  const { network, host, method = 'GET', path = '/', headers = {}, prefix = 'string' } = body;
  if (typeof network !== 'string' || typeof host !== 'string') return refuse(memory, 400, 'network and host are texts');
  if (typeof method !== 'string' || typeof path !== 'string') return refuse(memory, 400, 'method and path are texts');
  if (!isTexts(headers)) return refuse(memory, 400, 'headers are an object of texts');
  if (prefix !== 'string' && prefix !== 'segment') return refuse(memory, 400, 'prefix is string or segment');
  const request = { network, host, method, path, headers, prefix } as const;
  const answer = evaluate(settle(memory.state, now), request);
  return answer === undefined ? refuse(memory, 404, `There is no service network ${network}`) : reply(memory, answer);
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string');
}

function reply(memory: Memory, value: unknown): Reply {
  const body = `${JSON.stringify(value, undefined, 2)}\n`;
  return { response: { status: 200, headers: { 'content-type': 'application/json' }, body }, memory };
}

function refuse(memory: Memory, status: number, message: string): Reply {
  return { response: errorResponse('SandboxException', status, { message }), memory };
}
