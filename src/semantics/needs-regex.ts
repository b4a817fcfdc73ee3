import type { Action } from '../ir/actions.ts';
import type { Match, RoutingModel } from '../ir/model.ts';
import type { AttributeTest, StringPredicate } from '../ir/predicates.ts';

/** Whether a predicate or a substitution of the model asks for the regex engine, which is loaded only then. */
export function needsRegexEngine({ virtualHosts }: RoutingModel): boolean {
  return virtualHosts.some(({ rules }) =>
    rules.some(({ matches, action }) => matches.some(asksEngine) || substitutes(action)),
  );
}

function asksEngine({ path, method, authority, headers, query }: Match): boolean {
  if (path.kind === 'regex' || isPattern(method) || isPattern(authority)) return true;
  // Beside a condition that minds letters, one that does not has a language of its own.
  if (path.kind !== 'any' && path.ignoreCase) return true;
  return headers.some(isPatternTest) || query.some(isPatternTest);
}

function substitutes(action: Action): boolean {
  const change = action.kind === 'forward' ? action.rewrite : action.kind === 'redirect' ? action.path : undefined;
  return change?.kind === 'regex';
}

function isPatternTest({ value }: AttributeTest): boolean {
  return value.kind !== 'none' && isPattern(value);
}

function isPattern(predicate: StringPredicate): boolean {
  return predicate.kind !== 'any' && (predicate.kind !== 'exact' || predicate.ignoreCase);
}
