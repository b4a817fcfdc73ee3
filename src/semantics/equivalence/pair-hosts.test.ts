import { expect, test } from 'vitest';
import { modelOf } from '../../../test/model-of.ts';
import { compareModels } from './compare-models.ts';

const served = (host: string, gateway: string, backend: string) => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: ${gateway}, namespace: a}
spec: {gatewayClassName: edge, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: ${gateway}, namespace: a}
spec: {parentRefs: [{name: ${gateway}}], hostnames: [${host}], rules: [{backendRefs: [{name: ${backend}, port: 80}]}]}`;

test('a host that moves must be answered alike by every gateway that serves the new name', async () => {
  const old = await modelOf(served('old.com', 'one', 's'));
  const options = { budget: 10_000, seed: 1, mappings: [{ before: { host: 'old.com' }, after: { host: 'new.com' } }] };
  const compare = async (second: string) =>
    compareModels(old, await modelOf(served('new.com', 'one', 's'), served('new.com', 'two', second)), options).verdict;
  expect(await compare('s')).toBe('equal');
  expect(await compare('other')).toBe('differs');
});
