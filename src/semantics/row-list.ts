import { atomAccepts, type MatchedRequest } from './atom.ts';
import { readPathBySegment } from './atom-path.ts';
import { type Row, withOrder } from './listing.ts';
import { PathIndex } from './path-index.ts';

/** A list of rows that decides requests: the first row in the list that a request meets. */
export class RowList {
  readonly #index = new PathIndex();

  constructor(rows: readonly Row[]) {
    for (const [order, row] of rows.entries()) this.#index.add(row.order === order ? row : withOrder(row, order));
  }

  /** The row that takes the request, or undefined where none does. */
  decide(request: MatchedRequest): Row | undefined {
    return this.#index.above({ kind: 'exact', value: request.path }).find((row) => atomAccepts(row.atom, request));
  }

  /** The rows whose path may hold all paths below a literal. */
  above(literal: string): readonly Row[] {
    return this.#index.above({ kind: 'exact', value: literal });
  }
}

/** The rows as a target reads them that takes prefixes by segment. */
export function readBySegment(rows: readonly Row[]): readonly Row[] {
  return rows.map((row) => {
    const { path } = row.atom;
    return path.kind === 'string' ? { ...row, atom: { ...row.atom, path: readPathBySegment(path) } } : row;
  });
}
