import type { VirtualHost } from '../../ir/model.ts';
import { sameValue } from '../action-key.ts';
import { compile } from '../decision-list.ts';
import { isSame } from './compare-actions.ts';
import type { CompareContext } from './compare-hosts.ts';

/** Whether two hosts are the same list row by row, which needs no proof. */
export function isWrittenAlike(
  left: VirtualHost,
  right: VirtualHost,
  { identify }: Pick<CompareContext, 'identify'>,
): boolean {
  const [one, other] = [compile(left), compile(right)];
  const sides = {
    left: { scope: left.scope, identify: identify.left },
    right: { scope: right.scope, identify: identify.right },
  };
  return (
    one.length === other.length &&
    isSame(left.otherwise, right.otherwise, sides) &&
    one.every(({ match, rule }, index) => {
      const row = other[index];
      return row !== undefined && sameValue(match, row.match) && isSame(rule.action, row.rule.action, sides);
    })
  );
}
