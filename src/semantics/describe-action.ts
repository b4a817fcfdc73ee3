import type { Action, Forward, PathRewrite, Redirect } from '../ir/actions.ts';
import { assertNever } from '../ir/assert-never.ts';

/** What an action does, in a few words for a finding. */
export function describeAction(action: Action | 'no-match'): string {
  if (action === 'no-match') return 'status 404';
  if (action.kind === 'respond') return `status ${action.status}`;
  if (action.kind === 'redirect')
    return `redirect ${action.status}${action.host === undefined ? '' : ` to ${action.host}`}`;
  const total = action.shares.reduce((sum, { weight }) => sum + weight, 0);
  return action.shares
    .map((share) => {
      const name = share.kind === 'invalid' ? `status ${share.status}` : nameBackend(share.backend);
      return action.shares.length === 1 ? name : `${name} ${share.weight}/${total}`;
    })
    .join(', ');
}

/** `namespace/name:port@subset`. */
export function nameBackend({
  namespace,
  name,
  port,
  subset,
}: {
  namespace: string;
  name: string;
  port?: number;
  subset?: { name: string };
}): string {
  return `${namespace}/${name}${port === undefined ? '' : `:${port}`}${subset === undefined ? '' : `@${subset.name}`}`;
}

/**
 * What a request meets before and after, in a few words. Where the backends are the same, what else the two do
 * otherwise is added, so that the texts show why they are told apart.
 */
export function describeChange(
  before: Action | 'no-match',
  after: Action | 'no-match',
): { readonly before: string; readonly after: string } {
  const texts = { before: describeAction(before), after: describeAction(after) };
  if (texts.before !== texts.after) return texts;
  const [left, right] = [detailsOf(before), detailsOf(after)];
  const say = (text: string, own: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string => {
    const details = [...own].flatMap(([part, detail]) => (other.get(part) === detail ? [] : [detail]));
    return details.length === 0 ? text : `${text} (${details.join(', ')})`;
  };
  return { before: say(texts.before, left, right), after: say(texts.after, right, left) };
}

/** What an action does beside choosing where a request goes, by part; values of headers may be secrets. */
function detailsOf(action: Action | 'no-match'): ReadonlyMap<string, string> {
  if (action === 'no-match' || action.kind === 'respond') return new Map();
  const details = action.kind === 'redirect' ? redirectDetails(action) : forwardDetails(action);
  return new Map(details.flatMap(([part, detail]) => (detail === undefined ? [] : [[part, detail] as const])));
}

type Details = readonly (readonly [string, string | undefined])[];

function redirectDetails({ path, scheme, port }: Redirect): Details {
  return [
    ['path', path && `path ${describeRewrite(path)}`],
    ['scheme', scheme && `scheme ${scheme}`],
    ['port', port.kind === 'explicit' ? `port ${port.number}` : `port of the ${port.kind}`],
  ];
}

function forwardDetails(action: Forward): Details {
  const {
    rewrite,
    hostRewrite,
    requestHeaders,
    responseHeaders,
    requestTimeout,
    retry,
    mirrors,
    fault,
    cors,
    session,
  } = action;
  const names = (ops: Forward['requestHeaders']): readonly string[] => [
    ...ops.remove,
    ...[...ops.set, ...ops.add].map(({ name }) => name),
  ];
  const changes = (of: string, ops: Forward['requestHeaders']): string | undefined =>
    names(ops).length === 0 ? undefined : `${of} headers changed: ${names(ops).join(' ')}`;
  return [
    ['rewrite', rewrite && `path ${describeRewrite(rewrite)}`],
    ['host', hostRewrite && `host ${hostRewrite}`],
    ['request', changes('request', requestHeaders)],
    ['response', changes('response', responseHeaders)],
    ['timeout', requestTimeout === undefined ? undefined : `timeout ${requestTimeout} ms`],
    ['retry', retry && `${retry.attempts} retries${retriesOn(retry)}`],
    [
      'mirror',
      mirrors.length === 0 ? undefined : `mirror ${mirrors.map(({ backend }) => nameBackend(backend)).join(' ')}`,
    ],
    ['fault', fault && 'faults'],
    ['cors', cors && 'a CORS policy'],
    ['session', session && `sessions by ${session.kind}`],
  ];
}

function retriesOn({ codes, conditions }: NonNullable<Forward['retry']>): string {
  const causes = [...codes, ...conditions];
  return causes.length === 0 ? '' : ` on ${causes.join(' ')}`;
}

/** A rewrite in a few words. */
export function describeRewrite(rewrite: PathRewrite): string {
  switch (rewrite.kind) {
    case 'full':
      return `to ${rewrite.path}`;
    case 'prefix':
      return `${rewrite.from} to ${rewrite.to}`;
    case 'regex':
      return `${rewrite.pattern} to ${rewrite.substitution}`;
    default:
      return assertNever(rewrite);
  }
}
