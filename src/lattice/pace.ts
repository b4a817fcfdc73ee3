import { LiveError } from './live-error.ts';

export interface Clock {
  /** Milliseconds. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** From 0 to 1, for the jitter of waits. */
  readonly random: () => number;
}

export interface PaceOptions {
  readonly clock: Clock;
  /** Calls under way at a time. */
  readonly concurrency: number;
  /** How often a call may fail in each way before its failure counts. A throttle says nothing about the call itself. */
  readonly attempts: Readonly<Record<Passing, number>>;
  /** Milliseconds before the second attempt; each further one waits twice as long, up to `longestWait`. */
  readonly firstWait: number;
  readonly longestWait: number;
  /** Milliseconds; a service that asks to wait longer is not waited for. */
  readonly patience: number;
}

/** Kinds of failures after which the same call may succeed. */
type Passing = 'throttled' | 'transient';

/**
 * Runs calls: so many at a time, and failed ones again. It starts open and slows down on throttles only, to half of what it
 * did; from there it recovers by a tenth each second. It never falls below one call per second and place. While the service
 * asks to wait, no call starts.
 */
export class Pace {
  readonly #options: PaceOptions;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  /** Calls per second at `#slowedAt`; undefined while nothing was throttled. */
  #rate: number | undefined;
  #slowedAt = Number.NEGATIVE_INFINITY;
  /** When the next call may start, in milliseconds. */
  #next = Number.NEGATIVE_INFINITY;
  /** When the last calls started, the latest at the end. */
  #starts: number[] = [];

  constructor(options: PaceOptions) {
    this.#options = options;
  }

  /** Gives what the call gives; rejects with its last failure. */
  async run<Result>(call: () => Promise<Result>): Promise<Result> {
    await this.#enter();
    try {
      const failures = { throttled: 0, transient: 0 };
      for (;;) {
        const started = await this.#waitForTurn();
        try {
          return await call();
        } catch (error) {
          if (!(error instanceof LiveError) || !isPassing(error.kind)) throw error;
          if (error.kind === 'throttled') this.#slowDown(started);
          failures[error.kind] += 1;
          await this.#wait(error, error.kind, failures[error.kind]);
        }
      }
    } finally {
      this.#leave();
    }
  }

  /** Waits before the next attempt; throws where there is none. */
  async #wait(error: LiveError, kind: Passing, failures: number): Promise<void> {
    const { clock, attempts, firstWait, longestWait, patience } = this.#options;
    if (failures >= attempts[kind]) throw error;
    const { retryAfter = 0 } = error;
    if (retryAfter > patience) {
      const message = `${error.message}; the service asks to wait ${Math.ceil(retryAfter / 1000)} seconds`;
      throw new LiveError(message, { kind, retryAfter, cause: error });
    }
    if (retryAfter > 0) this.#next = Math.max(this.#next, clock.now() + retryAfter);
    const wait = Math.min(longestWait, firstWait * 2 ** (failures - 1)) * (0.5 + clock.random() / 2);
    await clock.sleep(Math.max(wait, retryAfter));
  }

  /** Calls that were under way when it slowed down say nothing about the new rate. */
  #slowDown(started: number): void {
    if (started < this.#slowedAt) return;
    const now = this.#options.clock.now();
    const recent = this.#starts.filter((at) => now - at < 1000).length;
    // A rate that was not used up is not what the service refused.
    this.#rate = Math.max(this.#options.concurrency, Math.min(this.#rateAt(now), recent) / 2);
    this.#slowedAt = now;
  }

  #rateAt(now: number): number {
    return this.#rate === undefined ? Number.POSITIVE_INFINITY : this.#rate * 1.1 ** ((now - this.#slowedAt) / 1000);
  }

  /** Gives the moment at which the call may start, once it has come. */
  async #waitForTurn(): Promise<number> {
    const now = this.#options.clock.now();
    const start = Math.max(now, this.#next);
    if (this.#rate !== undefined) this.#next = start + 1000 / this.#rateAt(start);
    this.#starts.push(start);
    if (this.#starts.length > 2000) this.#starts = this.#starts.slice(-1000);
    if (start > now) await this.#options.clock.sleep(start - now);
    return start;
  }

  async #enter(): Promise<void> {
    if (this.#running >= this.#options.concurrency) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
  }

  #leave(): void {
    const next = this.#waiting.shift();
    // The place is handed on, so that nobody else takes it in between.
    if (next === undefined) this.#running -= 1;
    else next();
  }
}

function isPassing(kind: LiveError['kind']): kind is Passing {
  return kind === 'throttled' || kind === 'transient';
}
