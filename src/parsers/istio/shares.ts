import type { Backend, Share } from '../../ir/actions.ts';

/**
 * The shares of destinations with their written weights. A single destination gets everything, whatever its weight;
 * among several, weights of 0 are dropped, equal destinations are one, and common divisors are taken out. Undefined
 * when all weights of several are 0, which Istio refuses.
 */
export function toShares(parts: readonly Share[]): readonly Share[] | undefined {
  const [single] = parts;
  if (single !== undefined && parts.length === 1) return [{ ...single, weight: 1 }];
  const merged = new Map<string, Share>();
  for (const part of parts) {
    if (part.weight <= 0) continue;
    const key = shareKey(part);
    const before = merged.get(key);
    merged.set(key, before === undefined ? part : { ...before, weight: before.weight + part.weight });
  }
  if (merged.size === 0) return undefined;
  const divisor = [...merged.values()].map(({ weight }) => weight).reduce(greatestCommonDivisor);
  return [...merged.values()].map((share) => ({ ...share, weight: share.weight / divisor }));
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}

function shareKey(share: Share): string {
  if (share.kind === 'invalid') return JSON.stringify([share.status, share.reason]);
  const { kind, namespace, name, port, subset, requestHeaders, responseHeaders }: Backend = share.backend;
  const labels = subset === undefined ? [] : Object.entries(subset.labels).sort();
  return JSON.stringify([kind, namespace, name, port, labels, requestHeaders, responseHeaders]);
}
