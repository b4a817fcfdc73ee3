import type { Ordering, VirtualHost } from '../ir/model.ts';
import { type ProfileName, profileNames } from './profile-names.ts';

/** What a specification leaves open, where an answer may depend on it. */
export type OpenPoint = 'pattern-rank' | 'host-fall-through' | 'listener-isolation' | 'lattice-prefix';

/** Both readings of a point, as they stand behind "holds where" and "otherwise". */
export const openPoints: Readonly<Record<OpenPoint, { readonly holds: string; readonly otherwise: string }>> = {
  'pattern-rank': {
    holds: 'a path pattern ranks below every prefix, longer patterns first, as in Istio',
    otherwise: 'where patterns rank above prefixes, as in Envoy Gateway, or among each other in another order',
  },
  'host-fall-through': {
    holds: 'a host without a rule for the request answers itself',
    otherwise: 'where the request falls through to a wider host',
  },
  'listener-isolation': {
    holds: 'the most specific listener keeps the request from the routes of other ones',
    otherwise: 'where listeners are not isolated from each other',
  },
  'lattice-prefix': {
    holds: 'VPC Lattice compares a path prefix as text, which is not documented',
    otherwise: 'where it compares whole segments',
  },
};

/** How an implementation reads its configuration: facts of the routing model that no object states. */
export interface Profile {
  readonly title: string;
  /** API groups of the objects that are read so, and how their hosts choose a rule. */
  readonly groups: readonly string[];
  readonly orders: readonly Ordering['kind'][];
  readonly scopes: readonly VirtualHost['scope']['kind'][];
  /** How the host is chosen, in words. */
  readonly hosts: string;
  /** What tells a mesh which Service is called: the Host header, or where the connection leads. */
  readonly meshCall: 'host' | 'dialled';
  /** How a rule of the host is chosen, in words. */
  readonly ordering: string;
  readonly prefixes: 'string' | 'segment' | 'lattice';
  /** Letter case in the values of headers. */
  readonly headerValues: 'case-sensitive' | 'ignore-case';
  /** When the header changes of a backend are made, beside those of its rule. */
  readonly backendHeaders: 'before-rule' | 'after-rule';
  /** What answers where a route names a Service that does not exist; absent where that is left open. */
  readonly missingService?: number;
  /** What answers when no rule matches, in words. */
  readonly unmatched: string;
  /** What answers for a host that nothing serves, in words. */
  readonly unserved: string;
  /** A host that nothing serves leads nowhere: there is no proxy that could say so. */
  readonly unservedLeadsNowhere?: true;
  readonly open: readonly OpenPoint[];
  /** The class that has Gateway API sources read so. */
  readonly sourceClass?: string;
}

const LONGEST = 'the exact name, else the longest wildcard, else any host; no fall-through';
const GATEWAY_API = 'gateway.networking.k8s.io';

/** The semantics profiles: one row for each way in which configuration is read. */
export const profiles: Readonly<Record<ProfileName, Profile>> = {
  'istio-gateway': {
    title: 'Istio at a gateway',
    groups: ['networking.istio.io'],
    orders: ['first-match'],
    scopes: ['gateway'],
    hosts: LONGEST,
    meshCall: 'host',
    ordering: 'first match, rules that take everything last',
    prefixes: 'string',
    headerValues: 'case-sensitive',
    backendHeaders: 'before-rule',
    missingService: 503,
    unmatched: 'status 404',
    unserved: 'status 404',
    open: [],
  },
  'istio-sidecar': {
    title: 'Istio in a sidecar',
    groups: ['networking.istio.io'],
    orders: ['first-match'],
    scopes: ['mesh'],
    hosts: 'the Service that the Host header names: name, name.ns, name.ns.svc, full name',
    meshCall: 'host',
    ordering: 'first match, rules that take everything last',
    prefixes: 'string',
    headerValues: 'case-sensitive',
    backendHeaders: 'before-rule',
    missingService: 503,
    unmatched: 'status 404',
    unserved: 'the Service itself, or whatever the name leads to',
    open: [],
  },
  'gateway-api-aws': {
    title: 'Gateway API as the AWS Gateway API Controller runs it',
    groups: [GATEWAY_API],
    orders: ['first-match'],
    scopes: ['gateway'],
    hosts: 'the first hostname of each route; a route without one has a generated name only',
    meshCall: 'host',
    ordering: 'the order of the list, or the priorities of the annotations',
    prefixes: 'lattice',
    headerValues: 'ignore-case',
    backendHeaders: 'after-rule',
    unmatched: 'status 404',
    unserved: 'no answer: the name leads to no service of the network',
    unservedLeadsNowhere: true,
    open: ['lattice-prefix'],
    sourceClass: 'amazon-vpc-lattice',
  },
  'gateway-api': {
    title: 'Gateway API by the specification',
    groups: [GATEWAY_API],
    orders: ['gateway-api'],
    scopes: ['gateway', 'mesh'],
    hosts:
      'the exact name, else the longest wildcard, else any host; fall-through is left open. In a mesh the Service that is dialled',
    meshCall: 'dialled',
    ordering: 'exact path, longest prefix, method, most headers, most query parameters, oldest, name, place',
    prefixes: 'segment',
    headerValues: 'case-sensitive',
    backendHeaders: 'after-rule',
    missingService: 500,
    unmatched: 'status 404',
    unserved: 'status 404 at a gateway; the Service itself in a mesh',
    open: ['pattern-rank', 'host-fall-through', 'listener-isolation'],
    sourceClass: 'any-conformant-class',
  },
  ingress: {
    title: 'Ingress v1',
    groups: ['networking.k8s.io', 'extensions'],
    orders: ['ingress', 'first-match'],
    scopes: ['gateway'],
    hosts: 'the exact name, else the longest wildcard (one label), else any host; fall-through is left open',
    meshCall: 'host',
    ordering: 'exact path, then the longest prefix; on a load balancer of AWS the order of the list',
    prefixes: 'segment',
    headerValues: 'case-sensitive',
    backendHeaders: 'after-rule',
    unmatched: 'the default backend, else status 404',
    unserved: 'status 404',
    open: ['host-fall-through'],
  },
  lattice: {
    title: 'VPC Lattice',
    groups: ['latticectl', GATEWAY_API],
    orders: ['first-match'],
    scopes: ['gateway'],
    hosts: 'the custom domain or the generated name of a service',
    meshCall: 'host',
    ordering: 'first match by priority',
    prefixes: 'lattice',
    headerValues: 'ignore-case',
    backendHeaders: 'after-rule',
    unmatched: "the listener's default action, else status 404",
    unserved: 'no answer: the name leads to no service of the network',
    unservedLeadsNowhere: true,
    open: ['lattice-prefix'],
    sourceClass: 'amazon-vpc-lattice',
  },
};

/** The profile by which a virtual host was read: the first that fits it. */
export function profileOf(host: VirtualHost): ProfileName {
  const group = host.origin.document.resource?.apiVersion.replace(/\/.*$/, '') ?? '';
  const fits = ({ groups, orders, scopes }: Profile) =>
    groups.includes(group) && orders.includes(host.order.kind) && scopes.includes(host.scope.kind);
  return profileNames.find((name) => fits(profiles[name])) ?? 'gateway-api';
}

/** Whether a virtual host answers where the input is read by this profile. */
export function isReadBy(host: VirtualHost, name: ProfileName): boolean {
  const own = profileOf(host);
  return own === name || (own === 'gateway-api-aws' && name === 'lattice');
}
