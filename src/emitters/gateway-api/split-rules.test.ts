import { expect, test } from 'vitest';
import * as s from '../../../test/shared/sample-hosts.ts';
import type { LegalMatch } from '../legal-host.ts';
import { listOf } from '../read-manifest.ts';
import type { PrintedRule } from './print-rule.ts';
import { splitRules } from './split-rules.ts';

const source = s.sourceOf('shop');

function printed(backend: string, matches: readonly (string | LegalMatch)[], alone = false): PrintedRule {
  const rule = s.ruleOf(source, matches, s.forwardTo([s.backendOf(backend)]));
  const body = { backendRefs: [{ name: backend }] };
  return { rule, matches: rule.matches, body, alone, targets: [] };
}

const withHeader = (path: string, name: string) => s.matchOf(path, { headers: [{ name, kind: 'exact', value: '1' }] });

test('neighbours with one body become one rule', () => {
  const split = splitRules([printed('a', ['/x']), printed('a', ['/y']), printed('b', ['/'])]);
  expect(
    split.kind === 'routes' && split.routes.map((route) => route.map((rule) => listOf(rule['matches']).length)),
  ).toEqual([[2, 1]]);
});

test('rules with ReplacePrefixMatch stay alone', () => {
  const split = splitRules([printed('a', ['/x'], true), printed('a', ['/y'], true)]);
  expect(split.kind === 'routes' && split.routes[0]?.length).toBe(2);
});

test('a long list is cut into routes within the limits, and no match is lost or repeated', () => {
  const rules = Array.from({ length: 70 }, (_, index) => printed(`s${index}`, [`/p${index}`, `=/e${index}`]));
  const split = splitRules(rules);
  const routes = split.kind === 'routes' ? split.routes : [];
  expect(routes.length).toBeGreaterThan(4);
  for (const route of routes) {
    expect(route.length).toBeLessThanOrEqual(16);
    expect(route.flatMap((rule) => listOf(rule['matches'])).length).toBeLessThanOrEqual(128);
  }
  expect(
    new Set(routes.flat().flatMap((rule) => listOf(rule['matches']).map((match) => JSON.stringify(match)))).size,
  ).toBe(140);
});

test('matches that tie with another outcome stay in one route, in their order', () => {
  const filler = (from: number) =>
    Array.from({ length: 15 }, (_, index) => printed(`s${from + index}`, [`/p${from + index}`]));
  const split = splitRules([
    printed('a', [withHeader('/', 'a')]),
    ...filler(0),
    ...filler(20),
    printed('b', [withHeader('/', 'b')]),
  ]);
  const routes = split.kind === 'routes' ? split.routes : [];
  const names = routes.map((route) => route.map((rule) => listOf(rule['backendRefs'])[0]?.['name']));
  const home = names.find((route) => route.includes('a'));
  expect(home?.indexOf('b')).toBeGreaterThan(home?.indexOf('a') ?? 0);
});

test('ties that fit in no route are named', () => {
  const rules = Array.from({ length: 17 }, (_, index) => printed(`s${index}`, [withHeader('/', `h${index}`)]));
  const split = splitRules(rules);
  expect(split).toMatchObject({ kind: 'too-many', ties: { path: '/', count: 17 } });
});

test('values that exclude each other are no tie', () => {
  const rules = Array.from({ length: 40 }, (_, index) =>
    printed(`s${index}`, [s.matchOf('/', { headers: [{ name: 'h', kind: 'exact', value: `${index}` }] })]),
  );
  expect(splitRules(rules).kind).toBe('routes');
});

test('two thousand rules of one host take no time', () => {
  const rules = Array.from({ length: 2000 }, (_, index) =>
    printed(`s${index}`, [withHeader(`/p${index % 50}`, `h${index % 3}`)]),
  );
  const start = performance.now();
  splitRules(rules);
  expect(performance.now() - start).toBeLessThan(2000);
});
