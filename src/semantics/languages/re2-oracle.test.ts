import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { nearTo, randomTexts, walkedPattern } from '../../../test/shared/re2-patterns.ts';
import { wordsOver } from '../../../test/words-over.ts';
import { type AutomatonLanguage, automatonAccepts } from './automaton.ts';
import { re2Language } from './compile-re2.ts';
import { complementAsRe2 } from './complement-as-re2.ts';
import { compileRe2 } from './evaluate.ts';

const DEEP = process.env['LATTICECTL_DEEP'] === '1';
const RUNS = DEEP ? 20_000 : 2_000;

// Long random patterns cost states without asking anything new.
const legalPattern = walkedPattern.filter(({ source }) => source.length <= 120 && compileRe2(source).kind === 'legal');

/** Some texts that the automaton accepts, the shortest first. */
function wordsOf({ dfa }: AutomatonLanguage): readonly string[] {
  const words: string[] = [];
  for (const codes of dfa.words()) {
    if (words.length === 6) break;
    const letters = codes.filter((code) => code < 0xd800 || code > 0xdfff);
    words.push(String.fromCodePoint(...letters));
  }
  return words;
}

describe('the automaton of an RE2 pattern', () => {
  it(`agrees with re2js on ${RUNS} random patterns`, { timeout: RUNS * 30 }, () => {
    let undecided = 0;
    let [met, missed] = [0, 0];
    fc.assert(
      fc.property(legalPattern, randomTexts(20), ({ source, words }, random) => {
        const result = re2Language(source);
        if (result.kind !== 'language') {
          // A few random patterns really need more states than the limit; none may use syntax that is not followed.
          expect(result.kind === 'undecided' && result.reason, source).toContain('the automaton');
          undecided += 1;
          return;
        }
        const { language } = result;
        const oracle = RE2JS.compile(source);
        // Random texts hardly ever match, so what the pattern and its automaton say is tried as well, and what is near.
        const derived = [...words, ...wordsOf(language)].flatMap((word) => [...nearTo(word)]);
        for (const text of new Set([...random, ...derived, ''])) {
          const expected = oracle.matches(text);
          if (automatonAccepts(language, text) !== expected) {
            expect.fail(`${JSON.stringify(source)} on ${JSON.stringify(text)}: re2js says ${expected}`);
          }
          if (expected) met += 1;
          else missed += 1;
        }
      }),
      { numRuns: RUNS, seed: 1 },
    );
    expect(undecided).toBeLessThan(RUNS / 20);
    expect(Math.min(met, missed)).toBeGreaterThan((met + missed) / 10);
  });

  it('can be turned into a pattern for everything else', () => {
    for (const source of ['a', 'a|b', '[^/]+', '/api(/.*)?', '(?s).+', 'é?']) {
      const result = re2Language(source);
      const other = result.kind === 'language' ? complementAsRe2(result.language) : undefined;
      if (other === undefined) continue;
      for (const text of wordsOver('a/pé\n', 4)) {
        expect(RE2JS.compile(other).matches(text), `${source} ~ ${other} on ${text}`).toBe(
          !RE2JS.compile(source).matches(text),
        );
      }
    }
    const single = re2Language('a');
    expect(single.kind === 'language' && complementAsRe2(single.language)).toBeTypeOf('string');
  });
});

describe('re2Language', () => {
  it('decides assertions exactly', () => {
    const cases: readonly (readonly [string, string, boolean])[] = [
      ['a$|b', 'a', true],
      ['x^a', 'xa', false],
      ['(|x)^a', 'a', true],
      ['a\\b/b', 'a/b', true],
      ['a\\bb', 'ab', false],
      ['(?m)a$\\n^b', 'a\nb', true],
      ['a\\z.*', 'ab', false],
      ['.', '\n', false],
      ['(?s).', '\n', true],
      ['(?i)k', '\u212a', true],
      ['\\p{Greek}+', 'λ', true],
      ['\\PN', '1', false],
    ];
    for (const [source, text, expected] of cases) {
      const result = re2Language(source);
      expect(result.kind === 'language' && automatonAccepts(result.language, text), source).toBe(expected);
    }
  });

  it('says what RE2 has against a pattern', () => {
    for (const source of ['(?=a)', '(a)\\1', 'a**', 'x{1001}', '*', '(']) {
      expect(re2Language(source).kind, source).toBe('illegal');
    }
  });

  it('gives up on hostile patterns in bounded time', () => {
    for (const source of ['.*a.{16}', '.*a.{1000}', '(.*a.{9}){9}', '(a?){1000}(b?){1000}.*a.{15}']) {
      const start = performance.now();
      expect(re2Language(source).kind, source).toBe('undecided');
      // The first takes 0.1 s, the others 0.5 s; the rest is for busy machines.
      expect(performance.now() - start, source).toBeLessThan(source === '.*a.{16}' ? 1_000 : 4_000);
    }
  });
});
