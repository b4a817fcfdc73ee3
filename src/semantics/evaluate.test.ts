import { expect, test } from 'vitest';
import { modelOf } from '../../test/model-of.ts';
import { decide, selectHost, servesHost } from './evaluate.ts';

const ingress = (host: string, paths: readonly (readonly [string, string, string])[]) => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ${host.replace(/\W+/g, '-').replace(/^-/, '')}, namespace: shop}
spec:
  ingressClassName: edge
  rules:
    - host: "${host}"
      http:
        paths:
${paths.map(([type, path, service]) => `          - {pathType: ${type}, path: ${path}, backend: {service: {name: ${service}, port: {number: 80}}}}`).join('\n')}
`;

test('a request meets the most specific host and, for an Ingress, the exact or longest path', async () => {
  const model = await modelOf(
    ingress('*.example.com', [['Prefix', '/', 'wild']]),
    ingress('shop.example.com', [
      ['Prefix', '/', 'web'],
      ['Prefix', '/api', 'api'],
      ['Exact', '/api', 'root'],
    ]),
  );
  const backend = (host: string, path: string) => {
    const virtual = selectHost(model.virtualHosts, host);
    const rule = virtual && decide(virtual, { host, method: 'GET', path, headers: {}, query: {} });
    const share = rule?.action.kind === 'forward' ? rule.action.shares[0] : undefined;
    return share?.kind === 'backend' ? share.backend.name : undefined;
  };
  expect(backend('shop.example.com', '/api')).toBe('root');
  expect(backend('shop.example.com', '/api/x')).toBe('api');
  expect(backend('shop.example.com', '/apix')).toBe('web');
  expect(backend('other.example.com', '/api')).toBe('wild');
  // The star of an Ingress takes one label.
  expect(backend('a.b.example.com', '/')).toBeUndefined();
});

test('a wildcard takes one label or any number, never none', () => {
  const one = { kind: 'suffix', suffix: 'a.com', labels: 'one' } as const;
  const many = { ...one, labels: 'many' } as const;
  expect(['x.a.com', 'X.A.com', 'y.x.a.com', 'a.com', 'xa.com'].map((name) => servesHost(one, name))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(['x.a.com', 'y.x.a.com', 'a.com'].map((name) => servesHost(many, name))).toEqual([true, true, false]);
});
