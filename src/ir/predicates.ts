/**
 * What a request must look like. One meaning has one form: build predicates with the functions
 * below, which normalise, and compare them with `===`-stable keys (`semantics/predicate-key.ts`).
 */

/** A test of a text. `regex` is RE2 and matches the whole text. */
export type StringPredicate =
  | { readonly kind: 'any' }
  | { readonly kind: 'exact'; readonly value: string; readonly ignoreCase: boolean }
  | { readonly kind: 'prefix'; readonly value: string; readonly ignoreCase: boolean }
  | { readonly kind: 'regex'; readonly pattern: string }
  | { readonly kind: 'not'; readonly of: StringPredicate }
  /** Every one of two or more holds. */
  | { readonly kind: 'all'; readonly of: readonly StringPredicate[] };

/**
 * How a path prefix is read.
 * - string: `/foo` takes `/foobar` (Istio, Envoy)
 * - segment: `/foo` takes `/foo` and `/foo/…` (Gateway API PathPrefix, Ingress Prefix)
 * - lattice: as VPC Lattice reads it, which is undocumented
 */
export type PrefixReading = 'string' | 'segment' | 'lattice';

/** A test of the path, query and fragment removed. A prefix that takes every path is `any`. */
export type PathPredicate =
  | { readonly kind: 'any' }
  | { readonly kind: 'exact'; readonly value: string; readonly ignoreCase: boolean }
  | {
      readonly kind: 'prefix';
      readonly value: string;
      readonly reading: PrefixReading;
      readonly ignoreCase: boolean;
    }
  | { readonly kind: 'regex'; readonly pattern: string };

/** A test of one header or query parameter: which values pass, and whether its absence does. */
export interface AttributeTest {
  /** Header names in lower case; query parameter names as written. */
  readonly name: string;
  readonly absent: boolean;
  /** What a present value must be; `none` where only absence passes. */
  readonly value: StringPredicate | { readonly kind: 'none' };
}

export const ANY: { readonly kind: 'any' } = { kind: 'any' };

/** An exact path. */
export function exactPath(value: string, ignoreCase = false): PathPredicate {
  return { kind: 'exact', value, ignoreCase };
}

/** A path prefix; `""` and `/` take every path. A segment prefix loses its trailing slashes, which it ignores. */
export function pathPrefix(value: string, reading: PrefixReading, ignoreCase = false): PathPredicate {
  const text = reading === 'segment' ? value.replace(/\/+$/, '') : value;
  return text === '' || text === '/' ? ANY : { kind: 'prefix', value: text, reading, ignoreCase };
}

export function exactly(value: string, ignoreCase = false): StringPredicate {
  return { kind: 'exact', value, ignoreCase };
}

/** A text prefix; the empty prefix takes everything. */
export function startingWith(value: string, ignoreCase = false): StringPredicate {
  return value === '' ? ANY : { kind: 'prefix', value, ignoreCase };
}

/** The complement; a double complement is the predicate itself. */
export function not(of: StringPredicate): StringPredicate {
  return of.kind === 'not' ? of.of : { kind: 'not', of };
}

/** The conjunction; `any` adds nothing, nested conjunctions are flattened. */
export function all(of: readonly StringPredicate[]): StringPredicate {
  const flat: StringPredicate[] = [];
  for (const one of of) {
    if (one.kind === 'all') flat.push(...one.of);
    else if (one.kind !== 'any') flat.push(one);
  }
  const [first] = flat;
  return first === undefined ? ANY : flat.length === 1 ? first : { kind: 'all', of: flat };
}
