import { Origin } from '../../src/diagnostics/origin.ts';
import type * as actions from '../../src/ir/actions.ts';
import type { Action, Edits, List, Rewrite, Share } from './lists.ts';

/** Where everything stands that is not written in a file. */
export const origin = new Origin({
  file: 'in.yaml',
  resource: undefined,
  span: () => ({ file: 'in.yaml', line: 1, col: 1, endLine: 1, endCol: 1 }),
  order: 0,
  lineText: () => undefined,
});

const toValues = (values: Readonly<Record<string, string>> | undefined): readonly actions.HeaderValue[] =>
  Object.entries(values ?? {}).map(([name, value]) => ({ name, value }));

const toOps = (edits: Edits | undefined): actions.HeaderOps => ({
  remove: edits?.remove ?? [],
  set: toValues(edits?.set),
  add: toValues(edits?.add),
});

const toRewrite = (rewrite: Rewrite): actions.PathRewrite => {
  switch (rewrite.kind) {
    case 'full':
      return rewrite;
    case 'regex':
      return { kind: 'regex', pattern: rewrite.source, substitution: rewrite.substitution };
    case 'string':
    case 'segment':
      return { kind: 'prefix', from: rewrite.from, to: rewrite.to, reading: rewrite.kind };
  }
};

const toBackend = (name: string, request?: Edits, response?: Edits): actions.Backend => ({
  kind: 'Service',
  namespace: 'shop',
  name,
  port: 80,
  requestHeaders: toOps(request),
  responseHeaders: toOps(response),
  origin,
});

const toShare = (share: Share): actions.Share => {
  const { weight } = share;
  return 'backend' in share
    ? { kind: 'backend', weight, backend: toBackend(share.backend, share.request, share.response) }
    : { kind: 'invalid', weight, status: share.status, reason: 'no such Service' };
};

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** The weights of the model have no common divisor. */
const toShares = (shares: readonly Share[]): readonly actions.Share[] => {
  const divisor = shares.reduce((common, { weight }) => gcd(common, weight), 0);
  return shares.map((share) => toShare({ ...share, weight: share.weight / divisor }));
};

const toCors = (name: string): actions.Cors => ({
  origins: [{ kind: 'exact', value: name }],
  methods: ['GET'],
  requestHeaders: [],
  exposeHeaders: [],
  credentials: false,
  unmatchedPreflight: 'forward',
});

/** An action of the routing model. */
export const toAction = (action: Action): actions.Action => {
  const responseHeaders = toOps(action.response);
  switch (action.kind) {
    case 'respond':
      return toRespond(action);
    case 'redirect': {
      const { status, scheme, host, port, path } = action;
      return {
        kind: 'redirect',
        status,
        ...(scheme === undefined ? {} : { scheme }),
        ...(host === undefined ? {} : { host }),
        port: typeof port === 'number' ? { kind: 'explicit', number: port } : { kind: port },
        ...(path === undefined ? {} : { path: toRewrite(path) }),
        responseHeaders,
        origin,
      };
    }
    case 'forward': {
      const { shares, rewrite, host, request, timeout, backendTimeout, retry, mirrors, fault, cors, session } = action;
      return {
        kind: 'forward',
        shares: toShares(shares),
        ...(rewrite === undefined ? {} : { rewrite: toRewrite(rewrite) }),
        ...(host === undefined ? {} : { hostRewrite: host }),
        requestHeaders: toOps(request),
        responseHeaders,
        ...(timeout === undefined ? {} : { requestTimeout: timeout }),
        ...(backendTimeout === undefined ? {} : { backendTimeout }),
        ...(retry === undefined ? {} : { retry: toRetry(retry) }),
        mirrors: (mirrors ?? []).map(({ backend, fraction }) => ({ backend: toBackend(backend), fraction })),
        ...(fault === undefined ? {} : { fault: toFault(fault) }),
        ...(cors === undefined ? {} : { cors: toCors(cors) }),
        ...(session === undefined ? {} : { session: { ...session, permanent: false } }),
        origin,
      };
    }
  }
};

const toRetry = ({ attempts, codes, perTry }: ForwardPart<'retry'>): actions.Retry => ({
  attempts,
  codes,
  conditions: [],
  ...(perTry === undefined ? {} : { perTryTimeout: perTry }),
});

const toFault = ({ delay, abort, fraction }: ForwardPart<'fault'>): actions.Fault => ({
  ...(delay === undefined ? {} : { delay: { duration: delay, fraction } }),
  ...(abort === undefined ? {} : { abort: { status: abort, grpc: false, fraction } }),
});

type ForwardPart<Part extends 'retry' | 'fault'> = NonNullable<Extract<Action, { kind: 'forward' }>[Part]>;

export const toRespond = ({ status, body, response }: List['otherwise']): actions.Respond => ({
  kind: 'respond',
  status,
  ...(body === undefined ? {} : { body }),
  responseHeaders: toOps(response),
  origin,
});
