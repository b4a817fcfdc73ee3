import { rewritten } from './evaluate.ts';
import type { Action, Edits, Forward } from './lists.ts';
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

const splitOf = (shares: Forward['shares']): string => {
  const weights = new Map<string, number>();
  for (const { backend, weight } of shares) {
    const name = backend.replace(/-renamed$/, '');
    weights.set(name, (weights.get(name) ?? 0) + weight);
  }
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  return [...weights]
    .map(([name, weight]) => `${name} ${weight / gcd(weight, total)}/${total / gcd(weight, total)}`)
    .sort()
    .join(', ');
};

/** What becomes of each header that is edited: its old values are kept or not, and what is written. */
const editsOf = (edits: Edits | undefined): string => {
  const kept = new Map<string, { keeps: boolean; written: readonly string[] }>();
  for (const name of edits?.remove ?? []) kept.set(name, { keeps: false, written: [] });
  for (const [name, value] of Object.entries(edits?.set ?? {})) kept.set(name, { keeps: false, written: [value] });
  for (const [name, value] of Object.entries(edits?.add ?? {})) {
    const before = kept.get(name) ?? { keeps: true, written: [] };
    kept.set(name, { keeps: before.keeps, written: [...before.written, value] });
  }
  return [...kept]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { keeps, written }]) => `${name}${keeps ? '+' : ''}=${written.join(',')}`)
    .join(' ');
};

const headersOf = (action: Action): string =>
  `${editsOf(action.kind === 'forward' ? action.request : undefined)} | ${editsOf(action.response)}`;

/** The limits of the whole request and of one try; a try cannot outlast its request. */
const timeoutOf = ({ timeout, backendTimeout, retry }: Forward): string => {
  const perTry = Math.min(backendTimeout ?? Number.POSITIVE_INFINITY, retry?.perTry ?? Number.POSITIVE_INFINITY);
  return `${timeout ?? 'none'} ${perTry < (timeout ?? Number.POSITIVE_INFINITY) ? perTry : 'none'}`;
};

/** What an action makes of a request for a path. */
export const outcomeOf = (action: Action, path: string): Outcome => {
  const headers = headersOf(action);
  switch (action.kind) {
    case 'respond':
      return { status: `${action.status} ${action.body ?? ''}`, headers };
    case 'redirect': {
      const { status, scheme = 'http', host = 'same' } = action;
      // A client writes the port of the listener, which is no well-known one here.
      const port = { scheme: '', request: `:${PORT}`, listener: `:${PORT}` }[action.port] ?? `:${action.port}`;
      return { redirect: `${status} ${scheme}://${host}${port}${rewritten(action.path, path)}`, headers };
    }
    case 'forward':
      return {
        backend: splitOf(action.shares),
        rewrite: `${action.host ?? 'same'} ${rewritten(action.rewrite, path)}`,
        headers,
        timeout: timeoutOf(action),
        retry: action.retry === undefined ? '' : `${action.retry.attempts} ${[...action.retry.codes].sort().join()}`,
        mirror: JSON.stringify((action.mirrors ?? []).map(({ backend, fraction }) => `${backend} ${fraction}`).sort()),
        fault: JSON.stringify(action.fault ?? 'none'),
        affinity: JSON.stringify(action.session ?? 'none'),
      };
  }
};
