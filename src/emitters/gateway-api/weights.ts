/** Weights within a target's limit. `exact` says whether they give the same shares. */
export interface ScaledWeights {
  readonly weights: readonly number[];
  readonly exact: boolean;
}

/**
 * Fits reduced weights (no common divisor) into 0…max. They are either below the limit as they are or have no exact
 * form; the nearest one then keeps every share that had requests above zero.
 */
export function scaleWeights(weights: readonly number[], max: number): ScaledWeights {
  const largest = Math.max(...weights);
  if (largest <= max) return { weights, exact: true };
  return { weights: weights.map((weight) => Math.max(1, Math.round((weight * max) / largest))), exact: false };
}
