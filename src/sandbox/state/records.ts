import type { DnsOptions, RuleAction, RuleMatch, Target, TargetGroupConfig } from '../model/values.ts';

/** What every resource has. Times are ISO 8601, as the API gives them. */
interface Resource {
  readonly id: string;
  readonly arn: string;
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
  /** Place in the order of creation; pages go by it. Never shown. */
  readonly sequence: number;
}

/** What takes time to be created, changed or deleted. */
interface Asynchronous {
  readonly status: Status;
  readonly failureCode?: string;
  readonly failureMessage?: string;
}

export type Status =
  | 'ACTIVE'
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_FAILED'
  | 'UPDATE_IN_PROGRESS'
  | 'UPDATE_FAILED'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_FAILED';

export interface ServiceNetwork extends Resource {
  readonly name: string;
  readonly authType: 'NONE' | 'AWS_IAM';
  readonly sharingConfig?: { readonly enabled?: boolean };
}

export interface LatticeService extends Resource, Asynchronous {
  readonly name: string;
  readonly customDomainName?: string;
  readonly certificateArn?: string;
  readonly authType: 'NONE' | 'AWS_IAM';
  readonly idleTimeoutSeconds: number;
  readonly dnsEntry: { readonly domainName: string; readonly hostedZoneId: string };
}

export interface Listener extends Resource {
  readonly serviceId: string;
  readonly serviceArn: string;
  readonly name: string;
  readonly protocol: 'HTTP' | 'HTTPS' | 'TLS_PASSTHROUGH';
  readonly port: number;
  readonly defaultAction: RuleAction;
}

export interface Rule extends Resource {
  readonly serviceId: string;
  readonly listenerId: string;
  readonly name: string;
  readonly match: RuleMatch;
  readonly priority: number;
  readonly action: RuleAction;
}

export interface TargetGroup extends Resource, Asynchronous {
  readonly name: string;
  readonly type: 'IP' | 'LAMBDA' | 'INSTANCE' | 'ALB';
  readonly config: TargetGroupConfig;
}

/** A registered target; its health is not kept, but follows from the group and the time. */
export interface RegisteredTarget extends Target {
  readonly targetGroupId: string;
  readonly registeredAt: string;
  readonly draining: boolean;
  readonly sequence: number;
}

export interface ServiceAssociation extends Resource, Asynchronous {
  readonly createdBy: string;
  readonly serviceId: string;
  readonly serviceNetworkId: string;
}

export interface VpcAssociation extends Resource, Asynchronous {
  readonly createdBy: string;
  readonly serviceNetworkId: string;
  readonly vpcId: string;
  readonly securityGroupIds: readonly string[];
  readonly privateDnsEnabled?: boolean;
  readonly dnsOptions?: DnsOptions;
}

export interface AccessLogSubscription extends Resource {
  readonly resourceId: string;
  readonly resourceArn: string;
  readonly destinationArn: string;
  readonly serviceNetworkLogType?: 'SERVICE' | 'RESOURCE';
}

export interface Policy {
  readonly policy: string;
  readonly createdAt: string;
  readonly lastUpdatedAt: string;
}

/** A change that is under way: when it is over, and what the resource is then; null: gone. */
export interface Transition {
  readonly table: SettlingTable;
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly to: { readonly status: Status; readonly failureCode?: string; readonly failureMessage?: string } | null;
}

export type SettlingTable = 'Service' | 'TargetGroup' | 'Target' | 'ServiceAssociation' | 'VpcAssociation';

/** A create that was done: the same token may only come again with the same parameters. */
export interface SpentToken {
  /** A hash of the parameters. */
  readonly parameters: string;
  readonly output: Readonly<Record<string, unknown>>;
}
