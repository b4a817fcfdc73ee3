import { Origin } from '../../src/diagnostics/origin.ts';
import { NO_HEADER_OPS, type Respond } from '../../src/ir/actions.ts';
import type { Rule } from '../../src/ir/model.ts';
import type { Atom } from '../../src/semantics/atom.ts';
import type { AtomPath } from '../../src/semantics/atom-path.ts';
import type { Row } from '../../src/semantics/listing.ts';

const origin = new Origin({
  file: 'in.yaml',
  resource: undefined,
  span: () => ({ file: 'in.yaml', line: 1, col: 1, endLine: 1, endCol: 1 }),
  order: 0,
  lineText: () => undefined,
});

/** The path itself. */
export const exact = (value: string): AtomPath => ({ kind: 'exact', value });
/** All paths that begin with the text. */
export const string = (value: string): AtomPath => ({ kind: 'string', value });
/** Every path. */
export const any: AtomPath = { kind: 'any' };
/** A path, perhaps with a method and a value of the header h. */
export const atom = (path: AtomPath, more: { method?: string; h?: string } = {}): Atom => ({
  path,
  ...(more.method === undefined ? {} : { method: more.method }),
  headers: more.h === undefined ? [] : [{ name: 'h', value: { kind: 'exact', value: more.h } }],
  query: [],
});

/** Rows in order, each with the status that it answers; `made` rows may be left out. */
export function toRows(...rows: readonly (readonly [Atom, number, 'made'?])[]): readonly Row[] {
  return rows.map(([atom, status, made], order) => {
    const outcome: Respond = { kind: 'respond', status, responseHeaders: NO_HEADER_OPS, origin };
    const rule = { source: {}, hostIndex: 0, index: order, matches: [], action: outcome, origin } as unknown as Rule;
    return { atom, outcome, rule, origin, order, how: made === undefined ? 'declared' : 'continuation' };
  });
}
