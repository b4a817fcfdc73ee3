import type { RuleList } from './generate.ts';
import { evaluateIstio, isCatchAll, isPresence, listEntries } from './istio-first-match.ts';
import {
  hostOf,
  type IstioMatch,
  type IstioRule,
  type Profile,
  type Request,
  type StringMatch,
  virtualService,
} from './manifests.ts';
import { minimalLatticeRules } from './minimal-rules.ts';
import { printOutcome } from './outcome.ts';
import { fullMatch, listWords, type Word } from './pattern-language.ts';
import { type Dimensions, dimensionsOf, literalsOf, randomFrom, requestsFor } from './requests.ts';

/** The verbs that a match of Gateway API can name. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];

/** An HTTPRoute holds 16 rules, and on Lattice a host has one route with one match per rule. */
const LATTICE_RULES = 16;

interface Written {
  readonly match: IstioMatch;
  readonly rule: IstioRule;
  readonly index: number;
}

const writtenMatches = (list: RuleList): readonly Written[] =>
  list
    .flatMap((rule) => (rule.match ?? [{}]).map((match) => ({ match, rule })))
    .map((one, index) => ({ ...one, index }));

/** Every combination of the values that a list tells apart, for the given paths. */
function* allRequests(paths: readonly string[], { methods, headers, queries }: Dimensions): Generator<Request> {
  const rows = (all: Dimensions['headers']): readonly (readonly (readonly [string, string])[])[] =>
    [...all].reduce<readonly (readonly (readonly [string, string])[])[]>(
      (found, [name, values]) =>
        found.flatMap((row) => values.map((value) => (value === undefined ? row : [...row, [name, value] as const]))),
      [[]],
    );
  const [headerRows, queryRows] = [rows(headers), rows(queries)];
  for (const path of paths) {
    for (const method of methods) {
      for (const row of headerRows) {
        for (const query of queryRows) {
          yield {
            method,
            host: hostOf(0),
            path,
            headers: Object.fromEntries(row),
            query: query.map(([name, value]) => `${name}=${value}`).join('&'),
          };
        }
      }
    }
  }
}

function* chain<T>(...parts: readonly Iterable<T>[]): Generator<T> {
  for (const part of parts) yield* part;
}

/** The condition as words, or undefined where it is neither a few texts nor texts that go on. */
const wordsOf = (condition: StringMatch): readonly Word[] | undefined => {
  if (condition.exact !== undefined) return [{ text: condition.exact, open: false }];
  if (condition.prefix !== undefined) return [{ text: condition.prefix, open: true }];
  return condition.regex === undefined || isPresence(condition) ? undefined : listWords(condition.regex);
};

const outsideLanguage = ({ match }: Written, profile: Profile): readonly string[] => {
  const reasons: string[] = [];
  if (match.uri !== undefined && wordsOf(match.uri) === undefined) {
    reasons.push(`the path ${JSON.stringify(match.uri)} is neither a few paths nor prefixes`);
  }
  const verbs = match.method === undefined ? [] : wordsOf(match.method);
  if (verbs === undefined || verbs.some(({ text, open }) => open || !METHODS.includes(text))) {
    reasons.push(`the method ${JSON.stringify(match.method)} takes other verbs`);
  }
  if (profile === 'standard') return reasons;
  if (match.queryParams !== undefined) reasons.push('a query parameter');
  for (const [name, condition] of [
    ...Object.entries(match.headers ?? {}),
    ...Object.entries(match.withoutHeaders ?? {}),
  ]) {
    const words = wordsOf(condition);
    if (words === undefined || words.some(({ open }) => open)) {
      reasons.push(`a pattern on the header ${name}`);
    }
  }
  return reasons;
};

const accepts = (condition: StringMatch, text: string): boolean => {
  if (isPresence(condition)) return true;
  if (condition.exact !== undefined) return condition.exact === text;
  return condition.prefix === undefined ? fullMatch(condition.regex ?? '', text) : text.startsWith(condition.prefix);
};

/** Each header and query condition, those that exclude among them, by what it tests. */
const conditionsOf = ({
  headers,
  withoutHeaders,
  queryParams,
}: IstioMatch): readonly (readonly [string, StringMatch])[] => [
  ...Object.entries(headers ?? {}).map(([name, condition]) => [`header ${name.toLowerCase()}`, condition] as const),
  ...Object.entries(withoutHeaders ?? {}).map(
    ([name, condition]) => [`header ${name.toLowerCase()}`, condition] as const,
  ),
  ...Object.entries(queryParams ?? {}).map(([name, condition]) => [`query ${name}`, condition] as const),
];

/** A match of Gateway API tests a name once, so two patterns that overlap without nesting cannot stand together. */
const patternsClash = (a: Written, b: Written, dimensions: Dimensions): readonly string[] => {
  const values = [...dimensions.headers.values(), ...dimensions.queries.values()]
    .flat()
    .flatMap((value) => (value === undefined ? [] : [value]));
  return conditionsOf(a.match).flatMap(([name, one]) =>
    conditionsOf(b.match).flatMap(([other, two]) => {
      if (name !== other || one.exact !== undefined || two.exact !== undefined) return [];
      const kinds = values.map((value) => `${accepts(one, value)} ${accepts(two, value)}`);
      const clash = ['true true', 'true false', 'false true'].every((kind) => kinds.includes(kind));
      return clash ? [`two patterns on ${name}`] : [];
    }),
  );
};

/** Prefixes that go on without a slash in one reading and end with a segment in the other. */
const openPrefixes = ({ uri }: IstioMatch): readonly string[] =>
  uri === undefined
    ? []
    : (wordsOf(uri) ?? []).flatMap(({ text, open }) => (open && text !== '' && !text.endsWith('/') ? [text] : []));

const quote = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The list as a target reads it that takes prefixes by whole segments. */
const bySegment = (list: RuleList): RuleList =>
  list.map((rule) =>
    rule.match === undefined
      ? rule
      : {
          ...rule,
          match: rule.match.map((match) => {
            if (openPrefixes(match).length === 0 || match.uri === undefined) return match;
            const words = (wordsOf(match.uri) ?? []).map(({ text, open }) => {
              if (!open) return quote(text);
              return text.endsWith('/') || text === '' ? `${quote(text)}.*` : `${quote(text)}(/.*)?`;
            });
            return { ...match, uri: { regex: `(${words.join('|')})` } };
          }),
        },
  );

/** A path that another rule names and that the reading by segment would route elsewhere. */
const namedPathsMove = (list: RuleList, dimensions: Dimensions): readonly string[] => {
  const written = writtenMatches(list);
  const named = (other: IstioMatch): readonly string[] => (other.uri === undefined ? [] : literalsOf(other.uri));
  const inside = written.flatMap(({ match, index }) =>
    openPrefixes(match).flatMap((prefix) =>
      written
        .filter((other) => other.index !== index)
        .flatMap((other) => named(other.match))
        .filter((path) => path.startsWith(prefix) && /^[^/]/.test(path.slice(prefix.length))),
    ),
  );
  if (inside.length === 0) return [];
  const moved = bySegment(list);
  for (const request of allRequests([...new Set(inside)], dimensions)) {
    const before = printOutcome(evaluateIstio([virtualService(list)], request));
    const after = printOutcome(evaluateIstio([virtualService(moved)], request));
    if (before !== after) return [`${request.path} is named and moves from ${before} to ${after}`];
  }
  return [];
};

const caseClash = (list: RuleList): readonly string[] => {
  const values = writtenMatches(list).flatMap(({ match }) =>
    [...Object.entries(match.headers ?? {}), ...Object.entries(match.withoutHeaders ?? {})].flatMap(
      ([name, condition]) => (wordsOf(condition) ?? []).map(({ text }) => `${name.toLowerCase()}: ${text}`),
    ),
  );
  const lower = new Set([...new Set(values)].map((value) => value.toLowerCase()));
  return lower.size === new Set(values).size ? [] : ['two values of a header differ in letter case only'];
};

/**
 * A request without an answer that no rule of a positive language can leave out: one that has an answer looks like it but
 * for one header, which is not sent, or which no written condition tells apart. A rule that takes the one takes the other.
 */
const needsNotFound = (list: RuleList, dimensions: Dimensions): readonly string[] => {
  const entries = listEntries(virtualService(list));
  // A list without exclusions is a union of rules, and a list that ends in a catch-all answers everything.
  const excludes = entries.some(({ condition }) => condition?.withoutHeaders !== undefined);
  if (!excludes || isCatchAll(entries.at(-1)?.condition)) return [];
  const answers = (request: Request): boolean => evaluateIstio([virtualService(list)], request).kind === 'backends';
  const asked = writtenMatches(list).flatMap(({ match }) => Object.entries(match.headers ?? {}));
  const looksLike = (name: string, value: string, other: string | undefined): boolean =>
    other === undefined ||
    asked.every(
      ([one, condition]) => one.toLowerCase() !== name || !accepts(condition, other) || accepts(condition, value),
    );
  const likely = requestsFor(list, hostOf(0), 4_000, randomFrom(1));
  for (const request of chain(likely, allRequests(dimensions.paths, dimensions))) {
    if (answers(request)) continue;
    for (const [name, value] of Object.entries(request.headers)) {
      const { [name]: _, ...headers } = request.headers;
      const others = (dimensions.headers.get(name) ?? []).filter((other) => looksLike(name, value, other));
      if (
        others.some((other) =>
          answers({ ...request, headers: other === undefined ? headers : { ...headers, [name]: other } }),
        )
      ) {
        return [`${request.method} ${request.path} with ${JSON.stringify(request.headers)} must answer 404`];
      }
    }
  }
  return [];
};

/**
 * Proves a refusal anew, from the specifications alone: why no HTTPRoute of a profile can route like the list.
 * An empty answer means that the refusal was wrong.
 */
export const explainRefusal = (list: RuleList, profile: Profile): readonly string[] => {
  const written = writtenMatches(list);
  const language = written.flatMap((one) => outsideLanguage(one, profile));
  if (language.length > 0) return language;
  const dimensions = dimensionsOf(list);
  const reasons = written.flatMap((one) =>
    written.slice(one.index).flatMap((other) => patternsClash(one, other, dimensions)),
  );
  if (reasons.length > 0) return reasons;
  if (profile === 'lattice' && caseClash(list).length > 0) return caseClash(list);
  const moves = namedPathsMove(list, dimensions);
  if (moves.length > 0) return moves;
  const count = profile === 'lattice' ? minimalLatticeRules(list) : 0;
  if (count > LATTICE_RULES) return [`${count} rules are needed, and a route holds ${LATTICE_RULES}`];
  // Last, since it is a search of all requests where none is to be found.
  return needsNotFound(list, dimensions);
};
