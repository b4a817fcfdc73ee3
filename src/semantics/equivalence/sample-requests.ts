import type { Match } from '../../ir/model.ts';
import type { PathPredicate, StringPredicate } from '../../ir/predicates.ts';
import type { RoutingRequest } from '../evaluate.ts';
import { isWithin } from '../languages/alphabets.ts';
import type { Listed } from './compile-tests.ts';

/** Requests that are tried where a proof gave up. */
const SAMPLES = 1_000;

/**
 * Requests near the conditions of some entries, with one of the Host headers that lead to them: each begins as what one entry asks for and is then changed in places.
 * The same seed gives the same requests.
 */
export function* sampleRequests(
  entries: readonly Listed[],
  {
    seed,
    host,
    authorities,
  }: { readonly seed: number; readonly host: string; readonly authorities: readonly string[] },
): Generator<RoutingRequest> {
  if (entries.length === 0) return;
  const random = randomFrom(seed);
  const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)];
  const paths = distinct(entries.flatMap(({ entry }) => pathsNear(entry.match.path))).filter((one) =>
    isWithin('path', one),
  );
  for (let count = 0; count < SAMPLES; count++) {
    const [own, other] = [pick(entries)?.entry.match, pick(entries)?.entry.match];
    if (own === undefined || other === undefined) return;
    const path = random() < 0.5 ? pick(pathsNear(own.path).filter((one) => isWithin('path', one))) : pick(paths);
    const method = pick(wordsOf(random() < 0.7 ? own.method : other.method)) || 'GET';
    const authority = pick(authorities);
    const request = { host, method, path: path ?? '/', ...attributesOf(own, other, random, pick) };
    yield authority === undefined || authority === host ? request : { ...request, authority };
  }
}

function attributesOf(
  own: Match,
  other: Match,
  random: () => number,
  pick: (all: readonly string[]) => string | undefined,
): Pick<RoutingRequest, 'headers' | 'query'> {
  const read = (part: 'headers' | 'query') => {
    const values = new Map<string, string>();
    for (const { name, value, absent } of [...other[part], ...own[part]]) {
      // The Host header stands apart: it is one of those that lead to this host.
      if (name === 'host' && part === 'headers') continue;
      if (absent && random() < 0.5) continue;
      const word = value.kind === 'none' ? 'x' : pick(wordsOf(value));
      if (word !== undefined && random() < 0.9) values.set(name, word);
    }
    return Object.fromEntries(values);
  };
  return { headers: read('headers'), query: read('query') };
}

function pathsNear(path: PathPredicate): readonly string[] {
  if (path.kind === 'any') return ['/', '/x'];
  const stems = path.kind === 'regex' ? wordsLike(path.pattern) : [path.value];
  return stems.flatMap((stem) => [stem, `${stem}/`, `${stem}/x`, `${stem}x`, stem.slice(0, -1)]);
}

function wordsOf(predicate: StringPredicate): readonly string[] {
  switch (predicate.kind) {
    case 'any':
      return ['GET', 'x'];
    case 'exact':
    case 'prefix':
      return [predicate.value, `${predicate.value}x`, predicate.value.toUpperCase()];
    case 'regex':
      return wordsLike(predicate.pattern);
    case 'not':
      return [...wordsOf(predicate.of), 'x'];
    case 'all':
      return predicate.of.flatMap(wordsOf);
  }
}

/** Texts with the shape of a pattern: its operators taken away, in a few ways. */
function wordsLike(pattern: string): readonly string[] {
  const bare = pattern.replace(/^\^|\$$/g, '').replace(/\(\?[a-zA-Z:]*/g, '(');
  const any = bare.replace(/\[\^?[^\]]*\]|\\[dws]|\./g, 'a').replace(/\{\d+(,\d*)?\}|[*+?]/g, '');
  return any
    .split('|')
    .flatMap((one) => [one.replace(/[()\\]/g, ''), `${one.replace(/[()\\]/g, '')}aaaa`])
    .concat(any.replace(/\|[^)]*\)/g, ')').replace(/[()\\]/g, ''));
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

/** Mulberry32: small, and the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
