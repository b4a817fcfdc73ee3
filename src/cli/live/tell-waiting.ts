import type { World } from '../world.ts';

/** Milliseconds until the first line, and between the others. */
const FIRST = 1_000;
const NEXT = 30_000;

/** A run that may be waiting for answers. */
export interface Waiting {
  /** Takes the line that each call leaves, `ListServices ok …` or how it failed. */
  readonly note: (line: string) => void;
  readonly stop: () => void;
}

/** Says on stderr that an account is read where that takes more than a second, and every half minute how far it is. */
export function tellWaiting(place: string, { quiet }: { readonly quiet?: true }, world: World): Waiting {
  if (quiet === true) return { note: () => {}, stop: () => {} };
  let answered = 0;
  let failure: string | undefined;
  let cancel = () => {};
  const tell = () => {
    const calls = `${answered} ${answered === 1 ? 'call' : 'calls'} answered`;
    const trouble = failure === undefined ? '' : `; trying again, since ${failure}`;
    world.stderr.write(`reading ${place}: ${calls}${trouble}\n`);
    cancel = world.later(NEXT, tell);
  };
  cancel = world.later(FIRST, tell);
  return {
    note: (line) => {
      const isAnswer = / ok \(request [^)]*\)$/.test(line);
      answered += isAnswer ? 1 : 0;
      failure = isAnswer ? undefined : line;
    },
    stop: () => cancel(),
  };
}
