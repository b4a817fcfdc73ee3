import { beforeAll, describe, expect, test } from 'vitest';
import { modelOf } from '../../test/model-of.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { checkCoveredRules } from './covered-rules.ts';
import { loadRegexEngine } from './languages/regex-engine.ts';

beforeAll(loadRegexEngine);

const to = (name: string) => `route: [{destination: {host: ${name}, port: {number: 80}}}]`;
const rule = (match: string, name: string) => `  - match: [${match}]\n    ${to(name)}\n`;

const check = async (...rules: readonly string[]): Promise<readonly Diagnostic[]> => {
  const model = await modelOf(
    `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]`,
    `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: shop}
spec:
  hosts: [a.com]
  gateways: [g]
  http:
${rules.join('')}`,
  );
  const found: Diagnostic[] = [];
  await checkCoveredRules(model, [], (finding) => found.push(finding));
  return found;
};

describe('checkCoveredRules', () => {
  test('finds a rule that two others cover together, with both and a request', async () => {
    const found = await check(
      rule('{uri: {prefix: /a}, headers: {x: {exact: "1"}}}', 'one'),
      rule('{uri: {prefix: /a}, withoutHeaders: {x: {exact: "1"}}}', 'two'),
      rule('{uri: {prefix: /a/b}}', 'three'),
      `  - ${to('four')}\n`,
    );
    expect(found.map(({ code, origin }) => [code, origin?.field])).toEqual([['routing/rule-covered', 'spec.http[2]']]);
    expect(found[0]?.related.map(({ origin }) => origin.field)).toEqual(['spec.http[0]', 'spec.http[1]']);
    expect(found[0]?.witness?.request.url).toBe('http://a.com/a/b');
    expect(found[0]?.message).toContain('2 others together');
  });

  test('finds one below an exact path and a prefix', async () => {
    const found = await check(
      rule('{uri: {exact: /a}}', 'one'),
      rule('{uri: {prefix: /a/}}', 'two'),
      rule('{uri: {regex: "/a(/.*)?"}}', 'three'),
    );
    expect(found.map(({ origin }) => origin?.field)).toEqual(['spec.http[2]']);
  });

  test.each([
    ['a gap', ['{uri: {exact: /a}}', '{uri: {prefix: /a/b}}', '{uri: {prefix: /a}}']],
    ['another value', ['{headers: {x: {exact: "1"}}}', '{headers: {x: {exact: "2"}}}', '{headers: {x: {}}}']],
    ['methods', ['{method: {exact: GET}}', '{method: {exact: POST}}', '{uri: {prefix: /}}']],
    [
      'labels',
      ['{uri: {prefix: /a}, sourceLabels: {a: b}}', '{uri: {prefix: /a}, sourceLabels: {a: c}}', '{uri: {prefix: /a}}'],
    ],
  ])('says nothing where %s lets requests through', async (_, matches) => {
    expect(await check(...matches.map((match, index) => rule(match, `s${index}`)))).toEqual([]);
  });

  test('says nothing of a rule that repeats what the others do', async () => {
    const found = await check(
      rule('{uri: {exact: /a}}', 'one'),
      rule('{uri: {prefix: /a/}}', 'one'),
      rule('{uri: {regex: "/a(/.*)?"}}', 'one'),
    );
    expect(found).toEqual([]);
  });
});
