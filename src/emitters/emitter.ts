import type { DiagnosticFactory, Report } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../diagnostics/origin.ts';
import type { RoutingModel, VirtualHost } from '../ir/model.ts';
import type { LegalHost } from './legal-host.ts';

/** How the output should look; the flags of `convert` and the settings that concern it. */
export interface EmitOptions {
  readonly profile: 'lattice' | 'standard';
  readonly channel: 'standard' | 'experimental';
  /** `--gateway [NS/]NAME`. */
  readonly gateway?: { readonly namespace?: string; readonly name: string };
  readonly gatewayClass?: string;
  readonly latticePrefix: 'unknown' | 'string' | 'segment';
  readonly inPlace: boolean;
  readonly defaultNamespace: string;
  readonly clusterDomain: string;
  readonly explicitTimeouts: boolean;
  /** Existing Services that stand for subsets, with `{service}` and `{subset}`. */
  readonly subsetService?: string;
  readonly hosts: Readonly<Record<string, HostSettings>>;
  /** Adjustable quotas by name (`rulesPerListener`). */
  readonly limits: Readonly<Record<string, number>>;
  readonly toolVersion: string;
  /** Where the settings stand, for findings about their values; absent where they come from no file. */
  readonly settingsOrigin?: Origin;
  /** What only resources of VPC Lattice need. */
  readonly lattice?: LatticeSettings;
}

/** Where the resources of VPC Lattice go, and what stands for backends there. */
export interface LatticeSettings {
  readonly stack?: string;
  readonly region?: string;
  readonly account?: string;
  readonly serviceNetwork?: ServiceNetworkSettings;
  /** By `namespace/name:port[@subset]`. */
  readonly backends?: Readonly<Record<string, BackendSettings>>;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface ServiceNetworkSettings extends AccessSettings {
  readonly name?: string;
  readonly arn?: string;
  readonly create?: boolean;
  readonly vpcs?: readonly { readonly id: string; readonly securityGroups?: readonly string[] }[];
  readonly sharing?: { readonly enabled?: boolean };
}

/** Who may call, and where calls are logged. */
export interface AccessSettings {
  readonly authType?: 'NONE' | 'AWS_IAM';
  /** An IAM policy, as an object or as JSON. */
  readonly authPolicy?: string | Readonly<Record<string, unknown>>;
  /** ARNs of a log group, a bucket or a delivery stream; one of each type. */
  readonly accessLogs?: readonly string[];
}

/** What stands for a backend; the schema of the settings sees to it that one form is whole. */
export interface BackendSettings {
  readonly targetGroupArn?: string;
  readonly serviceExport?: string;
  readonly lambdaArn?: string;
  readonly albArn?: string;
  readonly instances?: readonly string[];
  readonly ips?: readonly string[];
  readonly endpointSlices?: true;
  readonly port?: number;
  readonly vpcId?: string;
  readonly protocol?: 'HTTP' | 'HTTPS';
  readonly protocolVersion?: 'HTTP1' | 'HTTP2' | 'GRPC';
  readonly healthCheck?: HealthCheckSettings;
}

/** A health check with the field names of the API; on unless it says otherwise. Durations in seconds. */
export interface HealthCheckSettings {
  readonly enabled?: boolean;
  readonly protocol?: 'HTTP' | 'HTTPS';
  readonly protocolVersion?: 'HTTP1' | 'HTTP2';
  readonly port?: number;
  readonly path?: string;
  readonly healthCheckIntervalSeconds?: number;
  readonly healthCheckTimeoutSeconds?: number;
  readonly healthyThresholdCount?: number;
  readonly unhealthyThresholdCount?: number;
  readonly matcher?: { readonly httpCode: string };
}

/** The settings of one host. */
export interface HostSettings extends AccessSettings {
  readonly certificateArn?: string;
  readonly serviceName?: string;
  readonly customDomain?: string;
  /** The names that a wildcard stands for. */
  readonly expand?: readonly string[];
}

/** A Kubernetes object of the output, with what it serves. */
export interface EmittedResource {
  readonly object: Readonly<Record<string, unknown>>;
  /** Ids of the virtual hosts that it serves; empty for what belongs to no host. */
  readonly hosts: readonly string[];
  /** Where it came from, for the comment above it and for `related`. */
  readonly origin?: Origin;
  /** Of a document that holds many resources: where each comes from, by its key. */
  readonly places?: ReadonlyMap<string, Origin>;
}

/** A name, port or Host header that clients must change. */
export interface ClientChange {
  readonly before: string;
  readonly after: string;
}

/** Use of a limit, for the summary. */
export interface LimitUse {
  readonly host: string;
  readonly limit: string;
  readonly used: number;
  readonly of: number;
}

export interface EmitResult {
  readonly resources: readonly EmittedResource[];
  readonly clientChanges: readonly ClientChange[];
  readonly limits: readonly LimitUse[];
  /** What must exist before the output is applied, one sentence each. */
  readonly prerequisites: readonly string[];
}

/** One target. */
export interface Emitter {
  readonly name: string;
  readonly diagnostics: Readonly<Record<string, DiagnosticFactory<never>>>;
  /** Names of the adjustable quotas that `limits` may state. */
  readonly limits: readonly string[];
  /** Kubernetes objects, or one document of ours that is printed as it is. */
  readonly product: 'manifests' | 'document';
  /** The virtual hosts as this target acts: wildcards expanded, listeners merged. Runs before legalize. */
  readonly legalize: (model: RoutingModel, options: EmitOptions, report: Report) => readonly LegalHost[];
  /** Whether a host without a rule is written, since without it something else would answer than the 404 of today. */
  readonly writesWithoutRules: (host: VirtualHost) => boolean;
  /** A legal host as the target will act on it. */
  readonly toVirtualHost: (legal: LegalHost, options: EmitOptions) => VirtualHost;
  /** Which parser reads the output back, and as what. */
  readonly readBack: {
    readonly parser: string;
    readonly options: (options: EmitOptions) => { readonly sourceClass?: string };
  };
  /** Builds the resources of the hosts that may be written. */
  readonly assemble: (
    hosts: readonly LegalHost[],
    model: RoutingModel,
    options: EmitOptions,
    report: Report,
  ) => EmitResult;
}

/** A host pattern as people write it. */
export function printHost(host: VirtualHost['host']): string {
  return host.kind === 'any' ? '*' : host.kind === 'exact' ? host.name : `*.${host.suffix}`;
}
