import { type Edit, onRule, spliced } from './edit-lists.ts';
import { conditionHolds } from './evaluate.ts';
import { type Action, ANY, type Condition, type Edits, EVERYTHING, type Forward, type Rule } from './lists.ts';
import type { Random } from './random.ts';
import { isFirstMatch, never } from './rank-safety.ts';

/** Edits of actions, and rules added, that no request can notice. */

const onForward = (edit: (action: Forward, random: Random, rule: Rule) => Action | undefined): Edit =>
  onRule((rule, random) => {
    const action = rule.action.kind === 'forward' ? edit(rule.action, random, rule) : undefined;
    return action && [{ ...rule, action }];
  });

const scaleWeights = onForward((action, random) => {
  const factor = random.pick([2, 3, 10]) ?? 2;
  return { ...action, shares: action.shares.map((share) => ({ ...share, weight: share.weight * factor })) };
});

const shuffleShares = onForward((action, random) =>
  action.shares.length < 2 ? undefined : { ...action, shares: random.shuffled(action.shares) },
);

/** One share as two of the same backend, by halves. */
const splitShare = onForward((action, random) => {
  const at = random.below(action.shares.length);
  const shares = action.shares.flatMap((share, index) =>
    index === at ? [share, share] : [{ ...share, weight: share.weight * 2 }],
  );
  return { ...action, shares };
});

/** Another name of the same Services, see `Pair`. */
const rename = onForward((action) => ({
  ...action,
  shares: action.shares.map((share) =>
    'backend' in share ? { ...share, backend: `${share.backend.replace(/-renamed$/, '')}-renamed` } : share,
  ),
}));

const shuffleMirrors = onForward((action) =>
  (action.mirrors ?? []).length < 2 ? undefined : { ...action, mirrors: [...(action.mirrors ?? [])].reverse() },
);

/** What is written over need not be removed before; what is removed and added is what is set. */
const respellEdits = (edits: Edits): Edits | undefined => {
  const { remove = [], set = {}, add = {} } = edits;
  const [name] = Object.keys(set).filter((one) => add[one] === undefined);
  if (name !== undefined) {
    if (!remove.includes(name)) return { ...edits, remove: [...remove, name] };
    const { [name]: value = '', ...others } = set;
    return { remove, set: others, add: { ...add, [name]: value } };
  }
  return undefined;
};

const respellHeaders = onRule((rule) => {
  const { action } = rule;
  const response = action.response && respellEdits(action.response);
  if (response) return [{ ...rule, action: { ...action, response } }];
  const request = action.kind === 'forward' ? action.request && respellEdits(action.request) : undefined;
  return request && action.kind === 'forward' ? [{ ...rule, action: { ...action, request } }] : undefined;
});

/** A rewrite of the whole text of an exact path says what becomes of it in full. */
const rewriteInFull = onForward((action, _, { conditions: [condition, ...others] }) => {
  const { rewrite } = action;
  if (condition?.path.kind !== 'exact' || condition.path.fold || others.length > 0) return undefined;
  if (rewrite?.kind !== 'string' || rewrite.from !== condition.path.text) return undefined;
  return { ...action, rewrite: { kind: 'full', path: rewrite.to } };
});

/** A replacement of segments by text that ends without a slash is one of characters. */
const rewriteByCharacters = onForward((action) => {
  const { rewrite } = action;
  if (rewrite?.kind !== 'segment' || rewrite.to.endsWith('/') || rewrite.from.endsWith('/')) return undefined;
  return { ...action, rewrite: { ...rewrite, kind: 'string' } };
});

/** A prefix put in its own place changes nothing. */
const rewriteToItself = onForward((action, _, { conditions: [condition, ...others] }) => {
  const path = condition?.path;
  if (action.rewrite !== undefined || others.length > 0 || path?.kind !== 'segment' || path.fold) return undefined;
  return { ...action, rewrite: { kind: 'segment', from: path.text, to: path.text } };
});

/** A rule that no request can meet, anywhere. */
const addImpossible: Edit = (list, random) => {
  const [model] = random.shuffled(list.rules);
  const [condition = EVERYTHING] = model?.conditions ?? [];
  const dead: Condition = random.happens(0.5)
    ? { ...condition, query: { ...condition.query, p: { absent: false, value: never } } }
    : { ...condition, path: { kind: 'regex', source: 'a.*' } };
  const action: Action = { kind: 'respond', status: 418 };
  const at = random.below(list.rules.length + 1);
  return { ...list, rules: [...list.rules.slice(0, at), { conditions: [dead], action }, ...list.rules.slice(at)] };
};

/** A rule below one that takes all of its requests. */
const addShadowed: Edit = (list, random) => {
  if (!isFirstMatch(list)) return undefined;
  const at = random.below(list.rules.length);
  const [condition] = random.shuffled(list.rules[at]?.conditions ?? []);
  const rule = list.rules[at];
  if (condition === undefined || rule === undefined) return undefined;
  const path = '/a';
  const named = { path, host: 'h.test', method: 'GET', headers: {}, query: {} };
  // One request out of those of the rule above, where there is such a request, or the same condition once more.
  const dead: Condition = conditionHolds(condition, named)
    ? { ...condition, path: { kind: 'exact', text: path }, method: { kind: 'exact', text: 'GET' } }
    : condition;
  return {
    ...list,
    rules: spliced(list.rules, at, rule, { conditions: [dead], action: { kind: 'respond', status: 418 } }),
  };
};

/** The answer of the host, written as a last rule that takes everything. */
const writeOtherwise: Edit = (list) =>
  list.order === 'first-match'
    ? { ...list, rules: [...list.rules, { conditions: [{ ...EVERYTHING, path: ANY }], action: list.otherwise }] }
    : undefined;

export const actionEdits: readonly Edit[] = [
  scaleWeights,
  shuffleShares,
  splitShare,
  rename,
  shuffleMirrors,
  respellHeaders,
  respellHeaders,
  rewriteInFull,
  rewriteByCharacters,
  rewriteToItself,
  addImpossible,
  addShadowed,
  addShadowed,
  writeOtherwise,
];
