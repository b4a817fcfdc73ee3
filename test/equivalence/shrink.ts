import { spliced } from './edit-lists.ts';
import { type Action, ANY, type Condition, type Fields, type List, type Pair, type Rule } from './lists.ts';
import { isSound } from './prefix-rewrites.ts';

const without = (fields: Fields, name: string): Fields => {
  const { [name]: _, ...others } = fields;
  return others;
};

function* simplerConditions(condition: Condition): Generator<Condition> {
  if (condition.path.kind !== 'any') yield { ...condition, path: ANY };
  if (condition.method.kind !== 'any') yield { ...condition, method: ANY };
  if (condition.authority.kind !== 'any') yield { ...condition, authority: ANY };
  const { opaque = [], ...shown } = condition;
  if (opaque.length > 0) yield shown;
  for (const sort of ['headers', 'query'] as const) {
    for (const name of Object.keys(condition[sort])) yield { ...condition, [sort]: without(condition[sort], name) };
  }
}

/** What every action of its kind has. */
const NEEDED: Readonly<Record<Action['kind'], readonly string[]>> = {
  forward: ['kind', 'shares'],
  redirect: ['kind', 'status', 'port'],
  respond: ['kind', 'status'],
};

function* simplerActions(action: Action): Generator<Action> {
  if (action.kind !== 'respond') yield { kind: 'respond', status: 200 };
  for (const part of Object.keys(action)) {
    if (NEEDED[action.kind].includes(part)) continue;
    const { [part as keyof Action]: _, ...others } = action;
    yield others as Action;
  }
  if (action.kind === 'forward') {
    const [first] = action.shares;
    if (first !== undefined && action.shares.length > 1) yield { ...action, shares: [first] };
  }
}

function* simplerRules(rule: Rule): Generator<Rule> {
  const { conditions, action } = rule;
  if (conditions.length > 1) for (const at of conditions.keys()) yield { ...rule, conditions: spliced(conditions, at) };
  for (const [at, condition] of conditions.entries()) {
    for (const simpler of simplerConditions(condition)) {
      yield { ...rule, conditions: spliced(conditions, at, simpler) };
    }
  }
  for (const simpler of simplerActions(action)) yield { ...rule, action: simpler };
}

function* simplerLists(list: List): Generator<List> {
  for (const at of list.rules.keys()) yield { ...list, rules: spliced(list.rules, at) };
  if (list.order !== 'first-match') yield { ...list, order: 'first-match' };
  for (const [at, rule] of list.rules.entries()) {
    for (const simpler of simplerRules(rule)) yield { ...list, rules: spliced(list.rules, at, simpler) };
  }
}

function* simplerPairs({ left, right }: Pair): Generator<Pair> {
  // Rules that stand on both sides go together, else an equal pair would stay as large as it is.
  for (const [at, rule] of left.rules.entries()) {
    const same = right.rules.findIndex((other) => JSON.stringify(other) === JSON.stringify(rule));
    if (same < 0) continue;
    yield { left: { ...left, rules: spliced(left.rules, at) }, right: { ...right, rules: spliced(right.rules, same) } };
    for (const simpler of simplerRules(rule)) {
      yield {
        left: { ...left, rules: spliced(left.rules, at, simpler) },
        right: { ...right, rules: spliced(right.rules, same, simpler) },
      };
    }
  }
  for (const simpler of simplerLists(left)) yield { left: simpler, right };
  for (const simpler of simplerLists(right)) yield { left, right: simpler };
  if (left.order !== 'first-match' && left.order === right.order) {
    yield { left: { ...left, order: 'first-match' }, right: { ...right, order: 'first-match' } };
  }
}

/** The smallest pair found, step by step, that still fails. */
export const shrink = ({ left, right }: Pair, fails: (pair: Pair) => boolean): Pair => {
  let current: Pair = { left, right };
  for (;;) {
    const simpler = [...simplerPairs(current)].find((pair) => isSound(pair.left) && isSound(pair.right) && fails(pair));
    if (simpler === undefined) return current;
    current = simpler;
  }
};
