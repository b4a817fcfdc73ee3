import { differingIn } from './differing.ts';
import { inOrder, takerOf } from './evaluate.ts';
import type { Action, List, Pair, Request } from './lists.ts';
import type { Dimension } from './outcome.ts';
import { requestsOf, spaceOf } from './requests.ts';

/** How large a witness is: characters of the path, then headers and parameters. */
export type Size = readonly [path: number, fields: number];

/** A request that shows a difference, with its size. */
export interface Seen {
  readonly request: Request;
  readonly size: Size;
}

/** What trying all requests shows. */
export interface Answer {
  /** For each dimension that differs the smallest request that shows it. */
  readonly differs: ReadonlyMap<Dimension, Seen>;
  /** The rules that some request reaches, by index. */
  readonly reached: { readonly left: ReadonlySet<number>; readonly right: ReadonlySet<number> };
}

export const sizeOfRequest = ({ path, headers, query }: Request): Size => [
  path.length,
  Object.keys(headers).length + Object.keys(query).length,
];

export const isSmaller = (size: Size, than: Size): boolean =>
  size[0] < than[0] || (size[0] === than[0] && size[1] < than[1]);

export const actionOf = (list: List, rule: number): Action => list.rules[rule]?.action ?? list.otherwise;

/** The dimensions in which a pair treats one request otherwise. */
export const differencesAt = ({ left, right }: Pair, request: Request): readonly Dimension[] =>
  differingIn(
    actionOf(left, takerOf(inOrder(left), request)),
    actionOf(right, takerOf(inOrder(right), request)),
    request.path,
  );

/** Compares a pair by trying requests; by default one of each kind that the pair can tell apart. */
export const tryAll = (pair: Pair, requests: Iterable<Request> = requestsOf(spaceOf(pair))): Answer => {
  const [left, right] = [inOrder(pair.left), inOrder(pair.right)];
  const reached = { left: new Set<number>(), right: new Set<number>() };
  const differs = new Map<Dimension, Seen>();
  const known = new Map<string, readonly Dimension[]>();
  for (const request of requests) {
    const [ours, theirs] = [takerOf(left, request), takerOf(right, request)];
    reached.left.add(ours);
    reached.right.add(theirs);
    const key = `${ours} ${theirs} ${request.path}`;
    let dimensions = known.get(key);
    if (dimensions === undefined) {
      dimensions = differingIn(actionOf(pair.left, ours), actionOf(pair.right, theirs), request.path);
      known.set(key, dimensions);
    }
    for (const dimension of dimensions) {
      const size = sizeOfRequest(request);
      const best = differs.get(dimension);
      if (best === undefined || isSmaller(size, best.size)) differs.set(dimension, { request, size });
    }
  }
  reached.left.delete(-1);
  reached.right.delete(-1);
  return { differs, reached };
};
