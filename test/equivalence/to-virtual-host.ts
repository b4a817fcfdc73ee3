import { Origin } from '../../src/diagnostics/origin.ts';
import type * as actions from '../../src/ir/actions.ts';
import type { Match, VirtualHost } from '../../src/ir/model.ts';
import {
  type AttributeTest,
  all,
  exactly,
  exactPath,
  not,
  type PathPredicate,
  pathPrefix,
  type StringPredicate,
  startingWith,
} from '../../src/ir/predicates.ts';
import type { Action, Condition, Edits, Fields, List, PathTest, Rewrite, Share, TextTest } from './lists.ts';
import { HOST, PORT } from './universe.ts';

const origin = new Origin({
  file: 'in.yaml',
  resource: undefined,
  span: () => ({ file: 'in.yaml', line: 1, col: 1, endLine: 1, endCol: 1 }),
  start: 0,
  lineText: () => undefined,
});

const source = { apiVersion: 'v1', kind: 'List', name: 'list', labels: {}, annotations: {}, origin };

const toText = (test: TextTest): StringPredicate => {
  switch (test.kind) {
    case 'any':
      return test;
    case 'exact':
      return exactly(test.text, test.fold);
    case 'prefix':
      return startingWith(test.text, test.fold);
    case 'regex':
      return { kind: 'regex', pattern: test.source };
    case 'not':
      return not(toText(test.of));
    case 'all':
      return all(test.of.map(toText));
  }
};

const toPath = (test: PathTest): PathPredicate => {
  switch (test.kind) {
    case 'any':
      return test;
    case 'exact':
      return exactPath(test.text, test.fold);
    case 'string':
    case 'segment':
      return pathPrefix(test.text, test.kind, test.fold);
    case 'regex':
      return { kind: 'regex', pattern: test.source };
  }
};

const toTests = (fields: Fields): readonly AttributeTest[] =>
  Object.entries(fields)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { absent, value }]) => ({
      name,
      absent,
      value: value === undefined ? { kind: 'none' } : toText(value),
    }));

const toMatch = ({ path, method, authority, headers, query, opaque }: Condition): Match => ({
  path: toPath(path),
  method: toText(method),
  authority: toText(authority),
  headers: toTests(headers),
  query: toTests(query),
  opaque: (opaque ?? []).map((name) => ({ name, value: 'on', origin })),
  origin,
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

const toCors = (name: string): actions.Cors => ({
  origins: [{ kind: 'exact', value: name }],
  methods: ['GET'],
  requestHeaders: [],
  exposeHeaders: [],
  credentials: false,
  unmatchedPreflight: 'forward',
});

const toAction = (action: Action): actions.Action => {
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
        shares: shares.map(toShare),
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

const toRespond = ({ status, body, response }: List['otherwise']): actions.Respond => ({
  kind: 'respond',
  status,
  ...(body === undefined ? {} : { body }),
  responseHeaders: toOps(response),
  origin,
});

/** A list as a virtual host of the routing model; its rules keep their places and have places of their own. */
export const toVirtualHost = (
  { order, rules, otherwise }: List,
  { host, id }: Pick<VirtualHost, 'host' | 'id'> = { host: { kind: 'exact', name: HOST }, id: HOST },
): VirtualHost => ({
  id,
  scope: {
    kind: 'gateway',
    workload: 'edge',
    port: PORT,
    protocol: 'HTTP',
    listeners: [{ gateway: 'edge', listener: 'http' }],
  },
  host,
  order: { kind: order },
  rules: rules.map(({ conditions, action }, index) => ({
    source,
    hostIndex: 0,
    index,
    matches: conditions.map(toMatch),
    action: toAction(action),
    origin: origin.at('rules', index),
  })),
  otherwise: toRespond(otherwise),
  origin,
});
