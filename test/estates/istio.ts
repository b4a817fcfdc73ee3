import fc from 'fast-check';
import { fields, headerMap, maybe, PATHS, type Plain, pick, removals, SERVICES, seconds, VALUES } from './parts.ts';

const text = (...values: readonly string[]): fc.Arbitrary<Plain> =>
  fc.oneof(
    { weight: 60, arbitrary: pick(...values).map((exact) => ({ exact })) },
    { weight: 10, arbitrary: pick('v', 'ye').map((prefix) => ({ prefix })) },
    { weight: 10, arbitrary: pick('yes|1', 'v[0-9]').map((regex) => ({ regex })) },
  );

const uri: fc.Arbitrary<Plain> = fc.oneof(
  { weight: 30, arbitrary: pick(...PATHS).map((exact) => ({ exact })) },
  { weight: 50, arbitrary: pick(...PATHS).map((prefix) => ({ prefix })) },
  { weight: 10, arbitrary: pick('/a(/.*)?', '/(a|c)', '/[ab]/.*').map((regex) => ({ regex })) },
);

const match = fields({
  uri: maybe(uri),
  ignoreUriCase: maybe(pick(true), 12),
  method: maybe(
    pick('GET', 'POST').map((exact) => ({ exact })),
    5,
  ),
  headers: maybe(fc.record({ 'x-one': text(...VALUES) }), 3),
  withoutHeaders: maybe(fc.record({ 'x-two': text(...VALUES) }), 12),
  queryParams: maybe(fc.record({ page: text('1', '2') }), 8),
  authority: maybe(
    pick('a.example.com', 'b.example.com').map((exact) => ({ exact })),
    20,
  ),
  port: maybe(pick(80, 8080), 20),
});

const destination = fc.oneof(
  { weight: 40, arbitrary: pick(...SERVICES).map((host) => ({ host, port: { number: 80 } })) },
  { weight: 20, arbitrary: pick('v1', 'v2').map((subset) => ({ host: 'web', subset, port: { number: 80 } })) },
  { weight: 10, arbitrary: fc.constant({ host: 'pay.billing.svc.cluster.local', port: { number: 80 } }) },
);

const headerEdits = fields({ set: maybe(headerMap), add: maybe(headerMap, 2), remove: maybe(removals, 2) });
const edits = fields({ request: maybe(headerEdits), response: maybe(headerEdits) });

const shares = fc.oneof(
  { weight: 30, arbitrary: fc.tuple(destination).map(([one]) => [{ destination: one }]) },
  {
    weight: 1,
    arbitrary: fc.array(
      fc.record({ destination, weight: pick(1, 10, 33, 90), headers: maybe(edits, 4) }).map(({ headers, ...rest }) => ({
        ...rest,
        ...(headers === undefined ? {} : { headers }),
      })),
      { minLength: 2, maxLength: 3 },
    ),
  },
);

const forward = fields({
  route: shares,
  rewrite: maybe(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fields({ uri: pick('/', '/new', '/new/'), authority: maybe(pick('inner.example.com'), 6) }),
      },
      { weight: 10, arbitrary: fc.constant({ uriRegexRewrite: { match: '^/a/(.*)$', rewrite: '/\\1' } }) },
    ),
    3,
  ),
  headers: maybe(edits, 4),
  timeout: maybe(seconds, 5),
  retries: maybe(fields({ attempts: pick(1, 3), retryOn: pick('503', '5xx,reset'), perTryTimeout: maybe(seconds) }), 5),
  mirror: maybe(destination, 6),
  mirrorPercentage: maybe(pick({ value: 100 }, { value: 12.5 }), 8),
  fault: maybe(pick({ delay: { fixedDelay: '1s', percentage: { value: 10 } } }, { abort: { httpStatus: 503 } }), 14),
  corsPolicy: maybe(fc.constant({ allowOrigins: [{ exact: 'https://x.example' }], allowMethods: ['GET'] }), 12),
});

const redirect = fields({
  redirect: fields({
    uri: maybe(pick('/new', '/a')),
    authority: maybe(pick('other.example.com')),
    redirectCode: maybe(pick(301, 302, 307)),
    scheme: maybe(pick('https'), 3),
    port: maybe(pick(8443), 5),
  }),
});

const respond = fc.constant({ directResponse: { status: 500 } });

const rule = fc
  .tuple(
    maybe(fc.array(match, { minLength: 1, maxLength: 2 }), 0.3),
    fc.oneof(
      { weight: 100, arbitrary: forward },
      { weight: 20, arbitrary: redirect },
      { weight: 3, arbitrary: respond },
    ),
  )
  .map(([match, action]) => ({ ...(match === undefined ? {} : { match }), ...action }));

const HOSTS = ['a.example.com', 'b.example.com', '*.example.com', 'c.b.example.com', '*'] as const;

const virtualService = fc.record({
  hosts: fc.uniqueArray(pick(...HOSTS), { minLength: 1, maxLength: 2 }),
  gateways: fc.uniqueArray(pick('edge', 'inner'), { minLength: 1, maxLength: 2 }),
  http: fc.array(rule, { minLength: 1, maxLength: 5 }),
});

const meshService = fields({
  hosts: fc.uniqueArray(pick('web', 'cart', 'pay.billing.svc.cluster.local'), { minLength: 1, maxLength: 2 }),
  exportTo: maybe(pick(['.'], ['*']), 4),
  http: fc.array(rule, { minLength: 1, maxLength: 4 }),
});

const NETWORKING = 'networking.istio.io/v1';
const named = (kind: string, name: string, spec: unknown, created?: number): Plain => {
  const stamp = created === undefined ? {} : { creationTimestamp: `2024-01-0${created + 1}T00:00:00Z` };
  return { apiVersion: NETWORKING, kind, metadata: { namespace: 'shop', name, ...stamp }, spec };
};

const server = (number: number, protocol: string, tls: Plain = {}): Plain => ({
  port: { number, name: `${protocol.toLowerCase()}-${number}`, protocol },
  hosts: ['*'],
  ...tls,
});

const fixed: readonly Plain[] = [
  named('Gateway', 'edge', {
    selector: { istio: 'edge' },
    servers: [server(80, 'HTTP'), server(443, 'HTTPS', { tls: { mode: 'SIMPLE', credentialName: 'all' } })],
  }),
  named('Gateway', 'inner', { selector: { istio: 'inner' }, servers: [server(8080, 'HTTP')] }),
  named('DestinationRule', 'web', {
    host: 'web',
    subsets: ['v1', 'v2'].map((version) => ({ name: version, labels: { version } })),
  }),
];

/** VirtualServices on two gateways and in the mesh, with every kind of action. */
export const istioEstate: fc.Arbitrary<readonly Plain[]> = fc
  .tuple(fc.array(virtualService, { minLength: 1, maxLength: 3 }), fc.array(meshService, { maxLength: 2 }))
  .map(([hosts, mesh]) => [
    ...fixed,
    ...hosts.map((spec, index) => named('VirtualService', `v${index}`, spec, index)),
    ...mesh.map((spec, index) => named('VirtualService', `m${index}`, spec, index)),
  ]);
