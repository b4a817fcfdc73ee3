import type { Backend, Share } from '../ir/actions.ts';

/** Shares with their written weights in one form: those of 0 are dropped, equal ones are one, common divisors are taken out. */
export function mergeShares(parts: readonly Share[]): readonly Share[] {
  const live = parts.filter(({ weight }) => weight > 0);
  const merged = haveUnlikeNames(live) ? live : mergeEqual(live);
  if (merged.length === 0) return [];
  const divisor = merged.map(({ weight }) => weight).reduce(greatestCommonDivisor);
  return merged.map((share) => withWeight(share, share.weight / divisor));
}

export function withWeight(share: Share, weight: number): Share {
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

/** Shares without a backend differ in their answer only; each has had its own finding. */
function shareKey(share: Share): string {
  if (share.kind === 'invalid') return `${share.status}`;
  const { kind, namespace, name, port, subset, requestHeaders, responseHeaders }: Backend = share.backend;
  const labels = subset === undefined ? [] : Object.entries(subset.labels).sort();
  const part = subset?.isOpen === true ? subset.name : labels;
  return JSON.stringify([kind, namespace, name, port, part, requestHeaders, responseHeaders]);
}
