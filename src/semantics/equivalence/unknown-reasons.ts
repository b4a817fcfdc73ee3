/** A reason why a comparison says `unknown`. */
interface UnknownReason<Args> {
  /** One sentence for the docs. */
  readonly summary: string;
  /** What the user can do. */
  readonly help: string;
  readonly message: (args: Args) => string;
}

function reason<Args>(row: UnknownReason<Args>): UnknownReason<Args> {
  return row;
}

/** Every reason for `unknown`: the messages of comparisons and the page of the docs are made from this table. */
export const unknownReasons = {
  budget: reason({
    summary: 'The conditions of a host combine in more ways than the budget lets the comparison follow.',
    help: 'Give more with --budget.',
    message: ({ steps }: { steps: number }) => `the comparison needs more than ${steps} steps (--budget)`,
  }),
  pattern: reason({
    summary: 'A pattern, or what several patterns have in common, has no automaton of a size that can be handled.',
    help: 'Write simpler patterns, or exact values and prefixes.',
    message: ({ problem }: { problem: string }) => `a pattern cannot be decided: ${problem}`,
  }),
  substitution: reason({
    summary: 'Both sides change a path by patterns, and whether they change every path alike cannot be told.',
    help: 'Write the same pattern and substitution on both sides, or replace a prefix.',
    message: () => 'two substitutions by pattern cannot be compared',
  }),
  backend: reason({
    summary:
      'A subset of a Service is compared with another backend, and no side has the Service whose selector decides.',
    help: 'Add the Service to either side, or name the Services that stand for subsets (subsetService in latticectl.yaml).',
    message: ({ backend }: { backend: string }) => `backend ${backend} is not in the input`,
  }),
  unread: reason({
    summary:
      'A part of the configuration that this host rests on cannot be read, or is of a kind that is not translated.',
    help: 'Correct it where it is wrong. What stands on both sides in the same object is taken as equal.',
    message: ({ place, problem }: { place: string; problem: string }) => `${place} is not read: ${problem}`,
  }),
};
