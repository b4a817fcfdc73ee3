import { expect, test } from 'vitest';
import { modelOf } from '../../../test/model-of.ts';
import { compile } from '../decision-list.ts';
import type { Listed } from './compile-tests.ts';
import { sampleRequests } from './sample-requests.ts';

test('requests go to the host, whatever a rule asks of the Host header', async () => {
  const { virtualHosts } = await modelOf(`apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r, namespace: shop}
spec:
  parentRefs: [{name: g}]
  hostnames: [a.com]
  rules:
    - matches: [{headers: [{name: Host, value: b.com}, {name: x, value: "1"}], method: POST}]
      backendRefs: [{name: s, port: 80}]`);
  const entries = virtualHosts.flatMap(compile).map((entry, order): Listed => ({ entry, order, tests: [] }));
  const authorities = ['a.com', 'a.com:8080'];
  const requests = [...sampleRequests(entries, { seed: 1, host: 'a.com', authorities })];
  expect(new Set(requests.map(({ authority, host }) => authority ?? host))).toEqual(new Set(authorities));
  expect(new Set(requests.flatMap(({ headers }) => Object.keys(headers)))).toEqual(new Set(['x']));
  expect(requests.every(({ method }) => method !== '')).toBe(true);
});
