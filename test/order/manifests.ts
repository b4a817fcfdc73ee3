/** The part of the manifests that the order property writes and reads: plain JSON, as a person has it in Git. */

/** An Istio StringMatch; the empty object means that the thing is present. */
export interface StringMatch {
  readonly exact?: string;
  readonly prefix?: string;
  readonly regex?: string;
}

export interface IstioMatch {
  readonly name?: string;
  readonly uri?: StringMatch;
  readonly ignoreUriCase?: boolean;
  readonly method?: StringMatch;
  readonly authority?: StringMatch;
  readonly headers?: Readonly<Record<string, StringMatch>>;
  readonly withoutHeaders?: Readonly<Record<string, StringMatch>>;
  readonly queryParams?: Readonly<Record<string, StringMatch>>;
}

export interface IstioDestination {
  readonly destination: { readonly host: string; readonly port?: { readonly number: number } };
  readonly weight?: number;
}

export interface IstioRule {
  readonly name?: string;
  readonly match?: readonly IstioMatch[];
  readonly route: readonly IstioDestination[];
}

export interface VirtualService {
  readonly apiVersion: string;
  readonly kind: 'VirtualService';
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly hosts: readonly string[];
    readonly gateways?: readonly string[];
    readonly http: readonly IstioRule[];
  };
}

export interface ValueMatch {
  readonly type?: string;
  readonly name: string;
  readonly value: string;
}

export interface RouteMatch {
  readonly path?: { readonly type?: string; readonly value?: string };
  readonly method?: string;
  readonly headers?: readonly ValueMatch[];
  readonly queryParams?: readonly ValueMatch[];
}

export interface BackendRef {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
  readonly weight?: number;
  readonly filters?: readonly unknown[];
}

export interface RouteRule {
  readonly matches?: readonly RouteMatch[];
  readonly filters?: readonly unknown[];
  readonly backendRefs?: readonly BackendRef[];
}

export interface HttpRoute {
  readonly apiVersion: string;
  readonly kind: 'HTTPRoute';
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly hostnames?: readonly string[];
    readonly rules?: readonly RouteRule[];
  };
}

/** One request; `path` holds no query, `query` is the raw text after `?`, header names are lower case. */
export interface Request {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type Profile = 'standard' | 'lattice';

/** The host that serves one list of a batch. */
export const hostOf = (list: number): string => `list-${list}.example.com`;

const NAMESPACE = 'shop';

/** The Services that the lists route to. */
export const BACKENDS = ['a', 'b', 'c', 'd', 'e'] as const;

/** A destination on one of the Services a to e, by its full name and its only port. */
export const destination = (name: string, weight?: number): IstioDestination => ({
  destination: { host: `${name}.${NAMESPACE}.svc.cluster.local`, port: { number: 80 } },
  ...(weight === undefined ? {} : { weight }),
});

/** Wraps an ordered rule list into the VirtualService of one host. */
export const virtualService = (http: readonly IstioRule[], list = 0): VirtualService => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: `list-${list}`, namespace: NAMESPACE },
  spec: { hosts: [hostOf(list)], gateways: ['edge'], http },
});

const gateway = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'edge', namespace: NAMESPACE },
  spec: {
    selector: { istio: 'ingressgateway' },
    servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
  },
};

const kubernetesServices = BACKENDS.map((name) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: NAMESPACE },
  spec: { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
}));

/** The manifests of several lists, each on a host of its own, as YAML (documents in the JSON form, which YAML includes). */
export const printManifests = (lists: readonly (readonly IstioRule[])[]): string =>
  [gateway, ...kubernetesServices, ...lists.map((http, index) => virtualService(http, index))]
    .map((object) => `${JSON.stringify(object)}\n`)
    .join('---\n');
