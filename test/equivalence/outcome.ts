import { rewritten } from './evaluate.ts';
import type { Action, Edits, Forward, Share } from './lists.ts';
import { PORT } from './universe.ts';

/** What two lists may do otherwise to one request, named as the comparison names it. */
export const DIMENSIONS = [
  'backend',
  'status',
  'redirect',
  'rewrite',
  'headers',
  'access',
  'timeout',
  'retry',
  'mirror',
  'fault',
  'affinity',
] as const;

export type Dimension = (typeof DIMENSIONS)[number];

/** What an action does to a request, as a text per dimension; a dimension that says nothing has none. */
export type Outcome = Readonly<Partial<Record<Dimension, string>>>;

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

const nameOf = (share: Share): string =>
  'backend' in share ? share.backend.replace(/-renamed$/, '') : `status ${share.status}`;

/** Parts of a whole as reduced fractions; equal keys add up. */
const fractionsOf = (parts: readonly { readonly key: string; readonly weight: number }[]): string => {
  const weights = new Map<string, number>();
  for (const { key, weight } of parts) weights.set(key, (weights.get(key) ?? 0) + weight);
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  return [...weights]
    .map(([key, weight]) => `${key} ${weight / gcd(weight, total)}/${total / gcd(weight, total)}`)
    .sort()
    .join(', ');
};

/** What becomes of each header after edits one after the other: its old values are kept or not, and what is written. */
const editsOf = (...steps: readonly (Edits | undefined)[]): string => {
  const edited = new Map<string, { keeps: boolean; written: readonly string[] }>();
  for (const step of steps) {
    for (const name of step?.remove ?? []) edited.set(name, { keeps: false, written: [] });
    for (const [name, value] of Object.entries(step?.set ?? {})) edited.set(name, { keeps: false, written: [value] });
    for (const [name, value] of Object.entries(step?.add ?? {})) {
      const before = edited.get(name) ?? { keeps: true, written: [] };
      edited.set(name, { keeps: before.keeps, written: [...before.written, value] });
    }
  }
  return [...edited]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { keeps, written }]) => `${name}${keeps ? '+' : ''}=${written.join(',')}`)
    .join(' ');
};

/** For each backend which parts of its requests are edited how. */
export const headersByBackend = (action: Forward): ReadonlyMap<string, string> => {
  const parts = new Map<string, { readonly key: string; readonly weight: number }[]>();
  for (const share of action.shares) {
    if (!('backend' in share)) continue;
    const key = `${editsOf(action.request, share.request)} | ${editsOf(action.response, share.response)}`;
    parts.set(nameOf(share), [...(parts.get(nameOf(share)) ?? []), { key, weight: share.weight }]);
  }
  return new Map([...parts].map(([name, own]) => [name, fractionsOf(own)]));
};

/** The limits of the whole request and of one try; a try cannot outlast its request. */
const timeoutOf = ({ timeout, backendTimeout, retry }: Forward): string => {
  const perTry = Math.min(backendTimeout ?? Number.POSITIVE_INFINITY, retry?.perTry ?? Number.POSITIVE_INFINITY);
  return `${timeout ?? 'none'} ${perTry < (timeout ?? Number.POSITIVE_INFINITY) ? perTry : 'none'}`;
};

/** What nobody is left to forward to is an answer, whatever else the rule says. */
export const answerOf = (action: Action): Action => {
  if (action.kind !== 'forward') return action;
  const statuses = new Set(action.shares.map((share) => ('status' in share ? share.status : undefined)));
  const [status] = statuses;
  if (status === undefined || statuses.size > 1) return action;
  return { kind: 'respond', status, ...(action.response === undefined ? {} : { response: action.response }) };
};

/** What an action makes of a request for a path, but for the headers of a forward, which depend on the backend. */
export const outcomeOf = (action: Action, path: string): Outcome => {
  switch (action.kind) {
    case 'respond':
      return { status: `${action.status} ${action.body ?? ''}`, headers: editsOf(action.response) };
    case 'redirect': {
      const { status, scheme = 'http', host = 'same' } = action;
      // A client writes the port of the listener, which is no well-known one here.
      const port = { scheme: '', request: `:${PORT}`, listener: `:${PORT}` }[action.port] ?? `:${action.port}`;
      const location = `${scheme}://${host}${port}${rewritten(action.path, path)}`;
      return { redirect: `${status} ${location}`, headers: editsOf(action.response) };
    }
    case 'forward':
      return {
        backend: fractionsOf(action.shares.map((share) => ({ key: nameOf(share), weight: share.weight }))),
        rewrite: `${action.host ?? 'same'} ${rewritten(action.rewrite, path)}`,
        headers: action.cors ?? '',
        timeout: timeoutOf(action),
        retry: action.retry === undefined ? '' : `${action.retry.attempts} ${[...action.retry.codes].sort().join()}`,
        mirror: JSON.stringify((action.mirrors ?? []).map(({ backend, fraction }) => `${backend} ${fraction}`).sort()),
        fault: JSON.stringify(action.fault ?? 'none'),
        affinity: JSON.stringify(action.session ?? 'none'),
      };
  }
};
