import type { Mutation } from './mutation.ts';

const SHOP = 'http://shop.example.com';
const both = (what: string) => `${what.replace('HOST', 'shop')}\n${what.replace('HOST', 'www')}`;

/** Changes of `gateway-api.yaml`, with what each of them means, thought out by hand. */
export const gatewayApiMutations: readonly Mutation[] = [
  ['a weight', 'weight: 1 }', 'weight: 2 }', both('backend GET http://HOST.example.com/cart')],
  ['a header value', 'value: Ann', 'value: ann', both('backend,timeout GET http://HOST.example.com/cart x-user=Ann')],
  [
    'a header name',
    'name: x-user',
    'name: x-users',
    both('backend,timeout GET http://HOST.example.com/cart x-user=Ann'),
  ],
  ['a query value', 'value: "1"', 'value: "2"', both('backend POST http://HOST.example.com/find?debug=1')],
  ['a method less', ', method: POST', '', both('backend GET http://HOST.example.com/find?debug=1')],
  [
    'a prefix that is exact',
    '{ type: PathPrefix, value: /late }',
    '{ type: Exact, value: /late }',
    `backend GET ${SHOP}/late/`,
  ],
  ['a path in other letters', 'value: /late', 'value: /Late', `backend GET ${SHOP}/Late`],
  [
    'a hostname less',
    ', www.example.com',
    '',
    'status GET http://www.example.com/\nredirect GET http://www.example.com/old',
  ],
  [
    'a hostname more',
    'www.example.com]',
    'www.example.com, w3.example.com]',
    'status GET http://w3.example.com/\nredirect GET http://w3.example.com/old',
  ],
  [
    'a section',
    'sectionName: http }]\n  hostnames: [shop.example.com]',
    'sectionName: alt }]\n  hostnames: [shop.example.com]',
    `backend GET ${SHOP}/late\nbackend GET ${SHOP}:8080/late\nstatus GET ${SHOP}:8080/`,
  ],
  [
    'a port of a parent',
    'port: 8080 }]\n  rules',
    'port: 80 }]\n  rules',
    'status GET http://x.example:8080/\nstatus GET http://x.example.com/',
  ],
  [
    'a listener host',
    'hostname: "*.example.com"',
    'hostname: shop.example.com',
    'status GET http://www.example.com/\nredirect GET http://www.example.com/old',
  ],
  [
    'a listener protocol',
    'port: 443, protocol: HTTPS, hostname: pay.example.com, tls: { certificateRefs: [{ name: pay-cert }] }',
    'port: 443, protocol: HTTP, hostname: pay.example.com',
    'status GET https://pay.example.com/',
  ],
  ['ages that swap', '2024-02-01', '2023-02-01', `backend,timeout GET ${SHOP}/basket`],
  ['a redirect code', 'statusCode: 301', 'statusCode: 302', both('redirect GET http://HOST.example.com/old')],
  ['the default redirect code', ', statusCode: 301', '', both('redirect GET http://HOST.example.com/old')],
  [
    'a redirect port',
    'statusCode: 301',
    'port: 8080, statusCode: 301',
    both('redirect GET http://HOST.example.com/old'),
  ],
  [
    'a redirect path',
    'statusCode: 301',
    'path: { type: ReplaceFullPath, replaceFullPath: /n }, statusCode: 301',
    both('redirect GET http://HOST.example.com/old'),
  ],
  ['a rewrite', 'replacePrefixMatch: /v1', 'replacePrefixMatch: /v2', both('rewrite GET http://HOST.example.com/api')],
  ['a header change', 'remove: [x-debug]', 'remove: [x-debugging]', both('headers GET http://HOST.example.com/api')],
  ['a mirror share', 'percent: 20', 'percent: 21', both('mirror GET http://HOST.example.com/api')],
  ['a timeout', 'request: 5s', 'request: 6s', both('timeout GET http://HOST.example.com/cart')],
  [
    'a backend that is not there',
    'backendRefs: [{ name: cart, port: 80 }]',
    'backendRefs: [{ name: carts, port: 80 }]',
    `backend GET ${SHOP}/late`,
  ],
  [
    'a port of a backend',
    'backendRefs: [{ name: cart, port: 80 }]',
    'backendRefs: [{ name: cart, port: 81 }]',
    `backend GET ${SHOP}/late`,
  ],
  [
    'a reference to another namespace',
    'backendRefs: [{ name: cart, port: 80 }]',
    'backendRefs: [{ name: cart, namespace: other, port: 80 }]',
    `status GET ${SHOP}/late`,
  ],
  [
    'a target port',
    /(name: cart, namespace: shop \}[\s\S]*?)targetPort: 8080/,
    '$1targetPort: 8081',
    both('backend GET http://HOST.example.com/cart'),
  ],
  // What stays the same.
  [
    'an order of rules',
    /( {4}- matches: \[\{ path: \{ type: Exact, value: \/old[\s\S]*?)( {4}- matches: \[\{ path: \{ type: PathPrefix, value: \/api[\s\S]*?)(?= {4}- matches: \[\{ path: \{ type: PathPrefix, value: \/find)/,
    '$2$1',
    'equal',
  ],
  [
    'a rule in two',
    '        - path: { type: Exact, value: /basket }\n      backendRefs: [{ name: cart, port: 80, weight: 9 }, { name: pay, port: 80, weight: 1 }]\n      timeouts: { request: 5s }\n',
    '      backendRefs: [{ name: cart, port: 80, weight: 9 }, { name: pay, port: 80, weight: 1 }]\n      timeouts: { request: 5s }\n    - matches: [{ path: { type: Exact, value: /basket } }]\n      backendRefs: [{ name: cart, port: 80, weight: 18 }, { name: pay, port: 80, weight: 2 }]\n      timeouts: { request: 5000ms }\n',
    'equal',
  ],
  [
    'a name of a route',
    'name: pay, namespace: shop }\nspec:\n  parentRefs',
    'name: payment, namespace: shop }\nspec:\n  parentRefs',
    'equal',
  ],
  [
    'an old version',
    /gateway\.networking\.k8s\.io\/v1\nkind: HTTPRoute/g,
    'gateway.networking.k8s.io/v1beta1\nkind: HTTPRoute',
    'equal',
  ],
  [
    'defaults written out',
    '    - backendRefs: [{ name: web, port: 80 }]\n---',
    '    - matches: [{ path: { type: PathPrefix, value: / } }]\n      backendRefs: [{ name: web, port: 80, weight: 1, kind: Service, group: "", namespace: shop }]\n---',
    'equal',
  ],
  ['a parent by its port', '{ name: edge, sectionName: https }', '{ name: edge, port: 443 }', 'equal'],
  ['a prefix with a slash at its end', 'value: /late }', 'value: /late/ }', 'equal'],
  [
    'a route in two',
    / {4}- matches: \[\{ path: \{ type: PathPrefix, value: \/late \} \}\]\n {6}backendRefs: \[\{ name: cart, port: 80 \}\]\n/,
    '---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: more, namespace: shop }\nspec:\n  parentRefs: [{ name: edge, sectionName: http }]\n  hostnames: [shop.example.com]\n  rules:\n    - matches: [{ path: { type: PathPrefix, value: /late } }]\n      backendRefs: [{ name: cart, port: 80 }]\n',
    'equal',
  ],
  ['the class', 'gatewayClassName: any', 'gatewayClassName: other', 'equal'],
  ['a name of a section', /(name|sectionName): https\b/g, '$1: secure', 'equal'],
];
