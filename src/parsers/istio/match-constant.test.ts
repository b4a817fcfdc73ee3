import { expect, test } from 'vitest';
import { matchConstant } from './match-constant.ts';

test.each([
  ['.*', '', true],
  ['.+', '', false],
  ['(a|b)?', '', true],
  ['(?i)a*', '', true],
  ['[[:alpha:]]+', '', false],
  ['(?P<x>a)*', '', true],
  ['\\Aa?\\z', '', true],
  ['https?', 'http', true],
  ['(?i)HTTP', 'http', true],
  ['http', 'https', false],
])('%s against %j is %s', (pattern, text, expected) => {
  expect(matchConstant(pattern, text)).toBe(expected);
});

test.each(['\\Qa\\E', '(?=a)', '(', '\\pL*', '(a)\\1'])('%s is not decided', (pattern) => {
  expect(matchConstant(pattern, '')).toBeUndefined();
});
