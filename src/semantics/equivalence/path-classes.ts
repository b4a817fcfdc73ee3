import type { PathPredicate } from '../../ir/predicates.ts';
import { isWithin } from '../languages/alphabets.ts';
import type { LiteralLanguage } from '../languages/literal-language.ts';
import { fromMarks } from '../languages/literal-language.ts';
import { isLiteral, type Listed } from './compile-tests.ts';

/**
 * Paths that all literal conditions of two lists treat alike: one path that some condition names, or everything below
 * such a path that no longer one names. The lists hold the entries whose literal path condition is met there.
 */
export interface PathClass {
  readonly key: string;
  /** `at`: the path `key` itself. `below`: longer paths that begin with it. */
  readonly kind: 'at' | 'below';
  readonly left: readonly Listed[];
  readonly right: readonly Listed[];
  readonly language: () => LiteralLanguage;
}

interface Filed {
  /** Entries for this very path. */
  readonly at: [Listed[], Listed[]];
  /** Entries for this path and all longer ones. */
  readonly from: [Listed[], Listed[]];
}

/**
 * Every class that holds a valid path, shorter keys before the longer ones below them.
 *
 * @param isFine tell apart what a string prefix takes by whole segments and what it takes beyond, though no list asks
 */
export function* pathClasses(left: readonly Listed[], right: readonly Listed[], isFine = false): Generator<PathClass> {
  const files = new Map<string, Filed>();
  for (const listed of left) file(files, listed, 0);
  for (const listed of right) file(files, listed, 1);
  open(files, '/');
  if (isFine) for (const listed of [...left, ...right]) openSlash(files, listed.entry.match.path);
  const keys = [...files.keys()].sort();
  const children = childrenOf(keys);
  const stack: { readonly key: string; readonly lists: Lists }[] = [];
  for (const key of keys) {
    while (stack.length > 0 && !key.startsWith(stack.at(-1)?.key ?? '')) stack.pop();
    const { at, from } = open(files, key);
    const above = stack.at(-1)?.lists ?? EMPTY;
    const below: Lists = [merge(above[0], from[0]), merge(above[1], from[1])];
    stack.push({ key, lists: below });
    if (!isWithin('path', key)) continue;
    yield {
      key,
      kind: 'at',
      left: merge(below[0], at[0]),
      right: merge(below[1], at[1]),
      language: () => fromMarks([[key, { at: true, below: false }]]),
    };
    yield {
      key,
      kind: 'below',
      left: below[0],
      right: below[1],
      language: () => fromMarks([[key, BELOW], ...(children.get(key) ?? []).map((child) => [child, NONE] as const)]),
    };
  }
}

type Lists = readonly [readonly Listed[], readonly Listed[]];
const EMPTY: Lists = [[], []];
const BELOW = { at: false, below: true };
const NONE = { at: false, below: false };

function open(files: Map<string, Filed>, key: string): Filed {
  let filed = files.get(key);
  if (filed === undefined) {
    filed = { at: [[], []], from: [[], []] };
    files.set(key, filed);
  }
  return filed;
}

function openSlash(files: Map<string, Filed>, path: PathPredicate): void {
  if (path.kind !== 'prefix' || path.ignoreCase || !path.value.startsWith('/')) return;
  const bare = path.value.replace(/\/+$/, '');
  if (bare !== '') open(files, bare);
  open(files, `${bare}/`);
}

/** A path condition that begins with anything but a slash is met by no request. */
function file(files: Map<string, Filed>, listed: Listed, side: 0 | 1): void {
  const { path } = listed.entry.match;
  if (path.kind === 'any') open(files, '/').from[side].push(listed);
  else if (!isLiteral(path)) open(files, anchorOf(path)).from[side].push(listed);
  else if (path.kind === 'regex' || !path.value.startsWith('/')) return;
  else if (path.kind === 'exact') open(files, path.value).at[side].push(listed);
  else if (path.reading === 'segment') {
    open(files, path.value).at[side].push(listed);
    open(files, `${path.value}/`).from[side].push(listed);
  } else open(files, path.value).from[side].push(listed);
}

/** A text that every path of the condition begins with. */
function anchorOf(path: PathPredicate): string {
  if (path.kind === 'any') return '/';
  const text = path.kind === 'regex' ? literalStart(path.pattern) : (/^[^A-Za-z]*/.exec(path.value)?.[0] ?? '');
  return text.startsWith('/') ? text : '/';
}

/** The plain characters that a pattern begins with, the last one left out, since a repetition may follow it. */
function literalStart(pattern: string): string {
  const start = /^\^?([-\w/%~@:;,=&!']*)/.exec(pattern)?.[1] ?? '';
  return hasOuterChoice(pattern) ? '' : start.slice(0, -1);
}

/** Whether `|` may stand outside of all groups: asked generously, an escape or a class counts as well. */
function hasOuterChoice(pattern: string): boolean {
  let depth = 0;
  for (const character of pattern) {
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === '|' && depth <= 0) return true;
    else if (character === '\\' || character === '[') return pattern.includes('|');
  }
  return false;
}

/** For each key the next longer keys below it; `keys` sorted. */
function childrenOf(keys: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  const stack: string[] = [];
  for (const key of keys) {
    while (stack.length > 0 && !key.startsWith(stack.at(-1) ?? '')) stack.pop();
    const parent = stack.at(-1);
    if (parent !== undefined) {
      const known = children.get(parent);
      if (known === undefined) children.set(parent, [key]);
      else known.push(key);
    }
    stack.push(key);
  }
  return children;
}

/** Two ordered lists as one, up to the first entry that takes everything. */
function merge(above: readonly Listed[], own: readonly Listed[]): readonly Listed[] {
  if (own.length === 0) return above;
  const merged: Listed[] = [];
  let [i, j] = [0, 0];
  while (i < above.length || j < own.length) {
    const [a, b] = [above[i], own[j]];
    const next = b === undefined || (a !== undefined && a.order < b.order) ? a : b;
    if (next === undefined) break;
    if (next === a) i += 1;
    else j += 1;
    merged.push(next);
    if (next.tests.length === 0) break;
  }
  return merged;
}
