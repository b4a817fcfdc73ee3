/** Remembers the results of a pure function by key, forgetting the oldest beyond a number of entries. */
export class BoundedMemo<T> {
  readonly #entries = new Map<string, T>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The remembered result for `key`, else that of `compute`, which is then remembered. */
  get(key: string, compute: () => T): T {
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const value = compute();
    const [oldest] = this.#entries.keys();
    if (this.#entries.size >= this.#limit && oldest !== undefined) this.#entries.delete(oldest);
    this.#entries.set(key, value);
    return value;
  }
}
