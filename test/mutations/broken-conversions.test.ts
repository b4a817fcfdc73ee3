import { expect, test } from 'vitest';
import { makeFolder, runCli } from '../cli/fake-world.ts';

const service = (name: string) => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${name} }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---`;

const istio = `${['web', 'cart', 'pay'].map(service).join('')}
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [edge]
  http:
    - match: [{ uri: { exact: /beta }, headers: { x-user: { exact: Ann } }, method: { exact: GET } }]
      route: [{ destination: { host: pay, port: { number: 80 } } }]
    - match: [{ uri: { prefix: /cart/ } }]
      route:
        - { destination: { host: cart, port: { number: 80 } }, weight: 90 }
        - { destination: { host: pay, port: { number: 80 } }, weight: 10 }
    - match: [{ uri: { prefix: /img } }]
      route: [{ destination: { host: cart, port: { number: 80 } } }]
    - route: [{ destination: { host: web, port: { number: 80 } } }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: bare, namespace: shop }
spec:
  hosts: [bare.example.com]
  gateways: [edge]
  http:
    - match: [{ uri: { prefix: /p/ } }]
      route: [{ destination: { host: web, port: { number: 80 } } }]
`;

interface Found {
  readonly result: {
    readonly hosts: readonly {
      readonly differences: readonly {
        readonly dimension: string;
        readonly known: string | null;
        readonly request: { readonly method: string; readonly url: string };
      }[];
    }[];
  };
}

/** What is found where the output is changed by hand, and the exit code. */
async function breakOutput(profile: string, from: string | RegExp, to: string): Promise<readonly string[]> {
  const cwd = makeFolder({ 'istio.yaml': istio });
  const converted = await runCli(['convert', 'istio.yaml', '--profile', profile], { cwd });
  expect(converted.exitCode).toBe(0);
  const broken = converted.stdout.replace(from, to);
  if (to !== '$&') expect(broken).not.toBe(converted.stdout);
  const files = makeFolder({
    'istio.yaml': istio,
    'new.yaml': `${broken}---${['web', 'cart', 'pay'].map(service).join('')}`,
  });
  const { stdout, exitCode } = await runCli(['verify', 'istio.yaml', '--against', 'new.yaml', '-o', 'json'], {
    cwd: files,
  });
  const { result } = JSON.parse(stdout) as Found;
  const found = result.hosts.flatMap(({ differences }) =>
    differences.map(({ dimension, known, request: { method, url } }) => `${known ?? dimension} ${method} ${url}`),
  );
  return [...new Set(found), `exit ${exitCode}`].sort();
}

const SLASH = 'istio/prefix-slash-itself GET http://bare.example.com/p';
const CASE = 'lattice/header-value-case GET http://shop.example.com/beta';
const SEGMENT = 'istio/prefix-by-segment GET http://shop.example.com/imgx';

test.each([
  ['nothing', 'standard', /$/, '$&', [SLASH, SEGMENT, 'exit 0']],
  [
    'a weight',
    'standard',
    'weight: 90',
    'weight: 80',
    [SLASH, SEGMENT, 'backend GET http://shop.example.com/cart/', 'exit 3'],
  ],
  // The bare path met the last rule: this is no row of the closed list.
  [
    'the carve-out of a bare path',
    'standard',
    / {2}- matches:\n {4}- path:\n {8}type: Exact\n {8}value: \/cart\n {4}backendRefs:\n(?: {4}.*\n)+/,
    '',
    [SLASH, SEGMENT, 'backend GET http://shop.example.com/cart', 'exit 3'],
  ],
  [
    'the letters of a header',
    'standard',
    'value: Ann',
    'value: ann',
    [SLASH, SEGMENT, 'backend GET http://shop.example.com/beta', 'exit 3'],
  ],
  [
    'a method',
    'standard',
    'method: GET',
    'method: POST',
    [SLASH, SEGMENT, 'backend GET http://shop.example.com/beta', 'exit 3'],
  ],
  [
    'a host',
    'standard',
    '- bare.example.com',
    '- barely.example.com',
    [SEGMENT, 'status GET http://bare.example.com/p/', 'status GET http://barely.example.com/p', 'exit 3'],
  ],
  // A prefix may take its bare path along, but to its own backend.
  [
    'the backend of a bare path that met no rule',
    'standard',
    /(- bare\.example\.com\n {2}rules:\n)/,
    '$1  - { matches: [{ path: { type: Exact, value: /p } }], backendRefs: [{ name: pay, port: 80 }] }\n',
    [SEGMENT, 'status GET http://bare.example.com/p', 'exit 3'],
  ],
  ['nothing', 'lattice', /$/, '$&', [SLASH, CASE, SEGMENT, 'exit 0']],
  ['the letters of a header', 'lattice', 'value: Ann', 'value: ann', [SLASH, CASE, SEGMENT, 'exit 0']],
  [
    'the name of a header',
    'lattice',
    'name: x-user',
    'name: x-users',
    [SLASH, SEGMENT, 'backend GET http://shop.example.com/beta', 'exit 3'],
  ],
] as const)('breaking %s of the %s output is seen', async (_, profile, from, to, expected) => {
  expect(await breakOutput(profile, from, to)).toEqual([...expected].sort());
});
