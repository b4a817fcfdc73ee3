import type { Diagnostic, Region } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../diagnostics/origin.ts';
import { assertNever } from '../ir/assert-never.ts';
import { isDoubledSlash } from '../semantics/equivalence/path-change.ts';
import type { Difference, Taker } from '../semantics/equivalence/types.ts';
import type { RoutingRequest } from '../semantics/evaluate.ts';
import { foldAscii } from '../semantics/fold-ascii.ts';
import { ownValue } from '../semantics/own-value.ts';

import type { CodeIndex } from './acceptance.ts';

/**
 * Says which finding announces a difference between a host and its legal form: one that names the dimension and whose
 * requests these are, those of its region, or else those that its rule takes on either side.
 */
export function explainBy(
  findings: readonly Diagnostic[],
  codes: CodeIndex,
): (difference: Difference) => string | undefined {
  return (difference) => {
    const announcing = findings.find(({ code, region, origin }) => {
      if (codes.get(code)?.definition.changes?.includes(difference.dimension) !== true) return false;
      if (code === DOUBLE_SLASH && !isDoubledSlash(difference)) return false;
      if (region !== undefined) return isInRegion(region, difference.request);
      return origin !== undefined && isOfTaker(origin, difference);
    });
    return announcing?.code;
  };
}

const DOUBLE_SLASH = 'istio/rewrite-double-slash';

function isInRegion(region: Region, { host, path, headers }: RoutingRequest): boolean {
  switch (region.kind) {
    case 'beyond-segment': {
      const { prefix, ignoreCase } = region;
      const start = path.slice(0, prefix.length);
      const isUnder = ignoreCase ? foldAscii(start) === foldAscii(prefix) : start === prefix;
      return isUnder && path.length > prefix.length && path[prefix.length] !== '/';
    }
    case 'path':
      return path === region.path;
    case 'header-case': {
      const value = ownValue(headers, region.name);
      return value !== undefined && value !== region.value && foldAscii(value) === foldAscii(region.value);
    }
    case 'deeper-names':
      return host.slice(0, -region.suffix.length - 1).includes('.');
    case 'host':
      // Only asked of the findings about this very host.
      return true;
    case 'other-clients':
      // The host that is compared serves its own clients.
      return false;
    default:
      return assertNever(region);
  }
}

function isOfTaker(origin: Origin, { left, right }: Difference): boolean {
  return [left, right].some((taker) => taker !== undefined && placesOf(taker).some((place) => isWithin(origin, place)));
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
