import { expect, test } from 'vitest';
import { joinDocuments, parseIstio, service, sketch, virtualService } from '../../../test/istio/parse-istio.ts';

const to = (path: string) => `{match: [{uri: {prefix: ${path}}}], redirect: {uri: /x, authority: r.com}}`;
const hostsOf = (...documents: readonly string[]) =>
  [...parseIstio(joinDocuments(...documents)).hosts].map(([id, { rules }]) => [id, ...rules.map(sketch)]);

test('the oldest VirtualService has the host, later ones are reported', () => {
  const born = (day: number) => `, creationTimestamp: "2024-01-0${day}T00:00:00Z"`;
  const parse = (...ages: readonly [string, string]) =>
    parseIstio(
      joinDocuments(
        virtualService('b', `{hosts: [s], http: [${to('/b')}]}`, ages[0]),
        virtualService('a', `{hosts: [s.default.svc.cluster.local], http: [${to('/a')}]}`, ages[1]),
        // Another host without a creation time has no say.
        virtualService('c', `{hosts: [t], http: [${to('/c')}]}`),
        service('s', 80),
        service('t', 80),
      ),
    );
  const dated = parse(born(1), born(2));
  expect(dated.hosts.get('mesh:default/s:*')?.rules.map(sketch)).toEqual(['/b… 301']);
  expect(dated.codes).toEqual(['istio/shadowed-virtual-service']);
  expect(parse(born(1), '').codes).toEqual(['istio/mesh-host-claimed-twice']);
});

test('exportTo keeps a VirtualService for clients of some namespaces', () => {
  expect(
    hostsOf(
      virtualService('a', `{hosts: [s], http: [${to('/a')}]}`),
      virtualService('b', `{hosts: [s], exportTo: [., other], http: [${to('/b')}]}`),
      service('s', 80),
    ),
  ).toEqual([
    ['mesh:default/s:*', '/a… 301'],
    ['mesh:default/s:*@default', '/b… 301'],
    ['mesh:default/s:*@other', '/b… 301'],
  ]);
});

test('ports of a Service with lists of their own are virtual hosts of their own', () => {
  const http = `[{match: [{port: 80, uri: {prefix: /a}}], redirect: {uri: /x}}, ${to('/b')}]`;
  expect(hostsOf(virtualService('a', `{hosts: [s], http: ${http}}`), service('s', 80, 8080))).toEqual([
    ['mesh:default/s:80', '/a… 301', '/b… 301'],
    ['mesh:default/s:8080', '/b… 301'],
  ]);
});

test('a redirect to the port that was called makes each port a virtual host', () => {
  const ids = (redirect: string, ...documents: readonly string[]) => {
    const parsed = parseIstio(
      joinDocuments(virtualService('a', `{hosts: [s], http: [{redirect: ${redirect}}]}`), ...documents),
    );
    return [...parsed.hosts.keys(), ...parsed.codes];
  };
  const split = ['mesh:default/s:80', 'mesh:default/s:8080'];
  expect(ids('{uri: /x}', service('s', 80, 8080))).toEqual(split);
  expect(ids('{authority: r.com, derivePort: FROM_REQUEST_PORT}', service('s', 80, 8080))).toEqual(split);
  expect(ids('{authority: r.com}', service('s', 80, 8080))).toEqual(['mesh:default/s:*']);
  expect(ids('{uri: /x, port: 81}', service('s', 80, 8080))).toEqual(['mesh:default/s:*']);
  expect(ids('{uri: /x}')).toContain('istio/ports-of-service-unknown');
});

test('ports that do not speak HTTP are left alone', () => {
  const two = service('s', 80, 9000).replace('http-9000', 'tcp-raw');
  expect(hostsOf(virtualService('a', `{hosts: [s], http: [${to('/a')}]}`), two)).toEqual([
    ['mesh:default/s:80', '/a… 301'],
  ]);
  const none = service('s', 9000).replace('http-9000', 'tcp-raw');
  const parsed = parseIstio(joinDocuments(virtualService('a', `{hosts: [s], http: [${to('/a')}]}`), none));
  expect([parsed.hosts.size, ...parsed.codes]).toEqual([0, 'istio/no-http-port']);
});

test('a wildcard is the Services that lie in it, a more specific host beats it', () => {
  expect(
    hostsOf(
      virtualService('a', `{hosts: ['*.default.svc.cluster.local'], http: [${to('/a')}]}`),
      virtualService('b', `{hosts: [s], http: [${to('/b')}]}`),
      service('s', 80),
      service('t', 80),
    ),
  ).toEqual([
    ['mesh:default/s:*', '/b… 301'],
    ['mesh:default/t:*', '/a… 301'],
  ]);
});

test('a host that is no Service is served on port 80, or on the ports of its ServiceEntry', () => {
  expect(hostsOf(virtualService('a', `{hosts: [a.com], http: [${to('/a')}]}`))).toEqual([['mesh:a.com:80', '/a… 301']]);
  const entry = `{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: e}, spec: {hosts: [a.com], ports: [{number: 8080, name: http, protocol: HTTP}]}}`;
  expect(hostsOf(virtualService('a', `{hosts: [a.com], http: [${to('/a')}]}`), entry)[0]?.[0]).toBe('mesh:a.com:8080');
});

test('a Service that the input lacks is one info, and * is refused', () => {
  const parsed = parseIstio(virtualService('a', `{hosts: [s, '*'], http: [${to('/a')}, ${to('/b')}]}`));
  expect(parsed.codes).toEqual(['istio/mesh-wildcard-host', 'istio/service-not-in-input']);
});

test('clients with a DestinationRule of their own have a virtual host where it leads to other pods', () => {
  const rule = (namespace: string, host: string, version: string) => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: s, namespace: ${namespace} }
spec: { host: ${host}, subsets: [{ name: v, labels: { version: ${version} } }] }`;
  const http = '[{route: [{destination: {host: s, subset: v, port: {number: 80}}}]}]';
  const ids = (...rules: readonly string[]) => {
    const parsed = parseIstio(
      joinDocuments(virtualService('a', `{hosts: [s], http: ${http}}`), service('s', 80), ...rules),
    );
    return [...parsed.hosts.keys()];
  };
  const own = rule('default', 's', 'one');
  const full = 's.default.svc.cluster.local';
  expect(ids(own)).toEqual(['mesh:default/s:*']);
  expect(ids(own, rule('team', full, 'one'))).toEqual(['mesh:default/s:*']);
  expect(ids(own, rule('team', full, 'two'))).toEqual(['mesh:default/s:*', 'mesh:default/s:*@team']);
  expect(ids(own, rule('team', "'*.local'", 'two'))).toEqual(['mesh:default/s:*', 'mesh:default/s:*@team']);
  expect(ids(own, rule('istio-system', full, 'two'))).toEqual(['mesh:default/s:*']);
});

test('a wildcard stands for the hosts of ServiceEntries, too', () => {
  const entry = `{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: e}, spec: {hosts: [api.partner.com, "*.other.com"], ports: [{number: 80, name: http, protocol: HTTP}]}}`;
  const wild = virtualService('a', `{hosts: ["*.partner.com"], http: [${to('/a')}]}`);
  expect(hostsOf(wild, entry)).toEqual([['mesh:api.partner.com:80', '/a… 301']]);
});
