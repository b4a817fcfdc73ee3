import type { Action, Condition, List, Rewrite, Rule } from './lists.ts';

const textOf = ({ path }: Condition): string | undefined => ('text' in path ? path.text : undefined);

const isWithin = (prefix: string, kind: Rewrite['kind'], condition: Condition): boolean => {
  const { path } = condition;
  if (prefix === '/' && kind === 'string') return true;
  if (!('text' in path)) return false;
  const [own, text] = path.fold ? [prefix.toLowerCase(), path.text.toLowerCase()] : [prefix, path.text];
  if (!text.startsWith(own)) return false;
  if (kind === 'string') return true;
  // Whole segments: what follows the prefix is nothing or begins with a slash.
  const rest = text.slice(own.length);
  return path.kind === 'string' ? rest.startsWith('/') : rest === '' || rest.startsWith('/');
};

/** The prefix that every path of the conditions begins with as its first written one says it; undefined where none. */
export const commonPrefix = (conditions: readonly Condition[]): string | undefined => {
  const [first] = conditions;
  const text = first === undefined ? undefined : textOf(first)?.replace(/(.)\/$/, '$1');
  return text !== undefined && text !== '/' && conditions.every((one) => isWithin(text, 'segment', one))
    ? text
    : undefined;
};

const rewriteOf = (action: Action): Rewrite | undefined =>
  action.kind === 'forward' ? action.rewrite : action.kind === 'redirect' ? action.path : undefined;

/** Whether a rule replaces a prefix only of paths that have it; what else would become of a path is not defined. */
export const rewritesOwnPrefix = ({ conditions, action }: Rule): boolean => {
  const rewrite = rewriteOf(action);
  return (
    rewrite === undefined ||
    !('from' in rewrite) ||
    conditions.every((condition) => isWithin(rewrite.from, rewrite.kind, condition))
  );
};

/** Whether every rule of a list means something. */
export const isSound = ({ rules }: List): boolean =>
  rules.every((rule) => rule.conditions.length > 0 && rewritesOwnPrefix(rule));
