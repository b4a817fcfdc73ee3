import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AnyFieldTable } from '../../src/parsers/field-table.ts';
import { gatewayApiTables as tables } from '../../src/parsers/gateway-api/tables.ts';

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

/** Which table reads the fields at a path of the schema; a list has the path of its entries. */
const tableOfPath: readonly (readonly [kind: string, path: RegExp, table: string])[] = [
  ['Gateway', /^spec$/, 'Gateway'],
  ['Gateway', /^spec\.listeners$/, 'Listener'],
  ['Gateway', /^spec\.listeners\.tls$/, 'ListenerTLSConfig'],
  ['Gateway', /^spec\.listeners\.allowedRoutes$/, 'AllowedRoutes'],
  ['Gateway', /^spec\.listeners\.allowedRoutes\.namespaces$/, 'RouteNamespaces'],
  ['Gateway', /^spec\.tls$/, 'GatewayTLSConfig'],
  ['HTTPRoute', /^spec$/, 'HTTPRoute'],
  ['HTTPRoute', /^spec\.parentRefs$/, 'ParentReference'],
  ['HTTPRoute', /^spec\.rules$/, 'HTTPRouteRule'],
  ['HTTPRoute', /\.matches$/, 'HTTPRouteMatch'],
  ['HTTPRoute', /\.matches\.path$/, 'HTTPPathMatch'],
  ['HTTPRoute', /\.matches\.(headers|queryParams)$/, 'HTTPHeaderMatch, HTTPQueryParamMatch'],
  ['HTTPRoute', /\.backendRefs$/, 'HTTPBackendRef'],
  ['HTTPRoute', /\.filters$/, 'HTTPRouteFilter'],
  ['HTTPRoute', /\.filters\.(request|response)HeaderModifier$/, 'HTTPHeaderFilter'],
  ['HTTPRoute', /HeaderModifier\.(set|add)$/, 'HTTPHeader'],
  ['HTTPRoute', /\.requestMirror$/, 'HTTPRequestMirrorFilter'],
  ['HTTPRoute', /\.requestMirror\.backendRef$/, 'BackendObjectReference'],
  ['HTTPRoute', /\.requestMirror\.fraction$/, 'Fraction'],
  ['HTTPRoute', /\.requestRedirect$/, 'HTTPRequestRedirectFilter'],
  ['HTTPRoute', /\.urlRewrite$/, 'HTTPURLRewriteFilter'],
  ['HTTPRoute', /\.(requestRedirect|urlRewrite)\.path$/, 'HTTPPathModifier'],
  ['HTTPRoute', /\.cors$/, 'HTTPCORSFilter'],
  ['HTTPRoute', /\.timeouts$/, 'HTTPRouteTimeouts'],
  ['HTTPRoute', /\.retry$/, 'HTTPRouteRetry'],
  ['HTTPRoute', /\.sessionPersistence$/, 'SessionPersistence'],
  ['HTTPRoute', /\.sessionPersistence\.(cookie|cookieConfig)$/, 'CookieConfig'],
  ['HTTPRoute', /\.sessionPersistence\.header$/, 'HeaderConfig'],
];

/** Parts that go along, or are reported, as a whole. */
const wholes =
  /^spec\.(addresses|infrastructure|allowedListeners|tls\.(backend|frontend))$|\.(externalAuth|extensionRef|certificateRefs|selector|kinds)$/;

function walk(kind: string, node: SchemaNode, path: string, found: string[]): void {
  const { properties } = node.items ?? node;
  if (properties === undefined || wholes.test(path)) return;
  const name = tableOfPath.find(([of, pattern]) => of === kind && pattern.test(path))?.[2];
  const table: AnyFieldTable | undefined = name === undefined ? undefined : tables[name];
  if (table === undefined) found.push(`${path} has no table`);
  for (const [field, child] of Object.entries(properties)) {
    if (table !== undefined && !Object.hasOwn(table, field)) found.push(`${path}.${field} has no row in ${name}`);
    walk(kind, child, `${path}.${field}`, found);
  }
}

const shared = process.env['LATTICECTL_SHARED'];

// The CRDs are no part of this repository; the folder holds one folder of JSON files for each channel.
describe.runIf(shared !== undefined)('every field of the CRDs has a row', () => {
  test.each(
    ['gateway-api-standard', 'gateway-api-experimental'].flatMap((channel) => [
      [channel, 'Gateway'],
      [channel, 'HTTPRoute'],
    ]),
  )('%s %s', (channel, kind) => {
    const file = join(shared ?? '', 'reference', 'crds', channel, `${kind}.json`);
    const { versions } = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly versions: readonly { readonly schema: SchemaNode }[];
    };
    const found: string[] = [];
    for (const { schema } of versions) walk(kind, schema.properties?.['spec'] ?? {}, 'spec', found);
    expect(versions.length).toBeGreaterThan(0);
    expect([...new Set(found)]).toEqual([]);
  });
});

test('no table is left without a place in the schema', () => {
  const used = new Set(tableOfPath.map(([, , table]) => table));
  expect(Object.keys(tables).filter((name) => !used.has(name))).toEqual([]);
});
