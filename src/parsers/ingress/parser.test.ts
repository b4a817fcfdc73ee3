import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { checkSchema } from '../../documents/check-schema.ts';
import { loadValidators } from '../../documents/load-validators.ts';
import { readDocuments } from '../../documents/read-documents.ts';
import type { VirtualHost } from '../../ir/model.ts';
import { compile } from '../../semantics/decision-list.ts';
import { readFacts } from '../kubernetes/read-facts.ts';
import { ingressParser } from './parser.ts';

const options = { defaultNamespace: 'default', clusterDomain: 'cluster.local' };

function parse(yaml: string, settings: Parameters<typeof readFacts>[1] = {}) {
  const found: Diagnostic[] = [];
  const documents = readDocuments({ file: 'in.yaml', bytes: new TextEncoder().encode(yaml) }, (one) => found.push(one));
  const facts = readFacts(documents, settings, options);
  const ingresses = documents.filter(({ resource }) => resource.kind === 'Ingress');
  const source = ingressParser.parse(ingresses, { options, facts, report: (one) => found.push(one) });
  const host = (id: string): VirtualHost => {
    const one = source.virtualHosts.find((candidate) => candidate.id === id);
    if (one === undefined) throw new Error(`no ${id} among ${source.virtualHosts.map((other) => other.id).join(' ')}`);
    return one;
  };
  return { ...source, found, host, codes: found.map(({ code }) => code), ids: source.virtualHosts.map(({ id }) => id) };
}

/** The rules of a host in the order in which they decide, each as `path -> backend`. */
function rulesOf(host: VirtualHost): readonly string[] {
  return compile(host).map(({ match: { path }, rule: { action } }) => {
    const reading = path.kind === 'prefix' ? `${path.reading} ` : '';
    const test =
      path.kind === 'any' ? '*' : path.kind === 'regex' ? path.pattern : `${path.kind} ${reading}${path.value}`;
    if (action.kind !== 'forward') return `${test} -> ${action.kind} ${action.status}`;
    const targets = action.shares.map((share) =>
      share.kind === 'backend' ? `${share.backend.namespace}/${share.backend.name}:${share.backend.port}` : 'invalid',
    );
    return `${test} -> ${targets.join(' ')}`;
  });
}

interface Entry {
  readonly host?: string;
  readonly paths?: readonly (readonly [path: string, service: string, type?: string])[];
}

function ingress(
  name: string,
  entries: readonly Entry[],
  more: {
    readonly spec?: string;
    readonly created?: string;
    readonly annotations?: string;
    readonly className?: string;
  } = {},
): string {
  const rules = entries.map(({ host, paths }) => {
    const http = paths?.map(
      ([path, service, type = 'Prefix']) =>
        `{path: "${path}", pathType: ${type}, backend: {service: {name: ${service}, port: {number: 80}}}}`,
    );
    return `{${host === undefined ? '' : `host: "${host}", `}${http === undefined ? '' : `http: {paths: [${http.join(', ')}]}`}}`;
  });
  return [
    '---',
    'apiVersion: networking.k8s.io/v1',
    'kind: Ingress',
    'metadata:',
    `  name: ${name}`,
    ...(more.created === undefined ? [] : [`  creationTimestamp: "${more.created}"`]),
    ...(more.annotations === undefined ? [] : [`  annotations: {${more.annotations}}`]),
    'spec:',
    `  ingressClassName: ${more.className ?? 'web'}`,
    ...(more.spec === undefined ? [] : [`  ${more.spec}`]),
    ...(rules.length === 0 ? [] : [`  rules: [${rules.join(', ')}]`]),
    '',
  ].join('\n');
}

describe('hosts and classes', () => {
  it('gives an apex and its wildcard a virtual host each on one plain listener', () => {
    const { gateways, virtualHosts, host } = parse(
      ingress('shop', [
        { host: 'example.com', paths: [['/', 'apex']] },
        { host: '*.example.com', paths: [['/', 'wild']] },
      ]),
    );
    expect(virtualHosts.map(({ host: pattern }) => pattern)).toEqual([
      { kind: 'exact', name: 'example.com' },
      { kind: 'suffix', suffix: 'example.com', labels: 'one' },
    ]);
    expect(rulesOf(host('ingress-class/web:80/example.com'))).toEqual(['* -> default/apex:80']);
    expect(rulesOf(host('ingress-class/web:80/*.example.com'))).toEqual(['* -> default/wild:80']);
    expect(virtualHosts.flatMap(({ rules }) => rules.map(({ hostIndex }) => hostIndex))).toEqual([0, 1]);
    expect(gateways).toMatchObject([
      {
        id: 'ingress-class/web',
        name: 'web',
        className: 'web',
        workload: 'ingress-class/web',
        exposure: 'unknown',
        listeners: [{ name: 'http', port: 80, host: { kind: 'any' } }],
      },
    ]);
  });

  it('keeps classes apart and merges the Ingresses of one class by host', () => {
    const { ids, host } = parse(
      ingress('b', [{ host: 'a.com', paths: [['/b', 'b']] }]) +
        ingress('a', [{ host: 'A.com', paths: [['/a', 'a']] }]) +
        ingress('c', [{ host: 'a.com', paths: [['/', 'c']] }], { className: 'other' }),
    );
    expect(ids).toEqual(['ingress-class/other:80/a.com', 'ingress-class/web:80/a.com']);
    expect(host('ingress-class/web:80/a.com').rules.map(({ source }) => source.name)).toEqual(['a', 'b']);
  });

  it('takes the annotation, then the field, then the default class, then a name of its own', () => {
    const bare = ingress('a', [{ host: 'a.com', paths: [['/', 'a']] }]).replace(/ {2}ingressClassName.*\n/, '');
    const assumed = parse(bare);
    expect(assumed.gateways.map(({ name }) => name)).toEqual(['default']);
    expect(assumed.codes).toContain('ingress/class-assumed');
    const main = `---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: main, annotations: {ingressclass.kubernetes.io/is-default-class: "true"}}
spec: {controller: example.com/c}
`;
    const known = parse(bare + main);
    expect(known.gateways.map(({ name }) => name)).toEqual(['main']);
    expect(known.codes).not.toContain('ingress/class-assumed');
    const both = ingress('a', [{ host: 'a.com', paths: [['/', 'a']] }], {
      annotations: 'kubernetes.io/ingress.class: old',
    });
    const annotated = parse(both);
    expect(annotated.gateways.map(({ name }) => name)).toEqual(['old']);
    expect(annotated.codes).toContain('ingress/two-classes');
  });
});

describe('paths', () => {
  it('reads Exact and Prefix, the longest first', () => {
    const { host, found } = parse(
      ingress('a', [
        {
          host: 'a.com',
          paths: [
            ['/', 'root'],
            ['/api/', 'api'],
            ['/api/v2', 'v2'],
            ['/api', 'exact', 'Exact'],
          ],
        },
      ]),
    );
    expect(rulesOf(host('ingress-class/web:80/a.com'))).toEqual([
      'exact /api -> default/exact:80',
      'prefix segment /api/v2 -> default/v2:80',
      'prefix segment /api -> default/api:80',
      '* -> default/root:80',
    ]);
    expect(found.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('reports an implementation specific path unless it takes everything', () => {
    const { host, found } = parse(
      ingress('a', [
        {
          host: 'a.com',
          paths: [
            ['/x', 'x', 'ImplementationSpecific'],
            ['/', 'all', 'ImplementationSpecific'],
          ],
        },
        { host: 'b.com', paths: [['/', 'b']] },
      ]),
    );
    expect(rulesOf(host('ingress-class/web:80/a.com'))).toEqual([
      'prefix segment /x -> default/x:80',
      '* -> default/all:80',
    ]);
    expect(found.filter(({ severity }) => severity === 'error')).toMatchObject([
      {
        code: 'ingress/implementation-specific-path',
        affects: { kind: 'hosts', ids: ['ingress-class/web:80/a.com'] },
      },
    ]);
  });

  it('knows that ingress-nginx compares plain ones as texts, and takes no pattern for a text', () => {
    const paths = [
      ['/x', 'text', 'ImplementationSpecific'],
      ['/x', 'segment'],
      ['/y(/|$)(.*)', 'pattern', 'ImplementationSpecific'],
    ] as const;
    const { host, codes } = parse(ingress('a', [{ host: 'a.com', paths }], { className: 'nginx' }));
    expect(rulesOf(host('ingress-class/nginx:80/a.com'))).toEqual([
      'prefix segment /x -> default/segment:80',
      'prefix string /x -> default/text:80',
    ]);
    expect(codes).toContain('ingress/path-pattern');
    expect(codes).not.toContain('ingress/implementation-specific-path');
  });

  it('reads the patterns of AWS load balancers and their one list of rules', () => {
    const { host, found, gateways } = parse(
      ingress(
        'a',
        [
          {
            paths: [
              ['/all', 'early', 'ImplementationSpecific'],
              ['/img/*', 'img', 'ImplementationSpecific'],
            ],
          },
          {
            host: 'a.com',
            paths: [
              ['/a/*/b', 'glob', 'ImplementationSpecific'],
              ['/', 'prefix'],
              ['/long', 'long'],
              ['/', 'slash', 'ImplementationSpecific'],
            ],
          },
        ],
        { className: 'alb', annotations: 'alb.ingress.kubernetes.io/scheme: internet-facing' },
      ),
    );
    const served = host('ingress-class/alb:80/a.com');
    expect(served.order).toEqual({ kind: 'first-match' });
    expect(rulesOf(served)).toEqual([
      'exact /all -> default/early:80',
      'prefix string /img/ -> default/img:80',
      'prefix segment /long -> default/long:80',
      '* -> default/prefix:80',
      'exact / -> default/slash:80',
    ]);
    expect(gateways[0]?.exposure).toBe('public');
    expect(found.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([
      'ingress/path-pattern',
    ]);
  });
});

describe('AWS load balancers', () => {
  it('are merged with a word about it, unless a group has done so', () => {
    const both = (annotations?: string) =>
      ['a', 'b'].map((name) =>
        ingress(name, [{ host: `${name}.com`, paths: [['/', name]] }], {
          className: 'alb',
          ...(annotations === undefined ? {} : { annotations }),
        }),
      );
    expect(parse(both().join('')).codes).toContain('ingress/load-balancers-merged');
    const grouped = parse(both('alb.ingress.kubernetes.io/group.name: web').join(''));
    expect(grouped.codes).not.toContain('ingress/load-balancers-merged');
  });
});

describe('one path twice', () => {
  const first = (created?: string) =>
    ingress('first', [{ host: 'a.com', paths: [['/x', 'one']] }], created === undefined ? {} : { created });
  const second = (service: string, created?: string) =>
    ingress('second', [{ host: 'a.com', paths: [['/x/', service]] }], created === undefined ? {} : { created });

  it('belongs to the older Ingress, and the loser is named', () => {
    const { host, found } = parse(first('2024-02-01T00:00:00Z') + second('two', '2023-02-01T00:00:00Z'));
    expect(rulesOf(host('ingress-class/web:80/a.com'))).toEqual(['prefix segment /x -> default/two:80']);
    const finding = found.find(({ code }) => code === 'ingress/path-taken');
    expect(finding?.severity).toBe('warning');
    expect(finding?.message).toContain('default/one:80');
    expect(finding?.origin?.document.resource?.name).toBe('first');
  });

  it('is an error with a request where no age is known', () => {
    const { found } = parse(first() + second('two', '2023-02-01T00:00:00Z'));
    expect(found.find(({ code }) => code === 'ingress/conflicting-paths')).toMatchObject({
      severity: 'error',
      affects: { kind: 'hosts', ids: ['ingress-class/web:80/a.com'] },
      witness: {
        request: { method: 'GET', url: 'http://a.com/x/' },
        before: 'default/two:80 or default/one:80',
        after: 'default/two:80',
      },
    });
  });

  it('is no finding where both lead to one backend', () => {
    const { host, found } = parse(first() + second('one'));
    expect(host('ingress-class/web:80/a.com').rules).toHaveLength(1);
    expect(found.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('within one Ingress is the first one', () => {
    const paths = [
      ['/x', 'one'],
      ['/x', 'two'],
    ] as const;
    const { host, found } = parse(ingress('a', [{ host: 'a.com', paths }]));
    expect(rulesOf(host('ingress-class/web:80/a.com'))).toEqual(['prefix segment /x -> default/one:80']);
    expect(found.find(({ code }) => code === 'ingress/path-repeated')?.severity).toBe('warning');
  });
});

describe('default backends', () => {
  const fallback = (name: string) => `defaultBackend: {service: {name: ${name}, port: {number: 80}}}`;

  it('make a Gateway on their own', () => {
    const { gateways, ids, host } = parse(ingress('d', [], { spec: fallback('d') }));
    expect(gateways).toHaveLength(1);
    expect(ids).toEqual(['ingress-class/web:80/*']);
    expect(rulesOf(host('ingress-class/web:80/*'))).toEqual(['* -> default/d:80']);
  });

  it('stand below the rules of every host of the class', () => {
    const { host, ids, found } = parse(
      ingress('a', [{ host: 'a.com', paths: [['/x', 'x']] }]) +
        ingress('b', [{ host: 'b.com', paths: [['/', 'b']] }], { spec: fallback('d') }),
    );
    expect(ids).toEqual(['ingress-class/web:80/a.com', 'ingress-class/web:80/b.com', 'ingress-class/web:80/*']);
    expect(rulesOf(host('ingress-class/web:80/a.com'))).toEqual([
      'prefix segment /x -> default/x:80',
      '* -> default/d:80',
    ]);
    expect(rulesOf(host('ingress-class/web:80/b.com'))).toEqual(['* -> default/b:80']);
    const [, own] = host('ingress-class/web:80/a.com').rules;
    expect(own).toMatchObject({ source: { name: 'b' }, hostIndex: 1, index: 1 });
    expect(found.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('of a class must agree unless ages are known', () => {
    const young = ingress('a', [], { spec: fallback('young'), created: '2024-02-01T00:00:00Z' });
    const old = ingress('b', [], { spec: fallback('old'), created: '2023-02-01T00:00:00Z' });
    const aged = parse(young + old);
    expect(rulesOf(aged.host('ingress-class/web:80/*'))).toEqual(['* -> default/old:80']);
    expect(aged.codes).toContain('ingress/default-backend-taken');
    const unaged = parse(young + ingress('b', [], { spec: fallback('old') }));
    expect(unaged.found.find(({ code }) => code === 'ingress/several-default-backends')).toMatchObject({
      severity: 'error',
      affects: { kind: 'hosts', ids: ['ingress-class/web:80/*'] },
    });
  });

  it('answer for the hosts of their own Ingress only under ingress-nginx', () => {
    const { host, ids } = parse(
      ingress('a', [{ host: 'a.com', paths: [['/x', 'x']] }], { className: 'nginx' }) +
        ingress('b', [{ host: 'b.com', paths: [['/b', 'b']] }], { spec: fallback('d'), className: 'nginx' }),
    );
    expect(ids).toEqual(['ingress-class/nginx:80/a.com', 'ingress-class/nginx:80/b.com']);
    expect(rulesOf(host('ingress-class/nginx:80/a.com'))).toEqual(['prefix segment /x -> default/x:80']);
    expect(rulesOf(host('ingress-class/nginx:80/b.com'))).toEqual([
      'prefix segment /b -> default/b:80',
      '* -> default/d:80',
    ]);
  });

  it('that get no request are left out and named', () => {
    const { host, codes } = parse(
      ingress('a', [{ host: 'a.com', paths: [['/', 'a']] }], { spec: fallback('d'), className: 'nginx' }),
    );
    expect(host('ingress-class/nginx:80/a.com').rules).toHaveLength(1);
    expect(codes).toContain('ingress/default-backend-unused');
  });

  it('an Ingress without them and without paths says so, as an error where another host takes over', () => {
    const alone = parse(ingress('a', [{ host: 'a.com' }]));
    expect(alone.found.find(({ code }) => code === 'ingress/rule-without-paths')?.severity).toBe('info');
    expect(alone.gateways).toEqual([]);
    const covered = parse(ingress('a', [{ host: 'a.com' }, { paths: [['/', 'all']] }]));
    expect(covered.found.find(({ code }) => code === 'ingress/rule-without-paths')).toMatchObject({
      severity: 'error',
      affects: { ids: ['ingress-class/web:80/a.com'] },
    });
  });
});

describe('backends', () => {
  const named = ingress('a', [{ host: 'a.com', paths: [['/', 'svc']] }]).replace('number: 80', 'name: http');
  const service = `---
apiVersion: v1
kind: Service
metadata: {name: svc}
spec: {ports: [{name: http, port: 8080}]}
`;

  it('find named ports in the Services of the input, whatever the order', () => {
    for (const yaml of [named + service, service + named]) {
      const { host, found } = parse(yaml);
      expect(rulesOf(host('ingress-class/web:80/a.com'))).toEqual(['* -> default/svc:8080']);
      expect(found).toEqual([]);
    }
  });

  it('ask once for each Service, with the lines to paste', () => {
    const yaml = named + named.replace('name: a\n', 'name: b\n').replace('a.com', 'b.com');
    const { found } = parse(yaml);
    const questions = found.filter(({ code }) => code === 'ingress/port-unknown');
    expect(questions).toHaveLength(1);
    expect(questions[0]?.help).toContain('services:\n  "default/svc":\n    ports: [{name: http, port: 80}]');
    expect(questions[0]?.affects).toEqual({
      kind: 'hosts',
      ids: ['ingress-class/web:80/a.com', 'ingress-class/web:80/b.com'],
    });
    const answered = parse(yaml, { 'default/svc': { ports: [{ name: 'http', port: 81 }] } });
    expect(answered.found).toEqual([]);
    expect(rulesOf(answered.host('ingress-class/web:80/b.com'))).toEqual(['* -> default/svc:81']);
  });

  it('name the Service that is not there, and the port that it does not have', () => {
    const plain = ingress('a', [{ host: 'a.com', paths: [['/', 'svc']] }]);
    expect(parse(plain).found).toMatchObject([{ code: 'ingress/service-not-in-input', severity: 'info' }]);
    expect(parse(plain + service).found).toMatchObject([{ code: 'ingress/port-not-in-service', severity: 'error' }]);
  });

  it('outside of the cluster are an error, written as they stand', () => {
    const external = service.replace(
      'ports: [{name: http, port: 8080}]',
      'type: ExternalName, externalName: example.org',
    );
    const { host, found } = parse(ingress('a', [{ host: 'a.com', paths: [['/', 'svc']] }]) + external);
    expect(rulesOf(host('ingress-class/web:80/a.com'))).toEqual(['* -> default/svc:80']);
    expect(found).toMatchObject([{ code: 'ingress/external-name-service', severity: 'error' }]);
  });

  it('that stand for an action in an annotation leave their rule out, and ask for no port', () => {
    const yaml = ingress('a', [{ host: 'a.com', paths: [['/', 'maintenance']] }], {
      className: 'alb',
      annotations: "alb.ingress.kubernetes.io/actions.maintenance: '{}'",
    }).replace('number: 80', 'name: use-annotation');
    const { host, codes } = parse(yaml);
    expect(host('ingress-class/alb:80/a.com').rules).toEqual([]);
    expect(codes).toEqual(['ingress/action-in-annotation']);
  });

  it('that are no Service leave their rule out and withhold the host', () => {
    const yaml = ingress('a', [{ host: 'a.com', paths: [['/', 'svc']] }]).replace(
      'service: {name: svc, port: {number: 80}}',
      'resource: {apiGroup: k8s.example.com, kind: StorageBucket, name: static}',
    );
    const { host, found } = parse(yaml);
    expect(host('ingress-class/web:80/a.com').rules).toEqual([]);
    expect(found).toMatchObject([
      { code: 'ingress/resource-backend', affects: { ids: ['ingress-class/web:80/a.com'] } },
    ]);
  });
});

describe('annotations of a controller', () => {
  it.each([
    ['auth-url', 'access-annotation-not-read'],
    ['secure-backends', 'access-annotation-not-read'],
    ['session-cookie-secure', 'annotation-not-read'],
    ['proxy-body-size', 'annotation-not-read'],
  ])('%s is ingress/%s', (name, code) => {
    const annotations = `nginx.ingress.kubernetes.io/${name}: "x"`;
    const { codes } = parse(ingress('a', [{ host: 'a.com', paths: [['/', 'svc']] }], { annotations }));
    expect(codes).toContain(`ingress/${code}`);
  });
});

describe('TLS', () => {
  it('gives a certificate to the hosts of its entry and to no others', () => {
    const { gateways, ids, host } = parse(
      ingress(
        'a',
        [
          { host: 'a.com', paths: [['/', 'a']] },
          { host: 'b.com', paths: [['/', 'b']] },
        ],
        { spec: 'tls: [{hosts: [a.com], secretName: s}]' },
      ),
    );
    expect(ids).toEqual(['ingress-class/web:80/a.com', 'ingress-class/web:80/b.com', 'ingress-class/web:443/a.com']);
    expect(gateways[0]?.listeners).toMatchObject([
      { name: 'http', port: 80 },
      {
        name: 'https-a-com',
        port: 443,
        host: { kind: 'exact', name: 'a.com' },
        tls: { certificates: [{ name: 's' }] },
      },
    ]);
    expect(host('ingress-class/web:443/a.com').scope).toMatchObject({
      protocol: 'HTTPS',
      listeners: [{ gateway: 'ingress-class/web', listener: 'https-a-com' }],
    });
  });

  it('serves hosts under a wildcard certificate, and a host of a certificate under a wildcard rule', () => {
    const { ids, host } = parse(
      ingress(
        'a',
        [
          { host: 'x.a.com', paths: [['/', 'x']] },
          { host: '*.b.com', paths: [['/', 'b']] },
        ],
        { spec: 'tls: [{hosts: ["*.a.com", y.b.com, z.com], secretName: s}]' },
      ),
    );
    expect(ids.slice(2)).toEqual(['ingress-class/web:443/x.a.com', 'ingress-class/web:443/y.b.com']);
    expect(rulesOf(host('ingress-class/web:443/y.b.com'))).toEqual(['* -> default/b:80']);
  });

  it('reports a missing Secret and a host without a rule', () => {
    const { codes, gateways } = parse(
      ingress('a', [{ host: 'a.com', paths: [['/', 'a']] }], {
        spec: 'tls: [{hosts: [a.com]}, {hosts: [z.com], secretName: s}]',
      }),
    );
    expect(codes).toContain('ingress/tls-without-secret');
    expect(codes).toContain('ingress/tls-host-without-rule');
    expect(gateways[0]?.listeners.map(({ name, tls }) => [name, tls?.certificates])).toEqual([
      ['http', undefined],
      ['https-a-com', []],
    ]);
  });

  it('keeps the first certificate of a host and names the other', () => {
    const spec = (secret: string) => ({ spec: `tls: [{hosts: [a.com], secretName: ${secret}}]` });
    const { found, gateways } = parse(
      ingress('a', [{ host: 'a.com', paths: [['/', 'a']] }], spec('one')) +
        ingress('b', [{ host: 'a.com', paths: [['/b', 'b']] }], spec('two')),
    );
    expect(gateways[0]?.listeners[1]?.tls?.certificates).toEqual([{ name: 'one' }]);
    expect(found.find(({ code }) => code === 'ingress/certificate-taken')?.message).toContain('default/two');
  });

  it('an entry without hosts is for all hosts of its Ingress', () => {
    const hosts = [{ host: 'a.com', paths: [['/', 'a']] }, { paths: [['/', 'all']] }] as const;
    const { ids } = parse(ingress('a', hosts, { spec: 'tls: [{secretName: s}]' }));
    expect(ids.slice(2)).toEqual(['ingress-class/web:443/a.com', 'ingress-class/web:443/*']);
  });

  it('writes the redirect of ingress-nginx out, for the Ingresses that do not forbid it', () => {
    const spec = 'tls: [{hosts: [a.com], secretName: s}]';
    const tls = { className: 'nginx', spec };
    const all = parse(ingress('a', [{ host: 'a.com', paths: [['/', 'a']] }], tls));
    expect(rulesOf(all.host('ingress-class/nginx:80/a.com'))).toEqual(['* -> redirect 308']);
    expect(rulesOf(all.host('ingress-class/nginx:443/a.com'))).toEqual(['* -> default/a:80']);
    expect(all.codes).toContain('ingress/implied-https-redirect');

    const off = { className: 'nginx', annotations: 'nginx.ingress.kubernetes.io/ssl-redirect: "false"' };
    const some = parse(
      ingress('a', [{ host: 'a.com', paths: [['/a', 'a']] }], tls) +
        ingress('b', [{ host: 'a.com', paths: [['/b', 'b']] }], off),
    );
    expect(rulesOf(some.host('ingress-class/nginx:80/a.com'))).toEqual([
      'prefix segment /a -> redirect 308',
      'prefix segment /b -> default/b:80',
      '* -> redirect 308',
    ]);
    const none = parse(ingress('a', [{ host: 'a.com', paths: [['/', 'a']] }], { ...off, spec }));
    expect(rulesOf(none.host('ingress-class/nginx:80/a.com'))).toEqual(['* -> default/a:80']);
    expect(none.codes).not.toContain('ingress/implied-https-redirect');
    expect(none.codes).not.toContain('ingress/access-annotation-not-read');
  });

  const tls = 'tls: [{hosts: [a.com], secretName: s}]';
  const host = [{ host: 'a.com', paths: [['/', 'a']] }] as const;
  const classObject = (name: string, controller: string) =>
    `---\napiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: ${name}}\nspec: {controller: ${controller}}\n`;
  const sslRedirect = 'nginx.ingress.kubernetes.io/ssl-redirect: "true"';

  it.each([
    ['a word of the name', 'nginx-internal', '', ''],
    ['the annotations', 'public', 'nginx.ingress.kubernetes.io/proxy-body-size: 8m', ''],
    ['the name of a second controller', 'public', '', classObject('public', 'k8s.io/internal-ingress-nginx')],
  ])('takes a class for one of ingress-nginx by %s', (_, className, annotations, more) => {
    const { codes, host: hostOf } = parse(ingress('a', host, { className, spec: tls, annotations }) + more);
    expect(rulesOf(hostOf(`ingress-class/${className}:80/a.com`))).toEqual(['* -> redirect 308']);
    expect(codes.includes('ingress/controller-assumed')).toBe(more === '');
  });

  it.each([
    [
      'an IngressClass of another controller',
      'nginx-plus',
      '',
      classObject('nginx-plus', 'nginx.org/ingress-controller'),
    ],
    ['a name of other words', 'nginxless', '', ''],
    [
      'annotations for two controllers',
      'public',
      'nginx.ingress.kubernetes.io/a: b, alb.ingress.kubernetes.io/a: b',
      '',
    ],
  ])('does not take a class for one of ingress-nginx by %s', (_, className, annotations, more) => {
    const { codes, host: hostOf } = parse(ingress('a', host, { className, spec: tls, annotations }) + more);
    expect(rulesOf(hostOf(`ingress-class/${className}:80/a.com`))).toEqual(['* -> default/a:80']);
    expect(codes).not.toContain('ingress/controller-assumed');
  });

  it('refuses a Secret that nothing can be called', () => {
    const spec = (secret: string) => `tls: [{hosts: [a.com], secretName: "${secret}"}]`;
    for (const secret of ['x'.repeat(300), 'A_b', '*']) {
      expect(parse(ingress('a', host, { spec: spec(secret) })).codes).toContain('ingress/secret-not-a-name');
    }
    expect(parse(ingress('a', host, { spec: spec('a.example.com-tls') })).codes).not.toContain(
      'ingress/secret-not-a-name',
    );
  });

  it('names a redirect that is asked of a controller which is not known to make it', () => {
    const traefik = classObject('edge', 'traefik.io/ingress-controller');
    const asked = parse(ingress('a', host, { className: 'edge', spec: tls, annotations: sslRedirect }) + traefik);
    expect(asked.codes).toContain('ingress/access-annotation-not-read');
    const made = parse(ingress('a', host, { className: 'nginx', spec: tls, annotations: sslRedirect }));
    expect(made.codes).not.toContain('ingress/access-annotation-not-read');
  });
});

describe('annotations and fields', () => {
  it('tells what guards, what routes, what is neutral and what is unknown', () => {
    const annotations = [
      'nginx.ingress.kubernetes.io/auth-url: "https://auth"',
      'nginx.ingress.kubernetes.io/rewrite-target: /',
      'cert-manager.io/cluster-issuer: le',
      'example.com/team: a',
    ].join(', ');
    const { found } = parse(
      ingress('a', [{ host: 'a.com', paths: [['/', 'a']] }], { annotations }) +
        ingress('b', [{ host: 'b.com', paths: [['/', 'b']] }]),
    );
    const ofAnnotations = found.filter(({ code }) => code.includes('annotation'));
    expect(ofAnnotations.map(({ code, severity, affects }) => [code, severity, affects])).toEqual([
      ['ingress/access-annotation-not-read', 'error', { kind: 'hosts', ids: ['ingress-class/web:80/a.com'] }],
      ['ingress/annotation-not-read', 'error', { kind: 'hosts', ids: ['ingress-class/web:80/a.com'] }],
      ['ingress/annotation-unknown', 'info', { kind: 'none' }],
    ]);
    expect(ofAnnotations[1]?.origin?.span().line).toBe(6);
  });

  it('reports a field that Ingress does not have', () => {
    const { found } = parse(
      ingress('a', [{ host: 'a.com', paths: [['/', 'a']] }], { spec: 'tsl: [{hosts: [a.com]}]' }),
    );
    const finding = found.find(({ code }) => code === 'ingress/unknown-field');
    expect(finding?.message).toContain('`tls`');
    expect(finding?.severity).toBe('error');
  });
});

describe('the schema', () => {
  async function check(yaml: string): Promise<readonly string[]> {
    const found: Diagnostic[] = [];
    const validators = await loadValidators([{ group: 'networking.k8s.io', kind: 'Ingress' }]);
    for (const document of readDocuments({ file: 'in.yaml', bytes: new TextEncoder().encode(yaml) }, () => {})) {
      checkSchema(document, validators, (one) => found.push(one));
    }
    return found.map(({ code, origin }) => `${code} ${origin?.field ?? ''}`);
  }

  it('takes what the API server takes and refuses what it refuses', async () => {
    const good = ingress('a', [{ host: 'a.com', paths: [['/', 'a']] }, {}], { spec: 'tls: [{}]' });
    expect(await check(good)).toEqual([]);
    expect(await check(good.replace('"/"', '"api"'))).toEqual([
      'documents/not-allowed-value spec.rules[0].http.paths[0].path',
    ]);
    expect(await check(good.replace('pathType: Prefix, ', ''))).toEqual([
      'documents/missing-field spec.rules[0].http.paths[0]',
    ]);
    expect(await check(good.replace('number: 80', 'number: "80"'))).toHaveLength(1);
    expect(await check(good.replace('service: {name: a, port: {number: 80}}', 'serviceName: a'))).toHaveLength(1);
  });
});
