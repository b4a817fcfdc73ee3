import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { unknownReasons } from '../../src/semantics/equivalence/unknown-reasons.ts';
import { makeFolder, runCli } from './fake-world.ts';

const service = (name: string) => `---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec:
  selector: {app: ${name}}
  ports: [{name: http, port: 8080, targetPort: 8080}]
`;
const services = ['web', 'cart', 'beta'].map(service).join('');

/** Two hosts behind a gateway of Istio. */
const istio = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: ['*']
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: shop, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [edge]
  http:
  - match:
    - uri: {exact: /cart}
      headers: {x-beta: {exact: "1"}}
    route:
    - destination: {host: beta, port: {number: 8080}}
  - match:
    - uri: {exact: /cart}
    timeout: 5s
    headers: {request: {set: {x-from: edge}}}
    route:
    - destination: {host: cart, port: {number: 8080}}
      weight: 90
    - destination: {host: beta, port: {number: 8080}}
      weight: 10
  - match:
    - uri: {exact: /old}
    redirect: {uri: /new, redirectCode: 301}
  - route:
    - destination: {host: web, port: {number: 8080}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: admin, namespace: shop}
spec:
  hosts: [admin.example.com]
  gateways: [edge]
  http:
  - route:
    - destination: {host: web, port: {number: 8080}}
`;

/** The same by hand, as an HTTPRoute per host. */
const gatewayApi = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec:
  gatewayClassName: envoy
  listeners: [{name: http, port: 80, protocol: HTTP}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop, namespace: shop}
spec:
  parentRefs: [{name: edge}]
  hostnames: [shop.example.com]
  rules:
  - matches: [{path: {type: Exact, value: /old}}]
    filters: [{type: RequestRedirect, requestRedirect: {path: {type: ReplaceFullPath, replaceFullPath: /new}, statusCode: 301}}]
  - matches: [{path: {type: Exact, value: /cart}}]
    timeouts: {request: 5s}
    filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x-from, value: edge}]}}]
    backendRefs: [{name: cart, port: 8080, weight: 9}, {name: beta, port: 8080, weight: 1}]
  - matches: [{path: {type: Exact, value: /cart}, headers: [{name: x-beta, value: "1"}]}]
    backendRefs: [{name: beta, port: 8080}]
  - backendRefs: [{name: web, port: 8080}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: admin, namespace: shop}
spec:
  parentRefs: [{name: edge}]
  hostnames: [admin.example.com]
  rules:
  - backendRefs: [{name: web, port: 8080}]
`;

async function verifyIn(files: Readonly<Record<string, string>>, ...argv: readonly string[]) {
  const cwd = makeFolder({ 'old/a.yaml': istio, 'old/s.yaml': services, 'new/s.yaml': services, ...files });
  return { cwd, ...(await runCli(['verify', 'old', '--against', 'new', ...argv], { cwd })) };
}

/** One mistake in the new side. */
async function verifyWith(from: string, to: string, ...argv: readonly string[]) {
  expect(gatewayApi).toContain(from);
  return verifyIn({ 'new/b.yaml': gatewayApi.replace(from, to) }, ...argv);
}

describe('verify', () => {
  test('what routes alike is equal, whatever the format and the order', async () => {
    const { exitCode, stdout, stderr } = await verifyIn({ 'new/b.yaml': gatewayApi });
    expect(stdout).toBe(`admin.example.com:80  equal
shop.example.com:80  equal
equal: 2 hosts, 2 equal, 0 differ, 0 unknown
`);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
  });

  test('a wrong weight is shown with the request and both places', async () => {
    const { exitCode, stdout } = await verifyWith('weight: 9}', 'weight: 8}');
    expect(stdout).toBe(`shop.example.com:80  differs: backend
  backend: GET http://shop.example.com/cart
    before: shop/cart:8080 90 %, shop/beta:8080 10 %  old/a.yaml:23
    after:  shop/cart:8080 88.89 % (8/9), shop/beta:8080 11.11 % (1/9)  new/b.yaml:17
admin.example.com:80  equal
differs: 2 hosts, 1 equal, 1 differs, 0 unknown
`);
    expect(exitCode).toBe(3);
  });

  test.each([
    ['a dropped header condition', ', headers: [{name: x-beta, value: "1"}]', '', 'backend'],
    [
      'a changed method',
      '{path: {type: Exact, value: /old}}',
      '{path: {type: Exact, value: /old}, method: POST}',
      'redirect',
    ],
    ['another redirect', 'replaceFullPath: /new', 'replaceFullPath: /newer', 'redirect'],
    ['a lost header', 'set: [{name: x-from, value: edge}]', 'set: [{name: x-other, value: edge}]', 'headers'],
    [
      'an added rewrite',
      'filters: [{type: RequestHeaderModifier,',
      'filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /}}}, {type: RequestHeaderModifier,',
      'rewrite',
    ],
  ])('%s differs', async (_, from, to, dimension) => {
    const { exitCode, stdout } = await verifyWith(from, to);
    expect(stdout).toContain(`shop.example.com:80  differs: ${dimension}`);
    expect(exitCode).toBe(3);
  });

  test('a swapped order differs where the order decides', async () => {
    const [head = '', first = '', second = '', rest = ''] = istio.split(/(?= {2}- match:\n)/);
    const { exitCode, stdout } = await verifyIn({ 'new/b.yaml': head + second + first + rest });
    expect(stdout).toContain('GET http://shop.example.com/cart (x-beta: 1)');
    expect(stdout).toContain('no request reaches these rules:\n  new: new/b.yaml:');
    expect(exitCode).toBe(3);
  });

  test('a timeout alone is a warning, and with --strict an error', async () => {
    const { exitCode, stdout } = await verifyWith('request: 5s', 'request: 6s');
    expect(stdout).toContain(`shop.example.com:80  differs: timeout (routed alike)
  timeout: GET http://shop.example.com/cart
    before: timeout 5s  old/a.yaml:23
    after:  timeout 6s  new/b.yaml:17
`);
    expect(stdout).toContain('1 differs (1 as a warning)');
    expect(exitCode).toBe(0);
    expect((await verifyWith('request: 5s', 'request: 6s', '--strict')).exitCode).toBe(3);
    expect((await verifyWith('request: 5s', 'request: 6s', '--fail-on', 'warning')).exitCode).toBe(3);
  });

  test('a lost host and a lost port are not served', async () => {
    const lost = await verifyIn({ 'new/b.yaml': gatewayApi.slice(0, gatewayApi.lastIndexOf('---\n')) });
    expect(lost.stdout).toContain(`admin.example.com:80  differs: status
  status: GET http://admin.example.com/
    before: shop/web:8080  old/a.yaml:44
    after:  status 404, since nothing serves the host
`);
    expect(lost.exitCode).toBe(3);
    const port = await verifyWith('port: 80, protocol', 'port: 8080, protocol');
    expect(port.stdout).toContain('shop.example.com:80  differs');
    expect(port.stdout).toContain('shop.example.com:8080  differs');
    expect(port.exitCode).toBe(3);
  });

  test('a host that moves is a client change and no difference', async () => {
    const moved = gatewayApi.replaceAll('admin.example.com', 'internal.example.com');
    const { exitCode, stdout } = await verifyIn(
      { 'new/b.yaml': moved },
      '--map',
      'admin.example.com=internal.example.com',
    );
    expect(stdout).toContain('admin.example.com:80  equal');
    expect(stdout).toContain('clients must change:\n  admin.example.com:80 → internal.example.com:80\n');
    expect(exitCode).toBe(0);
  });

  test('a wildcard is compared for names of one label and of several', async () => {
    const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: w, namespace: shop}
spec:
  ingressClassName: other
  rules:
  - host: '*.example.com'
    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 8080}}}}]}
`;
    const route = gatewayApi.slice(0, gatewayApi.indexOf('  rules:')).replace('shop.example.com', '"*.example.com"');
    const files = {
      'old/a.yaml': ingress,
      'new/b.yaml': `${route}  rules:\n  - backendRefs: [{name: web, port: 8080}]\n`,
    };
    const { exitCode, stdout } = await verifyIn(files);
    expect(stdout).toContain('*.example.com:80  differs');
    expect(stdout).toContain('known as ingress/wildcard-labels');
    expect(exitCode).toBe(0);
    expect((await verifyIn(files, '--strict')).exitCode).toBe(3);
    // Also where a wider host answers for the longer names today.
    const wider = `${ingress}  - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: cart, port: {number: 8080}}}}]}\n`;
    const both = `${files['new/b.yaml']}---\n${route
      .slice(route.lastIndexOf('---') + 4)
      .replace('name: shop, namespace', 'name: any, namespace')
      .replace(/ {2}hostnames.*\n/, '')}  rules:\n  - backendRefs: [{name: cart, port: 8080}]\n`;
    const behind = await verifyIn({ 'old/a.yaml': wider, 'new/b.yaml': both });
    expect(behind.stdout).toContain('known as ingress/wildcard-labels');
    expect(behind.exitCode).toBe(0);
  });

  test('what a mesh client meets is compared for the Service', async () => {
    const mesh = (weight: number) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route:
    - destination: {host: cart, port: {number: 8080}}
      weight: ${weight}
    - destination: {host: beta, port: {number: 8080}}
      weight: ${100 - weight}
`;
    const gamma = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: cart, namespace: shop}
spec:
  parentRefs: [{group: '', kind: Service, name: cart}]
  rules:
  - backendRefs: [{name: cart, port: 8080, weight: 3}, {name: beta, port: 8080, weight: 1}]
`;
    const alike = await verifyIn({ 'old/a.yaml': mesh(75), 'new/b.yaml': gamma });
    expect(alike.stdout).toMatch(/^cart\.shop\.svc\.cluster\.local(:8080)? {2}equal/);
    expect(alike.exitCode).toBe(0);
    const other = await verifyIn({ 'old/a.yaml': mesh(80), 'new/b.yaml': gamma });
    expect(other.stdout).toContain('(from namespace shop)');
    expect(other.exitCode).toBe(3);
  });

  test('our own output for VPC Lattice is equal but for what the closed list names', async () => {
    const text = istio.replace(
      'exact: /old}\n    redirect: {uri: /new, redirectCode: 301}',
      'prefix: /old}\n    route: [{destination: {host: cart, port: {number: 8080}}}]',
    );
    const plain = text.replace('    headers: {request: {set: {x-from: edge}}}\n', '').replace('    timeout: 5s\n', '');
    const cwd = makeFolder({ 'old/a.yaml': plain, 'old/s.yaml': services });
    const converted = await runCli(['convert', 'old', '--out', 'new/out.yaml'], { cwd });
    expect(converted.exitCode).toBe(1);
    const folder = makeFolder({ 'old/a.yaml': plain, 'old/s.yaml': services, 'new/x': '' });
    await runCli(['convert', 'old', '--out', 'new/out.yaml'], { cwd: folder });
    const { exitCode, stdout } = await runCli(['verify', 'old', '--against', 'new'], { cwd: folder });
    expect(stdout).toContain('known as istio/prefix-by-segment');
    expect(stdout).toContain('where VPC Lattice reads prefixes by segment');
    expect(exitCode).toBe(0);
  });
});

describe('verify, beside routes', () => {
  const policy = (rules: string) => `---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: guard, namespace: shop}
spec:
  selector: {matchLabels: {app: cart}}
  action: DENY
  rules: [${rules}]
`;
  const denyAdmin = policy('{to: [{operation: {paths: [/admin]}}]}');

  test('a policy on one side, or another one, is a difference of access with both places', async () => {
    const files = { 'old/p.yaml': denyAdmin, 'new/b.yaml': gatewayApi };
    const lost = await verifyIn(files);
    expect(lost.stdout).toContain(`shop.example.com:80  differs: access
  access: GET http://shop.example.com/cart
    before: AuthorizationPolicy shop/guard  old/p.yaml:2
    after:  no such rule
`);
    // The policy guards pods that the other host never reaches.
    expect(lost.stdout).toContain('admin.example.com:80  equal');
    expect(lost.stderr).toBe('');
    expect(lost.exitCode).toBe(3);
    const other = await verifyIn({ ...files, 'new/p.yaml': policy('{to: [{operation: {paths: [/other]}}]}') });
    expect(other.stdout).toContain('before: AuthorizationPolicy shop/guard  old/p.yaml:2');
    expect(other.stdout).toContain('after:  AuthorizationPolicy shop/guard  new/p.yaml:2');
    const same = await verifyIn({ ...files, 'new/p.yaml': denyAdmin.replace('name: guard', 'name: renamed') });
    expect(same.exitCode).toBe(0);
  });

  test('a Service stays guarded where the route that changed nothing is gone', async () => {
    const route = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http: [{route: [{destination: {host: cart, port: {number: 8080}}}]}]
`;
    const files = { 'old/a.yaml': route + denyAdmin };
    const kept = await verifyIn({ ...files, 'new/b.yaml': denyAdmin });
    expect(kept.stdout).toContain('equal: 1 host');
    expect(kept.exitCode).toBe(0);
    const lost = await verifyIn({ ...files, 'new/b.yaml': '' });
    expect(lost.stdout).toContain('differs: access');
    expect(lost.exitCode).toBe(3);
  });

  test('what cannot be read is unknown and never equal, unless both sides have it', async () => {
    const filter = `---
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: lua, namespace: istio-system}
spec: {configPatches: []}
`;
    const { exitCode, stdout } = await verifyIn({ 'old/f.yaml': filter, 'new/b.yaml': gatewayApi });
    expect(stdout).toMatch(
      /shop\.example\.com:80 {2}unknown\n {2}unknown: old\/f\.yaml:2:1 is not read: .*envoy-filter/,
    );
    expect(stdout).toContain('unknown: 2 hosts, 0 equal, 0 differ, 2 unknown');
    expect(exitCode).toBe(3);
    const files = { 'old/f.yaml': filter, 'new/f.yaml': filter, 'new/b.yaml': gatewayApi };
    expect((await verifyIn(files)).exitCode).toBe(0);
    expect((await verifyIn({ 'old/f.yaml': filter, 'new/b.yaml': gatewayApi }, '--allow-unknown')).exitCode).toBe(0);
  });

  test('settings that decide no request are equal, and a warning where the sides differ in them', async () => {
    const rule = (name: string, subsets: readonly [string, number][]) => `---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: ${name}, namespace: shop}
spec:
  host: web
  trafficPolicy: {outlierDetection: {consecutive5xxErrors: 3}}
  subsets:
${subsets
  .map(
    ([subset, most]) =>
      `  - {name: ${subset}, labels: {version: ${subset}}, trafficPolicy: {connectionPool: {tcp: {maxConnections: ${most}}}}}\n`,
  )
  .join('')}`;
    const route = istio.replaceAll(
      '    - destination: {host: web, port: {number: 8080}}\n',
      `    - {destination: {host: web, subset: v1, port: {number: 8080}}, weight: 50}
    - {destination: {host: web, subset: v2, port: {number: 8080}}, weight: 50}
`,
    );
    const old =
      route +
      rule('web', [
        ['v1', 10],
        ['v2', 20],
      ]);
    const same =
      route +
      rule('renamed', [
        ['v2', 20],
        ['v1', 10],
      ]);
    const alike = await verifyIn({ 'old/a.yaml': old, 'new/a.yaml': same });
    expect(alike.stderr).toBe('');
    expect(alike.exitCode).toBe(0);
    const swapped = await verifyIn({
      'old/a.yaml': old,
      'new/a.yaml':
        route +
        rule('web', [
          ['v1', 20],
          ['v2', 10],
        ]),
    });
    expect(swapped.stdout).toContain('equal: 2 hosts');
    expect(swapped.stderr).toContain('warning[verify/not-compared]: the two sides do not say the same here');
    expect(swapped.stderr).toContain('connectionPool of web.shop.svc.cluster.local');
    expect(swapped.stderr).not.toContain('outlierDetection');
    expect(swapped.exitCode).toBe(0);
    const gone = await verifyIn({ 'old/a.yaml': old, 'new/b.yaml': gatewayApi }, '--strict');
    expect(gone.stderr).toContain('error[verify/not-compared]: only this side says this');
    expect(gone.exitCode).toBe(3);
  });

  test('a host that other proxies serve is equal, and a warning names both gateways', async () => {
    const inside = istio.replace('{istio: ingressgateway}', '{istio: internal}');
    const moved = await verifyIn({ 'new/b.yaml': inside });
    expect(moved.stdout).toContain('equal: 2 hosts');
    expect(moved.stderr).toContain(
      'warning[verify/gateway-moved]: admin.example.com, shop.example.com are served by the pods with istio=internal, and before by the pods with istio=ingressgateway',
    );
    expect(moved.stderr).toMatch(/new\/b\.yaml:1:1[\s\S]*see: old\/a\.yaml:1:1/);
    expect(moved.exitCode).toBe(0);
    expect((await verifyIn({ 'new/b.yaml': inside }, '--strict')).exitCode).toBe(3);
    const [otherClass, otherName] = [
      gatewayApi.replace('gatewayClassName: envoy', 'gatewayClassName: istio'),
      gatewayApi.replaceAll('name: edge', 'name: inner'),
    ];
    for (const [files, text] of [
      [
        { 'old/a.yaml': gatewayApi, 'new/b.yaml': otherClass },
        'edge of class istio, and before by edge of class envoy',
      ],
      [
        { 'old/a.yaml': gatewayApi, 'new/b.yaml': otherName },
        'inner of class envoy, and before by edge of class envoy',
      ],
    ] as const)
      expect((await verifyIn(files)).stderr).toContain(text);
    expect((await verifyIn({ 'old/a.yaml': gatewayApi, 'new/b.yaml': gatewayApi })).stderr).toBe('');
  });

  test('a host has not moved where one side does not have its gateway, and in our own output', async () => {
    const routes = gatewayApi.slice(gatewayApi.indexOf('---'));
    const own = gatewayApi
      .replace('gatewayClassName: envoy', 'gatewayClassName: istio')
      .replace('{name: edge,', '{annotations: {gateway.networking.k8s.io/generator: latticectl-0.1.0}, name: edge,');
    for (const files of [
      { 'old/a.yaml': gatewayApi, 'new/b.yaml': routes },
      { 'old/a.yaml': routes, 'new/b.yaml': gatewayApi },
      { 'old/a.yaml': gatewayApi, 'new/b.yaml': own },
    ])
      expect((await verifyIn(files)).stderr).not.toContain('gateway-moved');
  });

  test('an object that is not read may serve what seems lost', async () => {
    const stray = `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: stray, namespace: shop}
spec:
  hosts: [admin.example.com]
  gateways: [elsewhere]
  http: [{route: [{destination: {host: web, port: {number: 8080}}}]}]
`;
    const old = istio.slice(0, istio.lastIndexOf('---\n'));
    const { exitCode, stdout } = await verifyIn({ 'old/a.yaml': old + stray, 'new/b.yaml': gatewayApi });
    expect(stdout).toMatch(
      /admin\.example\.com:80 {2}unknown\n {2}unknown: old\/a\.yaml:\d+:\d+ is not read: .*gateway-not-found/,
    );
    expect(exitCode).toBe(3);
    const allowed = await verifyIn({ 'old/a.yaml': old + stray, 'new/b.yaml': gatewayApi }, '--allow-unknown');
    expect(allowed.exitCode).toBe(0);
  });

  test('broken YAML on either side ends with 3, and what is left is compared', async () => {
    const { exitCode, stdout, stderr } = await verifyIn({ 'new/b.yaml': gatewayApi, 'new/c.yaml': 'a: [' });
    expect(stderr).toContain('error[documents/invalid-yaml]');
    expect(stdout).toContain('shop.example.com:80  equal');
    expect(stdout).toContain('not read: new/c.yaml:1:');
    expect(exitCode).toBe(3);
  });
});

/** Whether a reason is a message of the table, whatever the arguments are. */
function isListed(reason: string): boolean {
  const args = new Proxy({}, { get: () => '\u0000' }) as never;
  return Object.values(unknownReasons).some(({ message }: { readonly message: (args: never) => string }) => {
    const parts = message(args)
      .split('\u0000')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`, 's').test(reason);
  });
}

describe('reasons for unknown', () => {
  const subset = `---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: cart, namespace: shop}
spec: {host: cart, subsets: [{name: v1, labels: {version: v1}}]}
`;
  const toSubset = istio.replace(
    '{host: cart, port: {number: 8080}}',
    '{host: cart, subset: v1, port: {number: 8080}}',
  );
  const large = (pattern: string) => istio.replace('exact: /old', `regex: "${pattern}"`);
  const rewritten = (pattern: string) =>
    istio
      .replace('    timeout: 5s', `    rewrite: {uriRegexRewrite: {match: "${pattern}", rewrite: b}}\n    timeout: 5s`)
      .replaceAll('exact: /cart', 'prefix: /cart');

  test.each<readonly [keyof typeof unknownReasons, Readonly<Record<string, string>>, readonly string[]]>([
    ['budget', { 'new/b.yaml': gatewayApi }, ['--budget', '5']],
    ['pattern', { 'old/a.yaml': large('/x.*a.{16}'), 'new/b.yaml': large('/x.*a.{16}|/x.*aa.{15}') }, []],
    ['substitution', { 'old/a.yaml': rewritten('a+'), 'new/b.yaml': rewritten('aa*') }, []],
    ['backend', { 'old/a.yaml': toSubset + subset, 'old/s.yaml': '', 'new/b.yaml': gatewayApi, 'new/s.yaml': '' }, []],
    ['unread', { 'new/b.yaml': gatewayApi.replace('ReplaceFullPath', 'ReplaceNothing') }, []],
  ])('%s is said where it is the case', async (name, files, argv) => {
    const { stdout } = await verifyIn(files, ...argv, '-o', 'json');
    const hosts: readonly { readonly reason?: string }[] = JSON.parse(stdout).result.hosts;
    const reasons = hosts.flatMap(({ reason }) => reason?.split('; ') ?? []);
    expect(reasons).not.toEqual([]);
    const { message } = unknownReasons[name];
    const start = message(new Proxy({}, { get: () => '\u0000' }) as never)
      .split('\u0000')
      .sort((a, b) => b.length - a.length)[0];
    expect(reasons.join('\n')).toContain(start);
    expect(reasons.filter((reason) => !isListed(reason))).toEqual([]);
  });
});

describe('the files of verify', () => {
  test('its cases all pass on the old side, and show the difference on the new one', async () => {
    const { cwd, stderr, exitCode } = await verifyWith('weight: 9}', 'weight: 8}', '--write-cases', 'c.yaml');
    expect(stderr).toBe('wrote 5 cases to c.yaml\n');
    expect(exitCode).toBe(3);
    const replayed = await runCli(['trace', 'old', '--cases', 'c.yaml'], { cwd });
    expect(replayed.stdout).toContain('5 of 5 cases pass');
    expect(replayed.exitCode).toBe(0);
    expect(readFileSync(`${cwd}/c.yaml`, 'utf8')).toContain('upstream:\n    headers:\n      x-from: edge\n');
    const after = await runCli(['trace', 'new', '--cases', 'c.yaml'], { cwd });
    expect(after.stdout).toContain('FAIL  shop.example.com:80 differs: backend');
    expect(after.exitCode).toBe(3);
  });

  test('its JSON follows the schema that is published', async () => {
    const ajv = new Ajv({ allowUnionTypes: true, strict: false });
    for (const name of ['envelope', 'verify']) {
      ajv.addSchema(JSON.parse(readFileSync(`schemas/output/${name}.json`, 'utf8')), `${name}.json`);
    }
    for (const [from, to] of [
      ['weight: 9}', 'weight: 8}'],
      ['request: 5s', 'request: 6s'],
      ['shop.example.com', 'other.example.com'],
    ] as const) {
      const { stdout, exitCode } = await verifyWith(from, to, '-o', 'json');
      const report = JSON.parse(stdout);
      expect(ajv.validate('verify.json', report), JSON.stringify(ajv.errors)).toBe(true);
      expect(report.exitCode).toBe(exitCode);
      expect(report.result.verdict).toBe('differs');
      expect(report.result.hosts.map(({ host }: { host: string }) => host)).toContain('shop.example.com');
    }
    const broken = await verifyIn({ 'new/b.yaml': gatewayApi, 'latticectl.yaml': 'nonsense: 1' }, '-o', 'json');
    expect(ajv.validate('verify.json', JSON.parse(broken.stdout)), JSON.stringify(ajv.errors)).toBe(true);
    expect(broken.exitCode).toBe(3);
  });

  test('its JUnit report has a test for each host', async () => {
    const { cwd } = await verifyWith('weight: 9}', 'weight: 8}', '--report', 'junit=j.xml');
    const text = readFileSync(`${cwd}/j.xml`, 'utf8');
    expect(text).toContain('<testsuite name="hosts" tests="2" failures="1" errors="0">');
    expect(text).toContain('<failure message="differs: backend">');
  });
});

describe('the command line of verify', () => {
  test.each([
    [['old']],
    [['-', '--against', '-']],
    [['old', '--against', 'new', '--map', 'a']],
    [['old', '--against', 'new', '--map', 'a:0=b']],
    [['old', '--against', 'new', '--budget', '0']],
    [['old', '--against', 'new', '--seed', 'x']],
    [['old', '--against', 'new', '--semantics', 'envoy']],
    [['old', '--against', 'new', '-o', 'json', '--report', 'json']],
    [['--against', 'new']],
  ])('%j cannot be followed', async (argv) => {
    const cwd = makeFolder({ 'old/a.yaml': istio, 'new/b.yaml': gatewayApi });
    const { exitCode, stdout } = await runCli(['verify', ...argv], { cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: 64, stdout: '' });
  });

  test('a missing path ends with 1, several paths go together, stdin is a side', async () => {
    const cwd = makeFolder({ 'old.yaml': istio + services, 'b.yaml': gatewayApi, 's.yaml': services });
    expect((await runCli(['verify', 'old.yaml', '--against', 'none.yaml'], { cwd })).exitCode).toBe(1);
    for (const against of [
      ['--against', 'b.yaml', 's.yaml'],
      ['--against', 'b.yaml', '--against', 's.yaml'],
    ]) {
      expect((await runCli(['verify', 'old.yaml', ...against], { cwd })).exitCode).toBe(0);
    }
    const piped = await runCli(['verify', 'old.yaml', '--against', '-'], { cwd, stdin: gatewayApi + services });
    expect(piped.exitCode).toBe(0);
    expect((await runCli(['verify', '--against', 'b.yaml'], { cwd, stdin: istio + services })).exitCode).toBe(0);
  });

  test('-q leaves out what is equal, many equal hosts are counted, and -v names them', async () => {
    const many = Array.from({ length: 6 }, (_, index) => `h${index}.example.com`).join(', ');
    const files = { 'old/a.yaml': istio.replace('[admin.example.com]', `[${many}]`) };
    const run = (...argv: readonly string[]) => verifyIn({ ...files, 'new/b.yaml': files['old/a.yaml'] }, ...argv);
    expect((await run()).stdout).toBe('7 hosts equal\nequal: 7 hosts, 7 equal, 0 differ, 0 unknown\n');
    expect((await run('-v')).stdout).toContain('h3.example.com:80  equal\n');
    expect((await run('-q')).stdout).toBe('equal: 7 hosts, 7 equal, 0 differ, 0 unknown\n');
  });

  test('--semantics picks what is read, and --explain-model prints the model', async () => {
    const files = { 'new/b.yaml': gatewayApi, 'new/c.yaml': istio };
    const { exitCode } = await verifyIn(files, '--against-semantics', 'gateway-api', '--semantics', 'istio-gateway');
    expect(exitCode).toBe(0);
    const { stdout } = await runCli(['verify', '--explain-model'], { cwd: makeFolder({}) });
    expect(stdout).toContain('What a request is:');
  });

  test('a spent budget is unknown, with what was tried', async () => {
    const { exitCode, stdout } = await verifyIn({ 'new/b.yaml': gatewayApi }, '--budget', '5');
    expect(stdout).toContain('unknown: the comparison needs more than 5 steps (--budget)');
    expect(stdout).toMatch(/tried: \d+ requests/);
    expect(exitCode).toBe(3);
  });
});
