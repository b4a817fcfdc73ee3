import { describe, expect, test } from 'vitest';
import { convert, type Diagnostic } from '../index.ts';

const GATEWAY = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*.example.com"] }]
---
`;

function convertRule(rule: string, more = '', options: Omit<Parameters<typeof convert>[0], 'inputs'> = {}) {
  const text = `${GATEWAY}
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec:
  hosts: [web.example.com]
  gateways: [edge]
  http:
    - ${rule.trim().replaceAll('\n', '\n      ')}
${more}`;
  return convert({ inputs: [{ file: 'in.yaml', bytes: new TextEncoder().encode(text) }], ...options });
}

const ROUTE = 'route: [{ destination: { host: web, port: { number: 80 } } }]';

function fieldsOf(diagnostics: readonly Diagnostic[], code: string): readonly (string | undefined)[] {
  return diagnostics.filter((one) => one.code === code).map(({ origin }) => origin?.field);
}

describe('a lost part', () => {
  test.each([
    ['timeout: 3s', 'gateway-api/timeout-lost', 'timeout'],
    ['rewrite: { authority: other.internal }', 'gateway-api/rewrite-lost', 'rewrite'],
    ['mirror: { host: copy, port: { number: 80 } }', 'gateway-api/mirror-lost', 'mirror'],
    ['retries: { attempts: 3 }', 'gateway-api/retry-lost', 'retries'],
    ['headers: { request: { set: { a: b } } }', 'gateway-api/request-headers-lost', 'headers'],
    ['headers: { response: { set: { a: b } } }', 'gateway-api/headers-lost', 'headers'],
    ['fault: { delay: { fixedDelay: 1s, percentage: { value: 1 } } }', 'gateway-api/fault-lost', 'fault'],
    ['corsPolicy: { allowOrigins: [{ exact: "https://a.com" }] }', 'gateway-api/cors-lost', 'corsPolicy'],
  ])('is found where it is written: %s', async (part, code, field) => {
    const { diagnostics } = await convertRule(`${part}\n${ROUTE}`, '', { profile: 'lattice' });
    expect(fieldsOf(diagnostics, code)).toEqual([`spec.http[0].${field}`]);
  });

  test.each([
    ['fault', 'gateway-api/fault-lost', '{ fixedDelay: 1s, percentage: { value: 100 } } }'],
    ['corsPolicy', 'gateway-api/cors-lost', '}\ncorsPolicy: { allowOrigins: [{ exact: "https://a.com" }] }'],
  ])('of a rule that aborts every request is found: %s', async (field, code, rest) => {
    const delay = rest.startsWith('{') ? ', delay: ' : ' ';
    const abort = `fault: { abort: { httpStatus: 404, percentage: { value: 100 } }${delay}${rest}`;
    const { diagnostics } = await convertRule(`${abort}\n${ROUTE}`, '', { to: 'lattice' });
    expect(fieldsOf(diagnostics, code)).toEqual([`spec.http[0].${field}`]);
  });

  test('of several backends is named with its headers', async () => {
    const { diagnostics } = await convertRule(
      `route:
  - { destination: { host: a, port: { number: 80 } }, weight: 1, headers: { request: { set: { x-side: left } } } }
  - { destination: { host: b, port: { number: 80 } }, weight: 1 }`,
      '',
      { profile: 'lattice' },
    );
    expect(diagnostics.find(({ code }) => code === 'gateway-api/request-headers-lost')?.message).toContain(
      '(a: set x-side)',
    );
  });
});

describe('a rule whose backends do not exist', () => {
  const service = `---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;
  const wrongPort = 'route: [{ destination: { host: web, port: { number: 81 } } }]';

  test('is reported once, by the source', async () => {
    const { diagnostics } = await convertRule(wrongPort, service);
    expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([
      'istio/port-not-in-service',
    ]);
  });

  test.each(['lattice', 'standard'] as const)('answers an error once that is accepted (%s)', async (profile) => {
    const accept = [{ code: 'istio/port-not-in-service', reason: 'never called' }];
    const { resources } = await convertRule(wrongPort, service, { profile, accept });
    expect(resources.find(({ kind }) => kind === 'HTTPRoute')).toMatchObject({
      spec: { rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }] },
    });
    expect(JSON.stringify(resources)).not.toContain('backendRefs');
  });

  test('of a split has no form', async () => {
    const split = `route:
  - { destination: { host: web, port: { number: 81 } }, weight: 1 }
  - { destination: { host: web, port: { number: 80 } }, weight: 1 }`;
    const { diagnostics } = await convertRule(split, service);
    expect(diagnostics.map(({ code }) => code)).toContain('gateway-api/invalid-backend-share');
  });
});
