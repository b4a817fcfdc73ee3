import type { RoutingRequest } from '../evaluate.ts';
import { accepts, witness } from '../languages/language.ts';
import { setOwnValue } from '../own-value.ts';
import type { Leaf } from './search.ts';

/** A request of a leaf, with the conditions that no request shows. */
export interface LeafRequest {
  readonly request: RoutingRequest;
  /** Conditions that are taken to hold and cannot be evaluated, as the source writes them. */
  readonly conditions: readonly string[];
}

/** Verbs that a person would try first. */
const VERBS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT'];

/** The smallest request of a leaf: the shortest path, and only the headers and parameters that it cannot do without. */
export function requestOfLeaf(leaf: Leaf, names: readonly string[], host: string): LeafRequest {
  const headers: Record<string, string> = {};
  const query: Record<string, string> = {};
  const conditions: string[] = [];
  let request: RoutingRequest = { host, method: 'GET', path: pathOf(leaf), headers, query };
  for (const [attribute, values] of leaf.known.entries()) {
    if (values === undefined || attribute === 0) continue;
    const name = names[attribute] ?? '';
    const [part, rest] = cut(name);
    if (part === 'method') request = { ...request, method: verbOf(values) };
    else if (part === 'authority') request = withAuthority(request, values.shortest());
    else if (values.absent || part === 'pattern') continue;
    else if (part === 'condition') conditions.push(rest);
    else setOwnValue(part === 'header' ? headers : query, rest, values.shortest() ?? '');
  }
  return { request, conditions };
}

/** Smaller first: length of the path, number of headers and parameters, then the length of what is written. */
export function requestSize({ request: { path, headers, query, method } }: LeafRequest): readonly number[] {
  const values = [...Object.entries(headers), ...Object.entries(query)];
  const written = values.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return [path.length, values.length, VERBS.indexOf(method) < 0 ? VERBS.length : VERBS.indexOf(method), written];
}

function pathOf({ at, known }: Leaf): string {
  const [path] = known;
  return (path === undefined ? shortestOf(at) : path.shortest()) ?? '/';
}

function shortestOf({ key, kind, language }: Leaf['at']): string | undefined {
  return kind === 'at' ? key : witness(language(), 'path');
}

function withAuthority(request: RoutingRequest, authority: string | undefined): RoutingRequest {
  return authority === undefined || authority === request.host ? request : { ...request, authority };
}

function verbOf(values: NonNullable<Leaf['known'][number]>): string {
  return values.word ?? VERBS.find((verb) => accepts(values.language, verb)) ?? values.shortest() ?? 'GET';
}

function cut(name: string): readonly [string, string] {
  const space = name.indexOf(' ');
  return space < 0 ? [name, ''] : [name.slice(0, space), name.slice(space + 1)];
}

/** Whether a size comes before another one, part by part. */
export function isSmaller(a: readonly number[], b: readonly number[]): boolean {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0;
    if (value !== other) return value < other;
  }
  return false;
}
