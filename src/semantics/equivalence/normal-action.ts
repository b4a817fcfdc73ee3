import type { Action, Forward, Redirect, Respond } from '../../ir/actions.ts';
import type { AnswerContext } from './compare-actions.ts';
import { composeEdits, type Edits, NO_EDITS } from './header-edits.ts';

/** What a rule does, in one form for one meaning; texts are equal for equal behaviour only. */
export type Answer =
  | {
      readonly kind: 'forward';
      /** By workload; shares without a backend by their status. */
      readonly shares: ReadonlyMap<string, AnswerShare>;
      readonly rewrite: Forward['rewrite'];
      readonly hostRewrite: string | undefined;
      readonly timeout: string;
      readonly retry: string;
      readonly mirror: string;
      readonly fault: string;
      readonly cors: string;
      /** Who answers preflights that the CORS policy does not name. */
      readonly preflight: string;
      readonly affinity: string;
    }
  | {
      readonly kind: 'redirect';
      readonly status: number;
      readonly scheme: string;
      /** Absent = that of the request. */
      readonly host: string | undefined;
      /** As the Location shows it; undefined = none. */
      readonly port: number | undefined;
      readonly path: Redirect['path'];
      readonly responseHeaders: Edits;
    }
  | {
      readonly kind: 'respond';
      readonly status: number;
      readonly body: string | undefined;
      readonly responseHeaders: Edits;
    };

export interface AnswerShare {
  /** Without a common divisor over the shares of one answer. */
  readonly weight: number;
  /** For people. */
  readonly name: string;
  readonly isKnown: boolean;
  /** The same workload may stand there several times, with edits of headers of its own. */
  readonly parts: readonly SharePart[];
}

export interface SharePart {
  readonly weight: number;
  readonly request: Edits;
  readonly response: Edits;
}

const MILLION = 1_000_000;

export function normalise(action: Action, context: AnswerContext): Answer {
  switch (action.kind) {
    case 'respond':
      return toResponse(action);
    case 'redirect':
      return toRedirect(action, context);
    case 'forward':
      return toForward(action, context);
  }
}

function toResponse({ status, body, responseHeaders }: Respond): Answer {
  return { kind: 'respond', status, body, responseHeaders: composeEdits(responseHeaders) };
}

/** The port that a client writes is taken to be the listener's: the request model has no port forwarding. */
function toRedirect(action: Redirect, { scope }: AnswerContext): Answer {
  const { status, host, path, responseHeaders } = action;
  const own = scope.kind === 'gateway' && scope.protocol === 'HTTPS' ? 'https' : 'http';
  const scheme = action.scheme ?? own;
  const kept = { explicit: undefined, request: scope.port, listener: scope.port, scheme: undefined };
  const port = action.port.kind === 'explicit' ? action.port.number : kept[action.port.kind];
  const other = scheme === 'https' ? 80 : 443;
  const isHidden = port === (scheme === 'https' ? 443 : 80) || (action.port.kind === 'request' && port === other);
  return {
    kind: 'redirect',
    status,
    scheme,
    host: host?.toLowerCase(),
    port: isHidden ? undefined : port,
    path,
    responseHeaders: composeEdits(responseHeaders),
  };
}

function toForward(action: Forward, context: AnswerContext): Answer {
  const { fault } = action;
  if (fault?.abort !== undefined && fault.abort.fraction >= MILLION) {
    return toResponse({
      kind: 'respond',
      status: fault.abort.status,
      responseHeaders: action.responseHeaders,
      origin: action.origin,
    });
  }
  const shares = sharesOf(action, context);
  const [first] = action.shares;
  if (shares.size === 1 && first?.kind === 'invalid') {
    const { responseHeaders, origin } = action;
    return toResponse({ kind: 'respond', status: first.status, responseHeaders, origin });
  }
  const { cors, preflight } = corsOf(action);
  return {
    kind: 'forward',
    shares,
    rewrite: action.rewrite,
    hostRewrite: action.hostRewrite?.toLowerCase(),
    timeout: timeoutsOf(action),
    retry: retryOf(action),
    mirror: mirrorsOf(action, context),
    fault: faultOf(action),
    cors,
    preflight,
    affinity: action.session === undefined ? '' : print(action.session),
  };
}

function sharesOf(action: Forward, { identify }: AnswerContext): ReadonlyMap<string, AnswerShare> {
  const shares = new Map<string, { weight: number; name: string; isKnown: boolean; parts: SharePart[] }>();
  for (const share of action.shares) {
    const { weight } = share;
    const isBackend = share.kind === 'backend';
    const identity = isBackend ? identify(share.backend) : bareStatus(share.status);
    const part = {
      weight,
      request: isBackend ? composeEdits(action.requestHeaders, share.backend.requestHeaders) : NO_EDITS,
      response: isBackend ? composeEdits(action.responseHeaders, share.backend.responseHeaders) : NO_EDITS,
    };
    const known = shares.get(identity.key);
    if (known === undefined) {
      const name = isBackend ? `${share.backend.namespace}/${share.backend.name}` : identity.key;
      shares.set(identity.key, { weight, name, isKnown: identity.isKnown, parts: [part] });
    } else {
      known.weight += weight;
      known.parts.push(part);
    }
  }
  // 20:10 is 2:1, and shares of one workload that were added up may have a common divisor again.
  let divisor = 0;
  for (const { weight } of shares.values()) divisor = gcd(weight, divisor);
  if (divisor > 1) for (const share of shares.values()) share.weight /= divisor;
  return shares;
}

function bareStatus(status: number): ReturnType<AnswerContext['identify']> {
  return { key: `status ${status}`, isKnown: true };
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/** With one try the shorter of both limits holds; a try cannot outlast its request. */
function timeoutsOf({ requestTimeout, backendTimeout, retry }: Forward): string {
  if (requestTimeout === undefined && backendTimeout === undefined && retry === undefined) return '0/0';
  const tries = [backendTimeout, retry?.perTryTimeout].filter((one) => one !== undefined);
  const [whole, one] = [requestTimeout ?? 0, tries.length === 0 ? 0 : Math.min(...tries)];
  const perTry = whole > 0 && one >= whole ? 0 : one;
  return `${whole}/${perTry}`;
}

function retryOf({ retry }: Forward): string {
  if (retry === undefined) return '';
  const { attempts, codes, conditions, backoff } = retry;
  if (attempts === 0) return '0';
  return JSON.stringify([attempts, [...codes].sort(), [...conditions].sort(), backoff ?? '']);
}

function mirrorsOf({ mirrors }: Forward, { identify }: AnswerContext): string {
  if (mirrors.length === 0) return '';
  const live = mirrors.filter(({ fraction }) => fraction > 0);
  return live
    .map(({ backend, fraction }) => `${identify(backend).key} ${fraction}`)
    .sort()
    .join('\n');
}

function faultOf({ fault }: Forward): string {
  if (fault === undefined) return '';
  const delay = fault.delay !== undefined && fault.delay.fraction > 0 ? fault.delay : undefined;
  const abort = fault.abort !== undefined && fault.abort.fraction > 0 ? fault.abort : undefined;
  return delay === undefined && abort === undefined ? '' : print([delay ?? '', abort ?? '']);
}

function corsOf({ cors }: Forward): { readonly cors: string; readonly preflight: string } {
  if (cors === undefined) return NO_CORS;
  const { unmatchedPreflight, maxAge = DEFAULT_MAX_AGE, credentials, ...lists } = cors;
  const { methods, requestHeaders, exposeHeaders } = lists;
  // Lists are sets of what is allowed: neither their order nor a repetition means anything.
  const sorted = [lists.origins.map((origin) => print(origin)), methods, requestHeaders, exposeHeaders].map((list) =>
    [...new Set(list)].sort(),
  );
  return { cors: print({ sorted, credentials, maxAge }), preflight: unmatchedPreflight };
}

const NO_CORS = { cors: '', preflight: '' };

/** Seconds that a browser keeps a preflight for which no header says how long (Fetch, CORS-preflight cache). */
const DEFAULT_MAX_AGE = 5;

/** A text that is equal for equal values, in whichever order their fields stand. */
function print(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return one;
    return Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
