import fc from 'fast-check';
import {
  fields,
  headerList,
  maybe,
  NAMES,
  PATHS,
  type Plain,
  pick,
  removals,
  SERVICES,
  seconds,
  VALUES,
} from './parts.ts';

const path = fc.oneof(
  { weight: 60, arbitrary: fc.record({ type: pick('PathPrefix'), value: pick('/', '/a', '/a/b', '/b/', '/c') }) },
  { weight: 40, arbitrary: fc.record({ type: pick('Exact'), value: pick(...PATHS) }) },
  { weight: 5, arbitrary: fc.record({ type: pick('RegularExpression'), value: pick('/(a|c)', '/x/[0-9]') }) },
);

const test = (names: readonly string[]) =>
  fc.uniqueArray(
    fields({ type: maybe(pick('Exact', 'RegularExpression'), 4), name: pick(...names), value: pick(...VALUES) }),
    { minLength: 1, maxLength: 2, selector: ({ name }) => String(name).toLowerCase() },
  );

const match = fields({
  path: maybe(path, 0.3),
  method: maybe(pick('GET', 'POST'), 4),
  headers: maybe(test(NAMES), 3),
  queryParams: maybe(test(['page', 'q']), 6),
});

const ref = fc.oneof(
  { weight: 40, arbitrary: pick(...SERVICES).map((name) => ({ name, port: 80 })) },
  { weight: 10, arbitrary: fc.constant({ name: 'pay', namespace: 'billing', port: 80 }) },
  { weight: 5, arbitrary: fc.constant({ name: 'web', port: 81 }) },
);
const edits = fields({ set: maybe(headerList), add: maybe(headerList, 2), remove: maybe(removals, 2) });
const rewritten = fc.oneof(
  pick('/', '/new', '/new/').map((value) => ({ type: 'ReplacePrefixMatch', replacePrefixMatch: value })),
  pick('/full').map((value) => ({ type: 'ReplaceFullPath', replaceFullPath: value })),
);

const forwardFilters = fc
  .record({
    RequestHeaderModifier: maybe(edits, 3),
    ResponseHeaderModifier: maybe(edits, 4),
    URLRewrite: maybe(fields({ path: rewritten, hostname: maybe(pick('inner.example.com'), 3) }), 3),
    RequestMirror: maybe(fields({ backendRef: ref, percent: maybe(pick(10, 50)) }), 6),
  })
  .map((filters) => toFilters(filters));

const redirectFilter = fields({
  scheme: maybe(pick('http', 'https')),
  hostname: maybe(pick('other.example.com')),
  path: maybe(rewritten),
  port: maybe(pick(8443), 3),
  statusCode: maybe(pick(301, 302)),
}).map((RequestRedirect) => toFilters({ RequestRedirect }));

function toFilters(filters: Readonly<Record<string, unknown>>): readonly Plain[] {
  return Object.entries(filters).flatMap(([type, value]) =>
    value === undefined
      ? []
      : [{ type, [`${type.charAt(0).toLowerCase()}${type.slice(1)}`.replace('uRL', 'url')]: value }],
  );
}

const forward = fields({
  backendRefs: fc.array(
    fc
      .tuple(ref, maybe(pick(0, 1, 9, 90), 2))
      .map(([one, weight]) => ({ ...one, ...(weight === undefined ? {} : { weight }) })),
    { minLength: 1, maxLength: 3 },
  ),
  filters: maybe(forwardFilters, 1),
  timeouts: maybe(fields({ request: maybe(pick('10s', '0s')), backendRequest: maybe(seconds, 2) }), 4),
  retry: maybe(fields({ attempts: pick(1, 3), codes: pick([503]) }), 8),
  sessionPersistence: maybe(pick({ type: 'Cookie', sessionName: 's' }), 10),
});

const rule = fc
  .tuple(
    maybe(fc.array(match, { minLength: 1, maxLength: 2 }), 0.3),
    fc.oneof(
      { weight: 80, arbitrary: forward },
      { weight: 10, arbitrary: redirectFilter.map((filters): Plain => ({ filters })) },
    ),
  )
  .map(([matches, action]) => ({ ...(matches === undefined ? {} : { matches }), ...action }));

const HOSTS = ['a.example.com', 'b.example.com', '*.example.com'] as const;
const parents = fc.uniqueArray(
  pick<Plain>(
    { name: 'edge' },
    { name: 'edge', sectionName: 'https' },
    { name: 'inner' },
    { group: '', kind: 'Service', name: 'web' },
  ),
  { minLength: 1, maxLength: 2, selector: ({ name }) => name },
);

const route = fields({
  parentRefs: parents,
  hostnames: maybe(fc.uniqueArray(pick(...HOSTS), { minLength: 1, maxLength: 2 }), 0.3),
  rules: fc.array(rule, { minLength: 1, maxLength: 4 }),
});

const GROUP = 'gateway.networking.k8s.io/v1';
const gateway = (name: string, gatewayClassName: string, listeners: readonly Plain[]): Plain => ({
  apiVersion: GROUP,
  kind: 'Gateway',
  metadata: { namespace: 'shop', name },
  spec: { gatewayClassName, listeners },
});
const tls = { mode: 'Terminate', certificateRefs: [{ name: 'all' }] };
const grant: Plain = {
  apiVersion: 'gateway.networking.k8s.io/v1beta1',
  kind: 'ReferenceGrant',
  metadata: { namespace: 'billing', name: 'shop' },
  spec: {
    from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }],
    to: [{ group: '', kind: 'Service' }],
  },
};

/** HTTPRoutes on two Gateways, of any class, and on a Service. */
export const gatewayApiEstate: fc.Arbitrary<readonly Plain[]> = fc
  .tuple(
    pick('public', 'amazon-vpc-lattice'),
    fc.array(fc.tuple(route, maybe(pick(0, 1, 2), 0.5)), { minLength: 1, maxLength: 3 }),
    maybe(fc.constant(grant)),
  )
  .map(([className, routes, granted]) => [
    gateway('edge', className, [
      { name: 'http', port: 80, protocol: 'HTTP' },
      { name: 'https', port: 443, protocol: 'HTTPS', tls },
    ]),
    gateway('inner', className, [{ name: 'http', port: 8080, protocol: 'HTTP', hostname: '*.example.com' }]),
    ...(granted === undefined ? [] : [granted]),
    ...routes.map(([spec, age], index) => ({
      apiVersion: GROUP,
      kind: 'HTTPRoute',
      metadata: {
        namespace: 'shop',
        name: `r${index}`,
        ...(age === undefined ? {} : { creationTimestamp: `2024-01-0${age + 1}T00:00:00Z` }),
      },
      spec,
    })),
  ]);
