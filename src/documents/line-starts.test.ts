import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineStarts } from './line-starts.ts';

/** The starts of all lines, found the plain way. */
function startsOf(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\r\n?|\n/g)].map(({ index, 0: found }) => index + found.length)];
}

test('every offset and every line is found, in whatever order they are asked for', () => {
  const texts = fc
    .array(fc.constantFrom('a', 'bc', '\n', '\r', '\r\n'), { maxLength: 40 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(texts, fc.array(fc.nat({ max: 60 }), { maxLength: 8 }), (text, questions) => {
      const starts = startsOf(text);
      const lines = new LineStarts(text);
      for (const question of questions) {
        const line = starts.findLastIndex((start) => start <= question);
        expect(lines.lineAt(question)).toEqual({ line, start: starts[line] });
        const range = { start: starts[question], next: starts[question + 1] ?? text.length };
        expect(lines.rangeOf(question)).toEqual(question < starts.length ? range : undefined);
      }
    }),
  );
});

test('a file of one line is searched for its end once', () => {
  const lines = new LineStarts('x'.repeat(8_000_000));
  const began = performance.now();
  for (let offset = 0; offset < 4_000; offset++) lines.lineAt(offset);
  expect(performance.now() - began).toBeLessThan(500);
});
