import { describe, expect, test } from 'vitest';
import type { PathRewrite } from '../ir/actions.ts';
import type { AtomPath } from './atom-path.ts';
import { bareExceptionOf, rewriteOnPath, rewritePrefix } from './rewrite-on-path.ts';

const strings = (from: string, to: string): PathRewrite => ({ kind: 'prefix', from, to, reading: 'string' });
const segments = (from: string, to: string): PathRewrite => ({ kind: 'prefix', from, to, reading: 'segment' });
const exact = (value: string): AtomPath => ({ kind: 'exact', value });
const segment = (value: string): AtomPath => ({ kind: 'segment', value });
const all: AtomPath = { kind: 'any' };

describe('a string prefix rewrite on an atom', () => {
  test.each([
    // Both end in a slash, or neither: whole segments say it.
    [strings('/api/', '/'), segment('/api'), { kind: 'prefix', from: '/api', to: '/', doubled: false }],
    [strings('/api', '/v2'), segment('/api'), { kind: 'prefix', from: '/api', to: '/v2', doubled: false }],
    [strings('/api/', '/v2/'), segment('/api'), { kind: 'prefix', from: '/api', to: '/v2', doubled: false }],
    // /foo/x becomes //x in Envoy and /x by segments.
    [strings('/foo', '/'), segment('/foo'), { kind: 'prefix', from: '/foo', to: '/', doubled: true }],
    // No path condition is the prefix `/`.
    [strings('/', '/v1/'), all, { kind: 'prefix', from: '/', to: '/v1', doubled: false }],
    // A longer path of the same rule: the rest of the prefix moves into the replacement.
    [
      strings('/api', '/v2'),
      segment('/api/users'),
      { kind: 'prefix', from: '/api/users', to: '/v2/users', doubled: false },
    ],
    [strings('/api', '/v2'), exact('/api/users'), { kind: 'full', path: '/v2/users' }],
    [strings('/api/', '/'), exact('/api/users'), { kind: 'full', path: '/users' }],
  ])('%j on %j', (rewrite, path, said) => {
    expect(rewriteOnPath(rewrite, path)).toEqual(said);
  });

  test.each([
    // /foo/x becomes /barx, and /x becomes /v1x: no whole segments.
    [strings('/foo/', '/bar'), segment('/foo')],
    [strings('/', '/v1'), all],
    [{ kind: 'regex', pattern: 'a', substitution: 'b' } as const, all],
  ])('%j on %j has no form', (rewrite, path) => {
    expect(rewriteOnPath(rewrite, path).kind).toBe('not-expressible');
  });
});

test('a segment rewrite writes one slash between the replacement and the rest', () => {
  const rewrite = (from: string, to: string, path: string) => {
    const one = segments(from, to);
    return one.kind === 'prefix' ? rewritePrefix(one, path) : '';
  };
  expect(rewrite('/foo', '/', '/foo/x')).toBe('/x');
  expect(rewrite('/foo', '/', '/foo')).toBe('/');
  expect(rewrite('/foo', '/bar/', '/foo/x')).toBe('/bar/x');
  expect(rewriteOnPath(segments('/foo', '/bar'), segment('/foo'))).toEqual({
    kind: 'prefix',
    from: '/foo',
    to: '/bar',
    doubled: false,
  });
});

test.for([
  ['/p', '/q/', '/p'],
  ['/p', '/q', undefined],
  ['/p', '/', undefined],
  ['/', '/q/', undefined],
] as const)('a string rewrite of %s to %s has the bare exception %s', ([from, to, exception]) => {
  expect(bareExceptionOf(strings(from, to), from === '/' ? all : segment(from))).toBe(exception);
});

test('a prefix that ends in a slash has no bare path, and one below the rewritten prefix ends as the request does', () => {
  expect(bareExceptionOf(strings('/p/', '/q/'), { kind: 'string', value: '/p/' })).toBeUndefined();
  expect(bareExceptionOf(strings('/p', '/q/'), segment('/p/a'))).toBeUndefined();
});

test('a rewrite of whole segments is left as it is written', () => {
  expect(rewriteOnPath(segments('/p', '/q/'), segment('/p'))).toMatchObject({ to: '/q/' });
  expect(rewriteOnPath(segments('/p/', ''), segment('/p'))).toMatchObject({ to: '/' });
  expect(rewriteOnPath(segments('/p', '/q/'), segment('/p/a'))).toMatchObject({ to: '/q/a' });
  const prefix = { kind: 'prefix', from: '/p', to: '/q/', reading: 'segment' } as const;
  expect([rewritePrefix(prefix, '/p'), rewritePrefix(prefix, '/p/x')]).toEqual(['/q/', '/q/x']);
});
