import { expect, test } from 'vitest';
import { parseDuration } from './duration.ts';

test.each([
  ['1.5s', 1_500],
  ['1h2m3s', 3_723_000],
  ['250ms', 250],
  ['0', 0],
  ['0s', 0],
  ['.5m', 30_000],
  ['1500us', 2],
  ['1.0000001s', 1_000],
])('%s is %d ms', (text, millis) => {
  expect(parseDuration(text)).toBe(millis);
});

test.each(['', '5', '-1s', '1s ', '1 s', 's', '1d', 'abc', '1ns', '999us'])('%j is no duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});
