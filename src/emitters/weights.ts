/** Of a backendRef, by the schema of HTTPRoute. */
export const MAX_WEIGHT = 1_000_000;

/** Weights within a target's limit. `exact` says whether they give the same shares. */
export interface ScaledWeights {
  readonly weights: readonly number[];
  readonly exact: boolean;
}

/** Reduced weights as percentages where they are whole ones: 9 and 1 read better as 90 and 10. */
function toPercentages(weights: readonly number[]): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return 100 % total === 0 ? weights.map((weight) => (weight * 100) / total) : weights;
}

/**
 * Fits reduced weights (no common divisor) into 0…max. They are either below the limit as they are or have no exact
 * form; the nearest one then keeps every share that had requests above zero.
 */
export function scaleWeights(weights: readonly number[], max: number): ScaledWeights {
  const largest = Math.max(...weights);
  if (largest <= max) return { weights: toPercentages(weights), exact: true };
  return { weights: weights.map((weight) => Math.max(1, Math.round((weight * max) / largest))), exact: false };
}
