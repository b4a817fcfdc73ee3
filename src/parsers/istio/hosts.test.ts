import { expect, test } from 'vitest';
import { completeHost, hostCovers, intersectHosts, toServiceRef } from './hosts.ts';

test('a short name is completed and a dotted one is literal', () => {
  expect(completeHost('Reviews', 'prod', 'cluster.local')).toBe('reviews.prod.svc.cluster.local');
  expect(completeHost('reviews.prod', 'prod', 'cluster.local')).toBe('reviews.prod');
  expect(completeHost('*', 'prod', 'cluster.local')).toBe('*');
});

test('only full names of Services are Services', () => {
  expect(toServiceRef('s.ns.svc.cluster.local', 'cluster.local')).toEqual({ namespace: 'ns', service: 's' });
  expect(toServiceRef('b.svc-tools.com', 'cluster.local')).toBeUndefined();
  expect(toServiceRef('reviews.prod', 'cluster.local')).toBeUndefined();
  expect(toServiceRef('a.b.c.svc.cluster.local', 'cluster.local')).toBeUndefined();
});

test('a wildcard takes one or more labels and never the bare domain', () => {
  expect(hostCovers('*.a.com', 'x.a.com')).toBe(true);
  expect(hostCovers('*.a.com', 'y.x.a.com')).toBe(true);
  expect(hostCovers('*.a.com', 'a.com')).toBe(false);
  expect(hostCovers('*.a.com', '*.a.com')).toBe(true);
  expect(hostCovers('*.a.com', '*.x.a.com')).toBe(true);
});

test('the narrower of two hosts is what they share', () => {
  expect(intersectHosts('*', 'x.a.com')).toBe('x.a.com');
  expect(intersectHosts('x.a.com', '*.a.com')).toBe('x.a.com');
  expect(intersectHosts('*.a.com', '*.x.a.com')).toBe('*.x.a.com');
  expect(intersectHosts('a.com', 'b.com')).toBeUndefined();
});
