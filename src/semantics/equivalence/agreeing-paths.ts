import type { PathRewrite } from '../../ir/actions.ts';
import { assertNever } from '../../ir/assert-never.ts';
import { intersect, type Language, unite } from '../languages/language.ts';
import { LanguageTooLarge } from '../languages/language-too-large.ts';
import { anything, exactly, nothing, startingWith } from '../languages/literal-language.ts';
import { quoteRe2 } from '../languages/quote-re2.ts';
import { regexEngine } from '../languages/regex-engine.ts';

/** A change that is not a substitution by pattern. */
export type PlainChange = Exclude<PathRewrite, { kind: 'regex' }> | undefined;

/** What a change does to the paths of a language: `put` in place of the first `skip` characters, or one text for all. */
type Piece =
  | { readonly paths: Language; readonly skip: number; readonly put: string }
  | { readonly paths: Language; readonly whole: string };

/**
 * The paths that two changes turn into the same, out of those that are longer than `key` and begin with it. Changes of a
 * prefix that the key contains need no automaton; a prefix compared without letter case, or under a pattern, does.
 * Throws LanguageTooLarge.
 */
export function agreeingPaths(left: PlainChange, right: PlainChange, key: string): Language {
  const others = piecesOf(right, key);
  const agreeing = piecesOf(left, key).flatMap((one) =>
    others.map((other) => intersect(intersect(one.paths, other.paths), agree(one, other, key))),
  );
  return agreeing.reduce(unite);
}

function piecesOf(change: PlainChange, key: string): readonly Piece[] {
  if (change === undefined) return [{ paths: anything, skip: 0, put: '' }];
  switch (change.kind) {
    case 'full':
      return [{ paths: anything, whole: change.path }];
    case 'prefix': {
      const { from, to, reading } = change;
      if (reading === 'string') return [{ paths: anything, skip: from.length, put: to }];
      // What follows whole segments brings its slash along; where nothing follows, the replacement keeps its own.
      const [skip, put] = [from.replace(/\/+$/, '').length, to.replace(/\/+$/, '')];
      const whole = to === '' ? '/' : to;
      if (whole === put || skip <= key.length) return [{ paths: anything, skip, put }];
      return [
        { paths: pattern(skip, ''), whole },
        { paths: pattern(skip, '', '.+'), skip, put },
      ];
    }
    default:
      return assertNever(change);
  }
}

function agree(one: Piece, other: Piece, key: string): Language {
  if ('whole' in one && 'whole' in other) return one.whole === other.whole ? anything : nothing;
  if ('whole' in one) return agree(other, one, key);
  const { skip, put } = one;
  if ('whole' in other) {
    if (!other.whole.startsWith(put)) return nothing;
    const rest = other.whole.slice(put.length);
    return skip <= key.length ? exactly(key.slice(0, skip) + rest) : pattern(skip, rest);
  }
  if (skip > other.skip) return agree(other, one, key);
  // What the longer prefix drops must be what its replacement has more.
  if (!other.put.startsWith(put) || other.put.length - put.length !== other.skip - skip) return nothing;
  const middle = other.put.slice(put.length);
  if (middle === '') return anything;
  return skip <= key.length ? startingWith(key.slice(0, skip) + middle) : pattern(skip, middle, '.*');
}

/** Any `skip` characters, a text, and what may follow it. */
function pattern(skip: number, text: string, rest = ''): Language {
  const built = regexEngine().language(`(?s).{${skip}}${quoteRe2(text)}${rest}`);
  // A prefix of more than a thousand characters is more than RE2 repeats.
  if (built.kind !== 'language') throw new LanguageTooLarge(`a prefix of ${skip} characters is too long to follow`);
  return built.language;
}
