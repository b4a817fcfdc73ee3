import { isErrorName } from './api/respond.ts';
import { errorStatus } from './errors.ts';
import { isObject } from './model/check-shape.ts';
import { operations } from './model/operations.ts';

/** What goes wrong. */
export type Deed =
  | { readonly kind: 'error'; readonly error: string; readonly status: number; readonly retryAfter?: number }
  | { readonly kind: 'disconnect' }
  /** Answers later, by this many milliseconds. */
  | { readonly kind: 'delayMs'; readonly delayMs: number }
  /** A read is answered from the state of this many changes ago. */
  | { readonly kind: 'stale'; readonly changes: number }
  /** These items of a batch fail. */
  | { readonly kind: 'partial'; readonly items: readonly number[] }
  /** The answer is no JSON. */
  | { readonly kind: 'garbage' }
  /** What the call starts ends in a failure with this code. */
  | { readonly kind: 'failure'; readonly code: string };

/** Something that goes wrong with certain calls of an operation. */
export interface Fault {
  /** A call of the API, or `*` for all. */
  readonly operation: string;
  /** The number of the first call that it hits, counted from 1 since the fault was given. */
  readonly at: number;
  /** How many calls in a row it hits. */
  readonly times: number;
  /** Whether the call has had its effect by then. */
  readonly when: 'before' | 'after';
  readonly deed: Deed;
}

/** A fault, and how many calls of its operation there were. */
export interface ArmedFault {
  readonly fault: Fault;
  readonly seen: number;
}

/** Counts a call, and gives the first fault that hits it. */
export function nextCall(
  faults: readonly ArmedFault[],
  operation: string,
): { readonly faults: readonly ArmedFault[]; readonly hit?: Fault } {
  const counted = faults.map((armed) =>
    armed.fault.operation === '*' || armed.fault.operation === operation ? { ...armed, seen: armed.seen + 1 } : armed,
  );
  const hit = counted.find(
    ({ fault, seen }, index) => seen !== faults[index]?.seen && seen >= fault.at && seen < fault.at + fault.times,
  );
  return hit === undefined ? { faults: counted } : { faults: counted, hit: hit.fault };
}

/** Reads a list of faults; a text says what is wrong with it. */
export function readFaults(value: unknown): readonly Fault[] | string {
  if (!Array.isArray(value)) return 'faults are a list';
  const faults: Fault[] = [];
  for (const [index, one] of value.entries()) {
    const fault = readFault(one);
    if (typeof fault === 'string') return `fault ${index}: ${fault}`;
    faults.push(fault);
  }
  return faults;
}

const keys = ['operation', 'at', 'times', 'when', 'do'];

function readFault(value: unknown): Fault | string {
  if (!isObject(value)) return 'not an object';
  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined) return `unknown key ${unknown}; a fault has ${keys.join(', ')}`;
  const { operation, at = 1, times = 1, when = 'before', do: deed } = value;
  if (typeof operation !== 'string' || !(operation === '*' || Object.hasOwn(operations, operation))) {
    return `operation ${String(operation)} is no call of the sandbox, and not *`;
  }
  if (!isCount(at, 1)) return 'at is a whole number from 1';
  if (!isCount(times, 1)) return 'times is a whole number from 1';
  if (when !== 'before' && when !== 'after') return 'when is before or after';
  const read = isObject(deed) ? readDeed(deed) : 'do is an object';
  return typeof read === 'string' ? read : { operation, at, times, when, deed: read };
}

/** `{ error, status, retryAfter }` or an object with one of the other keys. */
function readDeed(deed: Readonly<Record<string, unknown>>): Deed | string {
  const { error, status, retryAfter, ...other } = deed;
  if (error !== undefined) {
    if (Object.keys(other).length > 0) return `do.error does not go with ${Object.keys(other).join(', ')}`;
    if (typeof error !== 'string') return 'do.error is the name of an error';
    if (status !== undefined && !isCount(status, 400, 599)) return 'do.status is 400 to 599';
    if (retryAfter !== undefined && !isCount(retryAfter, 0)) return 'do.retryAfter is a number of seconds';
    const usual = isErrorName(error) ? errorStatus[error] : 500;
    const wait = retryAfter === undefined ? {} : { retryAfter };
    return { kind: 'error', error, status: status ?? usual, ...wait };
  }
  const [[key, value] = ['', undefined], ...more] = Object.entries(deed);
  if (more.length > 0) return 'do has one key, or error with status and retryAfter';
  switch (key) {
    case 'disconnect':
    case 'garbage':
      return value === true ? { kind: key } : `do.${key} is true`;
    case 'delayMs':
      return isCount(value, 0, 600_000) ? { kind: key, delayMs: value } : 'do.delayMs is 0 to 600000';
    case 'stale':
      return isCount(value, 1) ? { kind: key, changes: value } : 'do.stale is a whole number from 1';
    case 'partial':
      return Array.isArray(value) && value.every((item) => isCount(item, 0))
        ? { kind: key, items: value }
        : 'do.partial is a list of places from 0';
    case 'failure':
      return typeof value === 'string' && value !== '' ? { kind: key, code: value } : 'do.failure is a code';
    default:
      return 'do has error, disconnect, delayMs, stale, partial, garbage or failure';
  }
}

function isCount(value: unknown, min: number, max = Number.MAX_SAFE_INTEGER): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}
