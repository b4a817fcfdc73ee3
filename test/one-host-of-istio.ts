/** A host of Istio with a rule for each match, and one for everything else. */
export const oneHostOfIstio = (...matches: readonly string[]): string => `
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
${matches.map((match) => `    - { match: [${match}], route: [{ destination: { host: api, port: { number: 80 } } }] }`).join('\n')}
    - route: [{ destination: { host: web, port: { number: 80 } } }]
`;
