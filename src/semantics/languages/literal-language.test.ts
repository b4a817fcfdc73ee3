import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accepts,
  complement,
  finiteWords,
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
import { anything, exactly, nothing, oneOf, segmentPrefix, startingWith } from './literal-language.ts';

/** Every string over an alphabet up to a length. */
function allStrings(letters: string, length: number): readonly string[] {
  const all = [''];
  let last = [''];
  for (let round = 0; round < length; round++) {
    last = last.flatMap((text) => Array.from(letters, (letter) => text + letter));
    all.push(...last);
  }
  return all;
}

const UNIVERSE = allStrings('a/bA', 5);

interface Sample {
  readonly language: Language;
  readonly holds: (text: string) => boolean;
}

const text = fc.string({ unit: fc.constantFrom('a', '/', 'b'), maxLength: 3 });

const leaf: fc.Arbitrary<Sample> = fc.oneof(
  text.map((value) => ({ language: exactly(value), holds: (other: string) => other === value })),
  text.map((value) => ({ language: startingWith(value), holds: (other: string) => other.startsWith(value) })),
  text.map((value) => {
    const stem = value.replace(/\/+$/, '');
    return {
      language: segmentPrefix(value),
      holds: (other: string) => stem === '' || other === stem || other.startsWith(`${stem}/`),
    };
  }),
);

const { sample } = fc.letrec<{ sample: Sample }>((tie) => ({
  sample: fc.oneof(
    { maxDepth: 3 },
    leaf,
    tie('sample').map(({ language, holds }) => ({
      language: complement(language),
      holds: (other: string) => !holds(other),
    })),
    fc.tuple(tie('sample'), tie('sample')).map(([left, right]) => ({
      language: intersect(left.language, right.language),
      holds: (other: string) => left.holds(other) && right.holds(other),
    })),
    fc.tuple(tie('sample'), tie('sample')).map(([left, right]) => ({
      language: unite(left.language, right.language),
      holds: (other: string) => left.holds(other) || right.holds(other),
    })),
    fc.tuple(tie('sample'), tie('sample')).map(([left, right]) => ({
      language: subtract(left.language, right.language),
      holds: (other: string) => left.holds(other) && !right.holds(other),
    })),
  ),
}));

describe('literal languages', () => {
  it('agree with brute force on membership, emptiness and relations', () => {
    fc.assert(
      fc.property(sample, sample, (left, right) => {
        expect(UNIVERSE.filter((word) => accepts(left.language, word) !== left.holds(word))).toEqual([]);
        // Literals here have at most 3 letters, so 5 letters show every class of strings.
        expect(isEmpty(left.language)).toBe(!UNIVERSE.some(left.holds));
        expect(isUniversal(left.language)).toBe(UNIVERSE.every(left.holds));
        expect(isSubset(left.language, right.language)).toBe(UNIVERSE.every((w) => !left.holds(w) || right.holds(w)));
        expect(isDisjoint(left.language, right.language)).toBe(!UNIVERSE.some((w) => left.holds(w) && right.holds(w)));
        expect(isSame(left.language, right.language)).toBe(UNIVERSE.every((w) => left.holds(w) === right.holds(w)));
      }),
      { numRuns: 200 },
    );
  });

  it('give a witness exactly when they hold a path', () => {
    fc.assert(
      fc.property(sample, ({ language, holds }) => {
        const path = witness(language, 'path');
        if (path === undefined) expect(UNIVERSE.some((word) => word.startsWith('/') && holds(word))).toBe(false);
        else {
          expect(path.startsWith('/')).toBe(true);
          expect(holds(path)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('have one form for one meaning', () => {
    expect(isSame(unite(exactly('/a'), startingWith('/a/')), segmentPrefix('/a'))).toBe(true);
    expect(isSame(segmentPrefix('/a/'), segmentPrefix('/a'))).toBe(true);
    expect(isSame(startingWith(''), anything)).toBe(true);
    expect(isSame(subtract(startingWith('/a'), startingWith('/')), nothing)).toBe(true);
  });

  it('fold ASCII letters only where asked', () => {
    const folded = exactly('/Foo', { ignoreCase: true });
    expect(accepts(folded, '/fOO')).toBe(true);
    expect(accepts(folded, '/fo')).toBe(false);
    expect(finiteWords(exactly('aB', { ignoreCase: true }), 4)).toEqual(['AB', 'Ab', 'aB', 'ab']);
    expect(finiteWords(exactly('aBc', { ignoreCase: true }), 4)).toBeUndefined();
    expect(isSubset(exactly('/FOO', { ignoreCase: true }), startingWith('/f', { ignoreCase: true }))).toBe(true);
    expect(accepts(intersect(folded, startingWith('/')), '/FOO')).toBe(true);
  });

  it('list finite languages', () => {
    expect(finiteWords(oneOf(['b', 'a']), 2)).toEqual(['a', 'b']);
    expect(finiteWords(oneOf(['b', 'a']), 1)).toBeUndefined();
    expect(finiteWords(startingWith('a'), 9)).toBeUndefined();
  });

  it('write witnesses that a person would write', () => {
    expect(witness(subtract(startingWith('/foo'), segmentPrefix('/foo')), 'path')).toBe('/foox');
    expect(witness(anything, 'path')).toBe('/');
    expect(witness(exactly('no path'), 'path')).toBeUndefined();
  });
});
