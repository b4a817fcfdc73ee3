import { expect, test } from 'vitest';
import { optionsOf } from '../../../test/shared/sample-hosts.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { finishResources } from './finish-resources.ts';
import { HostFindings } from './host-findings.ts';

function finish(spec: Readonly<Record<string, unknown>>) {
  const found: Diagnostic[] = [];
  const findings = new HostFindings();
  const object = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'web' }, spec };
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

test('a right object is written', () => {
  expect(finish({ rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }] })).toMatchObject({
    resources: [{ hosts: ['a.com'] }],
    found: [],
  });
});
