/**
 * The Istio objects as their manifests spell them (networking.istio.io v1, v1beta1 and v1alpha3 have the same
 * fields). Durations are Go duration texts; percentages are numbers from 0 to 100.
 */

export interface VirtualServiceSpec {
  readonly hosts?: readonly string[];
  readonly gateways?: readonly string[];
  readonly http?: readonly HttpRouteInput[];
  readonly tls?: readonly L4RouteInput[];
  readonly tcp?: readonly L4RouteInput[];
  readonly exportTo?: readonly string[];
}

export interface HttpRouteInput {
  readonly name?: string;
  readonly match?: readonly HttpMatchInput[];
  readonly route?: readonly RouteDestinationInput[];
  readonly redirect?: RedirectInput;
  readonly directResponse?: DirectResponseInput;
  readonly delegate?: DelegateInput;
  readonly rewrite?: RewriteInput;
  readonly timeout?: string;
  readonly retries?: RetriesInput;
  readonly fault?: FaultInput;
  readonly mirror?: DestinationInput;
  readonly mirrors?: readonly MirrorInput[];
  readonly mirror_percent?: number;
  readonly mirrorPercent?: number;
  readonly mirrorPercentage?: PercentInput;
  readonly corsPolicy?: CorsInput;
  readonly headers?: HeadersInput;
}

/** At most one field is set; none set means presence where a name is looked up. */
export interface StringMatchInput {
  readonly exact?: string;
  readonly prefix?: string;
  readonly regex?: string;
}

export interface HttpMatchInput {
  readonly name?: string;
  readonly uri?: StringMatchInput;
  readonly scheme?: StringMatchInput;
  readonly method?: StringMatchInput;
  readonly authority?: StringMatchInput;
  readonly headers?: Readonly<Record<string, StringMatchInput | null>>;
  readonly withoutHeaders?: Readonly<Record<string, StringMatchInput | null>>;
  readonly queryParams?: Readonly<Record<string, StringMatchInput | null>>;
  readonly ignoreUriCase?: boolean;
  readonly port?: number;
  readonly sourceLabels?: Readonly<Record<string, string>>;
  readonly sourceNamespace?: string;
  readonly gateways?: readonly string[];
  readonly statPrefix?: string;
}

export interface RouteDestinationInput {
  readonly destination?: DestinationInput;
  readonly weight?: number;
  readonly headers?: HeadersInput;
}

export interface DestinationInput {
  readonly host?: string;
  readonly subset?: string;
  readonly port?: PortSelectorInput;
}

export interface PortSelectorInput {
  readonly number?: number;
}

export interface HeadersInput {
  readonly request?: HeaderOpsInput;
  readonly response?: HeaderOpsInput;
}

export interface HeaderOpsInput {
  readonly set?: Readonly<Record<string, string>>;
  readonly add?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
}

export interface RedirectInput {
  readonly uri?: string;
  readonly prefixRewrite?: string;
  readonly authority?: string;
  readonly scheme?: string;
  readonly port?: number;
  readonly derivePort?: string;
  readonly redirectCode?: number;
}

export interface DirectResponseInput {
  readonly status?: number;
  readonly body?: BodyInput;
}

export interface BodyInput {
  readonly string?: string;
  readonly bytes?: string;
}

export interface DelegateInput {
  readonly name?: string;
  readonly namespace?: string;
}

export interface RewriteInput {
  readonly uri?: string;
  readonly authority?: string;
  readonly uriRegexRewrite?: RegexRewriteInput;
}

export interface RegexRewriteInput {
  readonly match?: string;
  readonly rewrite?: string;
}

export interface RetriesInput {
  readonly attempts?: number;
  readonly perTryTimeout?: string;
  readonly retryOn?: string;
  readonly backoff?: string;
  readonly retryRemoteLocalities?: boolean;
  readonly retryIgnorePreviousHosts?: boolean;
}

export interface FaultInput {
  readonly delay?: DelayInput;
  readonly abort?: AbortInput;
}

export interface DelayInput {
  readonly fixedDelay?: string;
  readonly exponentialDelay?: string;
  readonly percent?: number;
  readonly percentage?: PercentInput;
}

export interface AbortInput {
  readonly httpStatus?: number;
  readonly grpcStatus?: string;
  readonly http2Error?: string;
  readonly percentage?: PercentInput;
}

export interface PercentInput {
  readonly value?: number;
}

export interface MirrorInput {
  readonly destination?: DestinationInput;
  readonly percentage?: PercentInput;
}

export interface CorsInput {
  readonly allowOrigin?: readonly string[];
  readonly allowOrigins?: readonly StringMatchInput[];
  readonly allowMethods?: readonly string[];
  readonly allowHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly maxAge?: string;
  readonly allowCredentials?: boolean;
  readonly unmatchedPreflights?: string;
}

/** A rule of `tls` or `tcp`: only its place matters, since it is reported as a whole. */
export interface L4RouteInput {
  readonly match?: readonly { readonly sniHosts?: readonly string[] }[];
  readonly route?: readonly unknown[];
}

export interface GatewaySpec {
  readonly selector?: Readonly<Record<string, string>>;
  readonly servers?: readonly ServerInput[];
}

export interface ServerInput {
  readonly name?: string;
  readonly bind?: string;
  readonly defaultEndpoint?: string;
  readonly hosts?: readonly string[];
  readonly port?: ServerPortInput;
  readonly tls?: ServerTlsInput;
}

export interface ServerPortInput {
  readonly number?: number;
  readonly name?: string;
  readonly protocol?: string;
  readonly targetPort?: number;
}

export interface ServerTlsInput {
  readonly mode?: string;
  readonly httpsRedirect?: boolean;
  readonly credentialName?: string;
  readonly credentialNames?: readonly string[];
  readonly serverCertificate?: string;
  readonly privateKey?: string;
  readonly tlsCertificates?: readonly unknown[];
  readonly caCertificates?: string;
  readonly caCrl?: string;
  readonly caCertCredentialName?: string;
  readonly insecureSkipVerify?: boolean;
  readonly subjectAltNames?: readonly string[];
  readonly verifyCertificateHash?: readonly string[];
  readonly verifyCertificateSpki?: readonly string[];
  readonly minProtocolVersion?: string;
  readonly maxProtocolVersion?: string;
  readonly cipherSuites?: readonly string[];
}

export interface DestinationRuleSpec {
  readonly host?: string;
  readonly subsets?: readonly SubsetInput[];
  readonly trafficPolicy?: TrafficPolicyInput;
  readonly exportTo?: readonly string[];
  readonly workloadSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
}

export interface SubsetInput {
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly trafficPolicy?: TrafficPolicyInput;
}

export interface PortTrafficPolicyInput {
  readonly port?: PortSelectorInput;
  readonly connectionPool?: object;
  readonly loadBalancer?: LoadBalancerInput;
  readonly outlierDetection?: object;
  readonly tls?: ClientTlsInput;
}

export interface TrafficPolicyInput extends Omit<PortTrafficPolicyInput, 'port'> {
  readonly portLevelSettings?: readonly PortTrafficPolicyInput[];
  readonly proxyProtocol?: object;
  readonly retryBudget?: object;
  readonly tunnel?: object;
}

export interface LoadBalancerInput {
  readonly simple?: string;
  readonly consistentHash?: object;
  readonly localityLbSetting?: object;
  readonly zoneAwareLbSetting?: object;
  readonly warmup?: object;
  readonly warmupDurationSecs?: string;
}

export interface ClientTlsInput {
  readonly mode?: string;
}
