import {
  type AtomPath,
  intersectPaths,
  pathContains,
  pathHas,
  pathKey,
  pathsOverlap,
  readPathBySegment,
} from './atom-path.ts';
import { NoCommonForm } from './no-common-form.ts';
import { ownValue } from './own-value.ts';
import { regexAccepts, regexContains, regexOverlaps } from './value-regex.ts';

/** What a present header or query parameter must be. `regex` is RE2 over the whole value. */
export type AtomValue = { readonly kind: 'exact' | 'regex'; readonly value: string };

/** Tests by name, sorted by name, each name once. */
export type AtomTests = readonly { readonly name: string; readonly value: AtomValue }[];

/** A conjunction of positive tests: what one HTTPRoute match or one Lattice rule can say. */
export interface Atom {
  readonly path: AtomPath;
  readonly method?: string;
  readonly headers: AtomTests;
  readonly query: AtomTests;
}

/** The same tests of other paths. */
export function withPath({ method, headers, query }: Omit<Atom, 'path'>, path: AtomPath): Atom {
  return method === undefined ? { path, headers, query } : { path, method, headers, query };
}

/** A text that is equal for equal atoms only. */
export function atomKey(atom: Atom): string {
  return `${pathKey(atom.path)} ${atom.method ?? ''} ${testsKey(atom.headers)} ${testsKey(atom.query)}`;
}

function testsKey(tests: AtomTests): string {
  return tests.length === 0 ? '' : JSON.stringify(tests.map(({ name, value }) => [name, value.kind[0], value.value]));
}

/** Whether every request of `inner` is in `outer`; `false` also where a regex leaves it open. */
export function atomContains(outer: Atom, inner: Atom): boolean {
  return (
    pathContains(outer.path, inner.path) &&
    (outer.method === undefined || outer.method === inner.method) &&
    testsContain(outer.headers, inner.headers) &&
    testsContain(outer.query, inner.query)
  );
}

function testsContain(outer: AtomTests, inner: AtomTests): boolean {
  return outer.every(({ name, value }) => inner.some((test) => test.name === name && valueContains(value, test.value)));
}

function valueContains(outer: AtomValue, inner: AtomValue): boolean {
  if (outer.kind === 'exact') return inner.kind === 'exact' && inner.value === outer.value;
  return inner.kind === 'exact' ? regexAccepts(outer.value, inner.value) : regexContains(outer.value, inner.value);
}

/**
 * The requests of both, or undefined where there are none.
 * @throws NoCommonForm when two patterns on one header overlap without one holding the other
 */
export function intersectAtoms(a: Atom, b: Atom): Atom | undefined {
  const path = intersectPaths(a.path, b.path);
  if (path === undefined) return undefined;
  if (a.method !== undefined && b.method !== undefined && a.method !== b.method) return undefined;
  const method = a.method ?? b.method;
  const headers = intersectTests(a.headers, b.headers);
  const query = intersectTests(a.query, b.query);
  if (headers === undefined || query === undefined) return undefined;
  return method === undefined ? { path, headers, query } : { path, method, headers, query };
}

function intersectTests(a: AtomTests, b: AtomTests): AtomTests | undefined {
  if (b.length === 0) return a;
  if (a.length === 0) return b;
  const merged = new Map(a.map((test) => [test.name, test.value]));
  for (const { name, value } of b) {
    const present = merged.get(name);
    const common = present === undefined ? value : intersectValues(name, present, value);
    if (common === undefined) return undefined;
    merged.set(name, common);
  }
  return sortTests([...merged].map(([name, value]) => ({ name, value })));
}

function intersectValues(name: string, a: AtomValue, b: AtomValue): AtomValue | undefined {
  if (valueContains(a, b)) return b;
  if (valueContains(b, a)) return a;
  if (a.kind === 'exact' || b.kind === 'exact') return undefined;
  if (!regexOverlaps(a.value, b.value)) return undefined;
  throw new NoCommonForm(name);
}

/** Whether a request may meet both; unlike the intersection, it needs no form of its own. */
export function atomsOverlap(a: Atom, b: Atom): boolean {
  return (
    pathsOverlap(a.path, b.path) &&
    (a.method === undefined || b.method === undefined || a.method === b.method) &&
    testsOverlap(a.headers, b.headers) &&
    testsOverlap(a.query, b.query)
  );
}

function testsOverlap(a: AtomTests, b: AtomTests): boolean {
  return a.every((one) => b.every((other) => one.name !== other.name || valuesOverlap(one.value, other.value)));
}

/** Whether a value meets both tests; `true` where automata cannot decide it. */
export function valuesOverlap(a: AtomValue, b: AtomValue): boolean {
  if (a.kind === 'exact') return b.kind === 'exact' ? a.value === b.value : regexAccepts(b.value, a.value);
  return b.kind === 'exact' ? regexAccepts(a.value, b.value) : regexOverlaps(a.value, b.value);
}

/** The atom with all that a target may read into it: a string prefix that ends in a slash may take the bare path along. */
export function withBarePath(atom: Atom): Atom {
  const { path } = atom;
  return path.kind === 'string' && path.value.endsWith('/') ? withPath(atom, readPathBySegment(path)) : atom;
}

/** Sorted by name, as an atom wants them. */
export function sortTests(tests: AtomTests): AtomTests {
  if (tests.length < 2) return tests;
  return [...tests].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** A request as matching sees it: header names in lower case, a name absent = undefined. */
export interface MatchedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** Whether a request meets the conjunction. */
export function atomAccepts(atom: Atom, request: MatchedRequest, fold = false): boolean {
  return (
    pathHas(atom.path, request.path) &&
    (atom.method === undefined || atom.method === request.method) &&
    atom.headers.every(({ name, value }) => valueAccepts(value, ownValue(request.headers, name), fold)) &&
    atom.query.every(({ name, value }) => valueAccepts(value, ownValue(request.query, name), false))
  );
}

function valueAccepts(value: AtomValue, text: string | undefined, fold: boolean): boolean {
  if (text === undefined) return false;
  if (value.kind === 'regex') return regexAccepts(value.value, text);
  return value.value === text || (fold && value.value.toLowerCase() === text.toLowerCase());
}
