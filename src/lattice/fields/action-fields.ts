import type { RuleAction } from '../../emitters/lattice/resources.ts';
import type { Field } from '../fields.ts';
import type { Loose } from '../loose.ts';

export interface ActionNames {
  /** The one name of a target group on both sides, for what the action calls it. */
  readonly groupName: (written: string) => string;
}

/** What a rule does. Weights are shares of their sum, so 1 and 1 are the same as 50 and 50. */
export function actionFields(path: string, action: Loose<RuleAction>, { groupName }: ActionNames): readonly Field[] {
  if ('fixedResponse' in action) return [{ path, value: `status ${action.fixedResponse.statusCode}` }];
  const weights = new Map<string, number>();
  for (const { targetGroup, weight } of action.forward.targetGroups) {
    const name = groupName(targetGroup);
    weights.set(name, (weights.get(name) ?? 0) + weight);
  }
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const prefix = path === 'action' ? '' : `${path}.`;
  const shares = [...weights].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    { path, value: 'forward' },
    ...shares.map(([name, weight]): Field => ({ path: `${prefix}weights[${name}]`, value: printShare(weight, total) })),
  ];
}

/** A share in percent, or as a fraction in lowest terms where no two decimals say it. */
export function printShare(part: number, whole: number): string {
  // What weights of 0 alone mean is not documented; they are kept apart from every share.
  if (whole === 0) return 'weight 0';
  const hundredths = (part * 10_000) / whole;
  if (Number.isInteger(hundredths)) return `${hundredths / 100} %`;
  const divisor = greatestDivisor(part, whole);
  return `${part / divisor}/${whole / divisor}`;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
