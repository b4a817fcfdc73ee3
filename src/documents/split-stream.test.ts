import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitStream } from './split-stream.ts';

const split = (text: string): readonly string[] =>
  [...splitStream(text)].map(({ start, end }) => text.slice(start, end));

describe('splitStream', () => {
  it.each<[string, string, readonly string[]]>([
    ['nothing', '', []],
    ['one document', 'a: 1\n', ['a: 1\n']],
    ['an opening marker', '---\na: 1\n', ['---\na: 1\n']],
    ['two documents', 'a: 1\n---\nb: 2\n', ['a: 1\n', '---\nb: 2\n']],
    ['CRLF', 'a: 1\r\n---\r\nb: 2\r\n', ['a: 1\r\n', '---\r\nb: 2\r\n']],
    ['lone CR', 'a: 1\r---\rb: 2\r', ['a: 1\r', '---\rb: 2\r']],
    ['a marker with content', '--- {a: 1}\n--- # second\nb: 2', ['--- {a: 1}\n', '--- # second\nb: 2']],
    ['a marker at the end', 'a: 1\n---', ['a: 1\n', '---']],
    ['an end marker', 'a: 1\n...\nb: 2\n', ['a: 1\n...\n', 'b: 2\n']],
    ['end and start', 'a: 1\n...\n---\nb: 2\n', ['a: 1\n...\n', '---\nb: 2\n']],
    [
      'directives',
      '%YAML 1.1\n---\na: 1\n...\n# note\n%TAG ! x\n---\nb',
      ['%YAML 1.1\n---\na: 1\n...\n', '# note\n%TAG ! x\n---\nb'],
    ],
    ['a comment above', '# note\n---\na: 1\n', ['# note\n', '---\na: 1\n']],
    ['a block scalar with a marker', 'a: |\n  x\n---\nb: 2\n', ['a: |\n  x\n', '---\nb: 2\n']],
    ['an indented marker', 'a: |\n  x\n  ---\n  y\n', ['a: |\n  x\n  ---\n  y\n']],
    ['a longer dash line', 'a: |-\n----\n---a\n', ['a: |-\n----\n---a\n']],
    ['a byte order mark inside', 'a: 1\n\uFEFF---\nb: 2\n', ['a: 1\n', '\uFEFF---\nb: 2\n']],
    ['empty documents', '---\n---\n', ['---\n', '---\n']],
    ['U+2028, which breaks no line', 'a: "x\u2028--- y"\n', ['a: "x\u2028--- y"\n']],
  ])('%s', (_, text, parts) => {
    expect(split(text)).toEqual(parts);
  });

  it('loses no character', () => {
    const piece = fc.constantFrom('---', '...', '\n', '\r\n', '\r', ' ', '#', '%YAML 1.2', 'a: 1', '\uFEFF', '|', '- ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        expect(split(pieces.join('')).join('')).toBe(pieces.join(''));
      }),
    );
  });
});
