/** The fields of an Ingress of networking.k8s.io/v1, after its schema has checked their types. */
export interface IngressSpec {
  readonly ingressClassName?: string | null;
  readonly defaultBackend?: BackendInput | null;
  readonly tls?: readonly TlsInput[] | null;
  readonly rules?: readonly RuleInput[] | null;
}

export interface RuleInput {
  readonly host?: string | null;
  readonly http?: HttpInput | null;
}

export interface HttpInput {
  readonly paths?: readonly PathInput[] | null;
}

export interface PathInput {
  readonly path?: string | null;
  readonly pathType?: PathType | null;
  readonly backend?: BackendInput | null;
}

export type PathType = 'Exact' | 'Prefix' | 'ImplementationSpecific';

export interface BackendInput {
  readonly service?: ServiceInput | null;
  readonly resource?: ResourceInput | null;
}

export interface ServiceInput {
  readonly name?: string | null;
  readonly port?: PortInput | null;
}

export interface PortInput {
  readonly name?: string | null;
  readonly number?: number | null;
}

export interface ResourceInput {
  readonly apiGroup?: string | null;
  readonly kind?: string | null;
  readonly name?: string | null;
}

export interface TlsInput {
  readonly hosts?: readonly string[] | null;
  readonly secretName?: string | null;
}
