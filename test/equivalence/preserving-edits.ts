import { type Edit, onCondition, onRule, spliced } from './edit-lists.ts';
import { ANY, type Condition, type FieldTest, type Rule, type TextTest } from './lists.ts';
import type { Random } from './random.ts';
import { inSameOrder, isFirstMatch, never } from './rank-safety.ts';
import { PATH_PATTERNS, VALUE_PATTERNS } from './vocabulary.ts';

/** Edits of conditions and of their order that no request can notice. */

/** The complement of a test of a header: what it lets through it stops, and the other way round. */
const opposite = ({ absent, value }: FieldTest): FieldTest => {
  if (value === undefined) return { absent: false, value: ANY };
  if (value.kind === 'any') return absent ? { absent: false, value: never } : { absent: true };
  return { absent: !absent, value: value.kind === 'not' ? value.of : { kind: 'not', of: value } };
};

const FIELDS: readonly FieldTest[] = [
  { absent: false, value: ANY },
  { absent: false, value: { kind: 'exact', text: 'a' } },
  { absent: false, value: { kind: 'prefix', text: 'b' } },
  { absent: true, value: { kind: 'exact', text: '' } },
];

/** A header that a condition does not test yet, with a test for it. */
const unused = ({ headers }: Condition, random: Random): readonly [string, FieldTest] | undefined => {
  const name = random.pick(['x', 'y'].filter((one) => headers[one] === undefined));
  const test = random.pick(FIELDS);
  return name === undefined || test === undefined ? undefined : [name, test];
};

const withHeader = (condition: Condition, name: string, test: FieldTest): Condition => ({
  ...condition,
  headers: { ...condition.headers, [name]: test },
});

/** Splits a condition by a header into the requests that pass a test and those that do not. */
const splitByHeader = onCondition((condition, random, list) => {
  const found = list.order === 'gateway-api' ? undefined : unused(condition, random);
  if (found === undefined) return undefined;
  const [name, test] = found;
  return [withHeader(condition, name, test), withHeader(condition, name, opposite(test))];
});

/** Splits a condition by the method. */
const splitByMethod = onCondition((condition, _, list) => {
  if (list.order === 'gateway-api' || condition.method.kind !== 'any') return undefined;
  const get: TextTest = { kind: 'exact', text: 'GET' };
  return [
    { ...condition, method: { kind: 'not', of: get } },
    { ...condition, method: get },
  ];
});

/** A prefix by segments is the bare path and all that goes on with a slash. */
const splitSegment = onCondition((condition, _, list) => {
  const { path } = condition;
  if (!isFirstMatch(list) || path.kind !== 'segment') return undefined;
  return [
    { ...condition, path: { ...path, kind: 'string', text: `${path.text}/` } },
    { ...condition, path: { ...path, kind: 'exact' } },
  ];
});

/** A pattern of paths in other words. */
const spellPathPattern = onCondition((condition, _, list) => {
  const { path } = condition;
  const found = path.kind === 'regex' && PATH_PATTERNS.find(({ source }) => source === path.source);
  if (!isFirstMatch(list) || !found || found.same === undefined || found.same.length === 0) return undefined;
  return found.same.map((test) => ({ ...condition, path: test }));
});

/** A pattern of a header value in other words. */
const spellValuePattern = onCondition((condition) => {
  for (const [name, test] of Object.entries(condition.headers)) {
    const { value, absent } = test;
    const same = value?.kind === 'regex' && VALUE_PATTERNS.find(({ source }) => source === value.source)?.same;
    if (same) return same.map((one) => withHeader(condition, name, { absent, value: one }));
  }
  return undefined;
});

/** Two alternatives change places: either leads to the same action. */
const swapAlternatives = onRule((rule, random) =>
  rule.conditions.length < 2 ? undefined : [{ ...rule, conditions: random.shuffled(rule.conditions) }],
);

/** Each alternative becomes a rule of its own. */
const unmerge = onRule((rule) =>
  rule.conditions.length < 2 ? undefined : rule.conditions.map((condition) => ({ ...rule, conditions: [condition] })),
);

/** Two neighbours that do the same become one rule. */
const merge: Edit = (list, random) => {
  const pairs = [...list.rules.keys()].filter(
    (at) => JSON.stringify(list.rules[at]?.action) === JSON.stringify(list.rules[at + 1]?.action),
  );
  const at = random.pick(pairs);
  const [first, second] = at === undefined ? [] : list.rules.slice(at, at + 2);
  if (at === undefined || first === undefined || second === undefined) return undefined;
  const both = { ...first, conditions: [...first.conditions, ...second.conditions] };
  return { ...list, rules: spliced(spliced(list.rules, at + 1), at, both) };
};

/** Neighbours of which no request meets both, or which their ranks order, change places. */
const swapDisjoint: Edit = (list, random) => {
  const isFree = (at: number) => {
    const [first, second] = [list.rules[at], list.rules[at + 1]];
    return first !== undefined && second !== undefined && inSameOrder(first, second, list.order);
  };
  const at = random.pick([...list.rules.keys()].filter(isFree));
  const [first, second] = at === undefined ? [] : list.rules.slice(at, at + 2);
  if (at === undefined || first === undefined || second === undefined) return undefined;
  return { ...list, rules: spliced(spliced(list.rules, at + 1), at, second, first) };
};

/**
 * What of a rule does not meet one test of the rule above it goes above that rule: `x: a` to one, the rest to two, becomes
 * "not `x: a`" to two, `x: a` to one.
 */
const hoistGuarded: Edit = (list, random) => {
  if (!isFirstMatch(list)) return undefined;
  return onRule((above, chance, whole, at): readonly Rule[] | undefined => {
    const below = whole.rules[at + 1];
    const [condition, ...others] = above.conditions;
    const found = chance.pick(Object.entries(condition?.headers ?? {}));
    if (below === undefined || found === undefined || others.length > 0) return undefined;
    const [name, test] = found;
    if (below.conditions.some(({ headers }) => headers[name] !== undefined)) return undefined;
    const guarded = below.conditions.map((one) => withHeader(one, name, opposite(test)));
    return [{ ...below, conditions: guarded }, above];
  })(list, random);
};

export const conditionEdits: readonly Edit[] = [
  splitByHeader,
  splitByMethod,
  splitSegment,
  spellPathPattern,
  spellPathPattern,
  spellValuePattern,
  spellValuePattern,
  swapAlternatives,
  unmerge,
  merge,
  swapDisjoint,
  swapDisjoint,
  hoistGuarded,
  hoistGuarded,
];
