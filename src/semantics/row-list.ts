import { atomAccepts, type MatchedRequest, withPath } from './atom.ts';
import { readPathBySegment } from './atom-path.ts';
import { type Row, withAtom, withOrder } from './listing.ts';
import { PathIndex, SCANNED_ROWS } from './path-index.ts';

/** A list of rows that decides requests: the first row in the list that a request meets. */
export class RowList {
  readonly #rows: readonly Row[];
  readonly #index: PathIndex | undefined;

  constructor(rows: readonly Row[]) {
    this.#rows = rows;
    // A short list is read through sooner than it is filed.
    if (rows.length <= SCANNED_ROWS) return;
    this.#index = new PathIndex();
    for (const [order, row] of rows.entries()) this.#index.add(row.order === order ? row : withOrder(row, order));
  }

  /** The row that takes the request, or undefined where none does. */
  decide(request: MatchedRequest): Row | undefined {
    return this.above(request.path).find((row) => atomAccepts(row.atom, request));
  }

  /** The rows whose path may hold all paths below a literal; of a short list all of them. */
  above(literal: string): readonly Row[] {
    return this.#index?.above({ kind: 'exact', value: literal }) ?? this.#rows;
  }
}

/** The rows as a target reads them that takes prefixes by segment. */
export function readBySegment(rows: readonly Row[]): readonly Row[] {
  return rows.map((row) => {
    const { path } = row.atom;
    return path.kind === 'string' ? withAtom(row, withPath(row.atom, readPathBySegment(path))) : row;
  });
}
