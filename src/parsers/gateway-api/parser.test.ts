import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { readDocuments } from '../../documents/read-documents.ts';
import type { Forward } from '../../ir/actions.ts';
import type { VirtualHost } from '../../ir/model.ts';
import { readFacts } from '../kubernetes/read-facts.ts';
import type { ParsedSource, ParseOptions } from '../parser.ts';
import { gatewayApiParser } from './parser.ts';

interface Read extends ParsedSource {
  readonly findings: readonly Diagnostic[];
  readonly codes: readonly string[];
}

function read(yaml: string, options: Partial<ParseOptions> = {}): Read {
  const findings: Diagnostic[] = [];
  const report = (finding: Diagnostic) => findings.push(finding);
  const parse = { defaultNamespace: 'default', clusterDomain: 'cluster.local', ...options };
  const documents = readDocuments({ file: 'a.yaml', bytes: new TextEncoder().encode(yaml) }, report);
  const own = documents.filter(({ resource }) =>
    gatewayApiParser.kinds.some(
      ({ group, kind }) => resource.kind === kind && resource.apiVersion.startsWith(`${group}/`),
    ),
  );
  const source = gatewayApiParser.parse(own, { options: parse, facts: readFacts(documents, {}, parse), report });
  const quiet = ['gateway-api/read-by-specification', 'gateway-api/service-not-in-input'];
  return { ...source, findings, codes: findings.map(({ code }) => code).filter((code) => !quiet.includes(code)) };
}

const gateway = (spec: string, className = 'example') => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw}
spec:
  gatewayClassName: ${className}
  listeners: ${spec}
---`;
const http = '[{name: http, port: 80, protocol: HTTP}]';
const route = (spec: string, metadata = '{name: r}', parent = '{name: gw}') => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: ${metadata}
spec:
  parentRefs: [${parent}]
${spec.replace(/^/gm, '  ')}
---`;
const web = 'backendRefs: [{name: web, port: 80}]';

const hostsOf = ({ virtualHosts }: Read) => virtualHosts.map(({ id }) => id);
function actionOf({ virtualHosts }: Read, rule = 0) {
  const action = virtualHosts[0]?.rules[rule]?.action;
  if (action === undefined) throw new Error('the rule exists');
  return action;
}
function forwardOf(source: Read): Forward {
  const action = actionOf(source);
  if (action.kind !== 'forward') throw new Error('the rule forwards');
  return action;
}
const pathsOf = (host: VirtualHost | undefined) =>
  host?.rules.flatMap(({ matches }) => matches.map(({ path }) => ('value' in path ? path.value : path.kind)));

describe('hosts', () => {
  test('are the intersection of the route and the listener', () => {
    const listeners = `[
      {name: a, port: 80, protocol: HTTP, hostname: "*.a.com"}, {name: b, port: 443, protocol: HTTPS, hostname: x.b.com}]`;
    const all = read(gateway(listeners) + route(`rules: [{${web}}]`));
    expect(hostsOf(all)).toEqual(['gateway/default/gw:80/*.a.com', 'gateway/default/gw:443/x.b.com']);
    const some = read(gateway(listeners) + route(`hostnames: [y.a.com, "*.b.com", c.com]\nrules: [{${web}}]`));
    expect(hostsOf(some)).toEqual(['gateway/default/gw:80/y.a.com', 'gateway/default/gw:443/x.b.com']);
    expect(some.virtualHosts.map(({ rules }) => rules[0]?.hostIndex)).toEqual([0, 1]);
    expect(some.codes).toEqual(['gateway-api/hostname-not-served']);
  });

  test('hold the rules of all their routes, the oldest first', () => {
    const source = read(
      gateway(http) +
        route(`rules: [{name: late, ${web}}]`, '{name: a, creationTimestamp: "2024-02-01T00:00:00Z"}') +
        route(`rules: [{name: early, ${web}}]`, '{name: b, creationTimestamp: "2024-01-01T00:00:00Z"}'),
    );
    expect(source.virtualHosts.map(({ rules }) => rules.map(({ name }) => name))).toEqual([['early', 'late']]);
    expect(source.virtualHosts[0]?.order).toEqual({ kind: 'gateway-api' });
  });

  test('are attached by section, port and namespace, and a refusal is reported', () => {
    const listeners = `[
      {name: a, port: 80, protocol: HTTP}, {name: b, port: 8080, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}]`;
    expect(hostsOf(read(gateway(listeners) + route('', '{name: r}', '{name: gw, sectionName: b}')))).toEqual([
      'gateway/default/gw:8080/*',
    ]);
    expect(hostsOf(read(gateway(listeners) + route('', '{name: r}', '{name: gw, port: 80}')))).toEqual([
      'gateway/default/gw:80/*',
    ]);
    const other = read(gateway(listeners) + route('', '{name: r, namespace: shop}', '{name: gw, namespace: default}'));
    expect(hostsOf(other)).toEqual(['gateway/default/gw:8080/*']);
    const refused = read(gateway(http) + route('', '{name: r, namespace: shop}', '{name: gw, namespace: default}'));
    expect(refused.virtualHosts).toEqual([]);
    expect(refused.codes).toEqual(['gateway-api/route-not-attached']);
    const missing = read(gateway(http) + route('', '{name: r}', '{name: gw, sectionName: none}'));
    expect(missing.findings[0]?.message).toContain('it has no listener none');
    const moved = read(gateway(listeners) + route('', '{name: r}', '{name: gw, sectionName: b, port: 80}'));
    expect(moved.findings[0]?.message).toContain('its listener b is not on port 80');
  });

  test('a selector is decided by the labels of the Namespace', () => {
    const listeners = `[{name: a, port: 80, protocol: HTTP,
      allowedRoutes: {namespaces: {from: Selector, selector: {matchExpressions: [{key: team, operator: In, values: [x]}]}}}}]`;
    const namespace = (team: string) => `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: ${team}}}
---`;
    const shop = route('', '{name: r, namespace: shop}', '{name: gw, namespace: default}');
    expect(read(gateway(listeners) + namespace('x') + shop).codes).toEqual([]);
    expect(read(gateway(listeners) + namespace('z') + shop).codes).toEqual(['gateway-api/route-not-attached']);
    const unknown = read(gateway(listeners) + shop);
    expect(unknown.codes).toEqual(['gateway-api/namespace-not-in-input']);
    expect(hostsOf(unknown)).toEqual(['gateway/default/gw:80/*']);
    const byName = listeners.replace('key: team', 'key: kubernetes.io/metadata.name');
    expect(read(gateway(byName) + shop).codes).toEqual(['gateway-api/route-not-attached']);
  });

  test('one host through listeners that not all its routes name is an error', () => {
    const listeners = `[
      {name: a, port: 80, protocol: HTTP}, {name: b, port: 80, protocol: HTTP, hostname: "*.a.com"}]`;
    const both = read(
      gateway(listeners) +
        route('hostnames: [x.a.com]', '{name: r}', '{name: gw, sectionName: a}') +
        route('hostnames: [x.a.com]', '{name: s}', '{name: gw, sectionName: b}'),
    );
    expect(both.codes).toEqual(['gateway-api/host-on-two-listeners']);
  });

  test('a Service as parent is the mesh, for all clients or for those of the namespace of the route', () => {
    const source = read(
      route(`rules: [{${web}}]`, '{name: r, namespace: shop}', '{kind: Service, group: "", name: web, port: 80}') +
        route(`rules: [{${web}}]`, '{name: r, namespace: a}', '{kind: Service, group: "", name: web, namespace: shop}'),
    );
    expect(source.virtualHosts.map(({ id, scope }) => [id, scope.kind === 'mesh' && scope.clients])).toEqual([
      ['service/shop/web:*@a', { kind: 'namespace', namespace: 'a' }],
      ['service/shop/web:80', { kind: 'all' }],
    ]);
  });
});

test.each([
  ['{name: gw, sectionName: a}, {name: gw, sectionName: b}', 0],
  ['{name: gw, port: 80}, {name: gw, port: 81}', 0],
  ['{name: gw}, {name: gw, namespace: other}', 0],
  ['{name: gw}, {name: gw}', 1],
  ['{name: gw}, {name: gw, sectionName: a}', 1],
  ['{name: gw, port: 80}, {name: gw, namespace: default}', 1],
])('parentRefs [%s] are told apart or refused', (parents, count) => {
  const refs = `parentRefs: [${parents}]`;
  const { codes } = read(route('').replace(/parentRefs: \[.*\]/, refs));
  expect(codes.filter((code) => code === 'gateway-api/invalid-value')).toHaveLength(count);
});

describe('a Gateway that is not in the input', () => {
  test('is implied, with the listeners that routes name', () => {
    const source = read(
      route('', '{name: r}', '{name: gw, sectionName: https}') +
        route('', '{name: s}', '{name: gw, sectionName: http}'),
    );
    // What is taken of each listener is said.
    expect(source.codes).toEqual(['gateway-api/gateway-not-in-input', 'gateway-api/gateway-not-in-input']);
    expect(source.gateways).toMatchObject([
      {
        id: 'gateway/default/gw',
        extra: { implied: true },
        listeners: [
          { name: 'https', port: 443, protocol: 'HTTPS' },
          { name: 'http', port: 80, protocol: 'HTTP' },
        ],
      },
    ]);
  });

  test('is referred to by the port of its listener where routes do so', () => {
    const source = read(
      route('', '{name: r}', '{name: gw, port: 8090}') + route('', '{name: s}', '{name: gw, port: 80}'),
    );
    expect(hostsOf(source)).toEqual(['gateway/default/gw:8090/*', 'gateway/default/gw:80/*']);
    expect(source.gateways).toMatchObject([
      { listeners: [{ referredBy: { port: 8090 } }, { referredBy: { port: 80 } }] },
    ]);
    // One that names neither attaches to every listener, so it is never merged with them.
    const open = read(route('', '{name: r}', '{name: gw, port: 80}') + route('', '{name: s}', '{name: gw}'));
    expect(open.gateways.map(({ listeners }) => listeners.map(({ referredBy }) => referredBy))).toEqual([
      [{ port: 80 }],
      [{}],
    ]);
  });

  test('never takes one of its listeners for another', () => {
    const source = read(
      route('', '{name: r}', '{name: gw, sectionName: one}') + route('', '{name: s}', '{name: gw, sectionName: two}'),
    );
    expect(hostsOf(source)).toEqual(['gateway/default/gw:80/*', 'gateway/default/gw#two:80/*']);
    expect(source.gateways.map(({ listeners }) => listeners.map(({ name }) => name))).toEqual([['one'], ['two']]);
  });

  test('is of the AWS controller where a route shows it', () => {
    const marked = read(route('rules: [{backendRefs: [{name: web, kind: ServiceImport}]}]'));
    expect(marked.gateways[0]?.className).toBe('amazon-vpc-lattice');
    expect(marked.virtualHosts[0]?.order).toEqual({ kind: 'first-match' });
    const plain = read(route(`rules: [{${web}}]`));
    expect(plain.virtualHosts[0]?.order).toEqual({ kind: 'gateway-api' });
    const said = read(route(`rules: [{${web}}]`), { sourceClass: 'amazon-vpc-lattice' });
    expect(said.virtualHosts[0]?.order).toEqual({ kind: 'first-match' });
  });

  test('has a port that a redirect cannot know', () => {
    const redirect = 'rules: [{filters: [{type: RequestRedirect, requestRedirect: {hostname: b.com}}]}]';
    expect(read(route(redirect)).codes).toEqual([
      'gateway-api/gateway-not-in-input',
      'gateway-api/redirect-port-unknown',
    ]);
    expect(read(route(redirect, '{name: r}', '{name: gw, port: 80}')).codes).toEqual([
      'gateway-api/gateway-not-in-input',
    ]);
  });
});

describe('rules by the specification', () => {
  const one = (rule: string) => read(gateway(http) + route(`rules: [${rule}]`));

  test('nothing written takes everything and answers 500', () => {
    const source = read(gateway(http) + route(''));
    expect(pathsOf(source.virtualHosts[0])).toEqual(['any']);
    expect(actionOf(source)).toMatchObject({ kind: 'respond', status: 500, invalid: 'the rule names no backend' });
  });

  test('matches have the defaults of the API; the first of two headers of a name counts', () => {
    const source = one(
      `{matches: [{path: {value: /a/}, headers: [{name: X-B, value: "1"}, {name: x-b, value: "2"}, {name: A, type: RegularExpression, value: .+}],
        queryParams: [{name: Q, value: v}], method: GET}], ${web}}`,
    );
    expect(source.virtualHosts[0]?.rules[0]?.matches).toMatchObject([
      {
        path: { kind: 'prefix', value: '/a', reading: 'segment', ignoreCase: false },
        method: { kind: 'exact', value: 'GET' },
        headers: [
          { name: 'a', value: { kind: 'regex', pattern: '.+' } },
          { name: 'x-b', value: { kind: 'exact', value: '1', ignoreCase: false } },
        ],
        query: [{ name: 'Q', value: { kind: 'exact', value: 'v' } }],
      },
    ]);
  });

  test('weights lose zeros and common divisors, equal backends are one', () => {
    const backends = (weights: readonly number[]) =>
      `{backendRefs: [${weights.map((weight, index) => `{name: b${index % 2}, port: 80, weight: ${weight}}`).join(', ')}]}`;
    const weightsOf = (weights: readonly number[]) => {
      const action = actionOf(one(backends(weights)));
      return action.kind === 'forward' ? action.shares.map(({ weight }) => weight) : action.kind;
    };
    expect(weightsOf([90, 10])).toEqual([9, 1]);
    expect(weightsOf([5, 0])).toEqual([1]);
    expect(weightsOf([2, 4, 2])).toEqual([1, 1]);
    expect(weightsOf([0])).toBe('respond');
  });

  test('a backend of another namespace needs a ReferenceGrant', () => {
    const rule = '{backendRefs: [{name: web, namespace: b, port: 80}, {name: web, port: 80}]}';
    const grant = (name: string) => `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: g, namespace: b}
spec:
  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: default}]
  to: [{group: "", kind: Service, name: ${name}}]
---`;
    const source = one(rule);
    expect(source.codes).toEqual(['gateway-api/reference-not-granted']);
    expect(forwardOf(source).shares.map(({ kind }) => kind)).toEqual(['invalid', 'backend']);
    expect(read(gateway(http) + route(`rules: [${rule}]`) + grant('web')).codes).toEqual([]);
    expect(read(gateway(http) + route(`rules: [${rule}]`) + grant('other')).codes).toEqual([
      'gateway-api/reference-not-granted',
    ]);
  });

  test('a redirect has the status and port of the specification', () => {
    const redirect = (spec: string) =>
      actionOf(one(`{filters: [{type: RequestRedirect, requestRedirect: {${spec}}}]}`));
    expect(redirect('hostname: B.com')).toMatchObject({ status: 302, host: 'b.com', port: { kind: 'listener' } });
    expect(redirect('scheme: https')).toMatchObject({ scheme: 'https', port: { kind: 'scheme' } });
    expect(redirect('scheme: https, port: 8443, statusCode: 308')).toMatchObject({
      status: 308,
      port: { kind: 'explicit', number: 8443 },
    });
  });

  test('replacing a prefix needs one prefix', () => {
    const filter =
      'filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /b}}}]';
    const rewritten = one(`{matches: [{path: {type: PathPrefix, value: /a}}], ${filter}, ${web}}`);
    expect(forwardOf(rewritten).rewrite).toEqual({ kind: 'prefix', from: '/a', to: '/b', reading: 'segment' });
    const exact = one(`{matches: [{path: {type: Exact, value: /a}}], ${filter}, ${web}}`);
    expect(exact.codes).toEqual(['gateway-api/invalid-value']);
    const two = one(`{matches: [{path: {value: /a}}, {path: {value: /b}}], ${filter}, ${web}}`);
    expect(two.codes).toEqual(['gateway-api/invalid-value']);
  });

  test('filters, timeouts, retries and sessions', () => {
    const source = one(`{${web}, timeouts: {request: 1m30s, backendRequest: 0s},
      retry: {codes: [503], attempts: 3, backoff: 100ms}, sessionPersistence: {sessionName: s, cookieConfig: {lifetimeType: Permanent}, absoluteTimeout: 1h},
      filters: [
        {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: X, value: "1"}], remove: [W]}},
        {type: ResponseHeaderModifier, responseHeaderModifier: {add: [{name: Z, value: "2"}]}},
        {type: RequestMirror, requestMirror: {backendRef: {name: copy, port: 80}, percent: 5}},
        {type: RequestMirror, requestMirror: {backendRef: {name: copy, port: 81}, fraction: {numerator: 1, denominator: 3}}},
        {type: CORS, cors: {allowOrigins: ["https://*.a.com"]}}]}`);
    expect(forwardOf(source)).toMatchObject({
      requestTimeout: 90_000,
      retry: { codes: [503], attempts: 3, backoff: 100 },
      session: { kind: 'cookie', name: 's', permanent: true, absoluteTimeout: 3_600_000 },
      requestHeaders: { set: [{ name: 'x', value: '1' }], remove: ['w'] },
      responseHeaders: { add: [{ name: 'z', value: '2' }] },
      mirrors: [{ fraction: 50_000 }, { fraction: 333_333 }],
      cors: { origins: [{ kind: 'exact', value: 'https://*.a.com' }], maxAge: 5, credentials: false },
    });
    expect(forwardOf(source).backendTimeout).toBeUndefined();
    expect(source.codes).toEqual(['gateway-api/mirror-share-rounded']);
  });

  test.each([
    ['{filters: [{type: ExternalAuth, externalAuth: {}}]}', 'external-auth-not-carried'],
    ['{filters: [{type: ExtensionRef, extensionRef: {kind: K, name: k}}]}', 'extension-filter-not-read'],
    [`{backendRefs: [{name: b, kind: Bucket, group: s3}]}`, 'backend-kind-not-read'],
    [`{backendRefs: [{name: b, kind: ServiceImport, group: multicluster.x-k8s.io}]}`, 'service-import-group'],
    [
      `{backendRefs: [{name: b, port: 80, filters: [{type: URLRewrite, urlRewrite: {hostname: a}}]}]}`,
      'backend-filter-not-read',
    ],
    [`{${web}, retry: {codes: [503]}}`, 'retry-attempts-open'],
    [`{${web}, timeouts: {request: 1.5s}}`, 'invalid-value'],
    ['{backendRefs: [{name: web}]}', 'invalid-value'],
    [`{${web}, matchs: []}`, 'unknown-field'],
    ['{filters: [{type: CORS, cors: {allowOrigins: ["*"]}}]}', 'filter-not-kept'],
  ])('%s is gateway-api/%s', (rule, code) => {
    expect(one(rule).codes).toEqual([`gateway-api/${code}`]);
  });

  test('an unknown field names the one that was meant', () => {
    expect(one(`{${web}, matchs: []}`).findings[0]?.message).toContain('`matches` is near');
  });
});

describe('rules as the AWS controller runs them', () => {
  const lattice = (spec: string, metadata = '{name: r}') =>
    read(gateway(http, 'amazon-vpc-lattice') + route(spec, metadata));

  test('keep their order, prefixes as Lattice reads them, header values without case', () => {
    const source = lattice(
      `rules: [{matches: [{path: {value: /}, headers: [{name: A, value: B}]}], ${web}}, {matches: [{path: {value: /long}}], ${web}}]`,
    );
    expect(source.codes).toEqual([]);
    expect(pathsOf(source.virtualHosts[0])).toEqual(['any', '/long']);
    expect(source.virtualHosts[0]).toMatchObject({
      order: { kind: 'first-match' },
      rules: [
        { matches: [{ headers: [{ name: 'a', value: { value: 'B', ignoreCase: true } }] }] },
        { matches: [{ path: { reading: 'lattice' } }] },
      ],
    });
  });

  test('each route is a service of its own, under its first host name', () => {
    const source = read(
      gateway(http, 'amazon-vpc-lattice') +
        route(`hostnames: [a.com, b.com]\nrules: [{${web}}]`, '{name: r}') +
        route(`rules: [{${web}}]`, '{name: s}') +
        route(`rules: [{${web}}]`, '{name: t}'),
    );
    expect(hostsOf(source)).toEqual([
      'gateway/default/gw:80/a.com@default/r',
      'gateway/default/gw:80/*@default/s',
      'gateway/default/gw:80/*@default/t',
    ]);
    expect(source.codes).toEqual(['gateway-api/controller-ignores-hostnames']);
  });

  test('annotations order the rules', () => {
    const rules = `rules: [{name: a, ${web}}, {name: b, ${web}}]`;
    const key = 'application-networking.k8s.aws/rule-';
    const namesOf = (source: Read) => source.virtualHosts[0]?.rules.map(({ name }) => name);
    const sorted = lattice(rules, `{name: r, annotations: {${key}0-priority: "20", ${key}1-priority: "10"}}`);
    expect(namesOf(sorted)).toEqual(['b', 'a']);
    expect(sorted.codes).toEqual([]);
    expect(lattice(rules, `{name: r, annotations: {${key}0-priority: "20"}}`).codes).toEqual([
      'gateway-api/rule-priority-unclear',
    ]);
  });

  test('what the controller ignores is left out, with a warning', () => {
    const source =
      lattice(`rules: [{${web}, timeouts: {request: 1s}, filters: [{type: URLRewrite, urlRewrite: {hostname: a}}]},
      {filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]}]`);
    expect(source.codes).toEqual([
      'gateway-api/controller-ignores',
      'gateway-api/controller-ignores',
      'gateway-api/redirect-answers-500',
    ]);
    expect(forwardOf(source).hostRewrite).toBeUndefined();
    expect(forwardOf(source).requestTimeout).toBeUndefined();
    expect(actionOf(source, 1)).toMatchObject({ kind: 'respond', status: 500 });
  });

  test.each([
    `{matches: [{path: {value: /a}}, {path: {value: /b}}], ${web}}`,
    `{matches: [{path: {type: RegularExpression, value: /a}}], ${web}}`,
    `{matches: [{queryParams: [{name: a, value: b}]}], ${web}}`,
    `{matches: [{headers: [{name: a, type: RegularExpression, value: b}]}], ${web}}`,
    `{matches: [{headers: [${[...'abcdef'].map((name) => `{name: ${name}, value: v}`).join(', ')}]}], ${web}}`,
  ])('%s is refused', (rule) => {
    expect(lattice(`rules: [${rule}]`).codes).toEqual(['gateway-api/controller-refuses']);
  });

  test('a backend of another namespace needs no grant, a ServiceImport no group', () => {
    const source = lattice(
      'rules: [{backendRefs: [{name: web, namespace: b, port: 80}, {name: web, kind: ServiceImport}]}]',
    );
    expect(source.codes).toEqual([]);
    expect(forwardOf(source).shares).toMatchObject([
      { backend: { kind: 'Service', namespace: 'b' } },
      { backend: { kind: 'ServiceImport', namespace: 'default' } },
    ]);
  });

  test('a GatewayClass of the controller makes any class one of it', () => {
    const gatewayClass = `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: GatewayClass
metadata: {name: mine}
spec: {controllerName: application-networking.k8s.aws/gateway-api-controller}
---`;
    const source = read(gatewayClass + gateway(http, 'mine') + route(`rules: [{${web}}]`));
    expect(source.virtualHosts[0]?.order).toEqual({ kind: 'first-match' });
    expect(source.carried).toMatchObject([{ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass' }]);
  });
});

describe('Gateways', () => {
  test('keep certificates, options, addresses and who may attach', () => {
    const source = read(`
apiVersion: gateway.networking.k8s.io/v1alpha2
kind: Gateway
metadata: {name: gw, namespace: a}
spec:
  gatewayClassName: example
  addresses: [{type: IPAddress, value: 1.2.3.4}]
  listeners:
  - {name: https, port: 443, protocol: HTTPS, hostname: "*.A.com", allowedRoutes: {namespaces: {from: All}},
     tls: {certificateRefs: [{name: cert}], options: {a: b}}}
`);
    expect(source.codes).toEqual([]);
    expect(source.gateways).toMatchObject([
      {
        namespace: 'a',
        className: 'example',
        extra: { addresses: [{ value: '1.2.3.4' }] },
        listeners: [
          {
            host: { kind: 'suffix', suffix: 'a.com', labels: 'many' },
            tls: { certificates: [{ name: 'cert' }], options: { a: 'b' } },
            allowedRoutes: { namespaces: { from: 'All' } },
          },
        ],
      },
    ]);
  });

  test.each([
    ['[{name: a, port: 80, protocol: TCP}]', 'listener-protocol-not-read'],
    ['[{name: a, port: 80, protocol: HTTP, hostname: "a.*.com"}]', 'invalid-value'],
    ['[{name: mesh, port: 15008, protocol: HBONE}]', 'waypoint-listener'],
    ['[{name: a, port: 443, protocol: HTTPS, tls: {mode: Passthrough}}]', 'invalid-value'],
    ['[{name: a, port: 80, protocol: HTTP}, {name: b, port: 80, protocol: HTTP}]', 'listeners-contradict'],
    ['[{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: c, kind: Vault}]}}]', 'certificate-kind'],
    ['[]\n  tls: {frontend: {default: {}}}', 'client-certificates-lost'],
  ])('%s is gateway-api/%s', (listeners, code) => {
    expect(read(gateway(listeners)).codes).toEqual([`gateway-api/${code}`]);
  });

  test('a certificate without a grant concerns the hosts of its listener', () => {
    const listeners =
      '[{name: http, port: 80, protocol: HTTP}, {name: tls, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: c, namespace: b}]}}]';
    expect(read(gateway(listeners)).codes).toEqual([]);
    const { findings, codes } = read(gateway(listeners) + route(`hostnames: [a.com]\nrules: [{${web}}]`));
    expect(codes).toEqual(['gateway-api/certificate-not-granted']);
    expect(findings.map(({ affects }) => affects)).toContainEqual({
      kind: 'hosts',
      ids: ['gateway/default/gw:443/a.com'],
    });
  });
});

describe('other kinds', () => {
  test('of an odd shape are reported all the same', () => {
    const odd = `
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: g}
spec: {parentRefs: {}, hostnames: a.com, targetRefs: 1, listeners: [null, 1]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: TCPRoute
metadata: {name: t}
---`;
    expect(read(odd).codes).toEqual(['gateway-api/route-kind-not-read', 'gateway-api/route-kind-not-read']);
  });

  test('a GRPCRoute without hosts concerns every host of its Gateway', () => {
    const grpc = `
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: g}
spec: {parentRefs: [{name: gw}]}
---`;
    const source = read(gateway(http) + route('hostnames: [a.com]') + grpc);
    expect(source.findings.find(({ code }) => code === 'gateway-api/route-kind-not-read')?.affects).toEqual({
      kind: 'hosts',
      ids: ['gateway/default/gw:80/a.com'],
    });
  });

  test('a policy for a Service concerns the hosts that reach it', () => {
    const policy = `
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: {name: p, namespace: shop}
spec: {targetRefs: [{group: "", kind: Service, name: web}]}
`;
    expect(read(policy).findings[0]?.affects).toEqual({ kind: 'backends', namespace: 'shop', service: 'web' });
  });

  test('grants, imports and policies are carried, in the group that they have today', () => {
    const source = read(`
apiVersion: gateway.networking.k8s.io/v1alpha2
kind: ReferencePolicy
metadata: {name: a}
spec: {from: [], to: []}
status: {}
---
apiVersion: multicluster.x-k8s.io/v1alpha1
kind: ServiceImport
metadata: {name: b}
spec: {type: ClusterSetIP, ports: []}
---
apiVersion: application-networking.k8s.aws/v1alpha1
kind: IAMAuthPolicy
metadata: {name: c}
spec: {policy: "{}"}
`);
    expect(source.carried.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual([
      'gateway.networking.k8s.io/v1beta1 ReferenceGrant',
      'application-networking.k8s.aws/v1alpha1 ServiceImport',
      'application-networking.k8s.aws/v1alpha1 IAMAuthPolicy',
    ]);
    expect(source.carried[0]?.body).not.toHaveProperty('status');
    expect(source.codes).toEqual(['gateway-api/kind-moved']);
  });
});
