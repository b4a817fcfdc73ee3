import { describe, expect, test } from 'vitest';
import { answersOf, type Difference, findDifference } from './compare.ts';
import { type ConvertedList, convertLists, isRefused } from './convert.ts';
import { anyList, bareList, plainList, type RuleList, sampleLists } from './generate.ts';
import type { Profile } from './manifests.ts';
import { explainRefusal } from './refusal.ts';
import { randomFrom, requestsFor } from './requests.ts';
import { shrink } from './shrink.ts';

const COUNT = process.env['LATTICECTL_DEEP'] === '1' ? 10_000 : 1_000;
/** Hosts of one conversion. */
const BATCH = 100;
const REQUESTS = 60;
const SEED = 7;
/** A slow machine with two cores takes a part of it. */
const TIMEOUT = COUNT * 120;

const compare = (list: RuleList, converted: ConvertedList, profile: Profile, seed: number): Difference | undefined =>
  findDifference(
    list,
    converted,
    (request) => answersOf(converted, profile, request),
    requestsFor(list, converted.host, REQUESTS, randomFrom(seed)),
  );

const convertOne = async (list: RuleList, profile: Profile): Promise<ConvertedList> => {
  const [converted] = await convertLists([list], profile);
  if (converted === undefined) throw new Error('a conversion answers for each list');
  return converted;
};

/** Shrinks a list that routes differently, and prints it with what was made of it. */
const describeDifference = async (list: RuleList, profile: Profile): Promise<string> => {
  const find = async (candidate: RuleList): Promise<Difference | undefined> => {
    const converted = await convertOne(candidate, profile);
    return isRefused(converted) ? undefined : compare(candidate, converted, profile, SEED);
  };
  const smallest = await shrink(list, async (candidate) => (await find(candidate)) !== undefined);
  const { routes, findings } = await convertOne(smallest, profile);
  return JSON.stringify({
    ...(await find(smallest)),
    list: smallest,
    rules: routes.map(({ spec }) => spec.rules),
    findings,
  });
};

/** Shrinks a list that was refused for no reason. */
const describeRefusal = async (list: RuleList, profile: Profile): Promise<string> => {
  const smallest = await shrink(
    list,
    async (candidate) =>
      isRefused(await convertOne(candidate, profile)) && explainRefusal(candidate, profile).length === 0,
  );
  const { findings } = await convertOne(smallest, profile);
  return JSON.stringify({ list: smallest, findings });
};

const inBatches = async (
  lists: readonly RuleList[],
  profile: Profile,
  visit: (list: RuleList, converted: ConvertedList, index: number) => Promise<void>,
): Promise<void> => {
  for (let start = 0; start < lists.length; start += BATCH) {
    const batch = lists.slice(start, start + BATCH);
    for (const [offset, converted] of (await convertLists(batch, profile)).entries()) {
      const list = batch[offset];
      if (list !== undefined) await visit(list, converted, start + offset);
    }
  }
};

describe.each(['standard', 'lattice'] as const)('the order of rules in the profile %s', (profile) => {
  test(`is kept for ${COUNT} lists, or the conversion says where it is not`, { timeout: TIMEOUT }, async () => {
    const lists = sampleLists(anyList[profile], COUNT, SEED);
    let converts = 0;
    await inBatches(lists, profile, async (list, converted, index) => {
      if (isRefused(converted)) {
        if (explainRefusal(list, profile).length === 0) expect.fail(await describeRefusal(list, profile));
        return;
      }
      converts += 1;
      if (compare(list, converted, profile, index) !== undefined) expect.fail(await describeDifference(list, profile));
    });
    expect(converts).toBeGreaterThanOrEqual(0.8 * COUNT);
  });

  test(`is kept for ${COUNT / 2} lists around bare paths`, { timeout: TIMEOUT }, async () => {
    let converts = 0;
    await inBatches(sampleLists(bareList, COUNT / 2, SEED), profile, async (list, converted, index) => {
      if (isRefused(converted)) {
        if (explainRefusal(list, profile).length === 0) expect.fail(await describeRefusal(list, profile));
        return;
      }
      converts += 1;
      if (compare(list, converted, profile, index) !== undefined) expect.fail(await describeDifference(list, profile));
    });
    expect(converts).toBeGreaterThanOrEqual(0.3 * COUNT * 0.5);
  });

  test(`is kept for every one of ${COUNT / 5} plain lists`, { timeout: TIMEOUT }, async () => {
    await inBatches(sampleLists(plainList[profile], COUNT / 5, SEED), profile, async (list, converted, index) => {
      if (isRefused(converted)) {
        const reasons = explainRefusal(list, profile);
        expect(reasons, JSON.stringify(list)).toEqual([expect.stringMatching(/^\d+ rules are needed/)]);
        return;
      }
      if (compare(list, converted, profile, index) !== undefined) expect.fail(await describeDifference(list, profile));
    });
  });
});
