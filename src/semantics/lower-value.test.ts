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

  it('says every value but the empty one as a pattern', () => {
    const but = (text: string) => ({ kind: 'not', of: { kind: 'exact', value: text, ignoreCase: false } }) as const;
    const [notEmpty, notA] = [but(''), but('a')] as const;
    const nonEmpty = { kind: 'regex', value: '.+' };
    expect(lowerTest({ name: 'h', absent: false, value: notEmpty })).toMatchObject({ plus: [nonEmpty], minus: [] });
    expect(lowerTest({ name: 'h', absent: false, value: { kind: 'all', of: [notEmpty, notA] } })).toMatchObject({
      plus: [nonEmpty],
      minus: [{ kind: 'exact', value: 'a' }],
    });
    const beginning = { kind: 'regex', pattern: 'x.*' } as const;
    expect(lowerTest({ name: 'h', absent: false, value: { kind: 'all', of: [beginning, notEmpty] } })).toMatchObject({
      plus: [{ kind: 'regex', value: 'x.*' }],
      minus: [],
    });
  });

  it('takes the letter case of ASCII and nothing that RE2 folds beyond it', () => {
    const lowered = (text: string) =>
      lowerTest({ name: 'h', absent: false, value: { kind: 'exact', value: text, ignoreCase: true } });
    expect(lowered('a.b')).toMatchObject({ plus: [{ kind: 'regex', value: '(?i)a\\.b' }] });
    expect(lowered('k-1')).toMatchObject({ plus: [{ kind: 'regex', value: '[Kk]-1' }] });
  });
});
