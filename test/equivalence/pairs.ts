import fc from 'fast-check';
import type { Edit } from './edit-lists.ts';
import { headerList, list } from './generate.ts';
import type { List, Pair } from './lists.ts';
import { mutations } from './mutations.ts';
import { isSound } from './prefix-rewrites.ts';
import { actionEdits } from './preserving-action-edits.ts';
import { conditionEdits } from './preserving-edits.ts';
import { Random } from './random.ts';
import { type Space, sizeOf, spaceOf } from './requests.ts';

/** How the right list came out of the left one. */
export type Making = 'same meaning' | 'mutated' | 'unrelated';

export interface MadePair extends Pair {
  readonly making: Making;
  readonly space: Space;
}

/** More requests than this are too many to try for each of thousands of pairs. */
const MOST_REQUESTS = 6_000;

const preserving: readonly Edit[] = [...conditionEdits, ...actionEdits];

/** Applies edits drawn from a set until as many as wanted found a place. */
const edited = (start: List, edits: readonly Edit[], count: number, random: Random): List => {
  let [current, done] = [start, 0];
  for (let tries = 0; done < count && tries < 20 * count; tries += 1) {
    const next = random.pick(edits)?.(current, random);
    if (next === undefined || !isSound(next)) continue;
    [current, done] = [next, done + 1];
  }
  return current;
};

/** Another list that means the same. */
export const rephrase = (list: List, random: Random): List => edited(list, preserving, 1 + random.below(5), random);

/** A list with one mistake in it. */
export const mutate = (list: List, random: Random): List => edited(list, mutations, 1, random);

const makePair = (left: List, other: List, seed: number): Omit<MadePair, 'space'> => {
  const random = new Random(seed);
  const roll = random.below(100);
  if (roll < 8) return { left, right: other, making: 'unrelated' };
  if (roll < 50) {
    return { left, right: rephrase(left, random), making: 'same meaning' };
  }
  const mutated = mutate(left, random);
  return { left, right: edited(mutated, preserving, random.below(3), random), making: 'mutated' };
};

const pair: fc.Arbitrary<MadePair> = fc
  .oneof({ arbitrary: fc.tuple(list, list), weight: 4 }, { arbitrary: fc.tuple(headerList, headerList), weight: 1 })
  .chain(([left, other]) => fc.tuple(fc.constant(left), fc.constant(other), fc.integer({ min: 0, max: 2 ** 31 })))
  .map(([left, other, seed]) => {
    const made = makePair(left, other, seed);
    return { ...made, space: spaceOf(made) };
  })
  .filter(({ space }) => sizeOf(space) <= MOST_REQUESTS);

/** Too large to follow: what comes 16 characters before the end must be remembered. */
const HOSTILE = '.*a.{16}';

/** The list with some of its patterns out of reach of any proof. */
const withHostilePatterns = (own: List): List =>
  JSON.parse(JSON.stringify(own), (key, value: unknown) =>
    key === 'source' && typeof value === 'string' && !value.startsWith('^/') && value.length % 2 === 0
      ? HOSTILE
      : value,
  ) as List;

/** Pairs with patterns that no automaton can tell. */
export const sampleHostilePairs = (count: number, seed: number): readonly MadePair[] =>
  samplePairs(count, seed).map(({ left, right, making }) => {
    const hostile = { left: withHostilePatterns(left), right: withHostilePatterns(right) };
    return { ...hostile, making, space: spaceOf(hostile) };
  });

/** The same pairs for the same seed, on every machine. */
export const samplePairs = (count: number, seed: number): readonly MadePair[] =>
  fc.sample(pair, { numRuns: count, seed });
