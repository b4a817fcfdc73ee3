import type { Match, RoutingModel } from '../ir/model.ts';
import type { AttributeTest, StringPredicate } from '../ir/predicates.ts';

/** Whether any predicate of the model is decided by the regex engine, which is loaded only then. */
export function needsRegexEngine({ virtualHosts }: RoutingModel): boolean {
  return virtualHosts.some(({ rules }) => rules.some(({ matches }) => matches.some(asksEngine)));
}

function asksEngine({ path, method, headers, query }: Match): boolean {
  return path.kind === 'regex' || isPattern(method) || headers.some(isPatternTest) || query.some(isPatternTest);
}

function isPatternTest({ value }: AttributeTest): boolean {
  return value.kind !== 'none' && isPattern(value);
}

function isPattern(predicate: StringPredicate): boolean {
  return predicate.kind !== 'any' && (predicate.kind !== 'exact' || predicate.ignoreCase);
}
