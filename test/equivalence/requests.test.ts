import { describe, expect, test } from 'vitest';
import { differencesAt, tryAll } from './brute-force.ts';
import type { Request } from './lists.ts';
import { samplePairs } from './pairs.ts';
import { Random } from './random.ts';
import { requestsOf, spaceOf } from './requests.ts';
import { HOST } from './universe.ts';

describe('the requests that are tried', () => {
  const pairs = samplePairs(100, 11);
  const sorted = (keys: Iterable<unknown>) => [...keys].sort();

  test('say the same when each is replaced by another of its kind', () => {
    for (const pair of pairs) {
      const [first, last] = [tryAll(pair, requestsOf(pair.space)), tryAll(pair, requestsOf(spaceOf(pair, 'last')))];
      expect(sorted(last.differs.keys()), JSON.stringify(pair)).toEqual(sorted(first.differs.keys()));
      expect(last.reached, JSON.stringify(pair)).toEqual(first.reached);
    }
  });

  test('leave nothing out that longer random requests would show', () => {
    const random = new Random(3);
    const word = (letters: string, length: number) =>
      Array.from({ length: random.below(length + 1) }, () => random.pick([...letters]) ?? '').join('');
    const field = (name: string) => (random.happens(0.5) ? {} : { [name]: word('abABz-', 4) });
    const draw = (): Request => ({
      host: HOST,
      path: `/${word('aab//Bz-', 8)}`,
      method: random.pick(['GET', 'POST', 'P', 'PATCH', 'HEADS']) ?? 'GET',
      headers: { ...field('x'), ...field('y') },
      query: { ...field('p'), ...field('q') },
    });
    for (const pair of pairs) {
      const { differs } = tryAll(pair, requestsOf(pair.space));
      for (let count = 0; count < 100; count += 1) {
        const request = draw();
        const missing = differencesAt(pair, request).filter((dimension) => !differs.has(dimension));
        expect(missing, JSON.stringify({ request, ...pair })).toEqual([]);
      }
    }
  });
});
