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
  /** How often a call is tried before its failure counts. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; each further one waits twice as long, up to `longest`. */
  readonly firstWait: number;
  readonly longestWait: number;
}

/** Rate above which calls go out unhindered again, as a multiple of the concurrency. */
const OPEN_AGAIN = 20;

/**
 * Runs calls: so many at a time, and failed ones again. It starts open and slows down on throttles only, to half of what it
 * did; from there it recovers by a tenth each second. It never falls below one call per second and place.
 */
export class Pace {
  readonly #options: PaceOptions;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  /** Calls per second; undefined while nothing was throttled. */
  #rate: number | undefined;
  #changedAt = 0;
  /** When the next call may start, in milliseconds. */
  #next = 0;
  #started: number[] = [];

  constructor(options: PaceOptions) {
    this.#options = options;
  }

  /** Gives what the call gives; rejects with its last failure. */
  async run<Result>(call: () => Promise<Result>): Promise<Result> {
    await this.#enter();
    try {
      for (let attempt = 1; ; attempt++) {
        await this.#waitForTurn();
        try {
          return await call();
        } catch (error) {
          await this.#recover(error, attempt);
        }
      }
    } finally {
      this.#leave();
    }
  }

  /** Waits before the next attempt; throws what cannot be tried again. */
  async #recover(error: unknown, attempt: number): Promise<void> {
    const { clock, attempts, firstWait, longestWait } = this.#options;
    if (!(error instanceof LiveError) || (error.kind !== 'throttled' && error.kind !== 'transient')) throw error;
    if (error.kind === 'throttled') this.#slowDown();
    if (attempt >= attempts) throw error;
    const wait = Math.min(longestWait, firstWait * 2 ** (attempt - 1)) * (0.5 + clock.random() / 2);
    await clock.sleep(Math.max(wait, error.retryAfter ?? 0));
  }

  #slowDown(): void {
    const { clock, concurrency } = this.#options;
    const now = clock.now();
    const recent = this.#started.filter((at) => now - at < 1000).length;
    this.#rate = Math.max(concurrency, (this.#rateAt(now) ?? recent) / 2);
    this.#changedAt = now;
  }

  #rateAt(now: number): number | undefined {
    if (this.#rate === undefined) return undefined;
    const rate = this.#rate * 1.1 ** ((now - this.#changedAt) / 1000);
    if (rate <= this.#options.concurrency * OPEN_AGAIN) return rate;
    this.#rate = undefined;
    return undefined;
  }

  async #waitForTurn(): Promise<void> {
    const { clock } = this.#options;
    const now = clock.now();
    const rate = this.#rateAt(now);
    const start = rate === undefined ? now : Math.max(now, this.#next);
    if (rate !== undefined) this.#next = start + 1000 / rate;
    this.#started = [...this.#started.filter((at) => now - at < 1000).slice(-1000), start];
    if (start > now) await clock.sleep(start - now);
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
