import { expect, test } from 'vitest';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { readDocuments } from '../../documents/read-documents.ts';
import type { ClusterFacts } from '../../ir/facts.ts';
import type { VirtualHost } from '../../ir/model.ts';
import { latticeParser } from './parser.ts';

const facts: ClusterFacts = {
  services: new Map(),
  serviceImports: new Map(),
  namespaces: new Map(),
  ingressClasses: new Map(),
  workloads: [],
  grants: [],
};

interface Parsed {
  readonly hosts: readonly VirtualHost[];
  readonly findings: readonly Diagnostic[];
}

function parse(resources: string): Parsed {
  const findings: Diagnostic[] = [];
  const report = (finding: Diagnostic) => findings.push(finding);
  const bytes = new TextEncoder().encode(`kind: LatticeResources\nresources:\n${resources}`);
  const documents = readDocuments({ file: 'lattice.yaml', bytes }, report);
  const options = { defaultNamespace: 'default', clusterDomain: 'cluster.local' };
  return { hosts: latticeParser.parse(documents, { options, facts, report }).virtualHosts, findings };
}

const service = '- { kind: Service, name: shop, customDomainName: Shop.example.com }\n';
const listener = `${service}- kind: Listener
  name: http-80
  service: shop
  protocol: HTTP
  port: 80
  defaultAction: { fixedResponse: { statusCode: 404 } }
`;
const group =
  '- { kind: TargetGroup, name: api, type: IP, origin: { backend: "shop/api:80@v2", labels: { v: "2" } } }\n';
const rule = (name: string, priority: number, match: string, action: string) =>
  `- { kind: Rule, name: ${name}, service: shop, listener: http-80, priority: ${priority}, match: { httpMatch: ${match} }, action: ${action} }\n`;
const forward = '{ forward: { targetGroups: [{ targetGroup: api, weight: 100 }] } }';

test('rules are tried by priority, wherever they stand in the document', () => {
  const { hosts, findings } = parse(
    listener + group + rule('late', 20, '{ method: GET }', forward) + rule('early', 10, '{ method: PUT }', forward),
  );
  expect(findings).toEqual([]);
  const [host] = hosts;
  expect(host).toMatchObject({ host: { kind: 'exact', name: 'shop.example.com' }, order: { kind: 'first-match' } });
  expect(host?.rules.map(({ matches }) => matches[0]?.method)).toMatchObject([{ value: 'PUT' }, { value: 'GET' }]);
  expect(host?.otherwise.status).toBe(404);
});

test('letter case counts where the flag says so, and a prefix is read as Lattice reads it', () => {
  const match =
    '{ pathMatch: { match: { prefix: /a }, caseSensitive: true }, headerMatches: [{ name: X-A, match: { contains: b } }] }';
  const [host] = parse(listener + group + rule('one', 1, match, forward)).hosts;
  expect(host?.rules[0]?.matches[0]).toMatchObject({
    path: { kind: 'prefix', value: '/a', reading: 'lattice', ignoreCase: false },
    headers: [{ name: 'x-a', absent: false, value: { kind: 'regex', pattern: '(?i).*b.*' } }],
  });
});

test('a group is the backend that it stands for, else one by its own name', () => {
  const other = group.replace(/, origin.*/, ' }').replace('name: api', 'name: bare');
  const bare = forward.replace('targetGroup: api', 'targetGroup: bare');
  const [host] = parse(
    listener + group + other + rule('one', 1, '{ method: GET }', forward) + rule('two', 2, '{ method: PUT }', bare),
  ).hosts;
  const backends = host?.rules.map(({ action }) => (action.kind === 'forward' ? action.shares : []));
  expect(backends).toMatchObject([
    [{ backend: { namespace: 'shop', name: 'api', port: 80, subset: { name: 'v2', labels: { v: '2' } } } }],
    [{ backend: { namespace: 'lattice', name: 'bare' } }],
  ]);
});

test('a default forward takes what no rule takes', () => {
  const forwarding = listener.replace('{ fixedResponse: { statusCode: 404 } }', forward);
  const [host] = parse(forwarding + group).hosts;
  expect(host?.rules).toMatchObject([{ matches: [{ path: { kind: 'any' } }], action: { kind: 'forward' } }]);
});

test('references that lead nowhere, equal priorities and unknown fields are errors', () => {
  const codes = (resources: string) => parse(resources).findings.map(({ code }) => code);
  expect(codes(listener + rule('one', 1, '{ method: GET }', forward))).toEqual(['lattice-resources/unknown-reference']);
  expect(codes(service + group + rule('one', 1, '{ method: GET }', forward))).toEqual([
    'lattice-resources/unknown-reference',
  ]);
  expect(codes(listener.replace(service, ''))).toEqual(['lattice-resources/unknown-reference']);
  const twice = rule('one', 1, '{ method: GET }', forward) + rule('two', 1, '{ method: PUT }', forward);
  expect(codes(listener + group + twice)).toEqual(['lattice-resources/same-priority']);
  expect(codes(listener.replace('port: 80', 'port: 80\n  prot: x'))).toEqual(['lattice-resources/unknown-field']);
});

test('a listener that passes TLS through is named, and what stands beside it is read', () => {
  const tls =
    '- { kind: Listener, name: tls-443, service: shop, protocol: TLS_PASSTHROUGH, port: 443, defaultAction: { forward: { targetGroups: [{ targetGroup: api }] } } }\n';
  const { hosts, findings } = parse(listener + group + tls);
  expect(findings.map(({ code, affects }) => [code, affects.kind])).toEqual([['lattice-resources/no-http', 'none']]);
  expect(hosts.map(({ scope }) => scope)).toMatchObject([{ port: 80 }]);
});
