import { expect, test } from 'vitest';
import {
  joinDocuments,
  type ParsedText,
  parseIstio,
  service,
  sketchPredicate,
  virtualService,
} from '../../../test/istio/parse-istio.ts';

const route = 'route: [{destination: {host: s, port: {number: 80}}}]';
const parse = (root: string, leaf: string, metadata = '', more = '') =>
  parseIstio(
    joinDocuments(
      virtualService(
        'root',
        `{hosts: [s], http: [{${root}, delegate: {name: leaf}, timeout: 1s, name: r}, {redirect: {uri: /rest}}]}`,
      ),
      virtualService('leaf', `{http: [{${leaf}}]${more}}`, metadata),
      service('s', 80),
    ),
  );
const pathsOf = ({ hosts }: ParsedText) =>
  [...hosts.values()].flatMap(({ rules }) =>
    rules.flatMap(({ matches }) => matches.map(({ path }) => sketchPredicate(path))),
  );

test('conditions of both hold, everything else is the delegate’s where it says something', () => {
  const parsed = parse(
    'match: [{uri: {prefix: /team}, headers: {a: {exact: x}}}]',
    `name: l, match: [{uri: {prefix: /team/v1}, headers: {b: {exact: z}}}, {uri: {exact: /team}}], ${route}`,
  );
  const [first] = [...parsed.hosts.values()][0]?.rules ?? [];
  expect(pathsOf(parsed)).toEqual(['/team/v1…', '=/team', '*']);
  expect(first?.matches[0]?.headers.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(first).toMatchObject({ name: 'r-l', source: { name: 'root' }, action: { requestTimeout: 1_000 } });
  expect(parsed.codes).toEqual([]);
});

test('short names of the delegate belong to its own namespace', () => {
  const root = virtualService('root', '{hosts: [s], http: [{delegate: {name: leaf, namespace: team}}]}');
  const leaf = virtualService('leaf', `{http: [{${route}}]}`, ', namespace: team');
  const { hosts } = parseIstio(joinDocuments(root, leaf, service('s', 80)));
  expect([...hosts.values()][0]?.rules[0]?.action).toMatchObject({ shares: [{ backend: { namespace: 'team' } }] });
});

test.each([
  ['{uri: {prefix: /a}}', '{uri: {prefix: /b}}'],
  ['{uri: {prefix: /a}}', '{uri: {regex: /a.*}}'],
  ['{uri: {exact: /a}}', '{uri: {prefix: /a}}'],
  ['{port: 80}', '{port: 81}'],
  ['{sourceNamespace: x}', '{}'],
  ['{sourceLabels: {a: b}}', '{sourceLabels: {a: c}}'],
  ['{gateways: [mesh]}', '{gateways: [gw]}'],
  ['{uri: {prefix: /a}, ignoreUriCase: true}', '{uri: {prefix: /a}}'],
])('%s contradicts %s, and the rule is dropped', (upper, lower) => {
  const parsed = parse(`match: [${upper}]`, `match: [${lower}], ${route}`);
  expect(pathsOf(parsed)).toEqual(['*']);
  expect(parsed.codes).toEqual(['istio/delegate-match-dropped']);
});

test('a match that fits nowhere takes its whole rule along', () => {
  const parsed = parse('match: [{uri: {prefix: /a}}]', `match: [{uri: {prefix: /a/b}}, {uri: {prefix: /c}}], ${route}`);
  expect(pathsOf(parsed)).toEqual(['*']);
});

test.each([
  [', namespace: other', '', 'is not in the input'],
  ['', ', hosts: [t]', 'has hosts of its own'],
  ['', ', exportTo: [other]', 'is not exported'],
])('a delegate that is not there%s%s skips the rule with an error', (metadata, more, problem) => {
  const parsed = parse('match: [{uri: {prefix: /a}}]', route, metadata, more);
  const [finding] = parsed.diagnostics.filter(({ code }) => code === 'istio/delegate-not-found');
  expect(finding?.message).toContain(problem);
  expect(pathsOf(parsed)[0]).toBe('*');
});

test('a mirror that the delegate takes over keeps the namespace of the rule that names it', () => {
  const parsed = parseIstio(
    joinDocuments(
      virtualService(
        'root',
        `{hosts: [s], http: [{mirror: {host: shadow, port: {number: 80}}, delegate: {name: leaf, namespace: team}}]}`,
      ),
      virtualService(
        'leaf',
        '{http: [{route: [{destination: {host: own, port: {number: 80}}}]}]}',
        ', namespace: team',
      ),
      service('s', 80),
    ),
  );
  expect([...parsed.hosts.values()][0]?.rules[0]?.action).toMatchObject({
    shares: [{ backend: { namespace: 'team', name: 'own' } }],
    mirrors: [{ backend: { namespace: 'default', name: 'shadow' } }],
  });
});
