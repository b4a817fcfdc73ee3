/** What the exit codes mean; `--help` prints this table. */
export const exitCodes = {
  0: 'done; warnings and accepted losses included',
  1: 'a path is missing or unreadable, output cannot be written, AWS cannot be asked, or a bug of latticectl',
  2: 'there are changes, with diff --exit-code',
  3: 'a finding at or above --fail-on, a request of --cases that meets something else, or a verdict of verify',
  4: 'refused by a guard; nothing was written',
  64: 'the command line cannot be followed',
  130: 'interrupted',
  143: 'terminated',
} as const;

// The first of these that occurred is the exit code of the run.
const precedence = [1, 5, 4, 3, 2];

/** The one exit code of a run that met several causes. */
export function worstExitCode(causes: readonly number[]): number {
  return precedence.find((code) => causes.includes(code)) ?? 0;
}
