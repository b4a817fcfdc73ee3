import { beforeAll, describe, expect, test } from 'vitest';
import { loadRegexEngine } from '../../src/semantics/languages/regex-engine.ts';
import { differencesAt, tryAll } from './brute-force.ts';
import { compareByEngine } from './engine.ts';
import { DIMENSIONS } from './outcome.ts';
import { type MadePair, sampleHostilePairs, samplePairs } from './pairs.ts';
import { requestsOf } from './requests.ts';

const COUNT = process.env['LATTICECTL_DEEP'] === '1' ? 2_000 : 100;

/** What a comparison says that may have given up: where it says something, it is right. */
const judge = (
  pair: MadePair,
  budget?: number,
): { readonly unknown: number; readonly complaints: readonly string[] } => {
  const { differs } = tryAll(pair, requestsOf(pair.space));
  const { dimensions, witnesses, reasons } = compareByEngine(pair, budget);
  const unknown = DIMENSIONS.filter((dimension) => dimensions[dimension] === 'unknown');
  const complaints = DIMENSIONS.filter((dimension) => dimensions[dimension] === 'equal' && differs.has(dimension)).map(
    (dimension) => `${dimension} is equal, and ${JSON.stringify(differs.get(dimension)?.request)} shows a difference`,
  );
  for (const { dimension, request } of witnesses) {
    if (!differencesAt(pair, request).includes(dimension)) {
      complaints.push(`${dimension}: ${JSON.stringify(request)} is treated alike`);
    }
  }
  if (unknown.length > 0 && reasons.length === 0) complaints.push(`${unknown} is unknown without a reason`);
  return { unknown: unknown.length, complaints };
};

beforeAll(async () => {
  await loadRegexEngine();
});

describe('a comparison that cannot be finished', () => {
  test(`says so for ${COUNT} pairs with a small budget`, { timeout: COUNT * 200 }, () => {
    let unknown = 0;
    for (const [index, pair] of samplePairs(COUNT, 21).entries()) {
      const found = judge(pair, 1 + (index % 60));
      expect(found.complaints, JSON.stringify(pair)).toEqual([]);
      if (found.unknown > 0) unknown += 1;
    }
    expect(unknown).toBeGreaterThan(COUNT / 10);
  });

  test(`says so for ${COUNT} pairs with patterns out of reach`, { timeout: COUNT * 400 }, () => {
    let unknown = 0;
    for (const pair of sampleHostilePairs(COUNT, 22)) {
      const found = judge(pair);
      expect(found.complaints, JSON.stringify(pair)).toEqual([]);
      if (found.unknown > 0) unknown += 1;
    }
    expect(unknown).toBeGreaterThan(COUNT / 20);
  });
});
