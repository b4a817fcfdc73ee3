import type { BackendShare, Outcome } from './outcome.ts';
import type { UpstreamRequest } from './upstream.ts';

/** Equal for answers that a client and a backend cannot tell apart; `nameOf` says which backends are the same one. */
export function outcomeKey(
  outcome: Outcome,
  upstream: UpstreamRequest | undefined,
  nameOf = ({ name }: BackendShare): string => name,
): string {
  const { method, host, path, headers = {} } = upstream ?? {};
  const sorted = Object.entries(headers).sort(([left], [right]) => (left < right ? -1 : 1));
  const normal =
    outcome.kind === 'backends'
      ? outcome.backends.map((share) => JSON.stringify([nameOf(share), share.fraction, share.headers])).sort()
      : // Nobody there is what a status for it is: in neither case does the request reach anything.
        outcome.kind === 'status'
        ? { kind: outcome.kind, status: outcome.status }
        : outcome;
  return JSON.stringify([normal, method, host, path, sorted]);
}
