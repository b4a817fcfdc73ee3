import type { Action, Forward } from './lists.ts';
import { DIMENSIONS, type Dimension, outcomeOf } from './outcome.ts';

const backendsOf = ({ shares }: Forward): readonly string[] =>
  shares.map(({ backend }) => backend.replace(/-renamed$/, ''));

/**
 * The dimensions in which two actions treat a request for a path otherwise. Where one side redirects, forwards or answers
 * and the other does not, that is the difference, and the parts of what they do have nothing to be compared with. Header
 * edits belong to a backend, so they are compared for backends that both sides reach.
 */
export const differingIn = (left: Action, right: Action, path: string): readonly Dimension[] => {
  if (left.kind !== right.kind) return [left.kind === 'redirect' || right.kind === 'redirect' ? 'redirect' : 'status'];
  const [ours, theirs] = [outcomeOf(left, path), outcomeOf(right, path)];
  const differing = DIMENSIONS.filter((dimension) => ours[dimension] !== theirs[dimension]);
  if (left.kind !== 'forward' || right.kind !== 'forward') return differing;
  const reached = new Set(backendsOf(left));
  const meet = backendsOf(right).some((backend) => reached.has(backend));
  return meet ? differing : differing.filter((dimension) => dimension !== 'headers');
};
