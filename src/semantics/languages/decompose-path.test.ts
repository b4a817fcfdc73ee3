import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { decomposeIgnoreCase } from './decompose-ignore-case.ts';
import { decomposePath } from './decompose-path.ts';
import { decomposeValue } from './decompose-value.ts';
import type { PathPart } from './path-parts.ts';

const exact = (value: string): PathPart => ({ kind: 'exact', value });
const string = (value: string): PathPart => ({ kind: 'prefix', value, reading: 'string' });
const segment = (value: string): PathPart => ({ kind: 'prefix', value, reading: 'segment' });
const any: PathPart = { kind: 'any' };

const PARTS: readonly (readonly [string, readonly PathPart[], readonly PathPart[]])[] = [
  ['.*', [any], []],
  ['/.*', [any], []],
  ['/?.*', [any], []],
  ['^/.*$', [any], []],
  ['(?s).*', [any], []],
  ['/.+', [any], [exact('/')]],
  ['/foo', [exact('/foo')], []],
  ['^/foo$', [exact('/foo')], []],
  ['/foo\\.json', [exact('/foo.json')], []],
  ['/foo(/.*)?', [segment('/foo')], []],
  ['/foo(?:/|/.*|)', [segment('/foo')], []],
  ['/foo$|/foo/.*', [segment('/foo')], []],
  ['/foo/.*', [string('/foo/')], []],
  ['/foo/.+', [string('/foo/')], [exact('/foo/')]],
  ['/foo.*', [string('/foo')], []],
  ['/foo/?.*', [string('/foo')], []],
  ['/foo.+', [string('/foo')], [exact('/foo')]],
  ['/foo/?', [exact('/foo'), exact('/foo/')], []],
  ['/foo([^/].*)?', [string('/foo')], [string('/foo/')]],
  ['/[^a].*|/', [any], [string('/a')]],
  ['/[^a].*', [any], [exact('/'), string('/a')]],
  ['/(v1|v2)/.*', [string('/v1/'), string('/v2/')], []],
  ['/(v1|v2)(/.*)?', [segment('/v1'), segment('/v2')], []],
  ['/v[1-3]', [exact('/v1'), exact('/v2'), exact('/v3')], []],
  ['(?i)/ab', [exact('/AB'), exact('/Ab'), exact('/aB'), exact('/ab')], []],
  ['/foo//.*|/foo/', [exact('/foo/'), string('/foo//')], []],
  ['(/a|/b)+', [], []],
];

describe('decomposePath', () => {
  it('finds exact paths and prefixes by language', () => {
    for (const [source, plus, minus] of PARTS) {
      if (plus.length > 0) expect(decomposePath(source), source).toEqual({ kind: 'parts', plus, minus });
    }
  });

  it('tells what cannot be said, with a path inside and one outside', () => {
    for (const source of ['/users/[^/]+', '/users/\\d+/x', '/[^/]+', '(/a|/b)+', '/a.*b', '/.*\\.js']) {
      const result = decomposePath(source);
      expect(result.kind, source).toBe('not-expressible');
      if (result.kind !== 'not-expressible') continue;
      const [inside = '', outside = ''] = result.witnesses;
      expect(RE2JS.compile(source).matches(inside), source).toBe(true);
      expect(RE2JS.compile(source).matches(outside), source).toBe(false);
      expect(outside.startsWith('/'), source).toBe(true);
    }
    expect(decomposePath('/[a-z]{3}').kind).toBe('not-expressible');
    expect(decomposePath('/[a-z]', 25).kind).toBe('not-expressible');
    expect(decomposePath('/[a-z]', 26).kind).toBe('parts');
  });

  it('tells patterns that no path can match, illegal ones and undecided ones apart', () => {
    expect(decomposePath('foo.*').kind).toBe('empty');
    expect(decomposePath('/a b').kind).toBe('empty');
    expect(decomposePath('').kind).toBe('empty');
    expect(decomposePath('/(?=a)').kind).toBe('illegal');
    expect(decomposePath('.*a.{16}').kind).toBe('undecided');
  });

  it('is right on every short path', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '/',
      '/a',
      '(/.*)?',
      '.*',
      '.+',
      '/?',
      '(a|b)',
      '[^/]',
      '[^a]',
      '(|/a)',
      '/.*',
      '$',
      '\\b',
    );
    const source = fc
      .array(fc.array(piece, { maxLength: 4 }), { minLength: 1, maxLength: 3 })
      .map((branches) => branches.map((branch) => `/${branch.join('')}`).join('|'));
    const paths = shortPaths('a/bx', 4);
    let parts = 0;
    fc.assert(
      fc.property(source, (pattern) => {
        const result = decomposePath(pattern);
        expect(['parts', 'empty', 'not-expressible']).toContain(result.kind);
        if (result.kind === 'not-expressible') return;
        parts += 1;
        const { plus, minus } = result.kind === 'parts' ? result : { plus: [], minus: [] };
        const regex = RE2JS.compile(pattern);
        for (const path of paths) {
          const inside = plus.some((part) => takes(part, path)) && !minus.some((part) => takes(part, path));
          if (inside !== regex.matches(path)) expect.fail(`${pattern} on ${path}: ${JSON.stringify(result)}`);
        }
      }),
      { numRuns: process.env['LATTICECTL_DEEP'] === '1' ? 3_000 : 300 },
    );
    expect(parts).toBeGreaterThan(50);
  });
});

describe('decomposeValue', () => {
  it('finds words, prefixes and trivial patterns', () => {
    expect(decomposeValue('a|b|ab?')).toEqual({ kind: 'words', words: ['a', 'ab', 'b'] });
    expect(decomposeValue('GET|POST')).toEqual({ kind: 'words', words: ['GET', 'POST'] });
    expect(decomposeValue('')).toEqual({ kind: 'words', words: [''] });
    expect(decomposeValue('canary.*')).toEqual({ kind: 'prefix', value: 'canary' });
    expect(decomposeValue('.*')).toEqual({ kind: 'any' });
    expect(decomposeValue('.+')).toEqual({ kind: 'non-empty' });
    expect(decomposeValue('a\\bb')).toEqual({ kind: 'empty' });
    for (const source of ['.*canary.*', '[a-z]+', '[^a].*', 'a.+', '[a-z]{2}']) {
      expect(decomposeValue(source), source).toEqual({ kind: 'regex' });
    }
    expect(decomposeValue('*').kind).toBe('illegal');
    expect(decomposeValue('.*a.{16}').kind).toBe('undecided');
  });
});

describe('decomposeIgnoreCase', () => {
  it('lists the spellings of short literals', () => {
    expect(decomposeIgnoreCase('/v1')).toEqual(['/V1', '/v1']);
    expect(decomposeIgnoreCase('/1')).toEqual(['/1']);
    expect(decomposeIgnoreCase('/Api')).toHaveLength(8);
    expect(decomposeIgnoreCase('/abcdef')).toHaveLength(64);
    expect(decomposeIgnoreCase('/abcdefg')).toBeUndefined();
  });
});

function takes(part: PathPart, path: string): boolean {
  if (part.kind === 'any') return true;
  if (part.kind === 'exact') return path === part.value;
  return part.reading === 'string'
    ? path.startsWith(part.value)
    : path === part.value || path.startsWith(`${part.value}/`);
}

function shortPaths(letters: string, length: number): readonly string[] {
  const all = ['/'];
  let last = ['/'];
  for (let round = 0; round < length; round++) {
    last = last.flatMap((text) => Array.from(letters, (letter) => text + letter));
    all.push(...last);
  }
  return all;
}
