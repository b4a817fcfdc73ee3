import type { Action, Backend, Forward, HeaderOps, Share } from '../../ir/actions.ts';
import { nameBackend } from '../describe-action.ts';

/** A share as a reduced fraction. */
export interface Fraction {
  readonly part: number;
  readonly whole: number;
}

/** What a request meets. */
export type Outcome =
  | { readonly kind: 'backends'; readonly backends: readonly BackendShare[] }
  /** Where nobody answers at all, the status stands for it in comparisons. */
  | { readonly kind: 'status'; readonly status: number; readonly noAnswer?: true }
  | { readonly kind: 'redirect'; readonly status: number; readonly location: string };

export interface BackendShare {
  /** `namespace/name:port`, with `@subset` where there is one; `status 500` for a share that nobody answers. */
  readonly name: string;
  readonly fraction: Fraction;
  /** What the model knows of it; absent for a status, and for a name that no route serves. */
  readonly backend?: Backend;
  /** All headers as this backend sees them, where it changes them by itself beside others. */
  readonly headers?: Readonly<Record<string, string>>;
}

export function toFraction(part: number, whole: number): Fraction {
  const divisor = greatestDivisor(part, whole);
  return { part: part / divisor, whole: whole / divisor };
}

function greatestDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestDivisor(right, left % right);
}

const MILLION = 1_000_000;

/** The status that a forward always answers by itself, if it does: an abort of every request, or no backend at all. */
export function statusInstead({ fault, shares }: Forward): number | undefined {
  if (fault?.abort !== undefined && fault.abort.fraction >= MILLION) {
    // An error of gRPC travels in a response of its own.
    return fault.abort.grpc ? 200 : fault.abort.status;
  }
  const statuses = new Set(shares.map((share) => (share.kind === 'invalid' ? share.status : undefined)));
  const [status] = statuses;
  return statuses.size === 1 ? status : undefined;
}

/** The backends of a forward with their shares; `headersOf` gives what a backend sees where that is its own. */
export function toBackends(
  shares: readonly Share[],
  headersOf: (share: Share) => BackendShare['headers'],
): readonly BackendShare[] {
  const whole = shares.reduce((sum, { weight }) => sum + weight, 0);
  const parts = new Map<string, Omit<BackendShare, 'fraction'> & { readonly weight: number }>();
  for (const share of shares) {
    const name = share.kind === 'invalid' ? `status ${share.status}` : nameBackend(share.backend);
    const headers = headersOf(share);
    const key = JSON.stringify([name, headers]);
    const before = parts.get(key);
    parts.set(key, {
      name,
      weight: (before?.weight ?? 0) + share.weight,
      ...(share.kind === 'backend' ? { backend: share.backend } : {}),
      ...(headers === undefined ? {} : { headers }),
    });
  }
  return [...parts.values()].map(({ weight, ...backend }) => ({ ...backend, fraction: toFraction(weight, whole) }));
}

/** What a forward does beside choosing a backend, a line each. */
export function describeExtras(action: Action): readonly string[] {
  const ofClient = describeResponse(action.responseHeaders, '');
  if (action.kind === 'respond' && action.invalid !== undefined)
    return [`nobody answers: ${action.invalid}`, ...ofClient];
  if (action.kind !== 'forward') return ofClient;
  const { fault, mirrors, requestTimeout, backendTimeout, retry, session, cors, shares } = action;
  const lines: string[] = [];
  for (const share of shares) {
    if (share.kind === 'invalid') lines.push(`status ${share.status} in place of a backend: ${share.reason}`);
  }
  if (fault?.delay !== undefined) {
    lines.push(`delay of ${printMillis(fault.delay.duration)} for ${printMillionths(fault.delay.fraction)}`);
  }
  if (fault?.abort !== undefined) {
    const answer = `${fault.abort.grpc ? 'gRPC status' : 'status'} ${fault.abort.status}`;
    lines.push(`abort with ${answer} for ${printMillionths(fault.abort.fraction)}`);
  }
  for (const { backend, fraction } of mirrors) {
    lines.push(`mirrored to ${nameBackend(backend)}, ${printMillionths(fraction)}`);
  }
  if (requestTimeout !== undefined) lines.push(`timeout ${printMillis(requestTimeout)}`);
  if (backendTimeout !== undefined) lines.push(`timeout of one try ${printMillis(backendTimeout)}`);
  if (retry !== undefined) {
    lines.push(retry.attempts === 0 ? 'no retries' : `retries: up to ${retry.attempts}`);
    if (retry.perTryTimeout !== undefined) lines.push(`timeout of one try ${printMillis(retry.perTryTimeout)}`);
  }
  if (session !== undefined)
    lines.push(`affinity by ${session.kind}${session.name === undefined ? '' : ` ${session.name}`}`);
  if (cors !== undefined) lines.push('CORS headers for allowed origins');
  lines.push(...ofClient);
  for (const share of shares) {
    if (share.kind === 'backend')
      lines.push(...describeResponse(share.backend.responseHeaders, ` (${nameBackend(share.backend)})`));
  }
  return lines;
}

/** The changes of what the client gets, in the order in which they are made. */
function describeResponse({ remove, set, add }: HeaderOps, from: string): readonly string[] {
  return [
    ...remove.map((name) => `response header removed: ${name}${from}`),
    ...set.map(({ name, value }) => `response header set: ${name}: ${value}${from}`),
    ...add.map(({ name, value }) => `response header added: ${name}: ${value}${from}`),
  ];
}

function printMillis(millis: number): string {
  return millis % 1000 === 0 ? `${millis / 1000}s` : `${millis}ms`;
}

function printMillionths(millionths: number): string {
  return `${millionths / 10_000} % of the requests`;
}
