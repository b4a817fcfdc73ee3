import type { Origin } from '../diagnostics/origin.ts';

/** Changes of headers, in the order remove, set, add. Names in lower case, sorted by name. */
export interface HeaderOps {
  readonly remove: readonly string[];
  readonly set: readonly HeaderValue[];
  readonly add: readonly HeaderValue[];
}

export interface HeaderValue {
  readonly name: string;
  readonly value: string;
}

export const NO_HEADER_OPS: HeaderOps = { remove: [], set: [], add: [] };

/** Parts of a million: percentages of the sources are kept exactly to 0.0001 %. */
export type Millionths = number;
/** A duration in whole milliseconds. */
export type Millis = number;

/** Where a request goes. `port` is the port of the Kubernetes Service, absent only for a ServiceImport. */
export interface Backend {
  readonly kind: 'Service' | 'ServiceImport';
  readonly namespace: string;
  readonly name: string;
  readonly port?: number;
  readonly subset?: Subset;
  readonly requestHeaders: HeaderOps;
  readonly responseHeaders: HeaderOps;
  /** Other changes at this backend that no target of ours has (extension filters), by name. */
  readonly origin: Origin;
}

/** A part of a Service's endpoints: those whose labels contain `labels`. Empty labels are all endpoints. */
export interface Subset {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Which labels it asks for is not known, so that its name alone tells it apart. */
  readonly isOpen?: true;
}

/** Whether a subset is, or may be, less than all endpoints. */
export function isPart(subset: Subset | undefined): subset is Subset {
  return subset !== undefined && (subset.isOpen === true || Object.keys(subset.labels).length > 0);
}

/**
 * A share of the requests. Weights are positive integers without a common divisor; a share of one
 * backend has weight 1. `invalid` shares answer `status` (500 in Gateway API, 503 in Istio).
 */
export type Share =
  | { readonly kind: 'backend'; readonly weight: number; readonly backend: Backend }
  | { readonly kind: 'invalid'; readonly weight: number; readonly status: number; readonly reason: string };

/** A change of the path before the backend sees it; the query is kept. */
export type PathRewrite =
  | { readonly kind: 'full'; readonly path: string }
  /** The matched prefix `from` is replaced by `to`, as strings or by whole segments. */
  | { readonly kind: 'prefix'; readonly from: string; readonly to: string; readonly reading: 'string' | 'segment' }
  | { readonly kind: 'regex'; readonly pattern: string; readonly substitution: string };

export interface Mirror {
  readonly backend: Backend;
  readonly fraction: Millionths;
}

/** Retries. `attempts` counts the repeats after the first request; 0 switches them off. */
export interface Retry {
  readonly attempts: number;
  /** Status codes that are retried. */
  readonly codes: readonly number[];
  /** Envoy conditions that are retried, as written (`connect-failure`, `reset`, …). */
  readonly conditions: readonly string[];
  readonly perTryTimeout?: Millis;
  readonly backoff?: Millis;
}

export interface Fault {
  readonly delay?: { readonly duration: Millis; readonly fraction: Millionths };
  readonly abort?: { readonly status: number; readonly grpc: boolean; readonly fraction: Millionths };
}

export interface Cors {
  readonly origins: readonly { readonly kind: 'exact' | 'prefix' | 'regex'; readonly value: string }[];
  readonly methods: readonly string[];
  readonly requestHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** Seconds; absent = no max-age header. */
  readonly maxAge?: number;
  readonly credentials: boolean;
  /** Whether a preflight of a foreign origin is answered here or reaches the backend. */
  readonly unmatchedPreflight: 'forward' | 'ignore';
}

export interface Session {
  readonly kind: 'cookie' | 'header';
  readonly name?: string;
  readonly absoluteTimeout?: Millis;
  readonly idleTimeout?: Millis;
  readonly permanent: boolean;
}

/** What a rule does with its requests. */
export type Action = Forward | Redirect | Respond;

export interface Forward {
  readonly kind: 'forward';
  /** Never empty: no backend at all is a `Respond`. */
  readonly shares: readonly Share[];
  readonly rewrite?: PathRewrite;
  /** The Host header that the backend sees. */
  readonly hostRewrite?: string;
  readonly requestHeaders: HeaderOps;
  readonly responseHeaders: HeaderOps;
  /** Absent = none. */
  readonly requestTimeout?: Millis;
  readonly backendTimeout?: Millis;
  readonly retry?: Retry;
  readonly mirrors: readonly Mirror[];
  readonly fault?: Fault;
  readonly cors?: Cors;
  readonly session?: Session;
  /** Where the list of backends is written. */
  readonly origin: Origin;
  /** Where the other parts are written; absent where that is no place of its own. */
  readonly places?: { readonly [P in ForwardPart]?: Origin };
}

/** What a forward does besides choosing a backend, as sources write it. */
export type ForwardPart =
  | 'rewrite'
  | 'hostRewrite'
  | 'requestHeaders'
  | 'responseHeaders'
  | 'timeout'
  | 'retry'
  | 'mirrors'
  | 'fault'
  | 'cors'
  | 'session';

/** Parts of the Location that are absent are taken from the request. */
export interface Redirect {
  readonly kind: 'redirect';
  readonly status: number;
  readonly scheme?: 'http' | 'https';
  readonly host?: string;
  /**
   * Which port the Location names. `request`: the one that the client wrote in Host (dropped when
   * it is the other scheme's default); `listener`: the listener's; `scheme`: none, the scheme's
   * well-known one. The number of a well-known port is never printed.
   */
  readonly port:
    | { readonly kind: 'explicit'; readonly number: number }
    | { readonly kind: 'request' | 'listener' | 'scheme' };
  readonly path?: PathRewrite;
  /** Takes the place of the request's query; without its question mark. */
  readonly query?: string;
  readonly responseHeaders: HeaderOps;
  readonly origin: Origin;
}

/** A fixed answer. `invalid` says why there is no backend; absent where the source asks for this answer. */
export interface Respond {
  readonly kind: 'respond';
  readonly status: number;
  readonly body?: string;
  readonly responseHeaders: HeaderOps;
  readonly invalid?: string;
  readonly origin: Origin;
}
