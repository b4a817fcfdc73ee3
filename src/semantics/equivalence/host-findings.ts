import { DIMENSIONS, type Dimension } from '../../diagnostics/dimension.ts';
import type { Difference, HostComparison, Verdict } from './types.ts';
import { isSmaller } from './witness-request.ts';

/** A difference with the size of its witness, the smallest of its kind. */
interface Found {
  readonly difference: Difference;
  readonly size: readonly number[];
}

const NO_DIFFERENCES: readonly Difference[] = [];
const NO_REASONS: readonly string[] = [];
const RANKS: ReadonlyMap<Dimension, number> = new Map(DIMENSIONS.map((dimension, index) => [dimension, index]));
/** The dimensions of two hosts that do the same. */
export const ALL_EQUAL = Object.fromEntries(DIMENSIONS.map((one) => [one, 'equal'])) as HostComparison['dimensions'];
const ALL_UNKNOWN = Object.fromEntries(DIMENSIONS.map((one) => [one, 'unknown'])) as HostComparison['dimensions'];

/** What a comparison of two hosts has found so far. */
export class HostFindings {
  readonly #found = new Map<string, Found>();
  readonly #unknown = new Map<Dimension, string>();
  readonly #reasons = new Set<string>();

  /** Takes a difference, if its witness is the smallest of its kind. */
  offer(difference: Difference, size: readonly number[]): void {
    const key = `${difference.dimension} ${difference.gravity} ${difference.known ?? ''}`;
    const found = this.#found.get(key);
    if (found === undefined || isSmaller(size, found.size)) this.#found.set(key, { difference, size });
  }

  /** Notes that one dimension cannot be told for some requests. */
  addUnknown(dimension: Dimension, reason: string): void {
    this.#unknown.set(dimension, reason);
  }

  isUnknown(dimension: Dimension): boolean {
    return this.#unknown.has(dimension);
  }

  /** Notes why requests were left out as a whole, whatever becomes of them. */
  addReason(reason: string): void {
    this.#reasons.add(reason);
  }

  /** Whether requests were left out as a whole. */
  get isOpen(): boolean {
    return this.#reasons.size > 0;
  }

  /** The result; what was left out makes every dimension unknown in which nothing differs. */
  result(rest: Pick<HostComparison, 'sampled' | 'reached'>): HostComparison {
    if (this.#found.size + this.#reasons.size + this.#unknown.size === 0) {
      return { verdict: 'equal', dimensions: ALL_EQUAL, differences: NO_DIFFERENCES, reasons: NO_REASONS, ...rest };
    }
    const differences = [...this.#found.values()]
      .map(({ difference }) => difference)
      .sort(
        (a, b) => (RANKS.get(a.dimension) ?? 0) - (RANKS.get(b.dimension) ?? 0) || (a.gravity < b.gravity ? 1 : -1),
      );
    const dimensions: Record<Dimension, Verdict> = { ...(this.isOpen ? ALL_UNKNOWN : ALL_EQUAL) };
    for (const dimension of this.#unknown.keys()) dimensions[dimension] = 'unknown';
    for (const { dimension } of differences) dimensions[dimension] = 'differs';
    return {
      verdict: differences.length > 0 ? 'differs' : 'unknown',
      dimensions,
      differences,
      reasons: [...this.#reasons, ...new Set(this.#unknown.values())],
      ...rest,
    };
  }
}
