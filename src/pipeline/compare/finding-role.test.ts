import { expect, test } from 'vitest';
import { allCodes } from '../../cli/docs/all-codes.ts';
import { codes } from '../../registry.ts';
import { codesWithRole, roleOf } from './finding-role.ts';

test('the table names codes that exist', () => {
  expect(codesWithRole.filter((code) => !allCodes().has(code))).toEqual([]);
});

test.each([
  ['documents/invalid-yaml', 'input'],
  ['input/unknown-version', 'input'],
  ['istio/authorization-policy-not-carried', 'access'],
  ['gateway-api/external-auth-not-carried', 'access'],
  ['istio/envoy-filter-not-carried', 'unread'],
  ['istio/gateway-not-found', 'unread'],
  ['routing/order-undetermined', 'unread'],
  ['istio/subset-undefined', 'none'],
  ['istio/backend-behaviour-lost', 'setting'],
  ['gateway-api/timeout-lost', 'none'],
])('%s is %s', (code, role) => {
  const severity = codes.get(code)?.definition.severity ?? 'info';
  const finding = { code, severity, message: '', related: [], affects: { kind: 'none' } } as const;
  expect(roleOf(finding, codes)).toBe(role);
  if (role !== 'input') expect(roleOf({ ...finding, accepted: { reason: 'known' } }, codes)).toBe('none');
});
