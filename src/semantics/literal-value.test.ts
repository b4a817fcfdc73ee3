import { expect, test } from 'vitest';
import { loadRegexEngine } from './languages/regex-engine.ts';
import { type LiteralTest, mergeSpellings, printLiteral, readLiteral, toLiterals } from './literal-value.ts';

await loadRegexEngine();

const literals = (pattern: string): readonly string[] | undefined =>
  toLiterals({ kind: 'regex', value: pattern })?.map((value) => {
    const { kind, value: text, ignoreCase } = readLiteral(value) ?? { kind: '?', value: '?', ignoreCase: false };
    return `${kind} ${text}${ignoreCase ? ' in any case' : ''}`;
  });

test.each<LiteralTest>([
  { kind: 'exact', value: 'a.b*', ignoreCase: false },
  { kind: 'exact', value: 'a.b*', ignoreCase: true },
  { kind: 'prefix', value: '.*', ignoreCase: false },
  { kind: 'prefix', value: 'ends in \\', ignoreCase: true },
  { kind: 'contains', value: '(?i)', ignoreCase: false },
  { kind: 'exact', value: 'canary-desks', ignoreCase: true },
  { kind: 'prefix', value: 'desk.', ignoreCase: true },
  { kind: 'contains', value: 's', ignoreCase: true },
  { kind: 'exact', value: '[Ss]', ignoreCase: false },
])('$kind $value is read as it was written', (literal) => {
  expect(readLiteral(printLiteral(literal))).toEqual(literal);
});

test.each([
  ['v.*', ['prefix v']],
  ['^v.*$', ['prefix v']],
  ['.*a.*', ['contains a']],
  ['(a|b).*', ['prefix a', 'prefix b']],
  ['.*(mobile|tablet).*', ['contains mobile', 'contains tablet']],
  ['(?i)firefox.*', ['prefix firefox in any case']],
  ['(?i).*bot.*', ['contains bot in any case']],
  ['(?i)yes', ['exact yes in any case']],
  ['[Yy][Ee][Ss]', ['exact yes in any case']],
  ['[Yy]es', ['exact Yes', 'exact yes']],
  ['.*[Dd][Ee][Ss][Kk].*', ['contains desk in any case']],
])('%s becomes %j', (pattern, expected) => {
  expect(literals(pattern)).toEqual(expected);
});

test.each(['.*', '.+', '.*a', 'a.*b', '.*a|b.*', '[0-9]+', '.*a.+'])('%s is no literal test', (pattern) => {
  expect(literals(pattern)).toBeUndefined();
});

test('all spellings of a word are one test without letter case', () => {
  const exact = (...words: readonly string[]) => words.map((value) => ({ kind: 'exact', value }) as const);
  const merged = (...words: readonly string[]) => mergeSpellings(exact(...words)).map(({ value }) => value);
  expect(merged('NO', 'No', 'nO', 'no', '1')).toEqual(['(?i)no', '1']);
  expect(merged('SK', 'Sk', 'sK', 'sk')).toEqual(['[Ss][Kk]']);
  expect(merged('NO', 'No', 'no')).toEqual(['NO', 'No', 'no']);
  expect(merged('1', '2')).toEqual(['1', '2']);
});
