import { actionMutations } from './action-mutations.ts';
import { type Edit, onCondition, onRule, spliced } from './edit-lists.ts';
import { ANY, type Condition, type Fields, type FieldTest, type Order, type PathTest, type TextTest } from './lists.ts';
import type { Random } from './random.ts';
import { AUTHORITY_TESTS, EXACT_PATHS, EXACT_VALUES, METHOD_TESTS, STRING_PREFIXES } from './vocabulary.ts';

/** Changes of one rule as people make them by mistake; whether a request notices is another question. */

const swapRules: Edit = (list, random) => {
  const at = random.below(list.rules.length - 1);
  const [first, second] = [list.rules[at], list.rules[at + 1]];
  if (first === undefined || second === undefined) return undefined;
  return { ...list, rules: spliced(spliced(list.rules, at + 1), at, second, first) };
};

const dropRule = onRule((_, __, { rules }) => (rules.length < 2 ? undefined : []));

const dropAlternative = onRule((rule, random) =>
  rule.conditions.length < 2
    ? undefined
    : [{ ...rule, conditions: spliced(rule.conditions, random.below(rule.conditions.length)) }],
);

const KINDS = ['exact', 'string', 'segment'] as const;

const otherPath = (path: PathTest, random: Random): PathTest => {
  if (path.kind === 'any') return { kind: 'exact', text: '/' };
  if (path.kind === 'regex') return { kind: 'regex', source: path.source === '/a.*' ? '/b.*' : '/a.*' };
  const roll = random.below(4);
  if (roll === 0) return { ...path, fold: !path.fold };
  if (roll === 1) {
    const text = random.pick(path.kind === 'exact' ? EXACT_PATHS : STRING_PREFIXES) ?? '/a';
    return path.kind === 'segment' ? { ...path, text: text.replace(/\/$/, '') } : { ...path, text };
  }
  const kind = random.pick(KINDS.filter((one) => one !== path.kind)) ?? 'exact';
  // A segment prefix has no slash at its end, and the prefix of all paths is no test.
  const text = path.text.replace(/\/+$/, '');
  if (kind === 'exact') return { ...path, kind };
  return text === '' ? ANY : { ...path, kind, text: kind === 'segment' ? text : path.text };
};

const changePath = onCondition((condition, random) => [{ ...condition, path: otherPath(condition.path, random) }]);

const dropPath = onCondition((condition) =>
  condition.path.kind === 'any' ? undefined : [{ ...condition, path: ANY }],
);

const changeMethod = onCondition((condition, random) => [
  { ...condition, method: condition.method.kind === 'any' ? (random.pick(METHOD_TESTS) ?? ANY) : ANY },
]);

const changeAuthority = onCondition((condition, random) => [
  { ...condition, authority: condition.authority.kind === 'any' ? (random.pick(AUTHORITY_TESTS) ?? ANY) : ANY },
]);

const otherText = (test: TextTest, random: Random): TextTest => {
  switch (test.kind) {
    case 'any':
      return { kind: 'exact', text: 'a' };
    case 'exact':
    case 'prefix': {
      const roll = random.below(3);
      if (roll === 0) return { ...test, fold: !test.fold };
      if (roll === 1 && test.text !== '') return { ...test, kind: test.kind === 'exact' ? 'prefix' : 'exact' };
      return { ...test, text: random.pick(EXACT_VALUES.filter((text) => text !== test.text && text !== '')) ?? 'a' };
    }
    case 'regex':
      return random.happens(0.5) ? ANY : { kind: 'regex', source: test.source === '.*b' ? '.+b' : '.*b' };
    case 'not':
      return random.happens(0.5) ? test.of : { kind: 'not', of: otherText(test.of, random) };
    case 'all':
      return test.of[random.below(test.of.length)] ?? ANY;
  }
};

const otherField = (test: FieldTest, random: Random): FieldTest => {
  if (test.value === undefined || random.happens(0.3))
    return { ...test, absent: !test.absent, value: test.value ?? ANY };
  return { ...test, value: otherText(test.value, random) };
};

/** One header or query test changed (`undefined` = dropped) or, where there is none, added. */
const onField = (edit: (test: FieldTest, random: Random) => FieldTest | undefined): Edit =>
  onCondition((condition: Condition, random) => {
    const sort = random.pick((['headers', 'query'] as const).filter((one) => Object.keys(condition[one]).length > 0));
    const found = sort && random.pick(Object.entries(condition[sort]));
    if (sort === undefined || found === undefined) return undefined;
    const [name, test] = found;
    const { [name]: _, ...others } = condition[sort];
    const changed = edit(test, random);
    const fields: Fields = changed === undefined ? others : { ...others, [name]: changed };
    return [{ ...condition, [sort]: fields }];
  });

const addField = onCondition((condition, random) =>
  condition.headers['x'] === undefined
    ? [
        {
          ...condition,
          headers: { ...condition.headers, x: { absent: random.happens(0.5), value: { kind: 'exact', text: 'a' } } },
        },
      ]
    : undefined,
);

const changeOpaque = onCondition((condition) => [
  { ...condition, opaque: (condition.opaque ?? []).length === 0 ? ['from'] : [] },
]);

const changeOtherwise: Edit = (list) => ({
  ...list,
  otherwise: { ...list.otherwise, status: list.otherwise.status === 404 ? 503 : 404 },
});

const ORDERS: readonly Order[] = ['first-match', 'gateway-api', 'ingress'];

const changeOrder: Edit = (list, random) => ({
  ...list,
  order: random.pick(ORDERS.filter((order) => order !== list.order)) ?? list.order,
});

export const mutations: readonly Edit[] = [
  swapRules,
  swapRules,
  dropRule,
  dropAlternative,
  changePath,
  changePath,
  dropPath,
  changeMethod,
  changeAuthority,
  onField(() => undefined),
  onField(otherField),
  onField(otherField),
  addField,
  changeOpaque,
  changeOtherwise,
  changeOrder,
  ...actionMutations,
];
