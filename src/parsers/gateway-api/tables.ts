import type { AnyFieldTable } from '../field-table.ts';
import { corsTable } from './cors-fields.ts';
import { filterTable } from './filter-fields.ts';
import {
  allowedRoutesTable,
  gatewayTable,
  gatewayTlsTable,
  listenerTable,
  listenerTlsTable,
  routeNamespacesTable,
} from './gateway-fields.ts';
import { headerModifierTable, headerTable } from './header-fields.ts';
import { matchTable, pathMatchTable, valueMatchTable } from './match-fields.ts';
import { fractionTable, mirrorTable } from './mirror-fields.ts';
import { pathModifierTable, redirectTable, urlRewriteTable } from './path-change-fields.ts';
import { objectRefTable, parentRefTable } from './reference-fields.ts';
import { cookieTable, retryTable, sessionHeaderTable, sessionTable, timeoutsTable } from './reliability-fields.ts';
import { backendRefTable, httpRouteTable, ruleTable } from './route-fields.ts';

/** Every field of Gateway and HTTPRoute that is read or reported, by the name of its type. */
export const gatewayApiTables: Readonly<Record<string, AnyFieldTable>> = {
  Gateway: gatewayTable,
  Listener: listenerTable,
  ListenerTLSConfig: listenerTlsTable,
  AllowedRoutes: allowedRoutesTable,
  RouteNamespaces: routeNamespacesTable,
  GatewayTLSConfig: gatewayTlsTable,
  HTTPRoute: httpRouteTable,
  ParentReference: parentRefTable,
  HTTPRouteRule: ruleTable,
  HTTPRouteMatch: matchTable,
  HTTPPathMatch: pathMatchTable,
  'HTTPHeaderMatch, HTTPQueryParamMatch': valueMatchTable,
  HTTPRouteFilter: filterTable,
  HTTPHeaderFilter: headerModifierTable,
  HTTPHeader: headerTable,
  HTTPRequestMirrorFilter: mirrorTable,
  Fraction: fractionTable,
  HTTPRequestRedirectFilter: redirectTable,
  HTTPURLRewriteFilter: urlRewriteTable,
  HTTPPathModifier: pathModifierTable,
  HTTPCORSFilter: corsTable,
  HTTPBackendRef: backendRefTable,
  BackendObjectReference: objectRefTable,
  HTTPRouteTimeouts: timeoutsTable,
  HTTPRouteRetry: retryTable,
  SessionPersistence: sessionTable,
  CookieConfig: cookieTable,
  HeaderConfig: sessionHeaderTable,
};
