import { expect, test } from 'vitest';
import { convert } from '../../index.ts';
import type { LatticeResource } from './resources.ts';
import { resourceKey } from './resources.ts';

const backends = { 'default/api:80': { ips: ['10.0.0.1'], port: 80, vpcId: 'vpc-0123456789abcdef0' } };

function virtualService(rules: readonly string[]): string {
  const destination = '      route: [{ destination: { host: api, port: { number: 80 } } }]\n';
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop }
spec:
  hosts: [api]
  http:
${rules.map((match) => `    - match: [${match}]\n${destination}`).join('')}`;
}

async function resourcesOf(rules: readonly string[], limits = {}) {
  const bytes = new TextEncoder().encode(virtualService(rules));
  const lattice = { serviceNetwork: { name: 'net', create: true }, backends };
  const verify = rules.length < 100;
  const { resources, diagnostics } = await convert({
    inputs: [{ file: 'a.yaml', bytes }],
    to: 'lattice',
    lattice,
    limits,
    verify,
  });
  const [document] = resources;
  return { resources: (document?.['resources'] ?? []) as readonly LatticeResource[], diagnostics };
}

const exact = (path: string) => `{ uri: { exact: ${path} } }`;
const rulesOf = (resources: readonly LatticeResource[]) => resources.filter((one) => one.kind === 'Rule');

test('rules keep their names when one is added above, and priorities leave gaps', async () => {
  const before = rulesOf((await resourcesOf([exact('/a'), exact('/b')])).resources);
  const after = rulesOf((await resourcesOf([exact('/new'), exact('/a'), exact('/b')])).resources);
  expect(after.slice(1).map(resourceKey)).toEqual(before.map(resourceKey));
  expect(after.map(({ priority }) => priority)).toEqual([10, 20, 30]);
});

test('keys are unique', async () => {
  const { resources } = await resourcesOf([exact('/a'), exact('/b')]);
  expect(new Set(resources.map(resourceKey)).size).toBe(resources.length);
});

test('a long list has smaller gaps, and 2001 rules have no priorities', { timeout: 60_000 }, async () => {
  const paths = (count: number) => Array.from({ length: count }, (_, index) => exact(`/p${index}`));
  const { resources } = await resourcesOf(paths(999), { rulesPerListener: 2000 });
  expect(rulesOf(resources).at(-1)?.priority).toBe(1998);
  const { diagnostics } = await resourcesOf(paths(2001));
  expect(diagnostics.map(({ code }) => code)).toContain('lattice/rule-priorities');
});

test('a value that a policy of the input says is shown there, also where the settings have an entry for the network', async () => {
  const yaml = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: net }
spec: { gatewayClassName: amazon-vpc-lattice, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: r }
spec:
  parentRefs: [{ name: net }]
  hostnames: [a.example.com]
  rules: [{ backendRefs: [{ name: api, port: 80 }] }]
---
apiVersion: application-networking.k8s.aws/v1alpha1
kind: AccessLogPolicy
metadata: { name: log }
spec:
  targetRef: { group: gateway.networking.k8s.io, kind: Gateway, name: net }
  destinationArn: arn:aws:s3:::x
---
apiVersion: application-networking.k8s.aws/v1alpha1
kind: IAMAuthPolicy
metadata: { name: auth }
spec:
  targetRef: { group: gateway.networking.k8s.io, kind: HTTPRoute, name: r }
  policy: "no JSON"
`;
  const { diagnostics } = await convert({
    inputs: [{ file: 'a.yaml', bytes: new TextEncoder().encode(yaml) }],
    to: 'lattice',
    lattice: { serviceNetwork: { name: 'net', create: true }, backends },
  });
  const places = diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, origin }) => `${code} ${origin?.toString()}`);
  expect(places).toEqual(['lattice/value-not-allowed a.yaml:19:19', 'lattice/policy-not-json a.yaml:26:11']);
});
