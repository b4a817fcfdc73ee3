import { expect, test } from 'vitest';
import { type AtomPath, intersectPaths, pathContains, pathHas, pathsOverlap } from './atom-path.ts';
import { NoCommonForm } from './no-common-form.ts';

const fold = (kind: 'exact' | 'string' | 'segment', value: string): AtomPath => ({ kind, value, fold: true });
const cased = (kind: 'exact' | 'string' | 'segment', value: string): AtomPath => ({ kind, value });
const kinds = ['exact', 'string', 'segment'] as const;
const values = ['/a', '/A', '/a/b', '/A/b', '/1', '/1/a'];
const sets = kinds.flatMap((kind) => values.flatMap((value) => [cased(kind, value), fold(kind, value)]));
const paths = values.flatMap((value) => [value, `${value}x`, `${value}/x`, value.toUpperCase(), `${value}/B`]);

test('a set in any letter case has every spelling', () => {
  expect(pathHas(fold('exact', '/Api'), '/aPI')).toBe(true);
  expect(pathHas(fold('segment', '/api'), '/API/x')).toBe(true);
  expect(pathHas(fold('segment', '/api'), '/APIX')).toBe(false);
});

test('containment, overlap and intersection agree with the paths themselves', () => {
  for (const a of sets) {
    for (const b of sets) {
      const both = paths.filter((path) => pathHas(a, path) && pathHas(b, path));
      if (pathContains(a, b)) expect(paths.filter((path) => pathHas(b, path))).toEqual(both);
      if (both.length > 0) expect(pathsOverlap(a, b)).toBe(true);
      try {
        const common = intersectPaths(a, b);
        expect(paths.filter((path) => common !== undefined && pathHas(common, path))).toEqual(both);
      } catch (error) {
        expect(error).toBeInstanceOf(NoCommonForm);
      }
    }
  }
});

test('a beginning in one letter case and a longer text in any have no common form', () => {
  expect(() => intersectPaths(cased('string', '/A'), fold('exact', '/a/b'))).toThrow(NoCommonForm);
});
