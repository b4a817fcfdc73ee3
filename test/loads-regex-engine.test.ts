import { expect, test, vi } from 'vitest';

// The engine is loaded once for a process: each case starts without it, as the command line does.

const manifests = (match: string): string => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gw, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [gw]
  http:
    - { match: [${match}], route: [{ destination: { host: api, port: { number: 80 } } }] }
    - route: [{ destination: { host: web, port: { number: 80 } } }]
`;

test.each([
  ['{ uri: { prefix: /Api }, ignoreUriCase: true }', 'standard'],
  ['{ uri: { exact: /go }, ignoreUriCase: true }', 'standard'],
  ['{ uri: { exact: /go }, ignoreUriCase: true }', 'lattice'],
  ['{ uri: { exact: /go }, headers: { a: { regex: b+ } } }', 'standard'],
] as const)('the engine is there for %s, profile %s', async (match, profile) => {
  vi.resetModules();
  const { convert } = await import('../src/index.ts');
  const bytes = new TextEncoder().encode(manifests(match));
  const { diagnostics } = await convert({ inputs: [{ file: 'shop.yaml', bytes }], profile });
  expect(diagnostics.filter(({ code }) => code.startsWith('internal/')).map(({ message }) => message)).toEqual([]);
});
