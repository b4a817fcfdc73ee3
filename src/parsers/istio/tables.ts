import type { AnyFieldTable } from '../field-table.ts';
import { corsTable } from './cors-fields.ts';
import { destinationTable, portSelectorTable, routeDestinationTable } from './destination-fields.ts';
import {
  destinationRuleTable,
  portTrafficPolicyTable,
  subsetTable,
  trafficPolicyTable,
} from './destination-rule-fields.ts';
import { abortTable, delayTable, faultTable } from './fault-fields.ts';
import { gatewayTable, serverPortTable, serverTable, serverTlsTable } from './gateway-fields.ts';
import { headerOpsTable, headersTable } from './header-fields.ts';
import { httpMatchTable, stringMatchTable } from './match-fields.ts';
import { percentTable } from './percent-fields.ts';
import { bodyTable, directResponseTable, redirectTable, regexRewriteTable, rewriteTable } from './redirect-fields.ts';
import { retriesTable } from './retry-fields.ts';
import { delegateTable, httpRouteTable, mirrorTable } from './route-fields.ts';
import { virtualServiceTable } from './virtual-service.ts';

/** Every field of Istio that is read, dropped or ignored, by the name of its type. */
export const istioTables: Readonly<Record<string, AnyFieldTable>> = {
  VirtualService: virtualServiceTable,
  HTTPRoute: httpRouteTable,
  HTTPMatchRequest: httpMatchTable,
  StringMatch: stringMatchTable,
  HTTPRouteDestination: routeDestinationTable,
  Destination: destinationTable,
  PortSelector: portSelectorTable,
  Headers: headersTable,
  HeaderOperations: headerOpsTable,
  HTTPRedirect: redirectTable,
  HTTPRewrite: rewriteTable,
  RegexRewrite: regexRewriteTable,
  HTTPDirectResponse: directResponseTable,
  HTTPBody: bodyTable,
  Delegate: delegateTable,
  HTTPRetry: retriesTable,
  HTTPFaultInjection: faultTable,
  'HTTPFaultInjection.Delay': delayTable,
  'HTTPFaultInjection.Abort': abortTable,
  Percent: percentTable,
  HTTPMirrorPolicy: mirrorTable,
  CorsPolicy: corsTable,
  Gateway: gatewayTable,
  Server: serverTable,
  Port: serverPortTable,
  ServerTLSSettings: serverTlsTable,
  DestinationRule: destinationRuleTable,
  Subset: subsetTable,
  TrafficPolicy: trafficPolicyTable,
  PortTrafficPolicy: portTrafficPolicyTable,
};
