import { re2Language } from './compile-re2.ts';
import { decide } from './language-too-large.ts';
import { literalForm, sameWithin } from './literal-form.ts';
import {
  combineLiterals,
  exactly,
  type LiteralLanguage,
  nothing,
  segmentPrefix,
  startingWith,
} from './literal-language.ts';
import { type PathPart, pathParts } from './path-parts.ts';

/**
 * A path pattern as a region: the union of `plus` without the union of `minus`, on valid request paths.
 * `not-expressible` gives a path inside and one outside where the pattern itself is the obstacle.
 */
export type PathDecomposition =
  | { readonly kind: 'parts'; readonly plus: readonly PathPart[]; readonly minus: readonly PathPart[] }
  /** No valid path matches. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-expressible'; readonly why: string; readonly witnesses: readonly string[] }
  | { readonly kind: 'illegal'; readonly message: string }
  | { readonly kind: 'undecided'; readonly reason: string };

/**
 * Rewrites an RE2 path pattern (full match) as exact paths and prefixes, decided by its language and not by its shape.
 * `limit` bounds the number of parts. The result is proved equal to the pattern before it is given.
 */
export function decomposePath(pattern: string, limit = 64): PathDecomposition {
  const compiled = re2Language(pattern);
  if (compiled.kind !== 'language') return compiled;
  const { language } = compiled;
  const answer = decide((): PathDecomposition => {
    const form = literalForm(language, 'path', limit);
    if (form.kind === 'too-many') {
      return { kind: 'not-expressible', why: `it stands for more than ${limit} paths and prefixes`, witnesses: [] };
    }
    if (form.kind === 'open') {
      const why = `after ${form.before} it repeats a part that is neither a fixed text nor everything`;
      return { kind: 'not-expressible', why, witnesses: form.witnesses };
    }
    const parts = pathParts(form.language);
    if (parts === undefined) {
      return { kind: 'not-expressible', why: 'it takes back paths inside a part that it leaves out', witnesses: [] };
    }
    if (parts.plus.length === 0) return { kind: 'empty' };
    if (!sameWithin('path', regionOf(parts.plus, parts.minus), language)) {
      throw new Error(`internal: wrong decomposition of the path pattern ${pattern}`);
    }
    return { kind: 'parts', ...parts };
  });
  return answer.kind === 'decided' ? answer.value : answer;
}

/** The language of a region given by its parts. */
export function regionOf(plus: readonly PathPart[], minus: readonly PathPart[]): LiteralLanguage {
  return merge(plus.reduce(unite, nothing), minus.reduce(unite, nothing), (inPlus, inMinus) => inPlus && !inMinus);
}

function unite(region: LiteralLanguage, part: PathPart): LiteralLanguage {
  return merge(region, partLanguage(part), (left, right) => left || right);
}

function partLanguage(part: PathPart): LiteralLanguage {
  switch (part.kind) {
    case 'any':
      return startingWith('/');
    case 'exact':
      return exactly(part.value);
    case 'prefix':
      return part.reading === 'segment' ? segmentPrefix(part.value) : startingWith(part.value);
  }
}

function merge(
  left: LiteralLanguage,
  right: LiteralLanguage,
  rule: (l: boolean, r: boolean) => boolean,
): LiteralLanguage {
  const merged = combineLiterals(left, right, rule);
  if (merged === undefined) throw new Error('internal: parts of a path differ in how they read letter case');
  return merged;
}
