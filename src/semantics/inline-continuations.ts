import { sameAction } from './action-key.ts';
import type { Atom } from './atom.ts';
import type { Entry } from './decision-list.ts';
import { type Row, rowsWithin, withOrder } from './listing.ts';
import type { Lowered } from './lower-match.ts';
import { PathIndex } from './path-index.ts';

/** An entry with its region as positive atoms minus positive atoms. */
export interface LoweredEntry {
  readonly entry: Entry;
  readonly lowered: Lowered;
}

/**
 * Continuation inlining: a rule `M but not N` becomes, above `M`, what the rest of the list does
 * with `M ∩ N`. Works from the last entry up, so that a rest is always a list of positive rows.
 * A part of `M ∩ N` that no later rule takes becomes a `no-match` row; a carve-out that would
 * repeat the rule's own action is left out.
 */
export function inlineContinuations(entries: readonly LoweredEntry[]): readonly Row[] {
  // Most lists have no negations: every region is a row as it stands.
  if (entries.every(({ lowered }) => lowered.minus.length === 0)) return declaredRows(entries);
  const rows: Row[] = [];
  const index = new PathIndex();
  let order = 0;
  const put = (row: Omit<Row, 'order'>): void => {
    const placed = withOrder(row, --order);
    rows.push(placed);
    index.add(placed);
  };
  for (const { entry, lowered } of [...entries].reverse()) {
    const carved: Omit<Row, 'order'>[] = [];
    for (const { atom, slash } of lowered.minus) {
      const rest = atom.path.kind === 'exact' ? index.above(atom.path) : [...rows].reverse();
      const { pieces, covered } = rowsWithin(atom, rest);
      const repeats =
        covered && pieces.every(({ outcome }) => outcome !== 'no-match' && sameAction(outcome, entry.rule.action));
      if (repeats && !(slash && isCutBelow(atom, lowered))) continue;
      // What no later prefix takes either is the bare path of this one.
      const isBare = ({ outcome, how }: Row) => slash && outcome === 'no-match' && how === 'slash';
      const own = { rule: entry.rule, origin: entry.match.origin };
      carved.push(...pieces.map((piece) => (isBare(piece) ? { ...piece, ...own } : piece)));
      if (!covered)
        carved.push({
          atom,
          outcome: 'no-match',
          rule: entry.rule,
          origin: entry.match.origin,
          how: slash ? 'slash' : 'continuation',
        });
    }
    for (const atom of [...lowered.plus].reverse()) put(declaredRow(entry, atom));
    for (const row of carved.reverse()) put(row);
  }
  return rows.reverse().map(withOrder);
}

/**
 * Whether something else is cut out below a bare path. A target that reads prefixes by segment takes the bare path along
 * with that, so it is said above, though the rule itself would do the same.
 */
function isCutBelow({ path }: Atom, { minus }: Lowered): boolean {
  return (
    path.kind === 'exact' &&
    minus.some(({ atom, slash }) => !slash && atom.path.kind === 'string' && atom.path.value === `${path.value}/`)
  );
}

function declaredRows(entries: readonly LoweredEntry[]): readonly Row[] {
  const rows: Row[] = [];
  for (const { entry, lowered } of entries) {
    for (const atom of lowered.plus) rows.push(withOrder(declaredRow(entry, atom), rows.length));
  }
  return rows;
}

function declaredRow({ match, rule }: Entry, atom: Atom): Omit<Row, 'order'> {
  return { atom, outcome: rule.action, rule, origin: match.origin, how: 'declared' };
}
