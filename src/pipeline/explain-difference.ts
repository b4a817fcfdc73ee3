import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../diagnostics/origin.ts';
import type { VirtualHost } from '../ir/model.ts';
import { closedListOf } from '../semantics/equivalence/closed-list.ts';
import type { CompareContext } from '../semantics/equivalence/compare-hosts.ts';
import type { Difference, Taker } from '../semantics/equivalence/types.ts';
import type { CodeIndex } from './acceptance.ts';

/** Findings whose region is wider or narrower than a rule: the difference itself must be of their kind. */
const OWN_REGION: ReadonlySet<string> = new Set([
  'istio/prefix-by-segment',
  'istio/prefix-slash-itself',
  'istio/rewrite-double-slash',
  'lattice/header-value-case',
]);

/**
 * Says which finding announces a difference between a host and its legal form: one that names the dimension, and the
 * rule that takes the request on either side, or a row of the closed list that the difference is of.
 */
export function explainBy(
  findings: readonly Diagnostic[],
  left: VirtualHost,
  right: VirtualHost,
  { codes, identify }: { readonly codes: CodeIndex } & Pick<CompareContext, 'identify'>,
): (difference: Difference) => string | undefined {
  const listed = closedListOf(left, right, { identify });
  return (difference) => {
    const announced = findings.filter(
      ({ code }) => codes.get(code)?.definition.changes?.includes(difference.dimension) === true,
    );
    if (announced.length === 0) return undefined;
    const ofRule = announced.find(
      (finding) => !OWN_REGION.has(finding.code) && concerns(finding, difference.left, difference.right),
    );
    if (ofRule !== undefined) return ofRule.code;
    const code = listed(difference);
    return announced.find((finding) => finding.code === code)?.code;
  };
}

function concerns({ origin }: Diagnostic, ...takers: readonly Taker[]): boolean {
  return (
    origin !== undefined &&
    takers.some((taker) => taker !== undefined && placesOf(taker).some((place) => isWithin(origin, place)))
  );
}

/** A rule that delegates has parts of its action in another object. */
function placesOf({ rule, match }: NonNullable<Taker>): readonly Origin[] {
  const { action } = rule;
  const parts = action.kind === 'forward' ? Object.values(action.places ?? {}) : [];
  return [rule.origin, match.origin, action.origin, ...parts];
}

/** Whether one place is another or stands in it. */
function isWithin(inner: Origin, outer: Origin): boolean {
  if (inner.document !== outer.document) return false;
  const [path, parent] = [inner.path, outer.path];
  return parent.every((step, index) => path[index] === step);
}
