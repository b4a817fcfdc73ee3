/** The fields of a LatticeResources document, as its schema has checked them. */
export interface DocumentInput {
  readonly kind: 'LatticeResources';
  readonly stack?: string;
  readonly region?: string;
  readonly account?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly resources: readonly ResourceInput[];
}

export type ResourceInput =
  | NetworkInput
  | ServiceInput
  | ListenerInput
  | RuleInput
  | GroupInput
  | ExternalGroupInput
  | AssociationInput
  | PolicyInput
  | { readonly kind: 'ServiceNetworkVpcAssociation' | 'AccessLogSubscription' };

export interface OriginInput {
  readonly from?: readonly string[];
  readonly serves?: readonly string[];
  readonly backend?: string;
  readonly kind?: 'Service' | 'ServiceImport';
  readonly labels?: Readonly<Record<string, string>>;
}

export interface NetworkInput {
  readonly kind: 'ServiceNetwork';
  readonly name: string;
  readonly arn?: string;
  readonly create?: boolean;
  readonly authType?: string;
  readonly sharing?: object;
}

export interface PolicyInput {
  readonly kind: 'AuthPolicy';
  readonly name: string;
  readonly of: 'Service' | 'ServiceNetwork';
  readonly policy: string;
}

export interface ServiceInput {
  readonly kind: 'Service';
  readonly name: string;
  readonly customDomainName?: string;
  readonly certificateArn?: string;
  readonly authType?: string;
  readonly idleTimeoutSeconds?: number;
  readonly origin?: OriginInput;
}

export interface ListenerInput {
  readonly kind: 'Listener';
  readonly name: string;
  readonly service: string;
  readonly protocol: 'HTTP' | 'HTTPS' | 'TLS_PASSTHROUGH';
  readonly port: number;
  readonly defaultAction: ActionInput;
}

export interface RuleInput {
  readonly kind: 'Rule';
  readonly name: string;
  readonly service: string;
  readonly listener: string;
  readonly priority: number;
  readonly match: { readonly httpMatch: HttpMatchInput };
  readonly action: ActionInput;
}

export interface HttpMatchInput {
  readonly method?: string;
  readonly pathMatch?: {
    readonly match: { readonly exact?: string; readonly prefix?: string };
    readonly caseSensitive?: boolean;
  };
  readonly headerMatches?: readonly HeaderMatchInput[];
}

export interface HeaderMatchInput {
  readonly name: string;
  readonly match: { readonly exact?: string; readonly prefix?: string; readonly contains?: string };
  readonly caseSensitive?: boolean;
}

export interface ActionInput {
  readonly forward?: { readonly targetGroups: readonly WeightedInput[] };
  readonly fixedResponse?: { readonly statusCode: number };
}

export interface WeightedInput {
  readonly targetGroup: string;
  readonly weight?: number;
}

export interface GroupInput {
  readonly kind: 'TargetGroup';
  readonly name: string;
  readonly type: string;
  readonly config?: object;
  readonly targets?: readonly object[];
  readonly lambdaEventStructureVersion?: string;
  readonly origin?: OriginInput;
}

export interface ExternalGroupInput {
  readonly kind: 'ExternalTargetGroup';
  readonly name: string;
  readonly arn?: string;
  readonly serviceExport?: string;
  readonly port?: number;
  readonly origin?: OriginInput;
}

export interface AssociationInput {
  readonly kind: 'ServiceNetworkServiceAssociation';
  readonly name: string;
  readonly serviceNetwork: string;
  readonly service: string;
}
