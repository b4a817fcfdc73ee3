import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { loadAll } from 'js-yaml';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import type { EmitOptions } from '../../src/emitters/emitter.ts';
import { assembleGatewayApi } from '../../src/emitters/gateway-api/assemble.ts';
import type { LegalHost, LegalMatch } from '../../src/emitters/legal-host.ts';
import { type Action, type HeaderOps, NO_HEADER_OPS } from '../../src/ir/actions.ts';
import { CrdRules } from './crd-rules.ts';
import * as sample from './sample-hosts.ts';

// The CRDs are no part of this repository; the folder holds one folder of JSON files for each channel.
const shared = process.env['LATTICECTL_SHARED'];
const folder = (name: string) => join(shared ?? '', 'reference', 'crds', name);

describe.runIf(shared !== undefined)('the API server takes every emitted object', () => {
  const rules = {
    standard: new CrdRules(
      shared === undefined ? [] : [folder('gateway-api-standard'), folder('application-networking')],
    ),
    experimental: new CrdRules(
      shared === undefined ? [] : [folder('gateway-api-experimental'), folder('application-networking')],
    ),
  };

  test('the rules refuse what they should', () => {
    const route = (rule: object, spec: object = {}) => ({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'a' },
      spec: { rules: [rule], ...spec },
    });
    const path = { type: 'PathPrefix', value: '/a' };
    expect(rules.standard.problems(route({ matches: [{ path }] }))).toEqual([]);
    expect(rules.standard.problems(route({ matches: [{ path: { ...path, value: '/a//b' } }] }))).not.toEqual([]);
    expect(rules.standard.problems(route({ backendRefs: [{ name: 's' }] }))).not.toEqual([]);
    expect(rules.standard.problems(route({ unknown: 1 }))).not.toEqual([]);
    const parents = [
      { name: 'g', namespace: 'n' },
      { name: 'g', namespace: 'n' },
    ];
    expect(rules.standard.problems(route({}, { parentRefs: parents }))).not.toEqual([]);
  });

  const files = existsSync('fixtures') ? globSync('{fixtures,examples}/**/*.{yaml,yml}') : [];
  test('of the fixtures', () => {
    for (const file of files) {
      for (const object of readObjects(readFileSync(file, 'utf8'))) {
        const problems = rules.experimental.problems(object);
        if (problems !== undefined) expect(problems, file).toEqual([]);
      }
    }
  });

  test('of any hosts', () => {
    let written = 0;
    let hostsGiven = 0;
    fc.assert(
      fc.property(anyHosts, anyOptions, (hosts, options) => {
        const { resources } = assembleGatewayApi(namedApart(hosts), model, options, () => {});
        hostsGiven += hosts.length;
        for (const { object } of resources) {
          if (object['kind'] === 'HTTPRoute') written++;
          expect(rules[options.channel].problems(object) ?? [], JSON.stringify(object, null, 1)).toEqual([]);
        }
      }),
      { numRuns: process.env['LATTICECTL_DEEP'] === '1' ? 5000 : 300 },
    );
    // Hosts that are refused prove nothing.
    expect(written).toBeGreaterThan(hostsGiven / 3);
  });
});

/** The objects of a stream that latticectl wrote; other files of a fixture are inputs. */
function readObjects(text: string): readonly Readonly<Record<string, unknown>>[] {
  let documents: readonly unknown[] = [];
  try {
    documents = loadAll(text);
  } catch {
    // Broken YAML is an input too.
  }
  return documents
    .filter((one): one is Readonly<Record<string, unknown>> => typeof one === 'object' && one !== null)
    .filter((one) =>
      JSON.stringify(one['metadata'] ?? {}).includes('"gateway.networking.k8s.io/generator":"latticectl-'),
    );
}

const model = sample.modelOf(
  [
    sample.gatewayOf('one', [
      sample.listenerOf('http'),
      sample.listenerOf('again'),
      sample.listenerOf('Web_Port', { port: 8080, host: { kind: 'suffix', suffix: 'example.com', labels: 'many' } }),
      sample.listenerOf('https', {
        port: 443,
        protocol: 'HTTPS',
        tls: { certificates: [{ namespace: 'certs', name: 'c' }], options: {} },
      }),
    ]),
    sample.gatewayOf('two', [sample.listenerOf('https', { port: 443, protocol: 'HTTPS' })], { className: 'nginx' }),
  ],
  [
    sample.serviceOf('web'),
    sample.serviceOf('api', {
      ports: [
        { name: 'grpc', port: 80, protocol: 'TCP' },
        { port: 90, protocol: 'TCP' },
      ],
    }),
  ],
);

const { origin } = sample.sourceOf('shop');

/** Legal values, or now and then one that only a source takes: then few rules, so that some hosts still come through. */
function hostsOf(isOdd: boolean): fc.Arbitrary<readonly LegalHost[]> {
  const mostly = <T>(legal: readonly T[], odd: readonly T[]): fc.Arbitrary<T> =>
    isOdd
      ? fc.oneof(
          { weight: 12, arbitrary: fc.constantFrom(...legal) },
          { weight: 1, arbitrary: fc.constantFrom(...odd) },
        )
      : fc.constantFrom(...legal);
  const few = (max: number) => (isOdd ? 2 : max);

  const value = mostly(['1', '2', 'a b', '~!'], ['', ' padded ', 'a\tb', 'Ü', 'x'.repeat(5000)]);
  const name = mostly(['a', 'b', 'c'], ['', 'x y', 'Ü', 'x-long-'.repeat(10), 'x'.repeat(300)]);
  const hostname = mostly(['a.com', 'be.internal'], ['A.com', 'a.com:80', '', '*']);
  const path = mostly(
    ['/', '/a', '/a/b', '/a/b/c', '/b', '/b/'],
    ['/a//b', '/a/../b', '/%2f', '/a b', '/a/.', '/ü', '/a%zz', `/${'a'.repeat(2000)}`, '/a*(b)', 'relative'],
  );
  const tests = fc.uniqueArray(fc.record({ name, kind: fc.constantFrom('exact', 'regex'), value }), {
    maxLength: 2,
    selector: (test) => test.name,
  });
  const match: fc.Arbitrary<LegalMatch> = fc.record(
    {
      path: fc.record({ kind: fc.constantFrom('exact', 'prefix'), value: path }),
      method: mostly(['GET', 'POST'], ['PURGE', 'get']),
      headers: tests,
      query: tests,
    },
    { requiredKeys: ['path', 'headers', 'query'] },
  );
  const header = fc.record({ name, value });
  const headerOps: fc.Arbitrary<HeaderOps> = fc.oneof(
    fc.constant(NO_HEADER_OPS),
    fc
      .uniqueArray(fc.tuple(header, fc.constantFrom('set', 'add', 'remove')), {
        maxLength: few(3),
        selector: ([one]) => one.name,
      })
      .map((all) => {
        const of = (kind: string) => all.filter(([, one]) => one === kind).map(([one]) => one);
        return { set: of('set'), add: of('add'), remove: of('remove').map((one) => one.name) };
      }),
    // One name in two lists: legal where it comes to a plain replacement.
    fc.constantFrom(
      { remove: ['a'], set: [], add: [{ name: 'a', value: '1' }] },
      { remove: isOdd ? [] : ['b'], set: [{ name: 'b', value: '1' }], add: isOdd ? [{ name: 'b', value: '2' }] : [] },
    ),
  );
  const backend = fc
    .record({
      name: fc.constantFrom('web', 'api'),
      subset: fc.constantFrom(undefined, 'v1', 'V_2'),
      headers: headerOps,
    })
    .map((one) =>
      sample.backendOf(one.name, 80, {
        requestHeaders: one.headers,
        ...(one.subset === undefined ? {} : { subset: { name: one.subset, labels: { version: one.subset } } }),
      }),
    );
  const pathChange = fc.oneof(
    fc.record({ kind: fc.constant('full' as const), path }),
    fc.record({
      kind: fc.constant('prefix' as const),
      from: fc.constant('/'),
      to: path,
      reading: fc.constant('segment' as const),
    }),
  );
  const millis = mostly([0, 1, 1500, 60_000, 3_600_000], [10 ** 15]);
  const retry = fc.record({
    attempts: fc.nat({ max: 3 }),
    codes: fc.array(mostly([503, 504], [200]), { maxLength: 2 }),
    conditions: fc.constant([]),
    perTryTimeout: millis,
  });
  const cors = fc.record(
    {
      origins: fc.array(
        fc.record({
          kind: fc.constant('exact' as const),
          value: mostly(['https://a.com', 'https://*.a.com:8080'], ['*', 'nonsense']),
        }),
        { maxLength: 2 },
      ),
      methods: fc.array(mostly(['GET', 'PUT'], ['*', 'PURGE']), { maxLength: 2 }),
      requestHeaders: fc.array(mostly(['a', 'b'], ['*', 'x y']), { maxLength: 2 }),
      exposeHeaders: fc.array(mostly(['a', 'b'], ['*', 'x y']), { maxLength: 2 }),
      maxAge: mostly([1, 600], [0]),
      credentials: fc.boolean(),
      unmatchedPreflight: fc.constant('ignore' as const),
    },
    { requiredKeys: ['origins', 'methods', 'requestHeaders', 'exposeHeaders', 'credentials', 'unmatchedPreflight'] },
  );
  const session = fc.oneof(
    fc.record(
      { kind: fc.constant('cookie' as const), name, permanent: mostly([false], [true]) },
      { requiredKeys: ['kind', 'permanent'] },
    ),
    fc.record({ kind: fc.constant('header' as const), name, permanent: fc.constant(false) }),
  );
  const parts = fc.record(
    {
      rewrite: pathChange,
      hostRewrite: hostname,
      requestTimeout: millis,
      backendTimeout: millis,
      retry,
      mirrors: fc.array(fc.record({ backend, fraction: fc.constantFrom(0, 1, 50_000, 333_333, 1_000_000) }), {
        maxLength: 2,
      }),
      cors,
      session,
      requestHeaders: headerOps,
      responseHeaders: headerOps,
    },
    { requiredKeys: ['requestHeaders', 'responseHeaders', 'mirrors'] },
  );
  const shares = fc.array(fc.tuple(backend, mostly([1, 7, 999], [1000, 5_000_000])), { minLength: 1, maxLength: 3 });
  const redirect = fc.record(
    {
      kind: fc.constant('redirect' as const),
      status: mostly([301, 302, 308], [304]),
      scheme: fc.constantFrom('http', 'https'),
      host: hostname,
      port: fc.constantFrom(
        { kind: 'request' } as const,
        { kind: 'explicit', number: 8443 } as const,
        { kind: 'scheme' } as const,
      ),
      path: pathChange,
      responseHeaders: headerOps,
      origin: fc.constant(origin),
    },
    { requiredKeys: ['kind', 'status', 'port', 'responseHeaders', 'origin'] },
  );
  const plain = shares.map((backends) => sample.forwardTo(backends));
  const rich = fc.tuple(shares, parts).map(([backends, more]) => sample.forwardTo(backends, more));
  const respond = fc.constant({ kind: 'respond' as const, status: 500, responseHeaders: NO_HEADER_OPS, origin });
  const sources = [sample.sourceOf('shop'), sample.sourceOf('other', { namespace: 'team' })];
  // Redirects have no form in the profile lattice, which is why plain rules outweigh them.
  const action: fc.Arbitrary<Action> = fc.oneof(
    { weight: 6, arbitrary: plain },
    { weight: 3, arbitrary: rich },
    respond,
  );
  const rules = (of: fc.Arbitrary<Action>) =>
    fc.array(
      fc
        .record({
          source: fc.constantFrom(...sources),
          matches: fc.array(match, { minLength: 1, maxLength: few(12) }),
          action: of,
          name: fc.constantFrom(undefined, 'rule', 'Not A Name'),
          hostIndex: fc.nat({ max: 1 }),
        })
        .map((one) =>
          sample.ruleOf(one.source, one.matches, one.action, {
            hostIndex: one.hostIndex,
            ...(one.name === undefined ? {} : { name: one.name }),
          }),
        ),
      { minLength: 1, maxLength: few(30) },
    );
  const host = fc
    .record({
      name: fc.constantFrom('*', 'a.example.com', 'b.example.com', '*.example.com', 'c.com'),
      places: fc.constantFrom(['one/http'], ['one/http', 'one/again'], ['one/Web_Port'], ['one/https'], ['mesh']),
      rules: fc.oneof({ weight: 3, arbitrary: rules(action) }, rules(redirect)),
    })
    .map((one): LegalHost => {
      if (one.places[0] === 'mesh') return sample.meshHost('web', undefined, one.rules);
      const isSecure = one.places[0]?.endsWith('https') ?? false;
      return sample.hostAt(one.name, one.places, one.rules, isSecure ? { port: 443, protocol: 'HTTPS' } : {});
    });
  return fc.array(host, { minLength: 1, maxLength: 4 });
}

const anyHosts = fc.boolean().chain(hostsOf);
const anyOptions: fc.Arbitrary<EmitOptions> = fc
  .record({
    profile: fc.constantFrom('lattice', 'standard', 'standard'),
    channel: fc.constantFrom('standard', 'experimental'),
    explicitTimeouts: fc.boolean(),
  })
  .map(({ profile, channel, explicitTimeouts }) => sample.optionsOf(profile, { channel, explicitTimeouts }));

/** Ids of virtual hosts are unique. */
function namedApart(hosts: readonly LegalHost[]): readonly LegalHost[] {
  return hosts.map(({ host, rules }, index) => ({ host: { ...host, id: `${index} ${host.id}` }, rules }));
}
