import fc from 'fast-check';
import { fields, maybe, PATHS, type Plain, pick } from './parts.ts';

const backend = pick('web', 'cart', 'absent').map((name) => ({ service: { name, port: { number: 80 } } }));

const path = fc
  .record({ pathType: pick('Prefix', 'Exact', 'ImplementationSpecific'), path: pick(...PATHS), backend })
  .map((one): Plain => one);

const rule = fields({
  host: maybe(pick('a.example.com', 'b.example.com', '*.example.com', '*.b.example.com', 'c.b.example.com'), 0.2),
  http: maybe(fields({ paths: fc.array(path, { minLength: 1, maxLength: 4 }) }), 0.05),
});

const ingress = fields({
  ingressClassName: pick('public', 'nginx'),
  defaultBackend: maybe(backend, 3),
  tls: maybe(pick([{ hosts: ['a.example.com'], secretName: 'a' }]), 3),
  rules: fc.array(rule, { minLength: 1, maxLength: 4 }),
});

/** Ingresses of two classes that share hosts. */
export const ingressEstate: fc.Arbitrary<readonly Plain[]> = fc
  .array(ingress, { minLength: 1, maxLength: 3 })
  .map((specs) =>
    specs.map((spec, index) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { namespace: 'shop', name: `i${index}`, creationTimestamp: `2024-01-0${index + 1}T00:00:00Z` },
      spec,
    })),
  );
