import { beforeAll, describe, expect, test } from 'vitest';
import { modelOf } from '../../../test/model-of.ts';
import type { VirtualHost } from '../../ir/model.ts';
import { loadRegexEngine } from '../languages/regex-engine.ts';
import { identifyBy } from './backend-identity.ts';
import { compareHosts } from './compare-hosts.ts';

/** The one virtual host of an Istio rule list. */
const hostOf = async (rules: string): Promise<VirtualHost> => {
  const model = await modelOf(
    `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['a.com']}]`,
    `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: shop}
spec:
  hosts: [a.com]
  gateways: [g]
  http:
${rules}`,
  );
  const [host] = model.virtualHosts;
  if (host === undefined) throw new Error('no host');
  return host;
};

const to = (name: string, more = '') => `route: [{destination: {host: ${name}, port: {number: 80}}}]${more}`;

const compare = async (left: string, right: string, budget = 100_000) => {
  const identify = identifyBy([]);
  return compareHosts(await hostOf(left), await hostOf(right), {
    host: 'a.com',
    identify: { left: identify, right: identify },
    budget,
    seed: 1,
  });
};

beforeAll(loadRegexEngine);

describe('compareHosts', () => {
  test('calls lists of another order equal where it does not matter', async () => {
    const a = `  - match: [{uri: {prefix: /a/}}]\n    ${to('a')}\n`;
    const b = `  - match: [{uri: {exact: /b}, headers: {x: {exact: "1"}}}]\n    ${to('b')}\n`;
    const rest = `  - ${to('c')}\n`;
    const { verdict, reasons } = await compare(a + b + rest, b + a + rest);
    expect({ verdict, reasons }).toEqual({ verdict: 'equal', reasons: [] });
  });

  test('shows the smallest request that an order decides', async () => {
    const a = `  - match: [{headers: {x: {exact: "1"}}}]\n    ${to('a')}\n`;
    const b = `  - match: [{uri: {exact: /b}}]\n    ${to('b')}\n`;
    const { verdict, differences } = await compare(a + b, b + a);
    expect(verdict).toBe('differs');
    expect(differences.map(({ dimension, request }) => [dimension, request])).toEqual([
      ['backend', { host: 'a.com', method: 'GET', path: '/b', headers: { x: '1' }, query: {} }],
    ]);
  });

  test('keeps a timeout apart from the backend', async () => {
    const { dimensions } = await compare(`  - ${to('a', '\n    timeout: 1s')}\n`, `  - ${to('a')}\n`);
    expect(dimensions).toMatchObject({ backend: 'equal', timeout: 'differs', status: 'equal' });
  });

  test('takes weights of one ratio for one split', async () => {
    const split = (one: number, other: number) =>
      `  - route: [{destination: {host: a, port: {number: 80}}, weight: ${one}}, {destination: {host: b, port: {number: 80}}, weight: ${other}}]\n`;
    expect((await compare(split(20, 10), split(2, 1))).verdict).toBe('equal');
    expect((await compare(split(20, 10), split(1, 1))).dimensions.backend).toBe('differs');
  });

  test('proves a pattern and its spelled out form alike', async () => {
    const left = `  - match: [{uri: {regex: "/(a|b)(/.*)?"}}]\n    ${to('a')}\n`;
    const one = (name: string) => `{uri: {exact: /${name}}}, {uri: {prefix: /${name}/}}`;
    const right = `  - match: [${one('a')}, ${one('b')}]\n    ${to('a')}\n`;
    expect((await compare(left, right)).verdict).toBe('equal');
    const narrower = `  - match: [${one('a')}]\n    ${to('a')}\n`;
    expect((await compare(left, narrower)).differences).toMatchObject([
      { dimension: 'status', request: { path: '/b' } },
    ]);
  });

  test('says unknown where an automaton grows too large, and how much was tried', async () => {
    const list = (pattern: string) =>
      `  - match: [{headers: {x: {regex: "${pattern}"}}}]\n    ${to('a')}\n  - ${to('b')}\n`;
    const { verdict, reasons, sampled } = await compare(list('.*a.{16}'), list('.*a.{16}|.*aa.{15}'));
    expect({ verdict, sampled }).toEqual({ verdict: 'unknown', sampled: 1000 });
    expect(reasons[0]).toMatch(/too large/);
    expect(await compare(list('.*a.{16}'), list('.*a.{16}'))).toMatchObject({ verdict: 'equal', sampled: 0 });
  });

  test('checks a witness under the conditions that it takes to hold', async () => {
    const list = async (pattern: string): Promise<VirtualHost> => {
      const host = await hostOf(`  - match: [{headers: {x: {regex: "${pattern}"}}}]\n    ${to('a')}\n  - ${to('b')}\n`);
      const { origin } = host;
      const opaque = [{ name: 'sourceLabels', value: '{"app":"a"}', origin }];
      const [first, ...others] = host.rules;
      if (first === undefined) throw new Error('no rule');
      const matches = first.matches.map((match) => ({ ...match, opaque }));
      return { ...host, rules: [{ ...first, matches }, ...others] };
    };
    const identify = identifyBy([]);
    const context = { host: 'a.com', identify: { left: identify, right: identify }, budget: 100_000, seed: 1 };
    // Nobody can tell whether one pattern takes what the other does not, whatever else holds.
    const open = compareHosts(await list('.*a.{16}'), await list('.*a.{16}|.*aa.{15}'), context);
    expect(open).toMatchObject({ verdict: 'unknown', differences: [] });
    const different = compareHosts(await list('a'), await list('b'), context);
    expect(different.differences).toMatchObject([
      {
        dimension: 'backend',
        request: { headers: { x: expect.stringMatching(/^[ab]$/) } },
        conditions: ['sourceLabels={"app":"a"}'],
      },
    ]);
  });

  test('stops at its budget', async () => {
    const rules = Array.from(
      { length: 14 },
      (_, i) => `  - match: [{headers: {h${i}: {exact: "1"}, g${i}: {exact: "1"}}}]\n    ${to(`b${i}`)}\n`,
    );
    const { verdict, reasons } = await compare(rules.join(''), [...rules].reverse().join(''), 20_000);
    expect(verdict).toBe('differs');
    expect(reasons).toEqual([expect.stringMatching(/more than 20000 steps/)]);
  });
});
