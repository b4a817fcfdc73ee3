import type { VirtualHost } from '../../ir/model.ts';
import { sameValue } from '../action-key.ts';
import { compile, type Entry, entriesAsWritten } from '../decision-list.ts';
import { isSame } from './compare-actions.ts';
import type { CompareContext } from './compare-hosts.ts';

/** Whether two hosts are the same list row by row, which needs no proof. */
export function isWrittenAlike(
  left: VirtualHost,
  right: VirtualHost,
  { identify }: Pick<CompareContext, 'identify'>,
): boolean {
  const sides = {
    left: { scope: left.scope, identify: identify.left },
    right: { scope: right.scope, identify: identify.right },
  };
  const areAlike = (one: readonly Entry[], other: readonly Entry[]) =>
    one.length === other.length &&
    one.every(({ match, rule }, index) => {
      const row = other[index];
      return row !== undefined && sameValue(match, row.match) && isSame(rule.action, row.rule.action, sides);
    });
  if (!isSame(left.otherwise, right.otherwise, sides)) return false;
  // Rows that stand alike are chosen alike where one order chooses: mostly nothing needs sorting.
  if (left.order.kind === right.order.kind && areAlike(entriesAsWritten(left), entriesAsWritten(right))) return true;
  return areAlike(compile(left), compile(right));
}
