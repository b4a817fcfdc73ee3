import type { RuleList } from './generate.ts';
import { isPresence } from './istio-first-match.ts';
import type { IstioMatch, Request, StringMatch } from './manifests.ts';
import { listWords } from './pattern-language.ts';

/** All values worth asking for in each part of a request; every list of rules treats other values like one of these. */
export interface Dimensions {
  readonly paths: readonly string[];
  readonly methods: readonly string[];
  /** By lower-case name; undefined = the header is not sent. */
  readonly headers: ReadonlyMap<string, readonly (string | undefined)[]>;
  /** By name as written; undefined = the parameter is not sent. */
  readonly queries: ReadonlyMap<string, readonly (string | undefined)[]>;
}

const FRESH = 'zzz';

/** A small generator of numbers in [0, 1) that gives the same row for the same seed. */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const matchesOf = (list: RuleList): readonly IstioMatch[] => list.flatMap(({ match }) => match ?? []);

/** The literals of a condition: what it names, and the words of a small expression. */
export const literalsOf = (condition: StringMatch): readonly string[] => {
  if (condition.exact !== undefined) return [condition.exact];
  if (condition.prefix !== undefined) return [condition.prefix];
  if (isPresence(condition) || condition.regex === undefined) return [];
  return listWords(condition.regex)?.map(({ text }) => text) ?? [];
};

const swapCase = (text: string): string => (text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase());

const around = (literal: string): readonly string[] => {
  const path = literal.startsWith('/') ? literal : `/${literal}`;
  const bare = path.replace(/\/+$/, '');
  const parent = bare.replace(/\/[^/]*$/, '');
  return [path, bare, `${bare}/`, `${bare}/x`, `${bare}x`, `${bare}x/y`, `${bare}//x`, parent, swapCase(bare)].map(
    (one) => (one.startsWith('/') ? one : `/${one}`),
  );
};

/** Values that tell the conditions apart; for a pattern also values that only it takes. */
const valuesOf = (conditions: readonly StringMatch[]): readonly (string | undefined)[] => {
  const literals = conditions.flatMap(literalsOf);
  const open = conditions.some(({ exact }) => exact === undefined);
  const longer = open ? literals.flatMap((literal) => [`${literal}x`, `x${literal}`, `${literal}a`]) : [];
  return [
    ...new Set([undefined, '', FRESH, ...literals, ...literals.map(swapCase), ...longer, ...(open ? ['va', 'a'] : [])]),
  ];
};

/** What the conditions of a list distinguish, part by part. */
export const dimensionsOf = (list: RuleList): Dimensions => {
  const matches = matchesOf(list);
  const collect = (
    maps: readonly (Readonly<Record<string, StringMatch>> | undefined)[],
    nameOf: (name: string) => string,
  ): ReadonlyMap<string, readonly (string | undefined)[]> => {
    const conditions = new Map<string, StringMatch[]>();
    for (const map of maps) {
      for (const [name, condition] of Object.entries(map ?? {})) {
        conditions.set(nameOf(name), [...(conditions.get(nameOf(name)) ?? []), condition]);
      }
    }
    return new Map([...conditions].map(([name, found]) => [name, valuesOf(found)]));
  };
  const paths = matches.flatMap(({ uri }) => (uri === undefined ? [] : literalsOf(uri).flatMap(around)));
  const methods = matches.flatMap(({ method }) => (method === undefined ? [] : literalsOf(method)));
  return {
    paths: [...new Set(['/', `/${FRESH}`, ...paths])],
    methods: [...new Set(['GET', 'HEAD', ...methods, 'PROPFIND'])],
    headers: collect(
      matches.flatMap(({ headers, withoutHeaders }) => [headers, withoutHeaders]),
      (name) => name.toLowerCase(),
    ),
    queries: collect(
      matches.map(({ queryParams }) => queryParams),
      (name) => name,
    ),
  };
};

const printQuery = (values: ReadonlyMap<string, string>): string =>
  [...values].map(([name, value]) => `${name}=${value}`).join('&');

/**
 * Requests for one list: every boundary path as a plain GET; then, drawn by `random`, requests that meet one written match,
 * two at once, or nothing in particular, each with a part moved to another boundary value now and then.
 */
export const requestsFor = (list: RuleList, host: string, count: number, random: () => number): readonly Request[] => {
  const dimensions = dimensionsOf(list);
  const matches = matchesOf(list);
  const choose = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)];
  const choosePath = (uri: StringMatch | undefined): string => {
    const literal = uri === undefined || random() < 0.2 ? undefined : choose(literalsOf(uri));
    return (literal === undefined ? choose(dimensions.paths) : choose(around(literal))) ?? '/';
  };
  const chooseValues = (
    all: Dimensions['headers'],
    wanted: Readonly<Record<string, StringMatch>>,
    nameOf: (name: string) => string,
  ): ReadonlyMap<string, string> => {
    const values = new Map<string, string>();
    for (const [name, options] of all) {
      const value = random() < 0.4 ? undefined : choose(options);
      if (value !== undefined) values.set(name, value);
    }
    for (const [name, condition] of Object.entries(wanted)) {
      const literal = choose(literalsOf(condition));
      if (literal !== undefined && random() < 0.85) values.set(nameOf(name), literal);
    }
    return values;
  };
  const draw = (): Request => {
    const seed = random() < 0.75 ? choose(matches) : undefined;
    const second = random() < 0.5 ? choose(matches) : undefined;
    const [path = seed, method = seed] = [choose([seed, second]), choose([seed, second])];
    const headers = { ...second?.headers, ...seed?.headers, ...(random() < 0.5 ? seed?.withoutHeaders : {}) };
    const verb = method?.method === undefined ? undefined : choose(literalsOf(method.method));
    return {
      method: (random() < 0.8 ? verb : undefined) ?? choose(dimensions.methods) ?? 'GET',
      host,
      path: choosePath(path?.uri),
      query: printQuery(
        chooseValues(dimensions.queries, { ...second?.queryParams, ...seed?.queryParams }, (name) => name),
      ),
      headers: Object.fromEntries(chooseValues(dimensions.headers, headers, (name) => name.toLowerCase())),
    };
  };
  const boundaries = dimensions.paths.map((path): Request => ({ method: 'GET', host, path, query: '', headers: {} }));
  return [...boundaries, ...Array.from({ length: Math.max(count - boundaries.length, count / 2) }, draw)];
};
