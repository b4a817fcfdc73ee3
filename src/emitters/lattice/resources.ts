/**
 * The product of the target `lattice`: the resources of VPC Lattice that are wanted, with the field names of its API.
 * Resources refer to each other by name, never by id; `resourceKey` names each of them, now and in the next run.
 */
export interface LatticeResources {
  readonly kind: 'LatticeResources';
  /** What owns the resources in the account; the live side asks for it. */
  readonly stack?: string;
  readonly region?: string;
  readonly account?: string;
  /** Tags of everything that is created, beside the marks of ownership. */
  readonly tags?: Readonly<Record<string, string>>;
  /** In the order in which they can be created. */
  readonly resources: readonly LatticeResource[];
}

export type LatticeResource =
  | ServiceNetwork
  | VpcAssociation
  | TargetGroup
  | ExternalTargetGroup
  | LatticeService
  | AuthPolicy
  | AccessLogSubscription
  | Listener
  | LatticeRule
  | ServiceAssociation;

/** What the routes need to be told apart when they are read back; nothing of it reaches the API. */
export interface ResourceOrigin {
  /** The objects that it was made from: `VirtualService shop/catalog`. */
  readonly from?: readonly string[];
  /** Ids of the virtual hosts of the source that it answers for. */
  readonly serves?: readonly string[];
  /** The backend that a target group stands for: `namespace/name[:port][@subset]`. */
  readonly backend?: string;
  /** What the backend is, where it is no Service. */
  readonly kind?: 'ServiceImport';
  /** The labels of its subset. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** One that exists already has its ARN, or stands there without `create` and is looked up by name. */
export interface ServiceNetwork {
  readonly kind: 'ServiceNetwork';
  readonly name: string;
  readonly arn?: string;
  readonly create: boolean;
  readonly authType?: AuthType;
  readonly sharing?: { readonly enabled: boolean };
}

export interface VpcAssociation {
  readonly kind: 'ServiceNetworkVpcAssociation';
  /** `network/vpc-…`. */
  readonly name: string;
  readonly serviceNetwork: string;
  readonly vpcId: string;
  readonly securityGroupIds: readonly string[];
  /** Only of what stands in an account. */
  readonly privateDnsEnabled?: boolean;
  /** Only of what stands in an account. */
  readonly dnsOptions?: {
    readonly privateDnsPreference?: string;
    readonly privateDnsSpecifiedDomains?: readonly string[];
  };
}

export type AuthType = 'NONE' | 'AWS_IAM';

export interface LatticeService {
  readonly kind: 'Service';
  readonly name: string;
  /** The one name besides the generated one by which clients reach it. */
  readonly customDomainName?: string;
  readonly certificateArn?: string;
  readonly authType: AuthType;
  /** Only of what stands in an account; absent = 60. */
  readonly idleTimeoutSeconds?: number;
  readonly origin: ResourceOrigin;
}

/** Deleting a policy under AWS_IAM denies everyone, so it is put before the type is set. */
export interface AuthPolicy {
  readonly kind: 'AuthPolicy';
  /** That of the service or service network. */
  readonly name: string;
  readonly of: 'Service' | 'ServiceNetwork';
  /** JSON without line breaks. */
  readonly policy: string;
}

export interface AccessLogSubscription {
  readonly kind: 'AccessLogSubscription';
  /** `resource/s3|logs|firehose`: one destination of each type. */
  readonly name: string;
  readonly of: 'Service' | 'ServiceNetwork';
  readonly resource: string;
  readonly destinationArn: string;
}

export interface Listener {
  readonly kind: 'Listener';
  readonly name: string;
  readonly service: string;
  /** TLS_PASSTHROUGH only of what stands in an account. */
  readonly protocol: 'HTTP' | 'HTTPS' | 'TLS_PASSTHROUGH';
  readonly port: number;
  readonly defaultAction: RuleAction;
}

/** The first rule that a request meets decides, the lowest priority first. */
export interface LatticeRule {
  readonly kind: 'Rule';
  /** Follows from the match, so that adding a rule renames no other. */
  readonly name: string;
  readonly service: string;
  readonly listener: string;
  readonly priority: number;
  readonly match: { readonly httpMatch: HttpMatch };
  readonly action: RuleAction;
}

export interface HttpMatch {
  readonly method?: string;
  readonly pathMatch?: { readonly match: PathMatchType; readonly caseSensitive: boolean };
  readonly headerMatches?: readonly HeaderMatch[];
}

export type PathMatchType = { readonly exact: string } | { readonly prefix: string };

export interface HeaderMatch {
  readonly name: string;
  readonly match: { readonly exact: string } | { readonly prefix: string } | { readonly contains: string };
  readonly caseSensitive: boolean;
}

export type RuleAction =
  | { readonly forward: { readonly targetGroups: readonly WeightedTargetGroup[] } }
  | { readonly fixedResponse: { readonly statusCode: number } };

export interface WeightedTargetGroup {
  /** The name of a TargetGroup or an ExternalTargetGroup. */
  readonly targetGroup: string;
  readonly weight: number;
}

/** Everything but the health check and the targets is immutable, so the name changes with it. */
export interface TargetGroup {
  readonly kind: 'TargetGroup';
  readonly name: string;
  readonly type: 'IP' | 'INSTANCE' | 'LAMBDA' | 'ALB';
  /** Absent for LAMBDA. */
  readonly config?: TargetGroupConfig;
  /** Only of a LAMBDA that stands in an account; absent = V1. */
  readonly lambdaEventStructureVersion?: string;
  readonly targets: readonly Target[];
  readonly origin: ResourceOrigin;
}

export interface TargetGroupConfig {
  readonly port: number;
  /** TCP only of what stands in an account. */
  readonly protocol: 'HTTP' | 'HTTPS' | 'TCP';
  /** Absent for TCP. */
  readonly protocolVersion?: ProtocolVersion;
  readonly ipAddressType?: 'IPV4' | 'IPV6';
  readonly vpcIdentifier: string;
  /** Absent = as the service has it: on for HTTP1, off for HTTP2 and GRPC. */
  readonly healthCheck?: HealthCheck;
}

export type ProtocolVersion = 'HTTP1' | 'HTTP2' | 'GRPC';

export interface HealthCheck {
  readonly enabled: boolean;
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

export interface Target {
  /** An address, an instance id, or the ARN of a function or a load balancer. */
  readonly id: string;
  /** Absent for a function. */
  readonly port?: number;
}

/** A target group that somebody else owns; it is looked up and never written. */
export interface ExternalTargetGroup {
  readonly kind: 'ExternalTargetGroup';
  readonly name: string;
  readonly arn?: string;
  /** `namespace/name` of the ServiceExport for which the AWS controller made the group. */
  readonly serviceExport?: string;
  readonly port?: number;
  readonly origin: ResourceOrigin;
}

/** What makes a service reachable in a network; last of all, so that nothing is reached before its policy stands. */
export interface ServiceAssociation {
  readonly kind: 'ServiceNetworkServiceAssociation';
  /** `network/service`. */
  readonly name: string;
  readonly serviceNetwork: string;
  readonly service: string;
}

/** The stable key of a resource, unique in a product: `Rule shop-example-com/http-80/cart-1a2b3c4d`. */
export function resourceKey(resource: LatticeResource): string {
  switch (resource.kind) {
    case 'Listener':
      return `Listener ${resource.service}/${resource.name}`;
    case 'Rule':
      return `Rule ${resource.service}/${resource.listener}/${resource.name}`;
    case 'AuthPolicy':
      return `AuthPolicy ${resource.of}/${resource.name}`;
    default:
      return `${resource.kind} ${resource.name}`;
  }
}
