import fc from 'fast-check';

/** A small pattern over some characters: two branches of two repeated items at most, so that words of five characters tell it apart. */
const patternOver = (characters: readonly string[], sets: readonly string[]): fc.Arbitrary<string> => {
  const character = fc.oneof(
    { arbitrary: fc.constantFrom(...characters), weight: 4 },
    { arbitrary: fc.constantFrom('.', '[ab]', '[^a]', '(?i:a)', '(?:a|b)', ...sets), weight: 2 },
  );
  const item = fc
    .tuple(character, fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}', '{0}'))
    .map(([one, repeat]) => one + repeat);
  const branch = fc.array(item, { minLength: 1, maxLength: 2 }).map((items) => items.join(''));
  return fc.oneof(
    { arbitrary: branch, weight: 3 },
    { arbitrary: fc.tuple(branch, branch).map(([one, other]) => `(${one}|${other})`), weight: 2 },
    { arbitrary: fc.tuple(branch, character).map(([one, other]) => `(${one}|${other})?${other}`), weight: 1 },
  );
};

/** Random patterns of paths, most of which begin as a path does. */
export const randomPathPattern: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('/', '/', '/', '^/', '/?', ''),
    patternOver(['a', 'b', '/'], ['[^/]', '[a-b/]']),
    fc.constantFrom('', '', '.*', '(/.*)?', '$'),
  )
  .map((parts) => parts.join(''));

/** Random patterns of values. */
export const randomValuePattern: fc.Arbitrary<string> = patternOver(['a', 'b', 'A'], ['[^A]']);
