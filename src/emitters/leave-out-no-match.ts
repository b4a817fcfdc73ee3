import type { Report } from '../diagnostics/diagnostic.ts';
import type { VirtualHost } from '../ir/model.ts';
import { atomContains, atomsOverlap, intersectAtoms } from '../semantics/atom.ts';
import { pathLiteral } from '../semantics/atom-path.ts';
import { describeAction } from '../semantics/describe-action.ts';
import type { Row } from '../semantics/listing.ts';
import { readBySegment } from '../semantics/row-list.ts';
import { requestOf, toWitness } from '../semantics/witness.ts';
import { differenceDiagnostics, matchDiagnostics } from './legalize-diagnostics.ts';

/**
 * The rows without those that answer as if no rule matched, for a target that cannot say it. A prefix that takes its bare
 * path along is a difference of its own; whatever else takes such requests makes an error. `written` has the bare paths of
 * all prefixes, also of those that an earlier row covers.
 */
export function leaveOutNoMatch(
  host: VirtualHost,
  rows: readonly Row[],
  written: readonly Row[],
  report: Report,
): readonly Row[] {
  const kept = rows.filter(({ outcome }) => outcome !== 'no-match');
  if (kept.length === rows.length) return rows;
  const bySegment = readBySegment(rows);
  const bare = written.filter(({ how }) => how === 'slash');
  for (const [index, row] of rows.entries()) {
    if (row.outcome !== 'no-match') continue;
    const taker =
      row.how === 'slash'
        ? findOtherTaker(row, bare, bySegment.slice(0, index), bySegment.slice(index + 1))
        : undefined;
    const { rule, origin } = taker ?? row;
    const atom = taker === undefined ? row.atom : (intersectAtoms(row.atom, taker.atom) ?? row.atom);
    const witness = toWitness(host, requestOf(atom), describeAction(host.otherwise), describeAction(rule.action));
    if (row.how === 'slash' && taker === undefined) {
      const path = pathLiteral(row.atom.path);
      const region = { kind: 'path', path } as const;
      report(differenceDiagnostics['prefix-slash-itself']({ prefix: path }, origin, { witness, region }));
    } else report(matchDiagnostics['needs-no-match']({}, origin, { witness }));
  }
  return kept;
}

/** A row below that takes requests of a bare path, before or beside the prefixes that take their own along. */
function findOtherTaker(
  { atom }: Row,
  bare: readonly Row[],
  above: readonly Row[],
  below: readonly Row[],
): Row | undefined {
  const literal = pathLiteral(atom.path);
  const takesItsOwn = ({ origin, atom: { path } }: Row) =>
    path.kind !== 'exact' && bare.some((row) => row.origin === origin && pathLiteral(row.atom.path) === literal);
  for (const next of below) {
    if (next.outcome === 'no-match' || !atomsOverlap(next.atom, atom)) continue;
    if (!takesItsOwn(next)) {
      const taken = intersectAtoms(atom, next.atom);
      // What a row above takes does not come here.
      if (taken === undefined || !above.some((earlier) => atomContains(earlier.atom, taken))) return next;
    } else if (atomContains(next.atom, atom)) return undefined;
  }
  return undefined;
}
