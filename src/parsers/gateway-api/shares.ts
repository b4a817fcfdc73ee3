import type { Backend, Share } from '../../ir/actions.ts';

/**
 * The shares of backends with their written weights: those of 0 are dropped, equal backends are one, common divisors
 * are taken out. Empty when no backend has a weight above 0.
 */
export function toShares(parts: readonly Share[]): readonly Share[] {
  const merged = new Map<string, Share>();
  for (const part of parts) {
    if (part.weight <= 0) continue;
    const key = shareKey(part);
    const before = merged.get(key);
    merged.set(key, before === undefined ? part : { ...before, weight: before.weight + part.weight });
  }
  if (merged.size === 0) return [];
  const divisor = [...merged.values()].map(({ weight }) => weight).reduce(greatestCommonDivisor);
  return [...merged.values()].map((share) => ({ ...share, weight: share.weight / divisor }));
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}

function shareKey(share: Share): string {
  if (share.kind === 'invalid') return 'invalid';
  const { kind, namespace, name, port, requestHeaders, responseHeaders }: Backend = share.backend;
  return JSON.stringify([kind, namespace, name, port, requestHeaders, responseHeaders]);
}
