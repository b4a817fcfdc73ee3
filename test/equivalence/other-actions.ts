import { type Edit, onRule } from './edit-lists.ts';
import type { Action, Edits, Rewrite } from './lists.ts';
import { commonPrefix } from './prefix-rewrites.ts';
import type { Random } from './random.ts';

/** An edit of what one rule does, with the prefix that all of its paths have. */
export const onAction = <Kind extends Action['kind']>(
  kind: Kind,
  edit: (action: Extract<Action, { kind: Kind }>, random: Random, prefix: string | undefined) => Action | undefined,
): Edit =>
  onRule((rule, random) => {
    const { action } = rule;
    if (action.kind !== kind) return undefined;
    const changed = edit(action as Extract<Action, { kind: Kind }>, random, commonPrefix(rule.conditions));
    return changed && [{ ...rule, action: changed }];
  });

/** Another rewrite, or none. */
export const otherRewrite = (
  rewrite: Rewrite | undefined,
  random: Random,
  prefix: string | undefined,
): Rewrite | undefined => {
  if (rewrite === undefined) {
    return prefix === undefined ? { kind: 'full', path: '/c' } : { kind: 'string', from: prefix, to: '/c' };
  }
  if (random.happens(0.3)) return undefined;
  switch (rewrite.kind) {
    case 'full':
      return { ...rewrite, path: `${rewrite.path}c` };
    case 'regex':
      return { ...rewrite, substitution: '/c/\\1' };
    case 'string':
    case 'segment':
      if (random.happens(0.5)) return { ...rewrite, to: rewrite.to === '/c' ? '/b' : '/c' };
      return rewrite.from === '/'
        ? { kind: 'full', path: '/b' }
        : { ...rewrite, kind: rewrite.kind === 'string' ? 'segment' : 'string' };
  }
};

/** Other edits of headers. */
export const otherEdits = ({ remove = [], set = {}, add = {} }: Edits, random: Random): Edits => {
  const roll = random.below(3);
  if (roll === 0) return { remove: remove.length > 0 ? [] : ['e'], set, add };
  if (roll === 1) return { remove, set: { ...set, e: set['e'] === '1' ? '2' : '1' }, add };
  return { remove, set, add: { ...add, f: add['f'] === '1' ? '2' : '1' } };
};
