import { beforeAll, describe, expect, test } from 'vitest';
import { modelOf } from '../../../test/model-of.ts';
import { loadRegexEngine } from '../languages/regex-engine.ts';
import { compareModels } from './compare-models.ts';

beforeAll(loadRegexEngine);

/** An HTTPRoute of a class that follows the specification. */
const route = (name: string, host: string, rules: readonly string[]) => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: ${name}, namespace: shop}
spec:
  parentRefs: [{name: edge}]
  hostnames: ['${host}']
  rules:
${rules.map((rule) => `  - ${rule}\n`).join('')}`;

const gateway = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec:
  gatewayClassName: any
  listeners: [{name: http, port: 80, protocol: HTTP}]
`;

const to = (name: string, type?: string, path?: string) => {
  const matches = type === undefined ? '' : `matches: [{path: {type: ${type}, value: '${path}'}}], `;
  return `{${matches}backendRefs: [{name: ${name}, port: 80}]}`;
};

const compare = async (left: readonly string[], right: readonly string[], keepRequests = false) => {
  const [one, other] = [await modelOf(gateway, ...left), await modelOf(gateway, ...right)];
  return compareModels(one, other, { budget: 100_000, seed: 1, keepRequests, allReadings: true });
};

describe('compareModels', () => {
  test('says by which rank of patterns two hosts differ', async () => {
    const patterns = [to('a', 'PathPrefix', '/a'), to('b', 'RegularExpression', '/a/[0-9]+')];
    const swapped = [to('b', 'RegularExpression', '/a/[0-9]+'), to('a', 'PathPrefix', '/a')];
    const same = await compare([route('r', 'a.com', patterns)], [route('r', 'a.com', swapped)]);
    expect(same.verdict).toBe('equal');
    const { verdict, hosts } = await compare(
      [route('r', 'a.com', patterns)],
      [route('r', 'a.com', [to('a', 'PathPrefix', '/a')])],
    );
    expect(verdict).toBe('differs');
    expect(hosts[0]?.differences.map(({ dimension, reading, request }) => [dimension, reading, request.path])).toEqual([
      ['backend', 'where a path pattern ranks above every prefix', '/a/0'],
    ]);
  });

  test('says where two patterns rank otherwise in the order of the list', async () => {
    const short = to('a', 'RegularExpression', '/a.*');
    const long = to('b', 'RegularExpression', '/a[0-9]+');
    const { hosts } = await compare([route('r', 'a.com', [short, long])], [route('r', 'a.com', [long, short])]);
    expect(hosts[0]?.differences.map(({ dimension, reading }) => [dimension, reading])).toEqual([
      ['backend', 'where path patterns rank in the order of the list'],
    ]);
  });

  test('says where listeners that keep their requests to themselves would change the verdict', async () => {
    const listener = (name: string, hostname: string) => `{name: ${name}, port: 80, protocol: HTTP${hostname}}`;
    const edge = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec:
  gatewayClassName: any
  listeners: [${listener('all', '')}, ${listener('narrow', ", hostname: '*.a.com'")}]
`;
    const at = (section: string) =>
      route('r', 'x.a.com', [to('a')]).replace('{name: edge}', `{name: edge, sectionName: ${section}}`);
    const run = async (left: string, right: string) => {
      const [one, other] = [await modelOf(edge, left), await modelOf(edge, right)];
      return compareModels(one, other, { budget: 100_000, seed: 1, keepRequests: false, allReadings: true }).hosts[0];
    };
    expect(await run(at('narrow'), at('narrow'))).not.toHaveProperty('holds');
    expect(await run(at('all'), at('all'))).not.toHaveProperty('holds');
    expect(await run(at('all'), at('narrow'))).toMatchObject({
      verdict: 'equal',
      holds: 'where listeners are not isolated from each other',
    });
  });

  test('says where a request falls through to a wider host', async () => {
    const wide = route('w', '*.a.com', [to('w')]);
    const narrow = route('r', 'x.a.com', [to('a', 'PathPrefix', '/a')]);
    const same = await compare([narrow, wide], [narrow, wide]);
    expect(same.verdict).toBe('equal');
    expect(same.hosts.every(({ holds }) => holds === undefined)).toBe(true);
    const total = route('r', 'x.a.com', [to('a', 'PathPrefix', '/a'), to('w')]);
    const { hosts } = await compare([narrow, wide], [total, wide]);
    const host = hosts.find(({ pair }) => pair.host === 'x.a.com');
    expect(host?.differences.map(({ dimension, request }) => [dimension, request.path])).toEqual([['status', '/']]);
    expect(host?.holds).toBe('where a host without a rule for the request answers itself');
  });

  test('keeps the smallest request of each rule, and names the rules that none reaches', async () => {
    const rules = [to('a', 'PathPrefix', '/a'), to('b', 'Exact', '/b'), to('c', 'Exact', '/b'), to('d')];
    const { hosts, coverage } = await compare([route('r', 'a.com', rules)], [route('r', 'a.com', rules)], true);
    const requests = [...(hosts[0]?.reached.left ?? [])].map(([rule, request]) => [rule.origin.field, request?.path]);
    expect(requests.sort()).toEqual([
      ['spec.rules[0]', '/a'],
      ['spec.rules[1]', '/b'],
      ['spec.rules[3]', '/'],
    ]);
    expect(coverage.left.unreached.map(({ origin }) => origin.field)).toEqual(['spec.rules[2]']);
    expect(coverage.left.rules).toBe(4);
  });

  test('does not take a redirect that is gone for one with a doubled slash', async () => {
    const redirect = '{filters: [{type: RequestRedirect, requestRedirect: {scheme: https, statusCode: 301}}]}';
    const { hosts } = await compare([route('r', 'a.com', [redirect])], []);
    expect(hosts.flatMap(({ differences }) => differences.map(({ dimension, known }) => [dimension, known]))).toEqual([
      ['redirect', undefined],
    ]);
  });
});
