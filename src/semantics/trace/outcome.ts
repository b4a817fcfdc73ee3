import type { Action, Forward, Share } from '../../ir/actions.ts';
import { nameBackend } from '../describe-action.ts';

/** A share as a reduced fraction. */
export interface Fraction {
  readonly part: number;
  readonly whole: number;
}

/** What a request meets. */
export type Outcome =
  | { readonly kind: 'backends'; readonly backends: readonly BackendShare[] }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'redirect'; readonly status: number; readonly location: string };

export interface BackendShare {
  /** `namespace/name:port`, with `@subset` where there is one; `status 500` for a share that nobody answers. */
  readonly name: string;
  readonly fraction: Fraction;
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
  const parts = new Map<string, { name: string; weight: number; headers: BackendShare['headers'] }>();
  for (const share of shares) {
    const name = share.kind === 'invalid' ? `status ${share.status}` : nameBackend(share.backend);
    const headers = headersOf(share);
    const key = JSON.stringify([name, headers]);
    const before = parts.get(key);
    parts.set(key, { name, weight: (before?.weight ?? 0) + share.weight, headers });
  }
  return [...parts.values()].map(({ name, weight, headers }) => ({
    name,
    fraction: toFraction(weight, whole),
    ...(headers === undefined ? {} : { headers }),
  }));
}

/** What a forward does beside choosing a backend, a line each. */
export function describeExtras(action: Action): readonly string[] {
  if (action.kind === 'respond') return action.invalid === undefined ? [] : [`nobody answers: ${action.invalid}`];
  if (action.kind === 'redirect') return [];
  const { fault, mirrors, requestTimeout, backendTimeout, retry, session, cors, responseHeaders, shares } = action;
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
  if (retry !== undefined) lines.push(retry.attempts === 0 ? 'no retries' : `up to ${retry.attempts} retries`);
  if (session !== undefined)
    lines.push(`affinity by ${session.kind}${session.name === undefined ? '' : ` ${session.name}`}`);
  if (cors !== undefined) lines.push('CORS headers for allowed origins');
  const changed = [
    ...responseHeaders.remove,
    ...[...responseHeaders.set, ...responseHeaders.add].map(({ name }) => name),
  ];
  if (changed.length > 0) lines.push(`changes response headers: ${[...new Set(changed)].sort().join(', ')}`);
  return lines;
}

function printMillis(millis: number): string {
  return millis % 1000 === 0 ? `${millis / 1000}s` : `${millis}ms`;
}

function printMillionths(millionths: number): string {
  return `${millionths / 10_000} % of the requests`;
}
