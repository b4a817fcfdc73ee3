import type { Backend, Share } from '../../ir/actions.ts';

/**
 * The shares of destinations with their written weights. A single destination gets everything, whatever its weight;
 * among several, weights of 0 are dropped, equal destinations are one, and common divisors are taken out. Undefined
 * when all weights of several are 0, which Istio refuses.
 */
export function toShares(parts: readonly Share[]): readonly Share[] | undefined {
  const [single] = parts;
  if (single !== undefined && parts.length === 1) return [withWeight(single, 1)];
  const live = parts.filter(({ weight }) => weight > 0);
  const merged = haveUnlikeNames(live) ? live : mergeEqual(live);
  if (merged.length === 0) return undefined;
  const divisor = merged.map(({ weight }) => weight).reduce(greatestCommonDivisor);
  return merged.map((share) => withWeight(share, share.weight / divisor));
}

function withWeight(share: Share, weight: number): Share {
  return share.kind === 'backend' ? { kind: 'backend', weight, backend: share.backend } : { ...share, weight };
}

/** Whether the names alone show that no two shares are equal, as they mostly do. */
function haveUnlikeNames(parts: readonly Share[]): boolean {
  const names = new Set<string>();
  for (const part of parts) if (part.kind === 'backend') names.add(part.backend.name);
  return names.size === parts.length;
}

function mergeEqual(parts: readonly Share[]): readonly Share[] {
  const merged = new Map<string, Share>();
  for (const part of parts) {
    const key = shareKey(part);
    const before = merged.get(key);
    merged.set(key, before === undefined ? part : withWeight(before, before.weight + part.weight));
  }
  return [...merged.values()];
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
