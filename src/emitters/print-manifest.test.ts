import fc from 'fast-check';
import { CORE_SCHEMA, loadAll, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { KubernetesSchema } from '../documents/kubernetes-schema.ts';
import { printManifests } from './print-manifest.ts';

const schemas = [CORE_SCHEMA, YAML11_SCHEMA, new KubernetesSchema(() => {})];
const hazards = [
  ...[
    'on',
    'Off',
    'y',
    'N',
    'yes',
    'NO',
    'true',
    'FALSE',
    'null',
    'Null',
    '~',
    '',
    '=',
    '<<',
    '*a',
    '&a',
    '!x',
    '%',
    '@',
    '`',
  ],
  ...[
    '0755',
    '0o17',
    '1_000',
    '1:30',
    '1:30.5',
    '2001-12-14',
    '2001-12-14T21:59:43Z',
    '1e3',
    '1.5',
    '.5',
    '-1',
    '+1',
    '0x1f',
  ],
  ...['.inf', '-.Inf', '.nan', '0b11', '10.0.0.1', '5s', '10m', '1h', '100ms', '12e3'],
  ...[
    ' a',
    'a ',
    'a: b',
    'a:',
    'a:b',
    ':',
    '- ',
    '-',
    '- a',
    '? ',
    '?',
    'a #b',
    '#a',
    'a#b',
    '---',
    '...',
    '--- a',
    '[a]',
    '{a}',
    ',',
  ],
  ...[
    'a\nb',
    'a\nb\n',
    'a\nb\n\n',
    '\na',
    'a\n',
    '\n',
    'a\n b\n',
    ' a\nb',
    'a \nb',
    'a\n---\nb',
    'a\r\nb',
    'a\tb',
    '\ta\nb',
    'a\n\nb',
    'x\n#y',
  ],
  ...[
    '\u0085',
    'a\u0085b',
    '\u2028',
    '\u2029',
    '\x7f',
    '\u00a0',
    '\ufeff',
    '\ufffe',
    '\ud800',
    'a\udc00b',
    '😀',
    'é',
    '\0',
    '\x1b',
    "it's",
    '"',
    '\\',
  ],
  ...[
    'a\u2028b\nc',
    'a\n\ufeffb',
    'a\n\xa0',
    '😀\nb',
    '__proto__',
    'constructor',
    'HTTP/1.1',
    'http://a.b/c?d=e',
    'a (b)',
    '/a/b',
    'a  b',
  ],
];
const text = fc.oneof(
  fc.constantFrom(...hazards),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom(...' \n\t:#-?[]{},&*!|>\'"%@`~=<.0123456789_eoxbyn\u0085\u2028\r\ufeff'),
    maxLength: 12,
  }),
  fc.array(fc.constantFrom(...hazards), { maxLength: 3 }).map((parts) => parts.join('')),
);
const key = text.filter((name) => name !== '__proto__');
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'medium' },
    text,
    fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(key, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const manifest = fc.dictionary(key, tree, { minKeys: 1, maxKeys: 4, noNullPrototype: true });
const noMinusZero = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

describe('printManifests', () => {
  it('prints block style in the order given, comments above', () => {
    const route = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'shop', annotations: undefined, labels: {} },
      spec: {
        hostnames: ['shop.example.com', '*.example.com'],
        rules: [
          { matches: [{ path: { type: 'PathPrefix', value: '/' } }], timeouts: { request: '5s' } },
          [],
          [['a'], 1],
        ],
        note: 'first\nsecond\n',
        empty: '',
        port: 8080,
      },
    };
    expect(
      printManifests([route, { kind: 'Second' }], (_, index) => [`document ${index}\nof 2`]),
    ).toBe(`# document 0 of 2
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: shop
  labels: {}
spec:
  hostnames:
  - shop.example.com
  - "*.example.com"
  rules:
  - matches:
    - path:
        type: PathPrefix
        value: /
    timeouts:
      request: 5s
  - []
  - - - a
    - 1
  note: |
    first
    second
  empty: ""
  port: 8080
---
# document 1 of 2
kind: Second
`);
  });

  it.each(hazards)('keeps %j as value, key and item', (hazard) => {
    const object =
      hazard === '__proto__'
        ? { value: hazard }
        : { value: hazard, [hazard]: 1, list: [hazard, [hazard], { [hazard]: hazard }] };
    for (const schema of schemas) expect(loadAll(printManifests([object]), { schema })).toEqual([object]);
  });

  it.each([0, -0, 1, -1, 1.5, 1e21, 1.5e-7, 5e-324, 2 ** 53, -1e300])('keeps the number %d', (value) => {
    for (const schema of schemas)
      expect(loadAll(printManifests([{ value }]), { schema })).toEqual([{ value: value + 0 }]);
  });

  it('is read back as it was by every reader', () => {
    fc.assert(
      fc.property(fc.array(manifest, { minLength: 1, maxLength: 3 }), (objects) => {
        const printed = printManifests(objects, () => ['\u2028 a comment']);
        for (const schema of schemas) expect(loadAll(printed, { schema })).toEqual(objects.map(noMinusZero));
      }),
      { numRuns: process.env['LATTICECTL_DEEP'] === '1' ? 20_000 : 500 },
    );
  });

  it('refuses what JSON cannot say', () => {
    expect(() => printManifests([{ a: Number.NaN }])).toThrow(TypeError);
    expect(() => printManifests([{ a: 1n }])).toThrow(TypeError);
  });
});
