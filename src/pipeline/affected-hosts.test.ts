import { describe, expect, test } from 'vitest';
import { type Affects, defineDiagnostics } from '../diagnostics/diagnostic.ts';
import { Origin, type SourceDocument } from '../diagnostics/origin.ts';
import { type Backend, NO_HEADER_OPS } from '../ir/actions.ts';
import type { KubernetesService } from '../ir/facts.ts';
import type { RoutingModel, VirtualHost } from '../ir/model.ts';
import { ANY } from '../ir/predicates.ts';
import { findWithheld } from './affected-hosts.ts';

const { lost } = defineDiagnostics('test', {
  lost: { severity: 'error', summary: '', message: () => 'lost', accept: 'omit-part' },
});

function place(file: string): Origin {
  const document: SourceDocument = {
    file,
    resource: undefined,
    span: () => ({ file, line: 1, col: 1, endLine: 1, endCol: 1 }),
    order: 0,
    lineText: () => undefined,
  };
  return new Origin(document);
}

const [a, b] = [place('a.yaml'), place('b.yaml')];

function host(name: string, origin: Origin, service: string): VirtualHost {
  const headers = { requestHeaders: NO_HEADER_OPS, responseHeaders: NO_HEADER_OPS };
  const backend: Backend = { kind: 'Service', namespace: 'shop', name: service, port: 80, ...headers, origin };
  const source = { apiVersion: 'v1', kind: 'Route', name, labels: {}, annotations: {}, origin };
  const match = { path: ANY, method: ANY, headers: [], query: [], authority: ANY, opaque: [], origin };
  const shares = [{ kind: 'backend', weight: 1, backend }] as const;
  return {
    id: name,
    scope: { kind: 'mesh', target: { namespace: 'shop', service: name }, clients: { kind: 'all' } },
    host: { kind: 'exact', name: `${name}.example.com` },
    order: { kind: 'first-match' },
    rules: [
      {
        source,
        hostIndex: 0,
        index: 0,
        matches: [match],
        action: { kind: 'forward', shares, mirrors: [], ...headers, origin },
        origin,
      },
    ],
    otherwise: { kind: 'respond', status: 404, responseHeaders: NO_HEADER_OPS, origin },
    origin,
  };
}

function service(name: string, selector: Readonly<Record<string, string>>): readonly [string, KubernetesService] {
  const facts = { type: 'ClusterIP', headless: false, ports: [], labels: {}, annotations: {}, from: 'input' } as const;
  return [`shop/${name}`, { namespace: 'shop', name, selector, ...facts }];
}

const model: RoutingModel = {
  gateways: [],
  carried: [],
  guards: [],
  virtualHosts: [host('web', a, 'web'), host('cart', b, 'cart')],
  facts: {
    services: new Map([service('web', { app: 'web' }), service('cart', { app: 'cart' })]),
    serviceImports: new Map(),
    namespaces: new Map(),
    ingressClasses: new Map(),
    workloads: [],
    grants: [],
  },
};

function withheld(affects: Affects, facts: Partial<RoutingModel['facts']> = {}): readonly string[] {
  const finding = lost({}, b, { affects });
  const facing = { ...model, facts: { ...model.facts, ...facts } };
  return [...findWithheld([finding], model.virtualHosts, facing, 'default').keys()];
}

describe('findWithheld', () => {
  test.each<[string, Affects, readonly string[]]>([
    ['the document of the finding', { kind: 'document' }, ['cart']],
    ['hosts by id', { kind: 'hosts', ids: ['web', 'none'] }, ['web']],
    ['hosts by name', { kind: 'hostnames', names: ['web.example.com'] }, ['web']],
    ['a mesh host by the short name of its Service', { kind: 'hostnames', names: ['cart.shop'] }, ['cart']],
    ['a namespace of backends', { kind: 'backends', namespace: 'shop' }, ['web', 'cart']],
    ['another namespace', { kind: 'backends', namespace: 'other' }, []],
    ['a Service', { kind: 'backends', namespace: 'shop', service: 'cart' }, ['cart']],
    ['labels that contradict a selector', { kind: 'backends', labels: { app: 'web' } }, ['web']],
    ['labels that say nothing about a selector', { kind: 'backends', labels: { tier: 'front' } }, ['web', 'cart']],
    ['all', { kind: 'all' }, ['web', 'cart']],
    ['none', { kind: 'none' }, []],
  ])('%s', (_, affects, expected) => {
    expect(withheld(affects)).toEqual(expected);
  });

  test('pods of the input decide which workloads a policy protects', () => {
    const pod = { kind: 'Deployment', namespace: 'shop', name: 'web', labels: { app: 'web', tier: 'back' }, ports: [] };
    expect(withheld({ kind: 'backends', labels: { tier: 'front' } }, { workloads: [pod] })).toEqual(['cart']);
  });

  test('a Service whose selector is not known counts as protected', () => {
    expect(withheld({ kind: 'backends', labels: { app: 'web' } }, { services: new Map() })).toEqual(['web', 'cart']);
  });
});
