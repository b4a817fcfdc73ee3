import { assertNever } from '../ir/assert-never.ts';
import type { PathPredicate } from '../ir/predicates.ts';
import { type AtomPath, EVERY_PATH } from './atom-path.ts';
import { decomposeIgnoreCase } from './languages/decompose-ignore-case.ts';
import type { PathDecomposition } from './languages/decompose-path.ts';
import type { PathPart } from './languages/path-parts.ts';
import { regexEngine } from './languages/regex-engine.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A path predicate as sets of a vocabulary. */
export type LoweredPath =
  | {
      readonly kind: 'paths';
      readonly plus: readonly AtomPath[];
      readonly minus: readonly { readonly path: AtomPath; readonly slash: boolean }[];
      /** String prefixes that the target may read by segment. */
      readonly bySegment: readonly string[];
    }
  | { readonly kind: 'illegal'; readonly message: string }
  | { readonly kind: 'not-expressible'; readonly why: string };

/** Path texts that a request or a Gateway API match can hold: absolute, without empty or dot segments. */
const VALID_PATH = /^\/(?!\/)(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})*$/;
const INVALID_PART = /\/\/|\/\.\.?\/|\/\.\.?$|%2[fF]/;

/** Turns a path predicate into exact paths and prefixes, proved by language and not by the shape of a pattern. */
export function lowerPath(path: PathPredicate, vocabulary: Vocabulary): LoweredPath {
  switch (path.kind) {
    case 'any':
      return { kind: 'paths', plus: [EVERY_PATH], minus: [], bySegment: [] };
    case 'exact':
      return lowerSpellings(path, vocabulary, (value) => ({ kind: 'exact', value }));
    case 'prefix': {
      // A prefix that Lattice reads already stays as it is there; elsewhere it is taken by segment.
      const isLattice = path.reading === 'lattice';
      const asItIs = isLattice && vocabulary.prefixes !== 'segment';
      const reading = path.reading === 'segment' || (isLattice && !asItIs) ? 'segment' : 'string';
      const value = reading === 'segment' ? path.value.replace(/\/+$/, '') : path.value;
      return lowerSpellings({ ...path, value }, vocabulary, (value) => ({ kind: 'prefix', value, reading }), asItIs);
    }
    case 'regex':
      return lowerParts(regexEngine().decomposePath(path.pattern), vocabulary);
    default:
      return assertNever(path);
  }
}

/** A literal as it stands, or all its spellings where letter case does not count. */
function lowerSpellings(
  path: { readonly value: string; readonly ignoreCase: boolean },
  vocabulary: Vocabulary,
  toPart: (value: string) => PathPart,
  asTargetReads = false,
): LoweredPath {
  if (path.ignoreCase && vocabulary.foldsPaths) {
    const parts = lowerParts({ kind: 'parts', plus: [toPart(path.value)], minus: [] }, vocabulary, asTargetReads);
    return parts.kind === 'paths' ? inAnyCase(parts) : parts;
  }
  const spellings = path.ignoreCase ? decomposeIgnoreCase(path.value) : [path.value];
  if (spellings === undefined) {
    return { kind: 'not-expressible', why: 'it ignores letter case, and has too many spellings to list' };
  }
  return lowerParts({ kind: 'parts', plus: spellings.map(toPart), minus: [] }, vocabulary, asTargetReads);
}

function inAnyCase({ plus, minus, ...rest }: Extract<LoweredPath, { kind: 'paths' }>): LoweredPath {
  const fold = (path: AtomPath): AtomPath =>
    path.kind === 'any' || !/[A-Za-z]/.test(path.value) ? path : { ...path, fold: true };
  return { ...rest, plus: plus.map(fold), minus: minus.map(({ path, slash }) => ({ path: fold(path), slash })) };
}

function lowerParts(parts: PathDecomposition, vocabulary: Vocabulary, asTargetReads = false): LoweredPath {
  switch (parts.kind) {
    case 'empty':
      return { kind: 'paths', plus: [], minus: [], bySegment: [] };
    case 'illegal':
      return parts;
    case 'not-expressible':
      return parts;
    case 'undecided':
      return { kind: 'not-expressible', why: parts.reason };
    case 'parts':
      break;
    default:
      return assertNever(parts);
  }
  const plus: AtomPath[] = [];
  const minus: { path: AtomPath; slash: boolean }[] = [];
  const bySegment: string[] = [];
  for (const part of parts.plus) {
    const problem = invalidText(part);
    if (problem === 'dead') continue;
    if (problem !== undefined) return { kind: 'not-expressible', why: problem };
    const said = asTargetReads ? { plus: sayPart(part, 'string').plus } : sayPart(part, vocabulary.prefixes);
    plus.push(...said.plus);
    if (said.slash !== undefined) minus.push({ path: said.slash, slash: true });
    if (said.bySegment !== undefined) bySegment.push(said.bySegment);
  }
  for (const part of parts.minus) {
    const said = sayPart(part, vocabulary.prefixes);
    if (said.slash !== undefined || said.bySegment !== undefined) {
      return {
        kind: 'not-expressible',
        why: `it leaves out every path that starts with ${said.bySegment ?? `${said.slash?.value}/`}`,
      };
    }
    minus.push(...said.plus.map((path) => ({ path, slash: false })));
  }
  const why = firstRefused(plus, vocabulary) ?? firstRefused(minus, vocabulary);
  return why === undefined ? { kind: 'paths', plus, minus, bySegment } : { kind: 'not-expressible', why };
}

function firstRefused(
  paths: readonly (AtomPath | { readonly path: AtomPath })[],
  vocabulary: Vocabulary,
): string | undefined {
  for (const one of paths) {
    const why = refusedText('path' in one ? one.path : one, vocabulary);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** Why a path has no place in a match of the target, as it would be written there. */
function refusedText(path: AtomPath, { maxPathLength, pathForm }: Vocabulary): string | undefined {
  if (path.kind === 'any') return undefined;
  const { value } = path;
  if (value.length > maxPathLength)
    return `the path is ${value.length} characters long, the target takes ${maxPathLength}`;
  if (pathForm.test(value)) return undefined;
  const strange = [...new Set(value)].filter((character) => !pathForm.test(`/${character}`));
  return `the target takes no ${strange.join(' ')} in a path, as in ${value}`;
}

interface SaidPart {
  readonly plus: readonly AtomPath[];
  /** The path that the target takes along and the source does not. */
  readonly slash?: Extract<AtomPath, { kind: 'exact' }>;
  /** The string prefix of which the target may take whole segments only. */
  readonly bySegment?: string;
}

/**
 * One part in the words of a target. `/p/` as a prefix is `/p` by segment without `/p` itself; a
 * target of unknown reading gets `/p/` with `/p` decided above it, and the segment prefix `/p` as
 * the path `/p` and the prefix `/p/`, which is right under both readings.
 */
function sayPart(part: PathPart, prefixes: Vocabulary['prefixes']): SaidPart {
  if (part.kind === 'any') return { plus: [EVERY_PATH] };
  if (part.kind === 'exact') return { plus: [part] };
  const { value } = part;
  if (part.reading === 'segment') {
    if (prefixes === 'segment') return { plus: [{ kind: 'segment', value }] };
    return {
      plus: [
        { kind: 'exact', value },
        { kind: 'string', value: `${value}/` },
      ],
    };
  }
  if (prefixes === 'string') return { plus: [{ kind: 'string', value }] };
  if (!value.endsWith('/')) return { plus: [{ kind: 'string', value }], bySegment: value };
  const bare = value.replace(/\/+$/, '');
  const slash = { kind: 'exact', value: bare } as const;
  if (prefixes === 'unknown') return { plus: [{ kind: 'string', value }], slash };
  return { plus: [{ kind: 'segment', value: bare }], slash };
}

/** `dead` where no request has such a path. */
function invalidText(part: PathPart): 'dead' | string | undefined {
  if (part.kind === 'any') return undefined;
  // A path is matched without its query and fragment.
  if (!part.value.startsWith('/') || /[?#]/.test(part.value)) return 'dead';
  if (part.kind === 'exact' && part.value === '/') return undefined;
  const hole = INVALID_PART.exec(part.value)?.[0];
  if (hole !== undefined) return `the target takes no path with ${JSON.stringify(hole)}`;
  return VALID_PATH.test(part.value) ? undefined : 'the path has a character that the target does not take';
}
