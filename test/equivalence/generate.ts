import fc from 'fast-check';
import { action, type PrefixRewrite, prefixRewrite, respond } from './generate-action.ts';
import { condition, headerCondition, pick, weighed } from './generate-conditions.ts';
import { ANY, type Condition, type List, type Rule } from './lists.ts';
import { commonPrefix } from './prefix-rewrites.ts';

/** A rewrite of the prefix that all paths of the rule begin with, where they do. */
const withPrefixRewrite = (rule: Rule, rewrite: PrefixRewrite | undefined): Rule => {
  const from = commonPrefix(rule.conditions);
  if (rewrite === undefined || from === undefined) return rule;
  const whole = { ...rewrite, from };
  switch (rule.action.kind) {
    case 'forward':
      return { ...rule, action: { ...rule.action, rewrite: whole } };
    case 'redirect':
      return { ...rule, action: { ...rule.action, path: whole } };
    case 'respond':
      return rule;
  }
};

/** The rule without what it asks of the Host header. */
export const withoutHost = (own: Rule): Rule => ({
  ...own,
  conditions: own.conditions.map(({ headers: { host, ...headers }, ...others }) => ({
    ...others,
    headers,
    authority: ANY,
  })),
});

const ruleOn = (conditions: fc.Arbitrary<Condition>): fc.Arbitrary<Rule> =>
  fc
    .tuple(
      weighed([7, fc.constant(1)], [2, fc.constant(2)], [1, fc.constant(3)]).chain((count) =>
        fc.array(conditions, { minLength: count, maxLength: count }),
      ),
      action,
      weighed<PrefixRewrite | undefined>([4, fc.constant(undefined)], [1, prefixRewrite]),
    )
    .map(([alternatives, own, rewrite]) => withPrefixRewrite({ conditions: alternatives, action: own }, rewrite));

const rule = ruleOn(condition);

/** Lists of one or two rules that ask for no name of their host. */
export const smallList: fc.Arbitrary<List> = fc
  .record({
    order: pick<List['order']>('first-match', 'gateway-api'),
    rules: fc.array(rule, { minLength: 1, maxLength: 2 }),
    otherwise: fc.constant<List['otherwise']>({ kind: 'respond', status: 404 }),
  })
  .map((own) => ({ ...own, rules: own.rules.map(withoutHost) }));

/** Lists of one to seven rules; half are asked in the order written. */
export const list: fc.Arbitrary<List> = fc.record({
  order: weighed<List['order']>(
    [5, fc.constant('first-match')],
    [3, fc.constant('gateway-api')],
    [2, fc.constant('ingress')],
  ),
  rules: fc.array(rule, { minLength: 1, maxLength: 7, size: 'max' }),
  otherwise: weighed<List['otherwise']>([4, fc.constant({ kind: 'respond', status: 404 })], [1, respond]),
});

/**
 * Longer lists whose rules ask for the same few headers: whoever decides one condition after the other comes to the same
 * question on many ways.
 */
export const headerList: fc.Arbitrary<List> = fc.record({
  order: fc.constant<List['order']>('first-match'),
  rules: fc.array(ruleOn(headerCondition), { minLength: 5, maxLength: 12, size: 'max' }),
  otherwise: fc.constant<List['otherwise']>({ kind: 'respond', status: 404 }),
});
