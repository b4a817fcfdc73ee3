import type { Share } from '../../ir/actions.ts';
import { mergeShares, withWeight } from '../merge-shares.ts';

/**
 * The shares of destinations with their written weights. A single destination gets everything, whatever its weight.
 * Undefined when all weights of several are 0, which Istio refuses.
 */
export function toShares(parts: readonly Share[]): readonly Share[] | undefined {
  const [single] = parts;
  if (single !== undefined && parts.length === 1) return [withWeight(single, 1)];
  const merged = mergeShares(parts);
  return merged.length === 0 ? undefined : merged;
}
