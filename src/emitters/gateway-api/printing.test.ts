import { describe, expect, test } from 'vitest';
import { matchOf } from '../../../test/shared/sample-hosts.ts';
import { fitName, isLatticeServiceName, latticeServiceName, slug, withHash } from '../names.ts';
import { scaleWeights } from '../weights.ts';
import { printDuration } from './duration.ts';
import { buildMetadata } from './metadata.ts';
import { comparePrecedence, precedenceKey, tieBucket } from './precedence-key.ts';
import { printMirror } from './print-filters.ts';

test.each([
  [0, '0s'],
  [1500, '1s500ms'],
  [60_000, '1m'],
  [3_661_001, '1h1m1s1ms'],
  [10 ** 15, undefined],
])('%i ms is written %s', (millis, text) => {
  expect(printDuration(millis)).toBe(text);
});

describe('names', () => {
  test('of hosts become parts of names', () => {
    expect(slug('*.Shop.example.com')).toBe('wildcard-shop-example-com');
  });

  test('that are too long keep apart by a hash', () => {
    const [a, b] = [fitName(`${'x'.repeat(80)}a`), fitName(`${'x'.repeat(80)}b`)];
    expect(a).toHaveLength(63);
    expect(a).not.toBe(b);
    expect(withHash('a-', 'seed')).not.toContain('--');
  });

  test('of Lattice services are cut as the controller cuts them', () => {
    expect(latticeServiceName('a-route-with-a-long-name', 'a-namespace-that-is-long')).toBe(
      'a-route-with-a-long-a-namespace-that-i',
    );
    expect(isLatticeServiceName('shop-default')).toBe(true);
    for (const name of ['svc-shop', 'a', 'a.b-c', 'a--b', '-ab', 'x'.repeat(41)])
      expect(isLatticeServiceName(name)).toBe(false);
  });
});

describe('precedence', () => {
  test('asks exact paths, long paths, methods, headers and parameters in this order', () => {
    const header = { name: 'a', kind: 'exact', value: '1' } as const;
    const sorted = [
      matchOf('=/a'),
      matchOf('/long'),
      matchOf('/a', { method: 'GET' }),
      matchOf('/a', { headers: [header, { ...header, name: 'b' }] }),
      matchOf('/a', { headers: [header], query: [header] }),
      matchOf('/a', { headers: [header] }),
      matchOf('/a', { query: [header] }),
      matchOf('/a'),
      matchOf('/'),
    ];
    const keys = sorted.map(precedenceKey);
    for (const [index, key] of keys.entries()) {
      for (const later of keys.slice(index + 1)) expect(comparePrecedence(key, later)).toBeLessThan(0);
    }
  });

  test('ignores the trailing slash of a prefix', () => {
    expect(tieBucket(matchOf('/a/'))).toBe(tieBucket(matchOf('/a')));
    expect(tieBucket(matchOf('=/a/'))).not.toBe(tieBucket(matchOf('=/a')));
  });
});

test('weights beyond the limit keep every share and are not exact', () => {
  expect(scaleWeights([9, 1], 999)).toEqual({ weights: [90, 10], exact: true });
  expect(scaleWeights([2, 1], 999)).toEqual({ weights: [2, 1], exact: true });
  expect(scaleWeights([99_999, 1], 999)).toEqual({ weights: [999, 1], exact: false });
});

test.each([
  [50_000, { percent: 5 }],
  [333_300, { fraction: { numerator: 3333, denominator: 10_000 } }],
  [1_000_000, {}],
])('a mirror of %i millionths is exact', (fraction, share) => {
  const mirror = { backend: {} as never, fraction };
  expect(printMirror(mirror, { name: 'm' })).toEqual({
    type: 'RequestMirror',
    requestMirror: { backendRef: { name: 'm' }, ...share },
  });
});

test('metadata keeps labels and drops the marks of deployment tools', () => {
  const labels = {
    app: 'shop',
    'app.kubernetes.io/managed-by': 'Helm',
    'helm.sh/chart': 'shop-1',
    'kustomize.toolkit.fluxcd.io/name': 'shop',
    'argocd.argoproj.io/instance': 'shop',
  };
  const annotations = {
    'application-networking.k8s.aws/tags': 'a=b',
    'application-networking.k8s.aws/rule-0-priority': '7',
    'application-networking.k8s.aws/lattice-service-arn': 'arn:…',
    'kubectl.kubernetes.io/last-applied-configuration': '{}',
  };
  expect(buildMetadata({ name: 'a', namespace: undefined, labels, annotations }, { toolVersion: '1.2.3' })).toEqual({
    name: 'a',
    labels: { app: 'shop' },
    annotations: {
      'application-networking.k8s.aws/tags': 'a=b',
      'gateway.networking.k8s.io/generator': 'latticectl-1.2.3',
    },
  });
});
