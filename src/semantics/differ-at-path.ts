import type { Atom, AtomTests, AtomValue, MatchedRequest } from './atom.ts';
import { pathHas } from './atom-path.ts';
import { type Row, sameOutcome } from './listing.ts';
import { setOwnValue } from './own-value.ts';
import { regexAccepts, regexWord } from './value-regex.ts';

/** A request that two lists decide otherwise, with the rows that take it. */
export interface DecidedOtherwise {
  readonly request: MatchedRequest;
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

type Part = 'method' | 'headers' | 'query';

/** A test of one attribute of the request; `key` names the attribute. */
interface Test {
  readonly key: string;
  readonly part: Part;
  readonly name: string;
  readonly value: AtomValue;
}

/** What is known of a request; undefined = the attribute is absent. */
type Known = ReadonlyMap<string, string | undefined>;

/** More steps than this are not spent on one path; the lists then count as different, so that nothing is silent. */
const MAX_STEPS = 20_000;

const FRESH_METHODS = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT', 'PATCH', 'DELETE', 'PUT', 'POST'];

/**
 * Searches for a request to one path that meets `conditions` and that two lists decide otherwise. Decides one attribute
 * after the other, and only those that a row still waits for, so the work follows the rows and not their combinations.
 */
export function differAtPath(
  path: string,
  conditions: Atom,
  before: readonly Row[],
  after: readonly Row[],
): DecidedOtherwise | undefined {
  const lists = [before, after].map((rows) =>
    rows.filter(({ atom }) => pathHas(atom.path, path)).map((row) => ({ row, tests: testsOf(row.atom) })),
  );
  const [left = [], right = []] = lists;
  const options = optionsOf(
    [...left, ...right].flatMap(({ tests }) => tests),
    testsOf(conditions),
  );
  let steps = 0;
  const search = (known: Known): DecidedOtherwise | undefined => {
    const one = walk(left, known);
    const other = 'open' in one ? one : walk(right, known);
    if (!('open' in one) && !('open' in other)) {
      if (sameOutcome(one.row, other.row)) return undefined;
      return { request: toRequest(path, known, options), before: one.row, after: other.row };
    }
    if (++steps > MAX_STEPS) return { request: toRequest(path, known, options), before: undefined, after: undefined };
    const key = 'open' in one ? one.open : 'open' in other ? other.open : '';
    for (const value of options.get(key)?.values ?? []) {
      const found = search(new Map([...known, [key, value]]));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search(new Map());
}

function testsOf({ method, headers, query }: Atom): readonly Test[] {
  const of = (part: Part, tests: AtomTests): readonly Test[] =>
    tests.map(({ name, value }) => ({ key: `${part} ${name}`, part, name, value }));
  const verb: AtomTests = method === undefined ? [] : [{ name: '', value: { kind: 'exact', value: method } }];
  return [...of('method', verb), ...of('headers', headers), ...of('query', query)];
}

interface Options {
  readonly part: Part;
  readonly name: string;
  /** One value of each kind that the tests tell apart, the plainest first. */
  readonly values: readonly (string | undefined)[];
}

function optionsOf(tests: readonly Test[], conditions: readonly Test[]): ReadonlyMap<string, Options> {
  const options = new Map<string, Options>();
  const all = [...tests, ...conditions];
  for (const { key, part, name } of all) {
    if (options.has(key)) continue;
    const words = new Set(all.filter((test) => test.key === key).map(({ value }) => wordOf(value)));
    const values = [...freshValues(part, words), ...words];
    const asked = conditions.filter((test) => test.key === key);
    options.set(key, {
      part,
      name,
      values: values.filter((value) => asked.every((test) => accepts(test.value, value))),
    });
  }
  return options;
}

function freshValues(part: Part, words: ReadonlySet<string>): readonly (string | undefined)[] {
  if (part === 'method') return FRESH_METHODS.filter((verb) => !words.has(verb)).slice(0, 1);
  let fresh = 'x';
  while (words.has(fresh)) fresh += 'x';
  return [undefined, fresh];
}

function wordOf(value: AtomValue): string {
  return value.kind === 'exact' ? value.value : regexWord(value.value);
}

function accepts(value: AtomValue, text: string | undefined): boolean {
  if (text === undefined) return false;
  return value.kind === 'exact' ? value.value === text : regexAccepts(value.value, text);
}

type Step = { readonly row: Row | undefined } | { readonly open: string };

/** The row that takes the request, or the attribute that has to be known to tell. */
function walk(rows: readonly { readonly row: Row; readonly tests: readonly Test[] }[], known: Known): Step {
  for (const { row, tests } of rows) {
    if (tests.some(({ key, value }) => known.has(key) && !accepts(value, known.get(key)))) continue;
    const open = tests.find(({ key }) => !known.has(key));
    return open === undefined ? { row } : { open: open.key };
  }
  return { row: undefined };
}

/** Attributes that nothing asked for get the plainest value that the conditions allow. */
function toRequest(path: string, known: Known, options: ReadonlyMap<string, Options>): MatchedRequest {
  const headers: Record<string, string> = {};
  const query: Record<string, string> = {};
  let method = 'GET';
  for (const [key, { part, name, values }] of options) {
    const value = known.has(key) ? known.get(key) : values[0];
    if (value === undefined) continue;
    if (part === 'method') method = value;
    else setOwnValue(part === 'headers' ? headers : query, name, value);
  }
  return { method, path, headers, query };
}
