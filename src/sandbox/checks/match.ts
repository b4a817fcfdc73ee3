import { invalid } from '../errors.ts';
import type { RuleMatch } from '../model/values.ts';

/** Throws where a rule would match nothing in particular: a rule has at least one condition. */
export function checkMatch({ httpMatch }: RuleMatch, field: string): void {
  const { method, pathMatch, headerMatches } = httpMatch ?? {};
  if (method === undefined && pathMatch === undefined && headerMatches === undefined) {
    throw invalid(`${field}.httpMatch`, 'A rule needs a method, a path or headers');
  }
}
