import type { Dimension } from '../../diagnostics/dimension.ts';
import type { Action, Backend, Forward, Redirect } from '../../ir/actions.ts';
import type { VirtualHost } from '../../ir/model.ts';
import { sameAction } from '../action-key.ts';
import type { Identify } from './backend-identity.ts';
import { compareEdits, editsKey } from './header-edits.ts';
import { type Answer, type AnswerShare, normalise, type SharePart } from './normal-action.ts';
import type { Difference } from './types.ts';
import { unknownReasons } from './unknown-reasons.ts';

/** One way in which two actions differ, whatever the path. */
export type ActionDifference = Pick<Difference, 'dimension' | 'gravity'>;

/** How two actions compare; what depends on the path stays open. */
export interface ActionComparison {
  readonly differences: readonly ActionDifference[];
  /** What cannot be told, with the reason. */
  readonly unknown: readonly { readonly dimension: Dimension; readonly reason: string }[];
  /** Changes of the path, which are compared where the path is known. */
  readonly paths?: { readonly dimension: 'rewrite' | 'redirect'; readonly left: PathOf; readonly right: PathOf };
}

type PathOf = Forward['rewrite'];

/** A side of a comparison as far as answers depend on it. */
export interface AnswerContext {
  readonly scope: VirtualHost['scope'];
  readonly identify: Identify;
}

const EQUAL: ActionComparison = { differences: [], unknown: [] };

/** Compares what two rules do to a request. */
export function compareActions(
  left: Action,
  right: Action,
  contexts: { readonly left: AnswerContext; readonly right: AnswerContext },
): ActionComparison {
  if (isSame(left, right, contexts)) return EQUAL;
  const [a, b] = [normalise(left, contexts.left), normalise(right, contexts.right)];
  if (a.kind === 'respond' && b.kind === 'respond') return compareResponses(a, b);
  if (a.kind === 'redirect' && b.kind === 'redirect') return compareRedirects(a, b);
  if (a.kind === 'forward' && b.kind === 'forward') return compareForwards(a, b);
  const dimension = a.kind === 'redirect' || b.kind === 'redirect' ? 'redirect' : 'status';
  return { differences: [{ dimension, gravity: 'routing' }], unknown: [] };
}

/** Whether both are written alike and mean the same workloads; the usual case, told without a normal form. */
export function isSame(
  left: Action,
  right: Action,
  sides: { readonly left: AnswerContext; readonly right: AnswerContext },
): boolean {
  if (!sameAction(left, right)) return false;
  if (left.kind === 'redirect') return sameScope(sides.left.scope, sides.right.scope);
  if (left.kind === 'respond' || sides.left.identify === sides.right.identify) return true;
  const sameWorkload = (backend: Backend) => sides.left.identify(backend).key === sides.right.identify(backend).key;
  return (
    left.shares.every((share) => share.kind === 'invalid' || sameWorkload(share.backend)) &&
    left.mirrors.every(({ backend }) => sameWorkload(backend))
  );
}

function sameScope(a: VirtualHost['scope'], b: VirtualHost['scope']): boolean {
  const protocolOf = (scope: VirtualHost['scope']) => (scope.kind === 'gateway' ? scope.protocol : 'HTTP');
  return a.port === b.port && protocolOf(a) === protocolOf(b);
}

type AnswerOf<Kind extends Answer['kind']> = Extract<Answer, { kind: Kind }>;

function compareResponses(a: AnswerOf<'respond'>, b: AnswerOf<'respond'>): ActionComparison {
  const differences: ActionDifference[] = [];
  if (a.status !== b.status || (a.body ?? '') !== (b.body ?? ''))
    differences.push({ dimension: 'status', gravity: 'routing' });
  if (compareEdits(a.responseHeaders, b.responseHeaders) !== 'equal')
    differences.push({ dimension: 'headers', gravity: 'behaviour' });
  return differences.length === 0 ? EQUAL : { differences, unknown: [] };
}

function compareRedirects(a: AnswerOf<'redirect'>, b: AnswerOf<'redirect'>): ActionComparison {
  const differences: ActionDifference[] = [];
  const same = (['status', 'scheme', 'host', 'port'] as const).every((part) => a[part] === b[part]);
  if (!same) differences.push({ dimension: 'redirect', gravity: 'routing' });
  if (compareEdits(a.responseHeaders, b.responseHeaders) !== 'equal')
    differences.push({ dimension: 'headers', gravity: 'behaviour' });
  return { differences, unknown: [], ...pathsOf('redirect', a.path, b.path) };
}

function compareForwards(a: AnswerOf<'forward'>, b: AnswerOf<'forward'>): ActionComparison {
  const differences: ActionDifference[] = [];
  const unknown: { dimension: Dimension; reason: string }[] = [];
  const add = (dimension: Dimension, gravity: Difference['gravity']) => differences.push({ dimension, gravity });
  if (!sameSplit(a.shares, b.shares)) {
    // What both sides name alike is the same on both, whatever it is.
    const apart = [...onlyIn(a.shares, b.shares), ...onlyIn(b.shares, a.shares)];
    const open =
      apart.length === 0 ? undefined : [...a.shares.values(), ...b.shares.values()].find(({ isKnown }) => !isKnown);
    if (open === undefined) add('backend', 'routing');
    else unknown.push({ dimension: 'backend', reason: unknownReasons.backend.message({ backend: open.name }) });
  }
  if (a.hostRewrite !== b.hostRewrite) add('rewrite', 'routing');
  const headers = compareHeaders(a, b);
  if (headers !== undefined) add('headers', headers);
  for (const dimension of ['timeout', 'retry', 'mirror', 'fault', 'affinity'] as const) {
    if (a[dimension] !== b[dimension]) add(dimension, 'behaviour');
  }
  return { differences, unknown, ...pathsOf('rewrite', a.rewrite, b.rewrite) };
}

function pathsOf(
  dimension: 'rewrite' | 'redirect',
  left: Redirect['path'],
  right: Redirect['path'],
): Pick<ActionComparison, 'paths'> {
  return left === undefined && right === undefined ? {} : { paths: { dimension, left, right } };
}

function sameSplit(a: ReadonlyMap<string, AnswerShare>, b: ReadonlyMap<string, AnswerShare>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, { weight }] of a) if (b.get(key)?.weight !== weight) return false;
  return true;
}

function onlyIn(one: ReadonlyMap<string, AnswerShare>, other: ReadonlyMap<string, AnswerShare>): readonly string[] {
  return [...one.keys()].filter((key) => !other.has(key));
}

/** Lost removals and settings of request headers, and a CORS policy, count as routing. */
function compareHeaders(a: AnswerOf<'forward'>, b: AnswerOf<'forward'>): Difference['gravity'] | undefined {
  if (a.cors !== b.cors) return 'routing';
  let gravity: Difference['gravity'] | undefined = a.preflight === b.preflight ? undefined : 'behaviour';
  for (const [key, share] of a.shares) {
    const other = b.shares.get(key);
    if (other === undefined) continue;
    const found = compareParts(share, other);
    if (found === 'lost') return 'routing';
    if (found !== 'equal') gravity = 'behaviour';
  }
  return gravity;
}

function compareParts(a: AnswerShare, b: AnswerShare): ReturnType<typeof compareEdits> {
  const [[left, ...moreOfLeft], [right, ...moreOfRight]] = [a.parts, b.parts];
  if (left === undefined || right === undefined) return 'lost';
  if (moreOfLeft.length + moreOfRight.length > 0) return sameSpread(a.parts, b.parts) ? 'equal' : 'lost';
  const request = compareEdits(left.request, right.request);
  if (request !== 'equal') return request;
  return compareEdits(left.response, right.response) === 'equal' ? 'equal' : 'given';
}

/** Whether the same parts of a workload's share get the same edits. */
function sameSpread(a: readonly SharePart[], b: readonly SharePart[]): boolean {
  const [one, other] = [spread(a), spread(b)];
  const [totalA, totalB] = [a, b].map((parts) => parts.reduce((sum, { weight }) => sum + BigInt(weight), 0n));
  return (
    one.size === other.size &&
    [...one].every(([key, weight]) => weight * (totalB ?? 0n) === (other.get(key) ?? -1n) * (totalA ?? 0n))
  );
}

/** How much of a workload's share gets which edits. */
function spread(parts: readonly SharePart[]): ReadonlyMap<string, bigint> {
  const weights = new Map<string, bigint>();
  for (const { weight, request, response } of parts) {
    const key = `${editsKey(request)} ${editsKey(response)}`;
    weights.set(key, BigInt(weight) + (weights.get(key) ?? 0n));
  }
  return weights;
}
