import type { Report } from '../../diagnostics/diagnostic.ts';
import type { Action, Share } from '../../ir/actions.ts';
import { latticeDiagnostics } from '../lattice-diagnostics.ts';
import { MAX_WEIGHT } from '../lattice-limits.ts';
import { scaleWeights } from '../weights.ts';

/** The action with weights that fit; reduced weights above 999 have no exact form, which is an error. */
export function fitWeights(action: Action, report: Report): Action {
  if (action.kind !== 'forward') return action;
  const weights = action.shares.map(({ weight }) => weight);
  const scaled = scaleWeights(weights, MAX_WEIGHT);
  if (scaled.exact) return action;
  report(latticeDiagnostics['weight-not-exact']({ weights, printed: scaled.weights }, action.origin));
  const divisor = scaled.weights.reduce(gcd, 0);
  const fit = (share: Share, index: number): Share => ({
    ...share,
    weight: (scaled.weights[index] ?? share.weight) / divisor,
  });
  return { ...action, shares: action.shares.map(fit) };
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
