import { expect, test } from 'vitest';
import { optionsOf } from '../../../test/shared/sample-hosts.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { HostFindings } from '../host-findings.ts';
import { finishResources } from './finish-resources.ts';

function finish(spec: Readonly<Record<string, unknown>>, kind = 'HTTPRoute') {
  const found: Diagnostic[] = [];
  const findings = new HostFindings();
  const object = { apiVersion: 'gateway.networking.k8s.io/v1', kind, metadata: { name: 'web' }, spec };
  const resources = finishResources([{ object, hosts: ['a.com'] }], optionsOf('standard'), findings);
  findings.flush((one) => found.push(one));
  return { resources, found };
}

test('an object that its schema would refuse is not written, and is a bug of ours', () => {
  const { resources, found } = finish({
    rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }],
    hostnames: Array.from({ length: 17 }, (_, index) => `h${index}.com`),
  });
  expect(resources).toEqual([]);
  expect(found).toMatchObject([
    { code: 'internal/invalid-output', severity: 'error', affects: { kind: 'hosts', ids: ['a.com'] } },
  ]);
});

test.each([0, 65_536, 1.5])('a listener of port %j is a bug of ours', (port) => {
  const { resources, found } = finish({ listeners: [{ name: 'http', port, protocol: 'HTTP' }] }, 'Gateway');
  expect(resources).toEqual([]);
  expect(found.map(({ code }) => code)).toEqual(['internal/invalid-output']);
});

test('a right object is written', () => {
  expect(finish({ rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }] })).toMatchObject({
    resources: [{ hosts: ['a.com'] }],
    found: [],
  });
});
