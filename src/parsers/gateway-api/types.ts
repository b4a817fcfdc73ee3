/**
 * The Gateway API objects as their manifests spell them. v1, v1beta1 and v1alpha2 have the same fields here; what only
 * the experimental channel has is among them. Durations are texts such as `1h30m` or `500ms`.
 */

export interface GatewaySpec {
  readonly gatewayClassName?: string;
  readonly listeners?: readonly ListenerInput[];
  readonly addresses?: readonly object[];
  readonly infrastructure?: object;
  readonly tls?: GatewayTlsInput;
  readonly allowedListeners?: object;
  readonly defaultScope?: string;
  readonly backendTLS?: object;
}

export interface ListenerInput {
  readonly name?: string;
  readonly hostname?: string;
  readonly port?: number;
  readonly protocol?: string;
  readonly tls?: ListenerTlsInput;
  readonly allowedRoutes?: AllowedRoutesInput;
}

export interface ListenerTlsInput {
  readonly mode?: string;
  readonly certificateRefs?: readonly ObjectRefInput[];
  readonly options?: Readonly<Record<string, string>>;
  readonly frontendValidation?: object;
}

export interface AllowedRoutesInput {
  readonly namespaces?: RouteNamespacesInput | null;
  readonly kinds?: readonly { readonly group?: string | null; readonly kind?: string }[] | null;
}

export interface RouteNamespacesInput {
  readonly from?: string | null;
  readonly selector?: SelectorInput | null;
}

export interface SelectorInput {
  readonly matchLabels?: Readonly<Record<string, string>> | null;
  readonly matchExpressions?:
    | readonly { readonly key?: string; readonly operator?: string; readonly values?: readonly string[] | null }[]
    | null;
}

/** The only part with a meaning for a listener is `frontend`; `backend` goes along. */
export interface GatewayTlsInput {
  readonly backend?: object;
  readonly frontend?: object;
}

export interface HttpRouteSpec {
  readonly parentRefs?: readonly ParentRefInput[];
  readonly hostnames?: readonly string[];
  readonly rules?: readonly RuleInput[];
  readonly useDefaultGateways?: string;
}

export interface ParentRefInput {
  readonly group?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly sectionName?: string;
  readonly port?: number;
}

export interface RuleInput {
  readonly name?: string;
  readonly matches?: readonly MatchInput[];
  readonly filters?: readonly FilterInput[];
  readonly backendRefs?: readonly BackendRefInput[];
  readonly timeouts?: TimeoutsInput;
  readonly retry?: RetryInput;
  readonly sessionPersistence?: SessionInput;
}

export interface MatchInput {
  readonly path?: PathMatchInput;
  readonly headers?: readonly ValueMatchInput[];
  readonly queryParams?: readonly ValueMatchInput[];
  readonly method?: string;
}

export interface PathMatchInput {
  readonly type?: string;
  readonly value?: string;
}

export interface ValueMatchInput {
  readonly type?: string;
  readonly name?: string;
  readonly value?: string;
}

export interface FilterInput {
  readonly type?: string;
  readonly requestHeaderModifier?: HeaderModifierInput;
  readonly responseHeaderModifier?: HeaderModifierInput;
  readonly requestMirror?: MirrorInput;
  readonly requestRedirect?: RedirectInput;
  readonly urlRewrite?: UrlRewriteInput;
  readonly cors?: CorsInput;
  readonly externalAuth?: object;
  readonly extensionRef?: ObjectRefInput;
}

export interface HeaderModifierInput {
  readonly set?: readonly HeaderInput[];
  readonly add?: readonly HeaderInput[];
  readonly remove?: readonly string[];
}

export interface HeaderInput {
  readonly name?: string;
  readonly value?: string;
}

export interface MirrorInput {
  readonly backendRef?: ObjectRefInput;
  readonly percent?: number;
  readonly fraction?: FractionInput;
}

export interface FractionInput {
  readonly numerator?: number;
  readonly denominator?: number;
}

export interface RedirectInput {
  readonly scheme?: string;
  readonly hostname?: string;
  readonly path?: PathModifierInput;
  readonly port?: number;
  readonly statusCode?: number;
}

export interface UrlRewriteInput {
  readonly hostname?: string;
  readonly path?: PathModifierInput;
}

export interface PathModifierInput {
  readonly type?: string;
  readonly replaceFullPath?: string;
  readonly replacePrefixMatch?: string;
}

export interface CorsInput {
  readonly allowOrigins?: readonly string[];
  readonly allowCredentials?: boolean;
  readonly allowMethods?: readonly string[];
  readonly allowHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly maxAge?: number;
}

/** A reference to an object; with a weight and filters it is a BackendRefInput. */
export interface ObjectRefInput {
  readonly group?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly port?: number;
}

export interface BackendRefInput extends ObjectRefInput {
  readonly weight?: number;
  readonly filters?: readonly FilterInput[];
}

export interface TimeoutsInput {
  readonly request?: string;
  readonly backendRequest?: string;
}

export interface RetryInput {
  readonly codes?: readonly number[];
  readonly attempts?: number;
  readonly backoff?: string;
}

/** `sessionName`, `idleTimeout` and `cookieConfig` are the spelling of releases up to 1.6. */
export interface SessionInput {
  readonly type?: string;
  readonly sessionName?: string;
  readonly absoluteTimeout?: string;
  readonly idleTimeout?: string;
  readonly cookieConfig?: CookieInput;
  readonly cookie?: CookieInput;
  readonly header?: { readonly name?: string };
}

export interface CookieInput {
  readonly name?: string;
  readonly path?: string;
  readonly lifetimeType?: string;
}
