import { isDisjoint, isSubset, witness } from './languages/language.ts';
import { decide } from './languages/language-too-large.ts';
import { regexEngine } from './languages/regex-engine.ts';

/** The pattern that asks for presence only. */
export const ANY_VALUE = '.*';

/** Whether the RE2 pattern takes the whole value. */
export function regexAccepts(pattern: string, value: string): boolean {
  return pattern === ANY_VALUE ? !value.includes('\n') : regexEngine().matches(pattern, value);
}

/** Whether every value of `inner` is one of `outer`; `false` where automata cannot decide it. */
export function regexContains(outer: string, inner: string): boolean {
  if (outer === inner || outer === ANY_VALUE) return true;
  const [a, b] = [regexEngine().language(outer), regexEngine().language(inner)];
  if (a.kind !== 'language' || b.kind !== 'language') return false;
  const answer = decide(() => isSubset(b.language, a.language));
  return answer.kind === 'decided' && answer.value;
}

/** Whether a value meets both; `true` where automata cannot decide it. */
export function regexOverlaps(a: string, b: string): boolean {
  if (a === b && a === ANY_VALUE) return true;
  const [left, right] = [regexEngine().language(a), regexEngine().language(b)];
  if (left.kind !== 'language' || right.kind !== 'language') return true;
  const answer = decide(() => !isDisjoint(left.language, right.language));
  return answer.kind !== 'decided' || answer.value;
}

/** A short value that the pattern takes. */
export function regexWord(pattern: string): string {
  if (pattern === ANY_VALUE) return 'x';
  const compiled = regexEngine().language(pattern);
  if (compiled.kind !== 'language') return 'x';
  const answer = decide(() => witness(compiled.language));
  return answer.kind === 'decided' ? (answer.value ?? 'x') : 'x';
}
