import type { Match, Rule, VirtualHost } from '../ir/model.ts';
import type { AttributeTest, PathPredicate, StringPredicate } from '../ir/predicates.ts';
import { compile, type Entry } from './decision-list.ts';
import { matches, type RoutingRequest } from './evaluate.ts';
import { regexWord } from './value-regex.ts';
import { hostNameOf } from './witness.ts';

/** A text that no rule names. */
const FRESH = 'zz-other';

/**
 * The rules of a host for which no request was found in a few tries: most lists have none, and asking this is far
 * cheaper than a proof. The regex engine must be loaded where the host has patterns.
 */
export function findReachCandidates(host: VirtualHost): readonly Rule[] {
  if (host.rules.length < 2) return NO_RULES;
  const entries = compile(host);
  const list = entries.length > SHORT ? new EntryList(entries) : { decide: firstOf(entries) };
  const name = hostNameOf(host);
  const [first] = entries;
  // Nothing stands above the first entry.
  return host.rules.filter((rule) => rule !== first?.rule && !isReached(rule, name, list));
}

const NO_RULES: readonly Rule[] = [];
/** Up to this length a list is read through sooner than it is filed. */
const SHORT = 16;

function firstOf(entries: readonly Entry[]): EntryList['decide'] {
  return (request) => entries.find(({ match }) => matches(match, request));
}

/** Whether one of a few requests is taken by the rule; true as well where nobody can evaluate its conditions. */
function isReached(rule: Rule, host: string, list: Pick<EntryList, 'decide'>): boolean {
  for (const match of rule.matches) {
    if (match.opaque.length > 0) return true;
    const sample = sampleOf(match, host);
    if (sample === undefined) continue;
    const { authority, method, headers, query } = sample;
    const takes = (path: string) => list.decide({ host, authority, method, path, headers, query })?.rule === rule;
    if (pathsOf(match.path).some(takes)) return true;
  }
  return false;
}

/** Entries in their order, those with an exact path by it. */
class EntryList {
  readonly #exact = new Map<string, (readonly [number, Entry])[]>();
  readonly #others: (readonly [number, Entry])[] = [];

  constructor(entries: readonly Entry[]) {
    for (const [order, entry] of entries.entries()) {
      const { path } = entry.match;
      if (path.kind !== 'exact' || path.ignoreCase) {
        this.#others.push([order, entry]);
        continue;
      }
      const known = this.#exact.get(path.value);
      if (known === undefined) this.#exact.set(path.value, [[order, entry]]);
      else known.push([order, entry]);
    }
  }

  decide(request: RoutingRequest): Entry | undefined {
    const own = this.#exact.get(request.path)?.find(([, { match }]) => matches(match, request));
    const other = this.#others.find(
      ([order, { match }]) => (own === undefined || order < own[0]) && matches(match, request),
    );
    return (other ?? own)?.[1];
  }
}

/** Requests that meet a match and as little else as can be told at a glance: all of one kind, on several paths. */
function sampleOf(match: Match, host: string): Required<Omit<RoutingRequest, 'path'>> | undefined {
  const headers = attributesOf(match.headers);
  const query = attributesOf(match.query);
  const method = wordOf(match.method);
  const authority = match.authority.kind === 'any' ? host : wordOf(match.authority);
  if (headers === undefined || query === undefined || method === undefined || authority === undefined) return undefined;
  return { host, authority, method, headers, query };
}

const ANY_PATHS = [`/${FRESH}`, '/'];

function pathsOf(path: PathPredicate): readonly string[] {
  switch (path.kind) {
    case 'any':
      return ANY_PATHS;
    case 'exact':
      return [path.value];
    case 'prefix':
      return [`${path.value}${path.value.endsWith('/') ? '' : '/'}${FRESH}`, path.value, `${path.value}${FRESH}`];
    case 'regex': {
      const word = regexWord(path.pattern);
      return word.startsWith('/') ? [word] : [];
    }
  }
}

const NO_VALUES: Readonly<Record<string, string>> = {};

/** Values for tests, absence where it passes; undefined where one is not found at a glance. */
function attributesOf(tests: readonly AttributeTest[]): Readonly<Record<string, string>> | undefined {
  if (tests.length === 0) return NO_VALUES;
  const values = new Map<string, string>();
  for (const { name, absent, value } of tests) {
    if (absent) continue;
    const word = value.kind === 'none' ? undefined : wordOf(value);
    if (word === undefined) return undefined;
    values.set(name, word);
  }
  return Object.fromEntries(values);
}

function wordOf(predicate: StringPredicate): string | undefined {
  switch (predicate.kind) {
    case 'any':
      return FRESH;
    case 'exact':
      return predicate.value;
    case 'prefix':
      return `${predicate.value}${FRESH}`;
    case 'regex':
      return regexWord(predicate.pattern);
    case 'not':
    case 'all':
      return undefined;
  }
}
