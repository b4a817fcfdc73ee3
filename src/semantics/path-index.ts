import { type AtomPath, pathLiteral } from './atom-path.ts';
import { foldAscii } from './fold-ascii.ts';
import type { Row } from './listing.ts';

/** Up to this many rows a scan is faster than the maps of an index. */
export const SCANNED_ROWS = 12;

/**
 * Rows by the literal of their path. What can hold or overlap a path from above is filed under a
 * beginning of its literal, so a look-up costs the number of distinct lengths and not of rows.
 */
export class PathIndex {
  readonly #few: Row[] = [];
  /** Rows in any letter case, which have no literal to be filed under. */
  readonly #folded: Row[] = [];
  #byLiteral: Map<string, Row[]> | undefined;
  #lengths: number[] = [];

  add(row: Row): void {
    if (isFolded(row.atom.path)) {
      this.#folded.push(row);
      return;
    }
    if (this.#byLiteral === undefined) {
      this.#few.push(row);
      if (this.#few.length > SCANNED_ROWS) {
        this.#byLiteral = new Map();
        for (const one of this.#few) this.#file(this.#byLiteral, one);
      }
      return;
    }
    this.#file(this.#byLiteral, row);
  }

  #file(byLiteral: Map<string, Row[]>, row: Row): void {
    const literal = pathLiteral(row.atom.path);
    const bucket = byLiteral.get(literal);
    if (bucket !== undefined) {
      bucket.push(row);
      return;
    }
    byLiteral.set(literal, [row]);
    if (!this.#lengths.includes(literal.length)) {
      this.#lengths = [...this.#lengths, literal.length].sort((a, b) => a - b);
    }
  }

  /** The rows that are found under another spelling only. */
  #spellings(path: AtomPath): readonly Row[] {
    const literal = foldAscii(pathLiteral(path));
    const isAbove = ({ atom }: Row) => literal.startsWith(foldAscii(pathLiteral(atom.path)));
    const others = isFolded(path)
      ? this.#byLiteral === undefined
        ? this.#few
        : [...this.#byLiteral.values()].flat()
      : [];
    const exact = pathLiteral(path);
    return [...this.#folded, ...others.filter(({ atom }) => !exact.startsWith(pathLiteral(atom.path)))].filter(isAbove);
  }

  /** The rows whose path may hold this one: same literal, or a beginning of it. In order of `order`. */
  above(path: AtomPath): readonly Row[] {
    const literal = pathLiteral(path);
    const found: Row[] = [];
    if (this.#byLiteral === undefined) {
      for (const row of this.#few) if (literal.startsWith(pathLiteral(row.atom.path))) found.push(row);
    } else {
      for (const length of this.#lengths) {
        if (length > literal.length) break;
        const bucket = this.#byLiteral.get(literal.slice(0, length));
        if (bucket !== undefined) found.push(...bucket);
      }
    }
    if (this.#folded.length > 0 || isFolded(path)) found.push(...this.#spellings(path));
    return isInOrder(found) ? found : found.sort((a, b) => a.order - b.order);
  }
}

function isFolded(path: AtomPath): boolean {
  return path.kind !== 'any' && path.fold === true;
}

/** Rows of a scan mostly are, and a sort costs more than the look. */
function isInOrder(rows: readonly Row[]): boolean {
  let last = Number.NEGATIVE_INFINITY;
  for (const { order } of rows) {
    if (order < last) return false;
    last = order;
  }
  return true;
}
