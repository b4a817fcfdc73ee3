import { type Context, type Outcome, timestamp } from '../context.ts';
import { conflict, invalid, ServiceError } from '../errors.ts';
import type { Input } from '../model/operations.ts';
import { idIn } from '../state/ids.ts';
import type { Rule } from '../state/records.ts';
import { applyChanges, put } from '../state/state.ts';
import { changeable, changeRule, findChangeable, rulesOf, showUpdated } from './rules.ts';

interface Item {
  readonly ruleIdentifier: string;
  readonly result: Rule | ServiceError;
}

/**
 * Changes up to ten rules at once. Priorities have to be unique after the whole batch only, so that it can permute them.
 * An item that cannot be done is left out and reported, and the call succeeds.
 */
export function batchUpdateRule(context: Context, input: Input<'BatchUpdateRule'>): Outcome {
  const place = changeable(context, input);
  const ids = input.rules.map(({ ruleIdentifier }) => idIn(ruleIdentifier));
  if (new Set(ids).size < ids.length) throw invalid('rules', 'A rule is named twice');
  let { state } = context;
  const items = input.rules.map((update, index): Item => {
    const { ruleIdentifier } = update;
    const result = attempt(() => {
      if (context.partial?.includes(index) === true) {
        throw new ServiceError('InternalServerException', 'The rule could not be updated');
      }
      const before = findChangeable(context, place.listener, ruleIdentifier);
      return changeRule({ ...context, state }, before, update, place);
    });
    // The quota of target groups counts what the items before did.
    if (!(result instanceof ServiceError)) state = applyChanges(state, [put('Rule', result.id, result)]);
    return { ruleIdentifier, result };
  });
  const settled = withoutClashes(rulesOf(context.state, place.listener.id), items);
  const done = settled.flatMap(({ result }) => (result instanceof ServiceError ? [] : [result]));
  return {
    output: {
      successful: done.map(showUpdated),
      unsuccessful: settled.flatMap(({ ruleIdentifier, result }) =>
        result instanceof ServiceError
          ? [{ ruleIdentifier, failureCode: result.name, failureMessage: result.message }]
          : [],
      ),
    },
    changes: done.map((rule) => put('Rule', rule.id, { ...rule, lastUpdatedAt: timestamp(context.now) })),
  };
}

/** Items whose priority another rule has in the end fail; then their old priority may be in the way of others. */
function withoutClashes(rules: readonly Rule[], items: readonly Item[]): readonly Item[] {
  const changed = new Map(
    items.flatMap(({ result }) => (result instanceof ServiceError ? [] : [[result.id, result] as const])),
  );
  const after = rules.map((rule) => changed.get(rule.id) ?? rule);
  const next = items.map((item): Item => {
    const { result } = item;
    if (result instanceof ServiceError) return item;
    const clash = after.find(({ id, priority }) => id !== result.id && priority === result.priority);
    if (clash === undefined) return item;
    const message = `Rule ${clash.id} has the priority ${result.priority}`;
    return { ...item, result: conflict('RULE', clash.id, message) };
  });
  return next.every((item, index) => item === items[index]) ? items : withoutClashes(rules, next);
}

function attempt<Result>(work: () => Result): Result | ServiceError {
  try {
    return work();
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
}
