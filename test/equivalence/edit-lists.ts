import type { Condition, List, Rule } from './lists.ts';
import type { Random } from './random.ts';

/** A change of a list; undefined where it finds no place. */
export type Edit = (list: List, random: Random) => List | undefined;

/** Puts values in place of one. */
export const spliced = <T>(values: readonly T[], at: number, ...instead: readonly T[]): readonly T[] => [
  ...values.slice(0, at),
  ...instead,
  ...values.slice(at + 1),
];

/** An edit of one rule, at a place where it is possible: what stands there instead. */
export const onRule =
  (edit: (rule: Rule, random: Random, list: List, at: number) => readonly Rule[] | undefined): Edit =>
  (list, random) => {
    for (const at of random.shuffled([...list.rules.keys()])) {
      const rule = list.rules[at];
      const instead = rule && edit(rule, random, list, at);
      if (instead !== undefined) return { ...list, rules: spliced(list.rules, at, ...instead) };
    }
    return undefined;
  };

/** An edit of one condition: the alternatives that stand there instead. */
export const onCondition = (
  edit: (condition: Condition, random: Random, list: List) => readonly Condition[] | undefined,
): Edit =>
  onRule((rule, random, list) => {
    for (const at of random.shuffled([...rule.conditions.keys()])) {
      const condition = rule.conditions[at];
      const instead = condition && edit(condition, random, list);
      if (instead !== undefined) return [{ ...rule, conditions: spliced(rule.conditions, at, ...instead) }];
    }
    return undefined;
  });
