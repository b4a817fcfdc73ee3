import { describe, expect, test } from 'vitest';
import { makeFolder, runCli } from './fake-world.ts';

/** As `export` writes it: the backends of the settings have names for subsets, and no labels. */
const lattice = (one: number, other: number) => `kind: LatticeResources
stack: shop
resources:
- {kind: ServiceNetwork, name: net, create: true}
- {kind: TargetGroup, name: cart-v1, type: IP, targets: [], origin: {backend: 'shop/cart:80@v1'}}
- {kind: TargetGroup, name: cart-v2, type: IP, targets: [], origin: {backend: 'shop/cart:80@v2'}}
- {kind: Service, name: shop, customDomainName: shop.example.com, authType: NONE, origin: {}}
- kind: Listener
  name: http-80
  service: shop
  protocol: HTTP
  port: 80
  defaultAction:
    forward: {targetGroups: [{targetGroup: cart-v1, weight: ${one}}, {targetGroup: cart-v2, weight: ${other}}]}
- {kind: ServiceNetworkServiceAssociation, name: net/shop, serviceNetwork: net, service: shop}
`;

const istio = `apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec: {selector: {app: cart}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: shop, namespace: shop}
spec:
  hosts: [shop.example.com]
  gateways: [edge]
  http:
  - route:
    - {destination: {host: cart, subset: v1, port: {number: 80}}, weight: 90}
    - {destination: {host: cart, subset: v2, port: {number: 80}}, weight: 10}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: cart, namespace: shop}
spec: {host: cart, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]}
`;

const files = { 'old.yaml': lattice(90, 10), 'new.yaml': lattice(50, 50), 'istio.yaml': istio };

describe('subsets whose labels nothing says', () => {
  const run = (...argv: readonly string[]) => runCli(argv, { cwd: makeFolder(files) });

  test('are told apart by name', async () => {
    const traced = await run('trace', 'old.yaml', 'http://shop.example.com/');
    expect(traced.stdout).toContain('shop/cart:80@v1 90 %, shop/cart:80@v2 10 %');
  });

  test('take other shares in another split', async () => {
    const { stdout, exitCode } = await run('verify', 'old.yaml', '--against', 'new.yaml');
    expect(stdout).toContain('shop.example.com:80  differs: backend');
    expect(exitCode).toBe(3);
    expect((await run('verify', 'old.yaml', '--against', 'old.yaml')).exitCode).toBe(0);
  });

  test('ask for what the other side says', async () => {
    expect((await run('verify', 'istio.yaml', '--against', 'old.yaml')).stdout).toContain('equal: 1 host');
    const { stdout } = await run('verify', 'istio.yaml', '--against', 'new.yaml');
    expect(stdout).toContain('shop.example.com:80  differs: backend');
  });
});
