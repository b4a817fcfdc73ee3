import type { Origin } from '../../diagnostics/origin.ts';
import type { Cors, Fault, HeaderOps, Millionths, Millis, PathRewrite, Retry } from '../../ir/actions.ts';
import type { SourceObject } from '../../ir/model.ts';
import type { DelegateInput, StringMatchInput } from './types.ts';

/** A value with the place that it was written at; after a delegate is merged, the places of one rule differ. */
export interface Placed<T> {
  readonly value: T;
  readonly origin: Origin;
}

/** A VirtualService, read once: what depends on the proxy that asks is left open. */
export interface VirtualServiceDraft {
  readonly source: SourceObject;
  /** Resolved. */
  readonly namespace: string;
  /** Written without hosts: only rules of others lead to it. */
  isDelegate: boolean;
  /** Those that are names. */
  hosts: readonly Placed<string>[];
  /** `mesh`, or Gateways as `namespace/name`; empty means the mesh. */
  gateways: readonly Placed<string>[];
  exportTo: readonly string[];
  http: readonly RouteDraft[];
}

/** One entry of `http`. */
export interface RouteDraft {
  readonly origin: Origin;
  /** The namespace that short host names of its destinations are completed with. */
  readonly namespace: string;
  /** Counted in the object that lists it. */
  readonly index: number;
  name?: string;
  /** Alternatives; empty takes everything. */
  matches: readonly MatchDraft[];
  route?: Placed<readonly DestinationDraft[]>;
  redirect?: Placed<RedirectDraft>;
  directResponse?: Placed<{ readonly status: number; readonly body?: string }>;
  delegate?: Placed<DelegateInput>;
  rewrite?: Placed<RewriteDraft>;
  timeout?: Placed<Millis>;
  retries?: Placed<Retry>;
  fault?: Placed<Fault>;
  /** `mirror` is one entry without a fraction of its own; in `mirrors` each has one. */
  mirrors?: Placed<readonly MirrorDraft[]>;
  mirrorFraction?: Placed<Millionths>;
  cors?: Placed<Cors>;
  headers?: Placed<HeadersDraft>;
}

/** One entry of `match`. */
export interface MatchDraft {
  readonly origin: Origin;
  /** Of the object that it is written in. */
  readonly namespace: string;
  uri?: Placed<StringMatchInput>;
  ignoreUriCase: boolean;
  scheme?: Placed<StringMatchInput>;
  method?: Placed<StringMatchInput>;
  authority?: Placed<StringMatchInput>;
  headers: ReadonlyMap<string, Placed<StringMatchInput>>;
  withoutHeaders: ReadonlyMap<string, Placed<StringMatchInput>>;
  query: ReadonlyMap<string, Placed<StringMatchInput>>;
  port?: Placed<number>;
  sourceLabels?: Placed<Readonly<Record<string, string>>>;
  sourceNamespace?: Placed<string>;
  /** `mesh`, or Gateways as `namespace/name`. */
  gateways?: Placed<readonly string[]>;
}

/** A place to send requests to, its host not looked up yet. */
export interface DestinationDraft {
  readonly origin: Origin;
  readonly host: string;
  readonly subset?: string;
  readonly port?: number;
  readonly weight: number;
  readonly headers: HeadersDraft;
}

export interface MirrorDraft {
  readonly destination: DestinationDraft;
  /** Of the object that it is written in, which is not that of the rule where a delegate takes it over. */
  readonly namespace: string;
  /** Absent = the rule's own percentage, else all. */
  readonly fraction?: Millionths;
}

export interface HeadersDraft {
  readonly request: HeaderOps;
  readonly response: HeaderOps;
  /** A `Host` among the request's `set` or `add`. */
  readonly host?: Placed<string>;
}

export interface RewriteDraft {
  readonly uri?: string;
  readonly authority?: string;
  readonly regex?: Extract<PathRewrite, { kind: 'regex' }>;
}

export interface RedirectDraft {
  readonly status: number;
  readonly scheme?: 'http' | 'https';
  readonly authority?: string;
  readonly port?: number | 'listener';
  readonly uri?: string;
  /** That of `uri`, which then takes the place of the request's. */
  readonly query?: string;
  readonly prefix?: string;
}
