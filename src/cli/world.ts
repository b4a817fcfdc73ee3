import type { Clock } from '../lattice/pace.ts';

/** A stream that text is written to. */
export interface OutputStream {
  readonly isTTY: boolean;
  write(text: string): void;
}

/** Everything a command meets outside of its arguments; tests pass their own. */
export interface World {
  /** Absolute; relative paths start here. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: { readonly isTTY: boolean; read(): Promise<Uint8Array> };
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly clock: Clock;
  /** Does something after so many milliseconds, unless it is taken back by the function that is given. */
  later(milliseconds: number, action: () => void): () => void;
  /** Runs when a signal ends the process: removes what is half written. Gives the function that takes it back. */
  onInterrupt(cleanUp: () => void): () => void;
}
