import { expect, test } from 'vitest';
import { convert } from '../index.ts';

const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]
`;

const route = (host: string, rules: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${host.replaceAll('.', '-')}, namespace: shop}
spec:
  hosts: [${host}]
  gateways: [edge]
  http:
${rules}`;

const to = (name: string, more = '') => `  - route: [{destination: {host: ${name}, port: {number: 80}}}]${more}\n`;

const run = (texts: readonly string[], options: Partial<Parameters<typeof convert>[0]> = {}) =>
  convert({
    inputs: [{ file: 'in.yaml', bytes: new TextEncoder().encode(texts.join('---\n')) }],
    partial: true,
    profile: 'standard',
    ...options,
  });

test('a host that routes as before and loses behaviour is equal, and says what it loses', async () => {
  const { checks, summary } = await run([
    gateway,
    route('a.com', to('web', '\n    fault: {delay: {fixedDelay: 1s, percentage: {value: 10}}}')),
  ]);
  expect(checks).toMatchObject([
    { verdict: 'equal', losesBehaviour: true, accepted: [], differences: [{ known: 'gateway-api/fault-lost' }] },
  ]);
  expect(summary.verified).toEqual({ equal: 1, reported: 0, unknown: 0 });
});

test('an accepted error is said of its host, also where the model never had what was lost', async () => {
  const text = route('a.com', '  - redirect: {uri: "/new?a=b"}\n');
  const accept = [{ code: 'istio/redirect-query', reason: 'nobody reads it' }];
  const { checks } = await run([gateway, text], { accept });
  expect(checks).toMatchObject([{ verdict: 'reported', accepted: ['istio/redirect-query'] }]);
});

test('a withheld host is not compared', async () => {
  const bad = route('b.com', '  - directResponse: {status: 418}\n');
  const { checks, hosts } = await run([gateway, route('a.com', to('web')), bad]);
  expect(hosts.map(({ withheldBy }) => withheldBy.length)).toEqual([0, 1]);
  expect(checks.map(({ verdict }) => verdict)).toEqual(['equal']);
});

test('without the check nothing is compared', async () => {
  const { checks, summary } = await run([gateway, route('a.com', to('web'))], { verify: false });
  expect(checks).toEqual([]);
  expect(summary.verified).toBeUndefined();
});
