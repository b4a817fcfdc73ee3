import fc from 'fast-check';
import { smallList, withoutHost } from './generate.ts';
import { type Host, type Hosts, type HostsPair, NAMED, PATTERNS, patternKey, servingHost } from './hosts.ts';
import type { List } from './lists.ts';
import { mutate, rephrase } from './pairs.ts';
import { Random } from './random.ts';
import { sizeOf, spaceOf } from './requests.ts';

/** More requests than this are too many for one name. */
const MOST_REQUESTS = 1_000;

const spliced = (hosts: Hosts, at: number, ...instead: Hosts): Hosts => [
  ...hosts.slice(0, at),
  ...instead,
  ...hosts.slice(at + 1),
];

const hasPattern = (hosts: Hosts, { pattern }: Host): boolean =>
  hosts.some((host) => patternKey(host.pattern) === patternKey(pattern));

/** A name of a wildcard gets a host of its own, with the same list. */
const nameApart = (hosts: Hosts, random: Random): Hosts | undefined => {
  const name = random.pick(NAMED) ?? 'a.t';
  const serving = hosts[servingHost(hosts, name)];
  const named: Host | undefined = serving && { pattern: { kind: 'exact', name }, list: serving.list };
  return named === undefined || hasPattern(hosts, named) ? undefined : [...hosts, named];
};

const dropHost = (hosts: Hosts, random: Random): Hosts | undefined =>
  hosts.length < 2 ? undefined : spliced(hosts, random.below(hosts.length));

const changePattern = (hosts: Hosts, random: Random): Hosts | undefined => {
  const at = random.below(hosts.length);
  const [before, pattern] = [hosts[at], random.pick(PATTERNS)];
  if (before === undefined || pattern === undefined) return undefined;
  const others = spliced(hosts, at);
  return hasPattern(others, { ...before, pattern }) ? undefined : [...others, { ...before, pattern }];
};

const swapLists = (hosts: Hosts): Hosts | undefined => {
  const [first, second, ...others] = hosts;
  if (first === undefined || second === undefined) return undefined;
  return [{ ...first, list: second.list }, { ...second, list: first.list }, ...others];
};

const onList =
  (edit: (list: List, random: Random) => List) =>
  (hosts: Hosts, random: Random): Hosts => {
    const at = random.below(hosts.length);
    return hosts.map((host, index) => (index === at ? { ...host, list: edit(host.list, random) } : host));
  };

const mistaken = (list: List, random: Random): List => {
  const changed = mutate(list, random);
  return { ...changed, rules: changed.rules.map(withoutHost) };
};

const mistakes = [dropHost, changePattern, changePattern, swapLists, onList(mistaken), onList(mistaken)];

const change = (left: Hosts, seed: number): Hosts => {
  const random = new Random(seed);
  let right: Hosts = random.shuffled(left);
  if (random.happens(0.5)) right = onList(rephrase)(right, random);
  if (random.happens(0.5)) right = nameApart(right, random) ?? right;
  if (random.happens(0.55)) right = random.pick(mistakes)?.(right, random) ?? right;
  return right;
};

const hosts: fc.Arbitrary<Hosts> = fc
  .uniqueArray(fc.constantFrom(...PATTERNS), { minLength: 1, maxLength: 3, size: 'max', selector: patternKey })
  .chain((patterns) => fc.tuple(...patterns.map((pattern) => smallList.map((list): Host => ({ pattern, list })))));

const pair: fc.Arbitrary<HostsPair> = fc
  .tuple(hosts, fc.integer({ min: 0, max: 2 ** 31 }))
  .map(([left, seed]) => ({ left, right: change(left, seed) }))
  .filter(({ left, right }) =>
    left.every((one) =>
      right.every((other) => sizeOf(spaceOf({ left: one.list, right: other.list })) <= MOST_REQUESTS),
    ),
  );

/** The same pairs for the same seed, on every machine. */
export const sampleHostPairs = (count: number, seed: number): readonly HostsPair[] =>
  fc.sample(pair, { numRuns: count, seed });
