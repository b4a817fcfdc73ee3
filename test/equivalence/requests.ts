import { rewritten } from './evaluate.ts';
import {
  type Action,
  ANY,
  type Condition,
  type Fields,
  type FieldTest,
  type List,
  type Pair,
  type Request,
  type Rewrite,
} from './lists.ts';
import {
  type Answers,
  AUTHORITIES,
  answersOnAuthorities,
  answersOnMethods,
  answersOnPaths,
  answersOnValues,
  METHODS,
  oneOfEach,
  PATHS,
  VALUES,
} from './universe.ts';

/** The values of each part of a request of which every other value is a like, for one pair of lists. */
export interface Space {
  readonly paths: readonly string[];
  readonly methods: readonly string[];
  readonly authorities: readonly string[];
  readonly headers: ReadonlyMap<string, readonly (string | undefined)[]>;
  readonly query: ReadonlyMap<string, readonly (string | undefined)[]>;
  /** The sets of conditions that may hold. */
  readonly conditions: readonly (readonly string[])[];
}

const subsetsOf = (names: readonly string[]): readonly (readonly string[])[] =>
  names.reduce<readonly (readonly string[])[]>((sets, name) => sets.flatMap((set) => [set, [...set, name]]), [[]]);

const rewriteOf = (action: Action): Rewrite | undefined =>
  action.kind === 'forward' ? action.rewrite : action.kind === 'redirect' ? action.path : undefined;

const rewritesOf = (list: List): readonly (Rewrite | undefined)[] => [
  ...new Map(
    list.rules.map(({ action }) => rewriteOf(action)).map((rewrite) => [JSON.stringify(rewrite), rewrite] as const),
  ).values(),
];

const results = new Map<string, readonly string[]>();

const resultsOf = (rewrite: Rewrite | undefined): readonly string[] => {
  if (rewrite === undefined) return PATHS;
  const key = JSON.stringify(rewrite);
  const found = results.get(key) ?? PATHS.map((path) => rewritten(rewrite, path));
  results.set(key, found);
  return found;
};

/** Where two rewrites give the same: they may agree on one path and differ on the next that meets the same rules. */
const agreements = ({ left, right }: Pair): readonly Answers[] =>
  rewritesOf(left).flatMap((one) =>
    rewritesOf(right)
      .filter((other) => other !== one)
      .map((other) => {
        const [ours, theirs] = [resultsOf(one), resultsOf(other)];
        return Uint8Array.from(ours, (path, index) => (path === theirs[index] ? 1 : 0));
      }),
  );

const fieldValues = (all: readonly Fields[], which: 'first' | 'last'): Space['headers'] => {
  const tests = new Map<string, FieldTest[]>();
  for (const fields of all) {
    for (const [name, test] of Object.entries(fields)) tests.set(name, [...(tests.get(name) ?? []), test]);
  }
  return new Map([...tests].map(([name, found]) => [name, oneOfEach(VALUES, found.map(answersOnValues), which)]));
};

/** What the conditions and rewrites of both lists can tell apart, each with the smallest value, or with the largest. */
export const spaceOf = (pair: Pair, which: 'first' | 'last' = 'first'): Space => {
  const conditions: readonly Condition[] = [pair.left, pair.right].flatMap(({ rules }) =>
    rules.flatMap((rule) => rule.conditions),
  );
  const paths = conditions.map(({ path }) => path);
  const methods = conditions.map(({ method }) => method);
  // The Host header stands apart from the others, under whichever name a condition asks for it.
  const headers = conditions.map(({ headers: { host, ...others } }) => others);
  const authorities = conditions.flatMap(({ authority, headers: { host } }) => [authority, host?.value ?? ANY]);
  return {
    paths: oneOfEach(PATHS, [...paths.map(answersOnPaths), ...agreements(pair)], which),
    methods: oneOfEach(METHODS, methods.map(answersOnMethods), which),
    authorities: oneOfEach(AUTHORITIES, authorities.map(answersOnAuthorities), which),
    headers: fieldValues(headers, which),
    query: fieldValues(
      conditions.map(({ query }) => query),
      which,
    ),
    conditions: subsetsOf([...new Set(conditions.flatMap(({ opaque }) => opaque ?? []))]),
  };
};

/** How many requests a space holds. */
export const sizeOf = ({ paths, methods, authorities, headers, query, conditions }: Space): number =>
  [paths, methods, authorities, conditions, ...headers.values(), ...query.values()].reduce(
    (size, { length }) => size * length,
    1,
  );

const combinations = (values: Space['headers']): readonly Readonly<Record<string, string>>[] =>
  [...values].reduce<readonly Readonly<Record<string, string>>[]>(
    (rows, [name, options]) =>
      rows.flatMap((row) => options.map((value) => (value === undefined ? row : { ...row, [name]: value }))),
    [{}],
  );

/** Every combination of the values of a space. */
export function* requestsOf(space: Space): Generator<Request> {
  const headerRows = combinations(space.headers);
  const queryRows = combinations(space.query);
  for (const path of space.paths) {
    for (const headers of headerRows) {
      for (const query of queryRows) {
        for (const method of space.methods) {
          for (const host of space.authorities) {
            for (const conditions of space.conditions) yield { host, method, path, headers, query, conditions };
          }
        }
      }
    }
  }
}
