import fc from 'fast-check';
import { RE2JS } from 're2js';
import { beforeAll, describe, expect, it } from 'vitest';
import { walkedPattern } from '../../../test/shared/re2-patterns.ts';
import { wordsOver } from '../../../test/words-over.ts';
import { compileRe2 } from './evaluate.ts';
import {
  accepts,
  complement,
  intersect,
  isDisjoint,
  isEmpty,
  isSame,
  isSubset,
  isUniversal,
  type Language,
  subtract,
  unite,
  witness,
} from './language.ts';
import { decide, LanguageTooLarge } from './language-too-large.ts';
import { exactly, segmentPrefix, startingWith } from './literal-language.ts';
import { loadRegexEngine, regexEngine } from './regex-engine.ts';

const RUNS = process.env['LATTICECTL_DEEP'] === '1' ? 10_000 : 300;

/** Short texts of few letters: where two small languages part, they mostly do so on one of these. */
const UNIVERSE = wordsOver('aB/', 5);

/** A language with its members said by someone else. */
interface Known {
  readonly name: string;
  readonly language: () => Language;
  readonly has: (text: string) => boolean;
}

const fold = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

const literal = fc
  .tuple(
    fc.constantFrom('exactly', 'startingWith', 'segmentPrefix'),
    fc.constantFrom('', '/', 'a', '/a', '/aB', '/a/', '/a/B', 'B'),
    fc.boolean(),
  )
  .map(([kind, text, ignoreCase]): Known => {
    const make = { exactly, startingWith, segmentPrefix }[kind as 'exactly'];
    const read = ignoreCase ? fold : (one: string) => one;
    const [own, bare] = [read(text), read(text).replace(/\/+$/, '')];
    const tests: Readonly<Record<string, (asked: string) => boolean>> = {
      exactly: (asked) => asked === own,
      startingWith: (asked) => asked.startsWith(own),
      segmentPrefix: (asked) => bare === '' || asked === bare || asked.startsWith(`${bare}/`),
    };
    return {
      name: `${kind} ${text}${ignoreCase ? ' of any case' : ''}`,
      language: () => make(text, { ignoreCase }),
      has: (asked) => tests[kind]?.(read(asked)) === true,
    };
  });

const pattern = walkedPattern
  .filter(({ source }) => source.length <= 60 && compileRe2(source).kind === 'legal')
  .map(({ source }): Known => {
    const oracle = RE2JS.compile(source);
    return {
      name: source,
      language: () => {
        const result = regexEngine().language(source);
        if (result.kind !== 'language') throw new LanguageTooLarge(source);
        return result.language;
      },
      has: (asked) => oracle.matches(asked),
    };
  });

const known = fc.oneof({ arbitrary: pattern, weight: 2 }, { arbitrary: literal, weight: 1 });

/** What all short texts say of a language; a text that the language itself shows counts as well. */
const check = (what: string, language: Language, has: (text: string) => boolean): void => {
  const shown = witness(language, 'value');
  const texts = shown === undefined ? UNIVERSE : [...UNIVERSE, shown];
  for (const text of texts) {
    if (accepts(language, text) !== has(text)) expect.fail(`${what} on ${JSON.stringify(text)}: ${!has(text)}`);
  }
  if (shown !== undefined && !accepts(language, shown)) expect.fail(`${what} shows ${JSON.stringify(shown)}`);
  expect(isEmpty(language) && texts.some(has), `${what} is empty`).toBe(false);
};

describe('languages of patterns and literals', () => {
  beforeAll(() => loadRegexEngine());

  it(`combine like sets in ${RUNS} random pairs`, { timeout: RUNS * 100 }, () => {
    const seen = { empty: 0, subset: 0, undecided: 0 };
    fc.assert(
      fc.property(known, known, (left, right) => {
        const names = `${left.name} and ${right.name}`;
        const decision = decide(() => {
          const [one, other] = [left.language(), right.language()];
          const both = intersect(one, other);
          check(`both of ${names}`, both, (text) => left.has(text) && right.has(text));
          check(`either of ${names}`, unite(one, other), (text) => left.has(text) || right.has(text));
          check(`all but ${left.name}`, complement(one), (text) => !left.has(text));
          const rest = subtract(one, other);
          check(`${left.name} without ${right.name}`, rest, (text) => left.has(text) && !right.has(text));
          // Relations say the same as the sets that they are about.
          const [inner, disjoint] = [isSubset(one, other), isDisjoint(one, other)];
          expect([names, inner, disjoint]).toEqual([names, isEmpty(rest), isEmpty(both)]);
          expect([names, isSame(one, other)]).toEqual([names, inner && isSubset(other, one)]);
          expect([names, isUniversal(one)]).toEqual([names, isEmpty(complement(one))]);
          if (disjoint) seen.empty += 1;
          if (inner) seen.subset += 1;
        });
        if (decision.kind === 'undecided') seen.undecided += 1;
      }),
      { numRuns: RUNS, seed: 2 },
    );
    // Both answers must have been asked for.
    expect(seen.empty).toBeGreaterThan(RUNS / 20);
    expect(seen.subset).toBeGreaterThan(RUNS / 20);
    expect(seen.undecided).toBeLessThan(RUNS / 20);
  });
});
