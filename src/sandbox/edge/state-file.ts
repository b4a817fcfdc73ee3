import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { State } from '../state/state.ts';
import { readState, writeState } from '../state/state-text.ts';

/** A file that always holds the whole state of some moment. */
export interface StateFile {
  /** Absent: there is no file yet. */
  readonly state: State | undefined;
  /** Takes a new state, which is written soon. */
  keep(state: State): void;
  /** Resolves when everything that was kept is written; rejects where it cannot be. */
  saved(): Promise<void>;
  /** Writes at once what is not written yet. */
  flush(): void;
}

/** The file is there and cannot be read as a state. */
export class BadStateFile extends Error {}

/**
 * Opens a file for the state. Changes that come in together are written together: beside the file first, then renamed
 * over it. Throws what the file system throws, and `BadStateFile`.
 */
export function openStateFile(path: string): StateFile {
  const temporary = `${path}.${process.pid}.tmp`;
  let unwritten: State | undefined;
  let writing: Promise<void> | undefined;

  function flush(): void {
    if (unwritten === undefined) return;
    try {
      writeFileSync(temporary, writeState(unwritten));
      renameSync(temporary, path);
      unwritten = undefined;
    } finally {
      rmSync(temporary, { force: true });
    }
  }

  return {
    state: readFile(path),
    keep(state) {
      unwritten = state;
    },
    saved() {
      if (unwritten === undefined) return Promise.resolve();
      writing ??= new Promise<void>((resolve, reject) => {
        setImmediate(() => {
          writing = undefined;
          try {
            flush();
            resolve();
          } catch (error) {
            reject(error);
          }
        });
      });
      return writing;
    },
    flush,
  };
}

function readFile(path: string): State | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const state = readState(text);
  if (state === undefined) throw new BadStateFile(`${path} is no state of the sandbox`);
  return state;
}
