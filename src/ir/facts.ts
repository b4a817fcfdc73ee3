import type { Origin } from '../diagnostics/origin.ts';

/**
 * What the input (and the settings) say about the cluster. Facts are read partially: a field that
 * is not listed here is not looked at and never reported.
 */
export interface ClusterFacts {
  /** By `namespace/name`, namespaces resolved. */
  readonly services: ReadonlyMap<string, KubernetesService>;
  /** By `namespace/name`: ServiceImports of the input. */
  readonly serviceImports: ReadonlyMap<string, { readonly ports: readonly number[]; readonly origin: Origin }>;
  /** Labels by namespace name. */
  readonly namespaces: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly ingressClasses: ReadonlyMap<string, { readonly controller: string; readonly isDefault: boolean }>;
  /** Pod templates, for selectors, subsets and readiness probes. */
  readonly workloads: readonly Workload[];
  /** By `namespace/name` of a Service: the ready addresses of its EndpointSlices, sorted. */
  readonly endpoints?: ReadonlyMap<string, readonly string[]>;
  /** ReferenceGrants of the input. */
  readonly grants: readonly ReferenceGrantFact[];
}

export interface KubernetesService {
  readonly namespace: string;
  readonly name: string;
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
  readonly headless: boolean;
  readonly ports: readonly ServicePort[];
  readonly selector: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Where it came from: the input, or the settings file. */
  readonly from: 'input' | 'settings';
  readonly origin?: Origin;
}

export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: number | string;
  readonly protocol: string;
  readonly appProtocol?: string;
}

export interface Workload {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly name?: string; readonly port: number }[];
  readonly readiness?: ReadinessProbe;
}

/** An HTTP readiness probe. Durations in seconds. */
export interface ReadinessProbe {
  readonly path: string;
  readonly port: number | string;
  readonly scheme: 'HTTP' | 'HTTPS';
  readonly intervalSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly successThreshold?: number;
  readonly failureThreshold?: number;
}

export interface ReferenceGrantFact {
  readonly namespace: string;
  readonly from: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[];
  readonly to: readonly { readonly group: string; readonly kind: string; readonly name?: string }[];
}
