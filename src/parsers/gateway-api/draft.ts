import type { Origin } from '../../diagnostics/origin.ts';
import type { Cors, HeaderOps, Millionths, Millis, Retry, Session } from '../../ir/actions.ts';
import type { ListenerTls, SourceObject } from '../../ir/model.ts';
import type { AllowedRoutesInput } from './types.ts';

/** A value with the place that it was written at. */
export interface Placed<T> {
  readonly value: T;
  readonly origin: Origin;
}

export interface GatewayDraft {
  readonly source: SourceObject;
  /** Resolved. */
  readonly namespace: string;
  readonly name: string;
  className: string;
  listeners: readonly ListenerDraft[];
  /** Goes along unread. */
  extra: Record<string, unknown>;
}

export interface ListenerDraft {
  readonly origin: Origin;
  name: string;
  /** Lower case; absent = every host. */
  hostname?: string;
  port: number;
  protocol: string;
  tls?: Placed<TlsDraft>;
  allowedRoutes?: AllowedRoutesInput;
}

export interface TlsDraft {
  mode: string;
  certificates: readonly (ListenerTls['certificates'][number] & { readonly origin: Origin })[];
  options: ListenerTls['options'];
}

/** An HTTPRoute, read once: what depends on its Gateway's class is left open. */
export interface RouteDraft {
  readonly source: SourceObject;
  /** Resolved. */
  readonly namespace: string;
  readonly name: string;
  parents: readonly ParentDraft[];
  /** The default Gateways of the cluster take it, whatever its parents are. */
  takesDefaults?: true;
  /** Lower case. */
  hostnames: readonly Placed<string>[];
  rules: readonly RuleDraft[];
}

export interface ParentDraft {
  readonly origin: Origin;
  group: string;
  kind: string;
  /** Absent = the route's. */
  namespace?: string;
  name: string;
  sectionName?: string;
  port?: number;
}

export interface RuleDraft {
  readonly origin: Origin;
  /** Where it stands in its route. */
  readonly index: number;
  name?: string;
  /** Alternatives; never empty after reading. */
  matches: readonly MatchDraft[];
  filters: readonly FilterDraft[];
  backends: readonly BackendDraft[];
  timeouts?: Placed<TimeoutsDraft>;
  retry?: Placed<Retry>;
  session?: Placed<Session>;
}

export interface MatchDraft {
  readonly origin: Origin;
  path: PathDraft;
  headers: readonly ValueDraft[];
  query: readonly ValueDraft[];
  method?: string;
}

export interface PathDraft {
  type: string;
  value: string;
  readonly origin: Origin;
}

/** A test of a header or query parameter. */
export interface ValueDraft {
  readonly origin: Origin;
  name: string;
  type: string;
  value: string;
}

/** One filter: the part that its type names is set. */
export interface FilterDraft {
  readonly origin: Origin;
  type: string;
  requestHeaders?: HeaderOps;
  responseHeaders?: HeaderOps;
  mirror?: MirrorDraft;
  redirect?: RedirectDraft;
  rewrite?: RewriteDraft;
  cors?: Cors;
  externalAuth?: true;
  /** `Kind name` of the extension. */
  extension?: string;
}

export interface MirrorDraft {
  readonly origin: Origin;
  backend?: RefDraft;
  fraction: Millionths;
}

export interface RedirectDraft {
  status: number;
  scheme?: 'http' | 'https';
  hostname?: string;
  port?: number;
  path?: PathModifierDraft;
}

export interface RewriteDraft {
  hostname?: string;
  path?: PathModifierDraft;
}

export interface PathModifierDraft {
  readonly origin: Origin;
  type: string;
  full?: string;
  prefix?: string;
}

/** A reference to an object, its group and kind as written. */
export interface RefDraft {
  readonly origin: Origin;
  group: string;
  kind: string;
  /** Absent = the namespace of the object that refers. */
  namespace?: string;
  name: string;
  port?: number;
}

export interface BackendDraft extends RefDraft {
  weight: number;
  filters: readonly FilterDraft[];
}

export interface TimeoutsDraft {
  request?: Millis;
  backend?: Millis;
}
