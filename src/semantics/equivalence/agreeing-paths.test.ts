import { beforeAll, expect, test } from 'vitest';
import { accepts } from '../languages/language.ts';
import { loadRegexEngine } from '../languages/regex-engine.ts';
import { agreeingPaths, type PlainChange } from './agreeing-paths.ts';
import { changePath } from './path-change.ts';

beforeAll(loadRegexEngine);

const string = (from: string, to: string): PlainChange => ({ kind: 'prefix', from, to, reading: 'string' });
const segment = (from: string, to: string): PlainChange => ({ kind: 'prefix', from, to, reading: 'segment' });
const full = (path: string): PlainChange => ({ kind: 'full', path });

/** Paths that begin with `/a`, in either letter case, and go on. */
const PATHS = ['/a', '/A', '/b'].flatMap((start) =>
  ['', '/', '/a', '/b', '//', '/a/b', 'a', 'b', '/aa'].map((rest) => start + rest),
);

test.each<readonly [string, PlainChange, PlainChange]>([
  ['no change and one path', undefined, full('/a/b')],
  ['no change and a prefix in its own place', undefined, string('/a', '/a')],
  ['no change and a prefix replaced', undefined, string('/a', '/b')],
  ['a prefix replaced and one path', string('/a', '/b'), full('/b/a')],
  ['a prefix replaced and a path that it never gives', string('/a', '/b'), full('/c')],
  ['segments and characters', segment('/a', '/b'), string('/a', '/b')],
  ['segments and characters that close with a slash', segment('/a', '/b/'), string('/a', '/b/')],
  ['segments replaced by the root, and characters', segment('/a', '/'), string('/a', '/')],
  ['segments replaced by the root, and one path', segment('/a', '/'), full('/')],
  ['two prefixes of which one goes on', string('/a', '/x'), string('/a/b', '/x/b')],
  ['two prefixes that give other texts', string('/a', '/x'), string('/a/b', '/y')],
  ['one path and another', full('/a'), full('/b')],
])('%s agree where both give the same', (_, left, right) => {
  for (const key of ['/', '/a', '/a/b']) {
    // What the changes do to paths that lack their prefixes is not defined.
    const longest = Math.max(...[left, right].map((change) => (change?.kind === 'prefix' ? change.from.length : 0)));
    const language = agreeingPaths(left, right, key);
    for (const path of PATHS.filter((one) => one.startsWith(key) && one.length > key.length && one.length >= longest)) {
      expect([key, path, accepts(language, path)]).toEqual([
        key,
        path,
        changePath(left, path) === changePath(right, path),
      ]);
    }
  }
});
