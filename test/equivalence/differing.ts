import type { Action, Forward } from './lists.ts';
import { answerOf, DIMENSIONS, type Dimension, headersByBackend, outcomeOf } from './outcome.ts';

/** Header edits belong to a backend, so they are compared for the backends that both sides reach. */
const sameHeaders = (left: Forward, right: Forward): boolean => {
  const [ours, theirs] = [headersByBackend(left), headersByBackend(right)];
  return [...ours].every(([backend, edits]) => (theirs.get(backend) ?? edits) === edits);
};

/**
 * The dimensions in which two actions treat a request for a path otherwise. Where one side redirects, forwards or answers
 * and the other does not, that is the difference, and the parts of what they do have nothing to be compared with.
 */
export const differingIn = (ours: Action, theirs: Action, path: string): readonly Dimension[] => {
  const [left, right] = [answerOf(ours), answerOf(theirs)];
  if (left.kind !== right.kind) return [left.kind === 'redirect' || right.kind === 'redirect' ? 'redirect' : 'status'];
  const [one, other] = [outcomeOf(left, path), outcomeOf(right, path)];
  const isForward = left.kind === 'forward' && right.kind === 'forward';
  return DIMENSIONS.filter(
    (dimension) =>
      one[dimension] !== other[dimension] || (dimension === 'headers' && isForward && !sameHeaders(left, right)),
  );
};
