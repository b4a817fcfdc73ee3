import { beforeAll, describe, expect, test } from 'vitest';
import { exactPath, type PathPredicate, pathPrefix } from '../ir/predicates.ts';
import { loadRegexEngine } from './languages/regex-engine.ts';
import { lowerPath } from './lower-path.ts';
import { gatewayApiVocabulary, latticeVocabulary } from './vocabulary.ts';

beforeAll(async () => void (await loadRegexEngine()));

/** `=` exact, `^` string prefix, `/` segment prefix, `-` carved out, `?` may be read by segment. */
function sketch(path: PathPredicate, vocabulary = gatewayApiVocabulary): string {
  const lowered = lowerPath(path, vocabulary);
  if (lowered.kind !== 'paths') return lowered.kind;
  const show = (one: (typeof lowered.plus)[number]) =>
    one.kind === 'any' ? '*' : `${{ exact: '=', string: '^', segment: '>' }[one.kind]}${one.value}`;
  return [
    ...lowered.plus.map(show),
    ...lowered.minus.map(({ path }) => `-${show(path)}`),
    ...lowered.bySegment.map((one) => `?${one}`),
  ].join(' ');
}

describe('a target that reads prefixes by segment', () => {
  test.each([
    [pathPrefix('/foo', 'string'), '^/foo ?/foo'],
    [pathPrefix('/foo/', 'string'), '>/foo -=/foo'],
    [pathPrefix('/foo/', 'segment'), '>/foo'],
    [pathPrefix('/foo', 'lattice'), '>/foo'],
    [pathPrefix('/', 'string'), '*'],
    [exactPath('/a'), '=/a'],
    [exactPath('/aB', true), '=/AB =/Ab =/aB =/ab'],
    [{ kind: 'regex', pattern: '/(a|b)(/.*)?' } as const, '>/a >/b'],
    [{ kind: 'regex', pattern: '/a/.*' } as const, '>/a -=/a'],
    [{ kind: 'regex', pattern: '/[^/]+/x' } as const, 'not-expressible'],
    [{ kind: 'regex', pattern: '/(' } as const, 'illegal'],
    // No request has a path without a leading slash, or one that normalisation removes.
    [exactPath('foo'), ''],
    [exactPath('/foo?a=b'), ''],
    [exactPath('/a//b'), 'not-expressible'],
  ])('%j is %s', (path, said) => {
    expect(sketch(path)).toBe(said);
  });
});

describe('a target of unknown reading', () => {
  test.each([
    // Right under both readings: the bare path is decided above the prefix with a slash.
    [pathPrefix('/foo', 'segment'), '=/foo ^/foo/'],
    [pathPrefix('/foo/', 'string'), '^/foo/ -=/foo'],
    [pathPrefix('/foo', 'string'), '^/foo ?/foo'],
    // What Lattice reads already stays as it is.
    [pathPrefix('/foo', 'lattice'), '^/foo'],
  ])('%j is %s', (path, said) => {
    expect(sketch(path, latticeVocabulary)).toBe(said);
  });

  test.each([
    [exactPath('/a,b'), 'the target takes no , in a path, as in /a,b'],
    [exactPath("/(a)*'(b)"), "the target takes no ( ) * ' in a path, as in /(a)*'(b)"],
    // Right under both readings means a second path, which is longer by its slash.
    [pathPrefix(`/${'a'.repeat(199)}`, 'segment'), 'the path is 201 characters long, the target takes 200'],
  ])('%j cannot be said', (path, why) => {
    expect(lowerPath(path, latticeVocabulary)).toEqual({ kind: 'not-expressible', why });
  });

  test('a known reading takes the cheaper form', () => {
    expect(sketch(pathPrefix('/foo', 'string'), { ...latticeVocabulary, prefixes: 'string' })).toBe('^/foo');
    expect(sketch(pathPrefix('/foo', 'segment'), { ...latticeVocabulary, prefixes: 'segment' })).toBe('>/foo');
  });
});
