import { beforeAll, describe, expect, test } from 'vitest';
import { loadRegexEngine } from '../../src/semantics/languages/regex-engine.ts';
import { complaintsAboutHosts } from './host-complaints.ts';
import { sampleHostPairs } from './host-pairs.ts';
import { type Hosts, type HostsPair, servingHost, UNSERVED } from './hosts.ts';
import { compareHostsByEngine } from './models-engine.ts';
import { shrink } from './shrink.ts';

const COUNT = process.env['LATTICECTL_DEEP'] === '1' ? 5_000 : 250;

const judge = (pair: HostsPair): readonly string[] => {
  try {
    return complaintsAboutHosts(pair, compareHostsByEngine(pair));
  } catch (error) {
    return [`throws ${error instanceof Error ? error.message : String(error)}`];
  }
};

const without = <T>(values: readonly T[], at: number): readonly T[] => values.filter((_, index) => index !== at);

/** First whole hosts go, then what stands in the lists of those that are left. */
const smallest = (pair: HostsPair): HostsPair => {
  for (const side of ['left', 'right'] as const) {
    for (const at of pair[side].keys()) {
      const simpler = { ...pair, [side]: without(pair[side], at) };
      if (judge(simpler).length > 0) return smallest(simpler);
    }
  }
  let current = pair;
  const put = (hosts: Hosts, at: number, list = UNSERVED) =>
    hosts.map((host, index) => (index === at ? { ...host, list } : host));
  for (let at = 0; at < Math.max(pair.left.length, pair.right.length); at += 1) {
    const lists = { left: current.left[at]?.list ?? UNSERVED, right: current.right[at]?.list ?? UNSERVED };
    const fixed = current;
    const withLists = (simpler: typeof lists): HostsPair => ({
      left: put(fixed.left, at, simpler.left),
      right: put(fixed.right, at, simpler.right),
    });
    current = withLists(shrink(lists, (simpler) => judge(withLists(simpler)).length > 0));
  }
  return current;
};

beforeAll(async () => {
  await loadRegexEngine();
});

describe('the hosts of two configurations', () => {
  test.each([
    ['a.t', 1],
    ['b.a.t', 2],
    ['z.z.a.t', 0],
    ['t', 0],
  ])('serve %s by the most specific one', (name, index) => {
    const hosts: Hosts = [
      { pattern: { kind: 'any' }, list: UNSERVED },
      { pattern: { kind: 'exact', name: 'a.t' }, list: UNSERVED },
      { pattern: { kind: 'suffix', suffix: 'a.t', labels: 'one' }, list: UNSERVED },
    ];
    expect(servingHost(hosts, name)).toBe(index);
  });

  test(`are paired and compared right in ${COUNT} cases`, { timeout: COUNT * 200 }, () => {
    const seen = { equal: 0, differs: 0 };
    for (const pair of sampleHostPairs(COUNT, 3)) {
      const comparison = compareHostsByEngine(pair);
      if (complaintsAboutHosts(pair, comparison).length > 0) {
        const small = smallest(pair);
        expect.fail(JSON.stringify({ complaints: judge(small), ...small }, null, 1));
      }
      seen[comparison.hosts.some(({ witnesses }) => witnesses.length > 0) ? 'differs' : 'equal'] += 1;
    }
    expect(Math.min(seen.equal, seen.differs)).toBeGreaterThanOrEqual(COUNT / 4);
  });
});
