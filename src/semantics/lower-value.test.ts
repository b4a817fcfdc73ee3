import { describe, expect, it } from 'vitest';
import { lowerTest } from './lower-value.ts';

describe('lowerTest', () => {
  it('leaves out exclusions beside the values that are asked for', () => {
    const value = (...excluded: readonly string[]) =>
      ({
        kind: 'all',
        of: [
          { kind: 'exact', value: 'a', ignoreCase: false },
          ...excluded.map((text) => ({ kind: 'not', of: { kind: 'exact', value: text, ignoreCase: false } }) as const),
        ],
      }) as const;
    const plus = [{ kind: 'exact', value: 'a' }];
    expect(lowerTest({ name: 'h', absent: false, value: value('b') })).toMatchObject({ plus, minus: [] });
    expect(lowerTest({ name: 'h', absent: false, value: value('a') })).toMatchObject({ plus: [], minus: [] });
  });
});
