import { type AtomPath, pathLiteral } from './atom-path.ts';
import type { Row } from './listing.ts';

/**
 * Rows by the literal of their path. What can hold or overlap a path from above is filed under a
 * beginning of its literal, so a look-up costs the number of distinct lengths and not of rows.
 */
export class PathIndex {
  readonly #rows = new Map<string, Row[]>();
  #lengths: number[] = [];

  add(row: Row): void {
    const literal = pathLiteral(row.atom.path);
    const bucket = this.#rows.get(literal);
    if (bucket !== undefined) {
      bucket.push(row);
      return;
    }
    this.#rows.set(literal, [row]);
    if (!this.#lengths.includes(literal.length)) {
      this.#lengths = [...this.#lengths, literal.length].sort((a, b) => a - b);
    }
  }

  /** The rows whose path may hold this one: same literal, or a beginning of it. In order of `order`. */
  above(path: AtomPath): readonly Row[] {
    const literal = pathLiteral(path);
    const found: Row[] = [];
    for (const length of this.#lengths) {
      if (length > literal.length) break;
      const bucket = this.#rows.get(literal.slice(0, length));
      if (bucket !== undefined) found.push(...bucket);
    }
    return found.sort((a, b) => a.order - b.order);
  }
}
