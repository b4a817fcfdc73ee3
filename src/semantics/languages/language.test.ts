import { beforeAll, describe, expect, it } from 'vitest';
import {
  accepts,
  complement,
  finiteWords,
  intersect,
  isDisjoint,
  isEmpty,
  isSame,
  isSubset,
  type Language,
  subtract,
  unite,
  witness,
} from './language.ts';
import { decide } from './language-too-large.ts';
import { exactly, segmentPrefix, startingWith } from './literal-language.ts';
import { quoteRe2 } from './quote-re2.ts';
import { loadRegexEngine, regexEngine } from './regex-engine.ts';

function re2(pattern: string): Language {
  const result = regexEngine().language(pattern);
  if (result.kind !== 'language') throw new Error(`${pattern}: ${result.kind}`);
  return result.language;
}

describe('languages of literals and patterns together', () => {
  beforeAll(() => loadRegexEngine());

  it('relate exactly', () => {
    expect(isSubset(exactly('/api/v1'), re2('/api/v[0-9]+'))).toBe(true);
    expect(isSubset(re2('/api/v[0-9]+'), startingWith('/api/v'))).toBe(true);
    expect(isSubset(re2('/api/.*'), segmentPrefix('/api'))).toBe(true);
    expect(isSame(re2('(?s)/api(/.*)?'), segmentPrefix('/api'))).toBe(true);
    expect(isDisjoint(re2('/api/.*'), re2('/web/.*'))).toBe(true);
    expect(isSame(unite(re2('a'), exactly('b')), re2('[ab]'))).toBe(true);
    expect(finiteWords(subtract(re2('[a-d]'), exactly('b')), 9)).toEqual(['a', 'c', 'd']);
    expect(finiteWords(re2('[a-d]'), 3)).toBeUndefined();
    expect(accepts(complement(re2('a+')), '')).toBe(true);
  });

  it('bring both readings of letter case together', () => {
    const folded = exactly('/FOO', { ignoreCase: true });
    expect(isSubset(exactly('/Foo'), folded)).toBe(true);
    expect(isSame(folded, re2('(?i)/foo'))).toBe(true);
    expect(isEmpty(intersect(startingWith('/x'), folded))).toBe(true);
  });

  it('write witnesses of a path as a person would', () => {
    expect(witness(intersect(re2('/api/v[0-9]+/.*'), re2('/api/v1/users/[^/]+')), 'path')).toBe('/api/v1/users/x');
    expect(witness(intersect(re2('^/(foo|bar)(/.*)?$'), re2('/foo(/.*)?')), 'path')).toBe('/foo');
    expect(witness(re2('a|b'), 'path')).toBeUndefined();
    expect(witness(re2('[^a-z]'))).toBe('0');
  });

  it('leave a question undecided where automata grow too large', () => {
    const wide = (letter: string) => re2(`.*${letter}.{11}`);
    const answer = decide(() => isEmpty(intersect(wide('a'), intersect(wide('b'), wide('c')))));
    expect(answer.kind).toBe('undecided');
  });

  it('quote texts', () => {
    for (const text of ['/a.b', 'x*(y)|[z]{2}^$+?\\', 'é-#'])
      expect(finiteWords(re2(quoteRe2(text)), 1)).toEqual([text]);
  });

  it('evaluate by full match', () => {
    expect(regexEngine().matches('/foo', '/foobar')).toBe(false);
    expect(regexEngine().matches('/foo.*', '/foobar')).toBe(true);
    expect(regexEngine().matches('(?=a)', 'a')).toBe(false);
  });
});

describe('literal fast paths', () => {
  it('make and compare ten thousand in a few milliseconds', () => {
    const start = performance.now();
    let overlaps = 0;
    for (let index = 0; index < 10_000; index++) {
      if (!isDisjoint(exactly(`/service-${index}/list`), segmentPrefix(`/service-${index % 100}`))) overlaps += 1;
    }
    expect(overlaps).toBe(100);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
