import { assertNever } from '../ir/assert-never.ts';
import type { AttributeTest, StringPredicate } from '../ir/predicates.ts';
import { type AtomValue, valuesOverlap } from './atom.ts';
import { quoteRe2, quoteRe2IgnoringCase } from './languages/quote-re2.ts';
import { regexEngine } from './languages/regex-engine.ts';
import { ANY_VALUE, regexAccepts } from './value-regex.ts';

/** The values of a present attribute as alternatives minus alternatives. `any` = no test of the value. */
export interface LoweredValues {
  readonly plus: 'any' | readonly AtomValue[];
  readonly minus: readonly AtomValue[];
}

/** What a test asks of a request: whether the attribute must be there, and what it may hold. */
export type LoweredTest =
  | {
      readonly kind: 'values';
      readonly required: boolean;
      readonly plus: 'any' | readonly AtomValue[];
      readonly minus: readonly AtomValue[];
    }
  | { readonly kind: 'not-expressible'; readonly why: string };

/** "Present with any value" as a pattern. */
export const PRESENT: AtomValue = { kind: 'regex', value: ANY_VALUE };

const NON_EMPTY: AtomValue = { kind: 'regex', value: '.+' };

/** Most alternatives that one test may become. */
const MAX_ALTERNATIVES = 64;

/** Turns a header or query test into exact values and patterns, positive and negative ones apart. */
export function lowerTest(test: AttributeTest): LoweredTest {
  if (test.value.kind === 'none') {
    if (test.absent) return { kind: 'values', required: false, plus: 'any', minus: [PRESENT] };
    return { kind: 'values', required: true, plus: [], minus: [] };
  }
  const values = lowerValues(test.value);
  if (typeof values === 'string') return { kind: 'not-expressible', why: values };
  if (!test.absent) return { kind: 'values', required: true, ...sayNonEmpty(values) };
  if (values.plus === 'any') return { kind: 'values', required: false, ...values };
  return { kind: 'not-expressible', why: `it takes requests without ${test.name} as well as some values of it` };
}

/** Every value but the empty one is a pattern, since no target compares with the empty text. */
function sayNonEmpty(values: LoweredValues): LoweredValues {
  const minus = values.minus.filter(({ kind, value }) => kind !== 'exact' || value !== '');
  return values.plus !== 'any' || minus.length === values.minus.length ? values : { plus: [NON_EMPTY], minus };
}

/** The values that a predicate takes; a text says why it has no such form. */
export function lowerValues(predicate: StringPredicate): LoweredValues | string {
  switch (predicate.kind) {
    case 'any':
      return { plus: 'any', minus: [] };
    case 'exact':
      return positive(
        predicate.ignoreCase
          ? { kind: 'regex', value: quoteRe2IgnoringCase(predicate.value) }
          : { kind: 'exact', value: predicate.value },
      );
    case 'prefix':
      return positive({
        kind: 'regex',
        value: `${predicate.ignoreCase ? quoteRe2IgnoringCase(predicate.value) : quoteRe2(predicate.value)}.*`,
      });
    case 'regex':
      return lowerPattern(predicate.pattern);
    case 'not': {
      const of = lowerValues(predicate.of);
      if (typeof of === 'string') return of;
      if (of.plus === 'any') return of.minus.length === 0 ? { plus: [], minus: [] } : { plus: of.minus, minus: [] };
      return of.minus.length === 0
        ? { plus: 'any', minus: of.plus }
        : 'it excludes a pattern that itself has exceptions';
    }
    case 'all':
      return lowerAll(predicate.of);
    default:
      return assertNever(predicate);
  }
}

function positive(value: AtomValue): LoweredValues {
  return { plus: [value], minus: [] };
}

function lowerPattern(pattern: string): LoweredValues | string {
  const form = regexEngine().decomposeValue(pattern, MAX_ALTERNATIVES);
  switch (form.kind) {
    case 'any':
      return { plus: 'any', minus: [] };
    case 'words':
      return { plus: form.words.map((value) => ({ kind: 'exact', value })), minus: [] };
    case 'empty':
      return { plus: [], minus: [] };
    case 'non-empty':
      return positive(NON_EMPTY);
    case 'illegal':
      return form.message;
    case 'prefix':
    case 'regex':
    case 'undecided':
      return positive({ kind: 'regex', value: pattern });
    default:
      return assertNever(form);
  }
}

/** Several conditions on one value: exact ones decide the others; two patterns have no common form. */
function lowerAll(predicates: readonly StringPredicate[]): LoweredValues | string {
  let plus: 'any' | readonly AtomValue[] = 'any';
  const minus: AtomValue[] = [];
  for (const predicate of predicates) {
    const values = lowerValues(predicate);
    if (typeof values === 'string') return values;
    minus.push(...values.minus);
    if (values.plus === 'any') continue;
    const common: readonly AtomValue[] | undefined = plus === 'any' ? values.plus : commonValues(plus, values.plus);
    if (common === undefined) return 'it asks for two patterns of one value at once';
    plus = common;
  }
  return plus === 'any' ? { plus, minus } : exclude(plus, minus);
}

/** Exclusions that concern none of the values are left out, and whole values are taken out at once. */
function exclude(plus: readonly AtomValue[], minus: readonly AtomValue[]): LoweredValues {
  const left = plus.filter((value) => value.kind === 'regex' || !minus.some((one) => valuesOverlap(one, value)));
  return { plus: left, minus: minus.filter((one) => left.some((value) => valuesOverlap(one, value))) };
}

function commonValues(a: readonly AtomValue[], b: readonly AtomValue[]): readonly AtomValue[] | undefined {
  const [exact, other] = a.every(({ kind }) => kind === 'exact') ? [a, b] : [b, a];
  if (!exact.every(({ kind }) => kind === 'exact')) return undefined;
  return exact.filter(({ value }) =>
    other.some((one) => (one.kind === 'exact' ? one.value === value : regexAccepts(one.value, value))),
  );
}
