import { describe, expect, test } from 'vitest';
import { type FailureKind, LiveError } from './live-error.ts';
import { type Clock, Pace } from './pace.ts';

/** A clock that moves when everyone sleeps, to the first who wakes. */
function makeClock(): Clock & { readonly run: <Result>(work: Promise<Result>) => Promise<Result> } {
  let now = 0;
  let sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    random: () => 1,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        sleepers.push({ at: now + milliseconds, wake });
      }),
    async run(work) {
      let isDone = false;
      const end = () => {
        isDone = true;
      };
      work.then(end, end);
      for (;;) {
        // Whoever is awake goes on first.
        await new Promise((resolve) => setImmediate(resolve));
        if (isDone) return work;
        now = Math.max(now, Math.min(...sleepers.map(({ at }) => at)));
        const due = sleepers.filter(({ at }) => at <= now);
        sleepers = sleepers.filter(({ at }) => at > now);
        for (const { wake } of due) wake();
      }
    },
  };
}

const usual = {
  concurrency: 10,
  attempts: { transient: 8, throttled: 20 },
  ...{ firstWait: 200, longestWait: 20_000, patience: 120_000 },
};

const fail = (kind: FailureKind, retryAfter?: number) =>
  new LiveError(`it is ${kind}`, { kind, ...(retryAfter === undefined ? {} : { retryAfter }) });

/** A service whose calls take 20 ms, and a pace for them; `fault` says which call, counted from 0, fails how. */
function open(fault: (call: number, now: number) => LiveError | undefined = () => undefined) {
  const clock = makeClock();
  const pace = new Pace({ ...usual, clock });
  const starts: number[] = [];
  let underWay = 0;
  let most = 0;
  const call = async () => {
    const error = fault(starts.length, clock.now());
    starts.push(clock.now());
    underWay += 1;
    most = Math.max(most, underWay);
    await clock.sleep(20);
    underWay -= 1;
    if (error !== undefined) throw error;
  };
  return {
    starts,
    clock,
    most: () => most,
    /** How long so many calls take, in milliseconds. */
    make: async (count: number) => {
      const from = clock.now();
      await clock.run(Promise.all(Array.from({ length: count }, () => pace.run(call))));
      return clock.now() - from;
    },
    startsBetween: (from: number, to: number) => starts.filter((at) => at >= from && at < to).length,
  };
}

/** A service that lets so many calls through in a second, and remembers no more than a second of silence. */
function limited(rate: number, retryAfter?: number) {
  let left = rate;
  let last = 0;
  return (_: number, now: number) => {
    left = Math.min(rate, left + ((now - last) * rate) / 1000);
    last = now;
    if (left < 1) return fail('throttled', retryAfter);
    left -= 1;
    return undefined;
  };
}

describe('a pace', () => {
  test('starts open, with as many calls at a time as it may', async () => {
    const { make, most } = open();
    expect(await make(1000)).toBe(2000);
    expect(most()).toBe(10);
  });

  test('does not slow down when calls only fail', async () => {
    const { make } = open((call) => (call % 50 === 49 ? fail('transient') : undefined));
    expect(await make(1000)).toBeLessThan(3200);
  });

  test('slows down once for a burst of throttles, not for each of them', async () => {
    // A second of 500 calls, then ten calls that are under way are throttled together.
    const { make, startsBetween } = open((call) => (call >= 500 && call < 510 ? fail('throttled') : undefined));
    await make(5000);
    const after = startsBetween(2000, 3000);
    expect(after).toBeGreaterThan(230);
    expect(after).toBeLessThan(330);
  });

  test('recovers by a tenth each second, whatever the rate was', async () => {
    const { make, startsBetween } = open((call) => (call === 500 ? fail('throttled') : undefined));
    await make(5000);
    const [one, two] = [startsBetween(2000, 3000), startsBetween(3000, 4000)];
    expect(two / one).toBeGreaterThan(1.05);
    expect(two / one).toBeLessThan(1.15);
    // From half of 500 a second it takes 7.3 seconds.
    expect(startsBetween(10_000, 11_000)).toBeGreaterThan(450);
  });

  test('never falls below one call per second and place', async () => {
    const { make, starts } = open((_, now) => (now < 20_000 ? fail('throttled') : undefined));
    await make(10);
    const inFirst = starts.filter((at) => at < 1000).length;
    expect(inFirst).toBeGreaterThanOrEqual(10);
    const { make: makeMany } = open((call) => (call % 2 === 1 ? fail('throttled') : undefined));
    // Twice as many calls as succeed, at 10 a second.
    expect(await makeMany(100)).toBeLessThan(25_000);
  });

  test('finds the rate of a service that allows less, and gives up on nothing', async () => {
    for (const retryAfter of [undefined, 1000]) {
      const { make, starts } = open(limited(100, retryAfter));
      const seconds = (await make(5000)) / 1000;
      expect(5000 / seconds).toBeGreaterThan(60);
      expect(starts.length / 5000).toBeLessThan(1.1);
    }
  });

  test('gives up on nothing where 30 % of all calls are throttled at random', async () => {
    let seed = 1;
    const random = () => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
      return seed / 0x7fffffff;
    };
    const { make, starts } = open(() => (random() < 0.3 ? fail('throttled') : undefined));
    await make(20_000);
    expect(starts.length / 20_000).toBeLessThan(1.6);
  });
});

describe('Retry-After', () => {
  test('is waited for by the call that was throttled, and by all others', async () => {
    const { make, startsBetween, starts } = open((call) => (call === 100 ? fail('throttled', 3000) : undefined));
    await make(1000);
    const at = starts[100] ?? 0;
    expect(startsBetween(at + 21, at + 3020)).toBe(0);
    expect(starts).toHaveLength(1001);
  });

  test('is waited for after a failure of the service, too', async () => {
    const { make, starts } = open((call) => (call === 0 ? fail('transient', 5000) : undefined));
    await make(1);
    expect(starts).toEqual([0, 5020]);
  });

  test('does not shorten the wait of a call that fails again and again', async () => {
    const { make, starts } = open((call) => (call < 4 ? fail('throttled', 0) : undefined));
    await make(1);
    expect(starts.map((at, index) => at - (starts[index - 1] ?? 0))).toEqual([0, 220, 420, 820, 1620]);
  });

  test('beyond all patience ends the call and says so', async () => {
    const { make } = open(() => fail('throttled', 3_600_000));
    await expect(make(1)).rejects.toThrow('it is throttled; the service asks to wait 3600 seconds');
  });
});

describe('attempts', () => {
  test.each([
    ['transient', 8],
    ['throttled', 20],
    ['denied', 1],
    ['not-found', 1],
    ['final', 1],
  ] as const)('a call that stays %s is tried %i times', async (kind, times) => {
    const { make, starts } = open(() => fail(kind));
    await expect(make(1)).rejects.toThrow(`it is ${kind}`);
    expect(starts).toHaveLength(times);
  });

  test('throttles do not use up those of failures', async () => {
    const { make } = open((call) => (call < 19 ? fail('throttled') : call < 26 ? fail('transient') : undefined));
    await make(1);
  });
});
