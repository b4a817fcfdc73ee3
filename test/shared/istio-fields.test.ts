import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AnyFieldTable } from '../../src/parsers/field-table.ts';
import { istioTables } from '../../src/parsers/istio/tables.ts';

// The CRDs are no part of this repository.
const shared = process.env['LATTICECTL_SHARED'];

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
}

/** The tables that answer for the fields below a row, where the row itself only leads there. */
const below: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  VirtualService: { http: 'HTTPRoute' },
  HTTPRoute: {
    match: 'HTTPMatchRequest',
    route: 'HTTPRouteDestination',
    redirect: 'HTTPRedirect',
    directResponse: 'HTTPDirectResponse',
    delegate: 'Delegate',
    rewrite: 'HTTPRewrite',
    retries: 'HTTPRetry',
    fault: 'HTTPFaultInjection',
    mirror: 'Destination',
    mirrors: 'HTTPMirrorPolicy',
    mirrorPercentage: 'Percent',
    corsPolicy: 'CorsPolicy',
    headers: 'Headers',
  },
  HTTPMatchRequest: {
    uri: 'StringMatch',
    scheme: 'StringMatch',
    method: 'StringMatch',
    authority: 'StringMatch',
    headers: 'StringMatch',
    withoutHeaders: 'StringMatch',
    queryParams: 'StringMatch',
  },
  HTTPRouteDestination: { destination: 'Destination', headers: 'Headers' },
  Destination: { port: 'PortSelector' },
  Headers: { request: 'HeaderOperations', response: 'HeaderOperations' },
  HTTPRewrite: { uriRegexRewrite: 'RegexRewrite' },
  HTTPDirectResponse: { body: 'HTTPBody' },
  HTTPFaultInjection: { delay: 'HTTPFaultInjection.Delay', abort: 'HTTPFaultInjection.Abort' },
  'HTTPFaultInjection.Delay': { percentage: 'Percent' },
  'HTTPFaultInjection.Abort': { percentage: 'Percent' },
  HTTPMirrorPolicy: { destination: 'Destination', percentage: 'Percent' },
  CorsPolicy: { allowOrigins: 'StringMatch' },
  Gateway: { servers: 'Server' },
  Server: { port: 'Port', tls: 'ServerTLSSettings' },
  DestinationRule: { subsets: 'Subset', trafficPolicy: 'TrafficPolicy' },
  Subset: { trafficPolicy: 'TrafficPolicy' },
  TrafficPolicy: { portLevelSettings: 'PortTrafficPolicy' },
};

/** Rows that answer for their fields as a whole: one finding says that all of it is lost. */
const whole = new Set([
  ...['VirtualService.tls', 'VirtualService.tcp', 'DestinationRule.workloadSelector'],
  ...['connectionPool', 'loadBalancer', 'outlierDetection', 'tls', 'retryBudget', 'proxyProtocol', 'tunnel'].flatMap(
    (field) => [`TrafficPolicy.${field}`, `PortTrafficPolicy.${field}`],
  ),
]);

function* unanswered(schema: Schema, type: string): Iterable<string> {
  const table: AnyFieldTable = istioTables[type] ?? {};
  for (const [field, child] of Object.entries(schema.properties ?? {})) {
    const row = table[field];
    if (row === undefined) {
      yield `${type}.${field}`;
      continue;
    }
    const inner = innerOf(child);
    if (!('read' in row) || inner.properties === undefined || whole.has(`${type}.${field}`)) continue;
    const next = below[type]?.[field];
    if (next === undefined) yield `${type}.${field}.*`;
    else yield* unanswered(inner, next);
  }
}

function innerOf({ items, additionalProperties, ...schema }: Schema): Schema {
  if (items !== undefined) return items;
  return typeof additionalProperties === 'object' ? additionalProperties : schema;
}

describe.runIf(shared !== undefined)('every field of Istio has an answer', () => {
  test.each(['VirtualService', 'Gateway', 'DestinationRule'] as const)('%s', (kind) => {
    const path = join(shared ?? '', 'reference', 'crds', 'istio', `${kind}.json`);
    const { versions } = JSON.parse(readFileSync(path, 'utf8')) as { versions: { schema: object }[] };
    expect(versions.length).toBeGreaterThan(0);
    for (const { schema } of versions) {
      const root = ('openAPIV3Schema' in schema ? schema.openAPIV3Schema : schema) as Schema;
      expect([...unanswered(root.properties?.['spec'] ?? {}, kind)]).toEqual([]);
    }
  });
});
