import type { Origin } from '../../diagnostics/origin.ts';
import type { SourceObject } from '../../ir/model.ts';
import type { PathType } from './types.ts';

/** An Ingress, read once. Host names are in lower case; `*` stands for a rule without a host. */
export interface IngressDraft {
  readonly source: SourceObject;
  /** Resolved. */
  readonly namespace: string;
  /** `namespace/name`. */
  readonly key: string;
  ingressClassName?: { readonly value: string; readonly origin: Origin };
  defaultBackend?: BackendDraft;
  tls: readonly TlsDraft[];
  rules: readonly RuleDraft[];
}

export interface RuleDraft {
  readonly origin: Origin;
  host: string;
  paths: readonly PathDraft[];
}

export interface PathDraft {
  readonly origin: Origin;
  path: string;
  pathType: PathType;
  backend?: BackendDraft;
}

export interface BackendDraft {
  readonly origin: Origin;
  service: string;
  port?: { readonly value: number | string; readonly origin: Origin };
  /** An object that is no Service, as `Kind name`. */
  resource?: string;
}

export interface TlsDraft {
  readonly origin: Origin;
  hosts: readonly string[];
  secretName?: string;
}

/** The name that stands for every host. */
export const ANY_HOST = '*';
