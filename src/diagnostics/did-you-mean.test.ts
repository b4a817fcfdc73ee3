import { describe, expect, it } from 'vitest';
import { closest } from './did-you-mean.ts';

describe('closest', () => {
  it.each([
    ['timeouts', 'timeout'],
    ['mactch', 'match'],
    ['ruote', 'route'],
    ['HOSTS', 'hosts'],
    ['exportto', 'exportTo'],
  ])('%s meant %s', (word, meant) => {
    expect(closest(word, ['hosts', 'match', 'route', 'timeout', 'exportTo'])).toBe(meant);
  });

  it('says nothing when no candidate is near', () => {
    expect(closest('weight', ['hosts', 'match'])).toBeUndefined();
    expect(closest('x', ['y', 'zz'])).toBe('y');
    expect(closest('ab', ['xy'])).toBeUndefined();
    expect(closest('anything', [])).toBeUndefined();
  });

  it('takes the first of equally near candidates', () => {
    expect(closest('bat', ['cat', 'rat'])).toBe('cat');
  });
});
