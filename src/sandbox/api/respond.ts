import { type ErrorName, errorStatus, type ServiceError } from '../errors.ts';
import { type OperationName, operations } from '../model/operations.ts';

/** What goes back over the wire. */
export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const json = { 'content-type': 'application/json' };

/** A success, with the status of its call. */
export function respond(name: OperationName, output: Readonly<Record<string, unknown>>): Response {
  const { status } = operations[name];
  return status === 204 ? { status, headers: {}, body: '' } : { status, headers: json, body: JSON.stringify(output) };
}

/** An error in the form that SDKs read: the type in a header, the rest in the body. */
export function respondError(error: ServiceError): Response {
  return errorResponse(error.name, errorStatus[error.name], { message: error.message, ...error.members });
}

/** Any error; `retryAfter` is in seconds. */
export function errorResponse(
  name: string,
  status: number,
  members: Readonly<Record<string, unknown>>,
  retryAfter?: number,
): Response {
  const wait = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return { status, headers: { ...json, 'x-amzn-errortype': name, ...wait }, body: JSON.stringify(members) };
}

export function isErrorName(name: string): name is ErrorName {
  return Object.hasOwn(errorStatus, name);
}
