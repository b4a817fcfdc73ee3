import type { PathTest, TextTest } from './lists.ts';

const exact = (...texts: readonly string[]) => texts.map((text) => ({ kind: 'exact' as const, text }));
const string = (...texts: readonly string[]) => texts.map((text) => ({ kind: 'string' as const, text }));
const segment = (...texts: readonly string[]) => texts.map((text) => ({ kind: 'segment' as const, text }));
const prefix = (...texts: readonly string[]) => texts.map((text) => ({ kind: 'prefix' as const, text }));

/** Literals that are the beginning of one another, end in a slash, double it, or differ in case only. */
export const EXACT_PATHS = ['/', '/a', '/b', '/A', '/a/', '/ab', '/aa', '/a/b', '/a/a', '/b/a', '//'] as const;
export const STRING_PREFIXES = ['/a', '/b', '/ab', '/a/', '/b/', '/a/b', '/A'] as const;
export const SEGMENT_PREFIXES = ['/a', '/b', '/ab', '/a/b'] as const;

/** Patterns of paths, each with tests that together take the same paths; without them where there are none. */
export const PATH_PATTERNS: readonly { readonly source: string; readonly same?: readonly PathTest[] }[] = [
  { source: '/a|/b', same: exact('/a', '/b') },
  { source: '/[ab]', same: exact('/a', '/b') },
  { source: '/(ab?|b)', same: exact('/a', '/ab', '/b') },
  { source: '^/a$', same: exact('/a') },
  { source: '/a/?', same: exact('/a', '/a/') },
  { source: '/a.*', same: string('/a') },
  { source: '/a/.*', same: string('/a/') },
  { source: '/(a|b)/.*', same: string('/a/', '/b/') },
  { source: '/a(/.*)?', same: segment('/a') },
  { source: '/(a|b)(/.*)?', same: segment('/a', '/b') },
  { source: '/a(/?|/b.*)', same: [...exact('/a', '/a/'), ...string('/a/b')] },
  { source: '/.*', same: [{ kind: 'any' }] },
  { source: '(?i)/a', same: [{ kind: 'exact', text: '/a', fold: true }] },
  { source: '(?i:/a/).*', same: [{ kind: 'string', text: '/a/', fold: true }] },
  // No path begins without a slash.
  { source: 'a.*', same: [] },
  { source: '/[^/]+' },
  { source: '/.+' },
  { source: '.*b' },
  { source: '.*/' },
  { source: '/a*b' },
  { source: '/[^a].*' },
  { source: '/(a|aa)*' },
  { source: '(/a)+' },
  { source: '/[a-b]{1,2}(/[^/]*)?' },
];

export const EXACT_VALUES = ['a', 'b', 'ab', 'A', ''] as const;
export const VALUE_PREFIXES = ['a', 'b', 'ab'] as const;

/** Patterns of header and query values, with the same in other words. */
export const VALUE_PATTERNS: readonly { readonly source: string; readonly same?: readonly TextTest[] }[] = [
  { source: 'a|b', same: exact('a', 'b') },
  { source: 'b?', same: exact('', 'b') },
  { source: 'a', same: exact('a') },
  { source: '(ab|b)', same: exact('ab', 'b') },
  { source: 'a.*', same: prefix('a') },
  { source: '(a|b).*', same: prefix('a', 'b') },
  { source: '.*', same: [{ kind: 'any' }] },
  { source: '.+', same: [{ kind: 'not', of: { kind: 'exact', text: '' } }] },
  { source: '(?i)ab', same: [{ kind: 'exact', text: 'ab', fold: true }] },
  { source: '[^a].*' },
  { source: '.*b' },
  { source: '[ab]+' },
  { source: '(a|b)*' },
];

export const METHOD_TESTS: readonly TextTest[] = [
  ...exact('GET', 'GET', 'POST', 'PUT'),
  { kind: 'not', of: { kind: 'exact', text: 'GET' } },
  { kind: 'not', of: { kind: 'exact', text: 'POST' } },
  { kind: 'regex', source: 'GET|POST' },
  { kind: 'regex', source: 'P.*' },
  { kind: 'prefix', text: 'P' },
  { kind: 'not', of: { kind: 'regex', source: '(GET|HEAD)' } },
];

export const AUTHORITY_TESTS: readonly TextTest[] = [
  ...exact('h.test', 'h.test:8080', 'other'),
  { kind: 'exact', text: 'h.test', fold: true },
  { kind: 'prefix', text: 'h.test:' },
  { kind: 'regex', source: 'h\\.test(:[0-9]+)?' },
  { kind: 'not', of: { kind: 'exact', text: 'h.test' } },
];

export const BACKENDS = ['one', 'two', 'three'] as const;
