import type { Entry } from '../decision-list.ts';
import { matches, type RoutingRequest } from '../evaluate.ts';
import type { Listed } from './compile-tests.ts';

const NO_CONDITIONS: readonly string[] = [];

/**
 * The entry of a list that takes a request.
 *
 * @param holding the conditions that are met and that the evaluator cannot evaluate, as `name=value`
 */
export function takerOf(list: readonly Listed[], request: RoutingRequest, holding = NO_CONDITIONS): Entry | undefined {
  return list.find(({ entry: { match } }) => {
    if (match.opaque.length === 0) return matches(match, request);
    const isMet = match.opaque.every(({ name, value }) => holding.includes(`${name}=${value}`));
    return isMet && matches({ ...match, opaque: [] }, request);
  })?.entry;
}
