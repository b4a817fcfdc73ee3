import { expect, test } from 'vitest';
import { listNames } from './list-names.ts';

test('few names stand in full, of many the rest is counted', () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);
  expect(listNames([])).toBe('');
  expect(listNames(names(6))).toBe('n0, n1, n2, n3, n4, n5');
  expect(listNames(names(7))).toBe('n0, n1, n2, n3, n4 and 2 more');
});
