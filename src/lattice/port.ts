/**
 * What the live side asks of VPC Lattice, and nothing else: the calls that read, with the fields that are looked at. A list
 * is whole, its pages being a matter of the other side.
 */
export interface Calls {
  readonly ListServiceNetworks: Call<Empty, readonly Summary[]>;
  readonly ListServices: Call<Empty, readonly (Summary & Lifecycle & { readonly customDomainName?: string })[]>;
  readonly ListTargetGroups: Call<Empty, readonly (Summary & Lifecycle)[]>;
  readonly ListTagsForResource: Call<{ readonly resourceArn: string }, Readonly<Record<string, string>>>;
  readonly GetServiceNetwork: Call<{ readonly serviceNetworkIdentifier: string }, NetworkDetails>;
  readonly ListServiceNetworkServiceAssociations: Call<
    { readonly serviceNetworkIdentifier: string },
    readonly ServiceAssociationSummary[]
  >;
  readonly ListServiceNetworkVpcAssociations: Call<
    { readonly serviceNetworkIdentifier: string },
    readonly VpcAssociationSummary[]
  >;
  readonly GetServiceNetworkVpcAssociation: Call<
    { readonly serviceNetworkVpcAssociationIdentifier: string },
    VpcAssociationDetails
  >;
  readonly GetService: Call<{ readonly serviceIdentifier: string }, ServiceDetails>;
  /** Undefined where the resource has none. */
  readonly GetAuthPolicy: Call<{ readonly resourceIdentifier: string }, { readonly policy?: string }>;
  readonly ListAccessLogSubscriptions: Call<{ readonly resourceIdentifier: string }, readonly LogSummary[]>;
  readonly ListListeners: Call<{ readonly serviceIdentifier: string }, readonly (Summary & ListenerPlace)[]>;
  readonly GetListener: Call<InListener, Summary & ListenerPlace & { readonly defaultAction: LiveAction }>;
  readonly ListRules: Call<InListener, readonly RuleSummary[]>;
  readonly GetRule: Call<InListener & { readonly ruleIdentifier: string }, RuleDetails>;
  readonly GetTargetGroup: Call<{ readonly targetGroupIdentifier: string }, TargetGroupDetails>;
  readonly ListTargets: Call<{ readonly targetGroupIdentifier: string }, readonly LiveTarget[]>;
}

export type Operation = keyof Calls;

export interface LatticePort {
  /** Rejects with a LiveError. */
  call<Op extends Operation>(operation: Op, input: Calls[Op]['input']): Promise<Answer<Calls[Op]['output']>>;
}

interface Call<Input, Output> {
  readonly input: Input;
  readonly output: Output;
}

export interface Answer<Output> {
  readonly value: Output;
  /** Of the call, or of the last page. */
  readonly requestId: string;
}

type Empty = Readonly<Record<string, never>>;

export interface Summary {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly lastUpdatedAt?: number;
}

export interface Lifecycle {
  /** `ACTIVE`, `CREATE_IN_PROGRESS`, … */
  readonly status?: string;
}

export interface NetworkDetails extends Summary {
  readonly authType?: string;
  readonly sharingConfig?: { readonly enabled?: boolean };
}

export interface ServiceAssociationSummary extends Lifecycle {
  readonly id: string;
  readonly arn: string;
  readonly serviceId: string;
  readonly serviceName?: string;
  readonly customDomainName?: string;
}

export interface VpcAssociationSummary extends Lifecycle {
  readonly id: string;
  readonly arn: string;
  readonly vpcId: string;
  readonly lastUpdatedAt?: number;
}

export interface VpcAssociationDetails extends VpcAssociationSummary {
  readonly securityGroupIds?: readonly string[];
  readonly privateDnsEnabled?: boolean;
  readonly dnsOptions?: {
    readonly privateDnsPreference?: string;
    readonly privateDnsSpecifiedDomains?: readonly string[];
  };
}

export interface ServiceDetails extends Summary, Lifecycle {
  readonly customDomainName?: string;
  readonly certificateArn?: string;
  readonly authType?: string;
  readonly idleTimeoutSeconds?: number;
}

export interface LogSummary {
  readonly id: string;
  readonly arn: string;
  readonly destinationArn: string;
  readonly serviceNetworkLogType?: string;
}

export interface ListenerPlace {
  readonly protocol: string;
  readonly port: number;
}

interface InListener {
  readonly serviceIdentifier: string;
  readonly listenerIdentifier: string;
}

export interface RuleSummary extends Summary {
  readonly isDefault: boolean;
  readonly priority?: number;
}

export interface RuleDetails extends Summary {
  readonly priority: number;
  readonly match: { readonly httpMatch: LiveMatch };
  readonly action: LiveAction;
}

export interface LiveMatch {
  readonly method?: string;
  readonly pathMatch?: { readonly match: LiveText; readonly caseSensitive?: boolean };
  readonly headerMatches?: readonly {
    readonly name: string;
    readonly match: LiveText;
    readonly caseSensitive?: boolean;
  }[];
}

/** One of them. */
export interface LiveText {
  readonly exact?: string;
  readonly prefix?: string;
  readonly contains?: string;
}

/** One of them. */
export interface LiveAction {
  readonly forward?: {
    readonly targetGroups: readonly { readonly targetGroupIdentifier: string; readonly weight?: number }[];
  };
  readonly fixedResponse?: { readonly statusCode: number };
}

export interface TargetGroupDetails extends Summary, Lifecycle {
  readonly type: string;
  readonly config?: LiveGroupConfig;
  readonly serviceArns?: readonly string[];
}

export interface LiveGroupConfig {
  readonly port?: number;
  readonly protocol?: string;
  readonly protocolVersion?: string;
  readonly ipAddressType?: string;
  readonly vpcIdentifier?: string;
  readonly lambdaEventStructureVersion?: string;
  readonly healthCheck?: LiveHealthCheck;
}

export interface LiveHealthCheck {
  readonly enabled?: boolean;
  readonly protocol?: string;
  readonly protocolVersion?: string;
  readonly port?: number;
  readonly path?: string;
  readonly healthCheckIntervalSeconds?: number;
  readonly healthCheckTimeoutSeconds?: number;
  readonly healthyThresholdCount?: number;
  readonly unhealthyThresholdCount?: number;
  readonly matcher?: { readonly httpCode?: string };
}

export interface LiveTarget extends Lifecycle {
  readonly id: string;
  readonly port?: number;
}
