import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../diagnostics/origin.ts';
import type { Action, Respond } from './actions.ts';
import type { ClusterFacts } from './facts.ts';
import type { AttributeTest, PathPredicate, StringPredicate } from './predicates.ts';

/**
 * The routing model: what the sources do with a request. It models the source, never the output.
 * Rules stand in source order; each virtual host says how one of them is chosen. Every default is
 * written out, every node knows its origin, and no type of a source or a target appears.
 */
export interface RoutingModel {
  readonly gateways: readonly Gateway[];
  readonly virtualHosts: readonly VirtualHost[];
  readonly facts: ClusterFacts;
  /** Objects that keep their meaning and are emitted in their newest version. */
  readonly carried: readonly CarriedObject[];
  readonly guards: readonly Guard[];
}

/** A policy of the source that guards pods and is no part of routes: one of its two findings is reported. */
export interface Guard {
  /** Where the target does not enforce it. */
  readonly lost: Diagnostic;
  /** Where the gateways of its own class serve the routes, which go on enforcing it. */
  readonly kept?: { readonly className: string; readonly finding: Diagnostic };
}

/** The object that a rule was written in: what names, namespaces and labels of the output follow from. */
export interface SourceObject {
  readonly apiVersion: string;
  readonly kind: string;
  /** As the manifest has it; absent resolves as the default namespace. */
  readonly namespace?: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** RFC 3339, where the input is a cluster dump. */
  readonly created?: string;
  readonly origin: Origin;
}

/** A point where traffic comes in. Gateways with the same `workload` share their listeners' routes. */
export interface Gateway {
  readonly id: string;
  readonly namespace?: string;
  readonly name: string;
  /** The class that the source names or implies: `istio`, an IngressClass, a GatewayClass. */
  readonly className: string;
  /** Which proxies serve it: Istio's selector, else its own id. */
  readonly workload: string;
  /** The AWS controller runs it on VPC Lattice, whatever its class is called. */
  readonly onLattice?: boolean;
  readonly exposure: 'public' | 'internal' | 'unknown';
  /**
   * Labels that its pods carry, where the Gateway makes them (Gateway API, Ingress); absent where they are chosen by a
   * selector of the source, whose parser knows better.
   */
  readonly podLabels?: Readonly<Record<string, string>>;
  readonly listeners: readonly Listener[];
  /** Names of listeners of its source that are for other protocols than HTTP, and no part of the model. */
  readonly leftOut?: readonly string[];
  readonly source: SourceObject;
  /** Gateway API: addresses, infrastructure and the like, kept for a Gateway API target. */
  readonly extra: Readonly<Record<string, unknown>>;
  readonly origin: Origin;
}

export interface Listener {
  /** Unique in its gateway. */
  readonly name: string;
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly host: HostPattern;
  readonly tls?: ListenerTls;
  /** Answer every request with a redirect to https before routing (Istio `httpsRedirect`). */
  readonly httpsRedirect: boolean;
  /** How routes name it where its Gateway is not in the input; absent = by its name. */
  readonly referredBy?: { readonly sectionName?: string; readonly port?: number };
  /** Who may attach (Gateway API); absent = as the routes need. */
  readonly allowedRoutes?: Readonly<Record<string, unknown>>;
  readonly origin: Origin;
}

export interface ListenerTls {
  readonly certificates: readonly { readonly namespace?: string; readonly name: string }[];
  /** Implementation options of the source (Gateway API `tls.options`). */
  readonly options: Readonly<Record<string, string>>;
}

/**
 * Which host names a virtual host serves.
 * `labels` says whether `*.a.com` takes one label in place of the star or any number.
 */
export type HostPattern =
  | { readonly kind: 'any' }
  | { readonly kind: 'exact'; readonly name: string }
  | { readonly kind: 'suffix'; readonly suffix: string; readonly labels: 'one' | 'many' };

/** Requests that come in at a gateway: one port of one set of proxies. */
export interface GatewayScope {
  readonly kind: 'gateway';
  readonly workload: string;
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS';
  /** The listeners that lead here, in source order; never empty. */
  readonly listeners: readonly { readonly gateway: string; readonly listener: string }[];
}

/** Requests of mesh clients to a Service. */
export interface MeshScope {
  readonly kind: 'mesh';
  /** Absent where the host of the source is no Kubernetes Service. */
  readonly target?: { readonly namespace: string; readonly service: string };
  /** The port of the Service that is called; absent = every port of it alike. */
  readonly port?: number;
  /** Whose requests: of all namespaces that no other virtual host of this target names, or of one. */
  readonly clients: { readonly kind: 'all' } | { readonly kind: 'namespace'; readonly namespace: string };
}

/**
 * How a rule is chosen.
 * - first-match: the first rule in the list
 * - gateway-api: HTTPRoute precedence of the specification, across all routes of the host
 * - ingress: Exact before longest prefix, by segment
 */
export type Ordering =
  | { readonly kind: 'first-match' }
  | { readonly kind: 'gateway-api' }
  | { readonly kind: 'ingress' };

export interface VirtualHost {
  /** Stable and printable: scope and host, `istio=ingressgateway:80/shop.example.com`. */
  readonly id: string;
  /** The id of the wildcard host that this one was expanded from. */
  readonly expands?: string;
  readonly scope: GatewayScope | MeshScope;
  readonly host: HostPattern;
  readonly order: Ordering;
  readonly rules: readonly Rule[];
  /** What a request of this host meets when no rule takes it. */
  readonly otherwise: Respond;
  readonly origin: Origin;
}

export interface Rule {
  readonly name?: string;
  readonly source: SourceObject;
  /** Which of the source object's hosts this is, counted from 0; the first keeps the object's name. */
  readonly hostIndex: number;
  /** Where the rule stands in its object; matches of one written rule share it. */
  readonly index: number;
  /**
   * The listeners that lead here, by name, where other rules of the virtual host stand behind other listeners; absent =
   * all of its listeners.
   */
  readonly listeners?: readonly string[];
  /** Alternatives; never empty. Match-all is written out. */
  readonly matches: readonly Match[];
  readonly action: Action;
  /**
   * How specific the host name is that its object writes, where objects behind the virtual host write it in different
   * ways (`a.com`, `*.com`, none); absent = all alike.
   */
  readonly hostLength?: number;
  /** Below the rules of all other objects of its host, whichever of them is older (Istio's catch-alls). */
  readonly standsLast?: true;
  readonly origin: Origin;
}

/** A conjunction. Headers and query parameters sorted by name, at most one test each. */
export interface Match {
  readonly path: PathPredicate;
  readonly method: StringPredicate;
  readonly headers: readonly AttributeTest[];
  readonly query: readonly AttributeTest[];
  /** The Host header as sent, port included; `any` unless the source tests it beyond the virtual host. */
  readonly authority: StringPredicate;
  /** Conditions that no target of ours can say and the model does not evaluate, as written (`sourceLabels`). */
  readonly opaque: readonly { readonly name: string; readonly value: string; readonly origin: Origin }[];
  readonly origin: Origin;
}

/** An object that is emitted as it came, in its newest version. */
export interface CarriedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly source: SourceObject;
  readonly body: Readonly<Record<string, unknown>>;
}
