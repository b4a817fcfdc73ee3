import { expect, test } from 'vitest';
import { substituteRe2 } from './evaluate.ts';

// RE2's GlobalReplace: an empty match right behind another match is none.
test.each([
  ['a', 'banana', 'o', 'bonono'],
  ['(\\w)(\\d)', 'a1b2', '\\2\\1', '1a2b'],
  ['a*', 'baac', 'x', 'xbxcx'],
  ['', 'ab', '-', '-a-b-'],
  ['^/old', '/old/old', '/new', '/new/old'],
  ['(a)|(b)', 'ab', '[\\1\\2\\0]', '[aa][bb]'],
  ['a', 'a', '\\\\1\\9$1', '\\1$1'],
  ['(', 'a', 'x', 'a'],
  ['nothing', 'a', 'x', 'a'],
])('%s on %s by %s gives %s', (pattern, text, substitution, expected) => {
  expect(substituteRe2(pattern, text, substitution)).toBe(expected);
});
