import type { Mutation } from './mutation.ts';

const tls = (what: string) => `${what.replace('SCHEME', 'http')}\n${what.replace('SCHEME', 'https')}`;

/** Changes of `ingress.yaml`, with what each of them means, thought out by hand. */
export const ingressMutations: readonly Mutation[] = [
  ['a backend', /(path: \/w,.*name: )web/, '$1cart', 'backend GET http://x.wild.example.com/w'],
  [
    'a pathType',
    /(\/cart\/exact, pathType: )Exact/,
    '$1Prefix',
    tls('backend GET SCHEME://shop.example.com/cart/exact/'),
  ],
  ['a path', 'path: /late', 'path: /later', tls('backend GET SCHEME://shop.example.com/late')],
  [
    'a default backend',
    'defaultBackend: { service: { name: fallback',
    'defaultBackend: { service: { name: web',
    'backend GET http://x.example/\nbackend GET http://x.wild.example.com/',
  ],
  [
    'a default backend less',
    / {2}defaultBackend: .*\n/,
    '',
    'status GET http://x.example/\nstatus GET http://x.wild.example.com/',
  ],
  [
    'a named port',
    'name: admin } } } }',
    'name: http } } } }',
    tls('backend GET SCHEME://shop.example.com/cart/exact'),
  ],
  [
    'the port behind a name',
    'targetPort: 8081',
    'targetPort: 8082',
    tls('backend GET SCHEME://shop.example.com/cart/exact'),
  ],
  ['ages that swap', '2024-02-01', '2023-02-01', tls('backend GET SCHEME://shop.example.com/cart')],
  ['a class', 'ingressClassName: internal', 'ingressClassName: public', 'status,backend GET http://inner.example.com/'],
  [
    'the default class',
    'is-default-class: "true"',
    'is-default-class: "false"',
    tls('backend GET SCHEME://shop.example.com/late').replace('\n', '\nstatus GET http://shop.example.com/cart\n'),
  ],
  [
    'a class by annotation',
    '{ name: late, namespace: shop,',
    '{ name: late, annotations: { kubernetes.io/ingress.class: internal }, namespace: shop,',
    'status GET http://shop.example.com/cart\nbackend GET http://shop.example.com/late\nbackend GET https://shop.example.com/late',
  ],
  ['TLS less', / {2}tls: .*\n/, '', 'status GET https://shop.example.com/'],
  [
    'a wildcard',
    '*.wild.',
    '*.wilder.',
    'backend GET http://x.wild.example.com/w\nbackend GET http://x.wilder.example.com/w',
  ],
  [
    'a host',
    'host: inner.',
    'host: inside.',
    'status GET http://inner.example.com/\nstatus GET http://inside.example.com/',
  ],
  [
    'a resource backend',
    /backend: \{ service: \{ name: cart, port: \{ number: 80 \} \} \}/,
    'backend: { resource: { apiGroup: a.com, kind: Bucket, name: b } }',
    tls('backend GET SCHEME://shop.example.com/late'),
  ],
  // What stays the same.
  [
    'the class written out',
    'creationTimestamp: "2024-02-01T00:00:00Z" }\nspec:\n',
    'creationTimestamp: "2024-02-01T00:00:00Z" }\nspec:\n  ingressClassName: public\n',
    'equal',
  ],
  [
    'a number for a name',
    'port: { name: http } } } }\n          - { path: /cart/exact',
    'port: { number: 80 } } } }\n          - { path: /cart/exact',
    'equal',
  ],
  ['an order of paths', /( {10}- \{ path: \/cart, .*\n)( {10}- \{ path: \/cart\/exact.*\n)/, '$2$1', 'equal'],
  ['a slash at the end', 'path: /late,', 'path: /late/,', 'equal'],
  ['a name', 'name: inner, namespace: shop', 'name: innermost, namespace: shop', 'equal'],
  [
    'a dead path',
    /( {10}- \{ path: \/late)/,
    '          - { path: /cart/exact, pathType: Exact, backend: { service: { name: cart, port: { number: 80 } } } }\n$1',
    'equal',
  ],
];
