import { beforeAll, describe, expect, test } from 'vitest';
import { loadRegexEngine } from '../../src/semantics/languages/regex-engine.ts';
import { tryAll } from './brute-force.ts';
import type { Comparison } from './comparison.ts';
import { complaintsAbout } from './complaints.ts';
import { compareByEngine } from './engine.ts';
import type { Pair } from './lists.ts';
import { DIMENSIONS } from './outcome.ts';
import { type MadePair, samplePairs } from './pairs.ts';
import { requestsOf } from './requests.ts';
import { shrink } from './shrink.ts';

const COUNT = process.env['LATTICECTL_DEEP'] === '1' ? 20_000 : 1_000;
/** Pairs that are made at a time: all of them at once would only take memory. */
const BATCH = 500;
const TIMEOUT = COUNT * 60;

/** What is wrong with the comparison of a pair; that it throws is wrong as well. */
const judge = (pair: Pair): readonly string[] => {
  try {
    return complaintsAbout(pair, compareByEngine(pair));
  } catch (error) {
    return [`throws ${error instanceof Error ? error.message : String(error)}`];
  }
};

/** Undefined where the comparison throws, which `judge` tells in words. */
const compare = (pair: Pair): Comparison | undefined => {
  try {
    return compareByEngine(pair);
  } catch {
    return undefined;
  }
};

/** Shrinks a pair that is judged wrongly, and prints it with what is wrong. */
const describeFailure = (pair: Pair): string => {
  const smallest = shrink(pair, (candidate) => judge(candidate).length > 0);
  return JSON.stringify({ complaints: judge(smallest), ...smallest }, null, 1);
};

beforeAll(async () => {
  await loadRegexEngine();
});

describe('the comparison of two virtual hosts', () => {
  test(`is right for ${COUNT} pairs of lists`, { timeout: TIMEOUT }, () => {
    const verdicts = { equal: 0, differs: 0, unknown: 0 };
    const seen = new Map<string, number>();
    const mutated = { all: 0, visible: 0 };
    const visit = (pair: MadePair): void => {
      const answer = tryAll(pair, requestsOf(pair.space));
      const isVisible = answer.differs.size > 0;
      if (pair.making === 'same meaning' && isVisible) expect.fail(`an edit is noticed: ${JSON.stringify(pair)}`);
      if (pair.making === 'mutated') mutated.all += 1;
      if (pair.making === 'mutated' && isVisible) mutated.visible += 1;
      const comparison = compare(pair);
      if (comparison === undefined || complaintsAbout(pair, comparison, answer).length > 0) {
        expect.fail(describeFailure(pair));
      }
      const found = new Set(DIMENSIONS.map((dimension) => comparison.dimensions[dimension]));
      verdicts[found.has('differs') ? 'differs' : found.has('unknown') ? 'unknown' : 'equal'] += 1;
      for (const dimension of answer.differs.keys()) seen.set(dimension, (seen.get(dimension) ?? 0) + 1);
    };
    for (let start = 0; start < COUNT; start += BATCH) samplePairs(BATCH, start + 1).forEach(visit);
    // A mistake that some request notices is found, else the pair had failed; most of them must be such.
    expect(mutated.visible).toBeGreaterThanOrEqual(mutated.all / 2);
    // The pairs must be worth asking: many alike, many different, and each dimension among the differences.
    expect(verdicts.equal).toBeGreaterThanOrEqual(COUNT / 3);
    expect(verdicts.differs).toBeGreaterThanOrEqual(COUNT / 3);
    expect(verdicts.unknown).toBeLessThanOrEqual(COUNT / 100);
    for (const dimension of DIMENSIONS.filter((one) => one !== 'access')) {
      expect(seen.get(dimension) ?? 0, dimension).toBeGreaterThanOrEqual(COUNT / 100);
    }
  });
});
