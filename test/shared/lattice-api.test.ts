import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Constraint, whyRefused } from '../../src/emitters/lattice/constraint.ts';
import { constraints, tagConstraints } from '../../src/emitters/lattice/constraints.ts';

/** The model of the API as data; the proof runs only where it is at hand. */
const file = join(process.env['LATTICECTL_SHARED'] ?? '', 'reference/lattice-api.json');
const isThere = process.env['LATTICECTL_SHARED'] !== undefined && existsSync(file);

interface Shape {
  readonly type: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
}

/** The requests that the kinds become, and fields that have another name there. */
const REQUESTS: Readonly<Record<string, readonly [string, Readonly<Record<string, string>>?]>> = {
  ServiceNetwork: ['CreateServiceNetworkRequest'],
  ServiceNetworkVpcAssociation: ['CreateServiceNetworkVpcAssociationRequest', { vpcId: 'vpcIdentifier' }],
  Service: ['CreateServiceRequest'],
  Listener: ['CreateListenerRequest'],
  Rule: ['CreateRuleRequest'],
  TargetGroup: ['CreateTargetGroupRequest'],
  targets: ['RegisterTargetsRequest'],
  AuthPolicy: ['PutAuthPolicyRequest'],
  AccessLogSubscription: ['CreateAccessLogSubscriptionRequest'],
};

const shapes: Readonly<Record<string, Shape>> = isThere ? JSON.parse(readFileSync(file, 'utf8')).shapes : {};

/** Where the table allows less than the model, and what says so. */
const STRICTER: Readonly<Record<string, string>> = {
  AuthPolicyString: 'quota of 10 KB',
  HttpStatusCode: 'the guide knows 404 and 500',
  ListenerProtocol: 'rules of TLS_PASSTHROUGH are not written',
  TargetGroupProtocol: 'TCP goes with TLS_PASSTHROUGH only',
  HealthCheckPort: '0 resets it',
  HealthCheckIntervalSeconds: '0 resets it',
  HealthCheckTimeoutSeconds: '0 resets it',
  HealthyThresholdCount: '0 resets it',
  UnhealthyThresholdCount: '0 resets it',
  HealthCheckPath: 'the empty text resets it',
  HttpCodeMatcher: 'the empty text resets it',
  CertificateArn: 'the empty text removes it',
  ServiceCustomDomainName: 'a name of DNS',
  AccessLogDestinationArn: 'a resource is named',
  TagMap: 'quota of 50, less the marks of ownership',
  TagKey: 'aws: is reserved, and so is what says whose a resource is',
};

/** Members that refer to what exists, that the SDK fills in, that have a table of their own, that are sent in batches, or that no resource of ours has. */
const NOT_WRITTEN =
  /Identifier$|^clientToken$|^tags$|^sharingConfig|^idleTimeoutSeconds$|lambdaEventStructureVersion$|^serviceNetworkLogType$|^dnsOptions|^targets$/;

const rows = [
  ...Object.entries(constraints).flatMap(([kind, fields]) =>
    Object.entries(fields).map(([path, row]) => [`${kind}.${path}`, row] as const),
  ),
  ['tags key', tagConstraints.key] as const,
  ['tags value', tagConstraints.value] as const,
];

/** Texts around the bounds and forms of a shape. */
const samples = (min = 0, max = 10): readonly string[] => {
  const words = [
    ...[
      '',
      '-',
      'a',
      'ab',
      'abc',
      'a-b',
      'a--b',
      '-ab',
      'ab-',
      'Abc',
      'a_b',
      'a.b',
      'svc-a',
      'tg-a',
      'rule-a',
      'listener-a',
    ],
    ...['/', '/a', '/a/b.c', '/a b', '/a?b', '/a{b}', '/é', 'a/b', '200', '200-299', '200,204', '2xx', 'vpc-01234567'],
    ...['vpc-0123456789abcdef0', 'vpc-012', 'vpc-0123456789ABCDEF0', 'sg-01234567', 'sg-0123456789abcdef0', 'sg-1'],
    ...[
      'arn:aws:acm:us-west-2:123456789012:certificate/0a1b-2c',
      'arn:aws:acm:us-west-2:123456789012:other/0a',
      'arn:aws',
    ],
    ...['arn:aws:s3:::a-bucket-of-logs', 'arn:aws:logs:us-west-2:123456789012:log-group:/shop:*'],
    'arn:aws:vpc-lattice:us-west-2:123456789012:targetgroup/tg-0123456789abcdef0',
    'arn:aws:vpc-lattice:us-west-2:123456789012:servicenetwork/sn-0123456789abcdef0',
  ];
  const lengths = [min - 1, min, min + 1, max - 1, max, max + 1].filter((length) => length > 0 && length < 50_000);
  return [...words, ...lengths.flatMap((length) => ['a'.repeat(length), `/${'a'.repeat(length - 1)}`])];
};

const modelTakes = ({ min = 0, max = Number.MAX_SAFE_INTEGER, pattern }: Shape, text: string): boolean =>
  text.length >= min && text.length <= max && (pattern === undefined || new RegExp(`^(?:${pattern})$`).test(text));

function compareText(shape: Shape, row: Constraint, isStricter: boolean): readonly string[] {
  return samples(shape.min, shape.max).filter((text) => {
    const [model, ours] = [modelTakes(shape, text), whyRefused(text, row) === undefined];
    return isStricter ? ours && !model : ours !== model;
  });
}

describe.runIf(isThere)('the table of constraints', () => {
  test.each(rows)('%s says what the model says', (_, row) => {
    const shape = shapes[row.shape];
    if (shape === undefined) throw new Error(`the model has no shape ${row.shape}`);
    const isStricter = row.shape in STRICTER;
    switch (row.kind) {
      case 'text':
        expect(compareText(shape, row, isStricter)).toEqual([]);
        return;
      case 'number':
      case 'list':
        expect(row.min).toBeGreaterThanOrEqual(shape.min ?? 0);
        if (!isStricter) expect(row.min).toBe(shape.min);
        expect(row.max).toBe(shape.max);
        return;
      default:
        for (const value of row.values)
          expect(shape.enum ?? Array.from({ length: 600 }, (__, code) => code)).toContain(value);
        if (!isStricter) expect([...row.values].sort()).toEqual([...(shape.enum ?? [])].sort());
    }
  });

  test.each(rows.filter(([path]) => /^(?:Service|Listener|Rule|TargetGroup|Auth|Access)/.test(path)))(
    '%s is that field of the request',
    (path, row) => {
      const [kind = '', ...steps] = path.split(/\.|(?=\[\])/);
      const [request, renamed = {}] = REQUESTS[steps[0] === 'targets' ? 'targets' : kind] ?? [];
      if (request === undefined || steps[0] === 'arn') return;
      const end = steps.reduce((shape, step) => {
        const { members = {}, member } = shapes[shape] ?? { type: 'none' };
        return step === '[]' ? (member?.shape ?? '') : (members[renamed[step] ?? step]?.shape ?? '');
      }, request);
      expect(end).toBe(row.shape);
    },
  );

  test('every bounded member of the requests has a row, or is not written', () => {
    const bounded = (shape: string): boolean => {
      const { min, max, pattern, enum: values } = shapes[shape] ?? {};
      return [min, max, pattern, values].some((one) => one !== undefined);
    };
    const walk = (shape: string, path: string): readonly string[] => {
      const { members = {}, member } = shapes[shape] ?? { type: 'none' };
      const own = bounded(shape) && path !== '' ? [path] : [];
      const below = Object.entries(members).flatMap(([name, one]) =>
        walk(one.shape, path === '' ? name : `${path}.${name}`),
      );
      return [...own, ...below, ...(member === undefined ? [] : walk(member.shape, `${path}[]`))];
    };
    const missing = Object.entries(REQUESTS).flatMap(([kind, [request, renamed = {}]]) => {
      const fields = kind === 'targets' ? constraints['TargetGroup'] : constraints[kind];
      const known = new Set(
        Object.keys(fields ?? {}).map((path) => path.replace(/^\w+/, (field) => renamed[field] ?? field)),
      );
      return walk(request, '')
        .filter((path) => !known.has(path) && !NOT_WRITTEN.test(path))
        .map((path) => `${kind}.${path}`);
    });
    expect(missing).toEqual([]);
  });

  test('tags are bound by the quota below the model', () => {
    expect(tagConstraints.tags.max).toBeLessThanOrEqual(shapes[tagConstraints.tags.shape]?.max ?? 0);
  });

  test('every exception is needed', () => {
    const used = new Set(['TagMap', ...rows.map(([, row]) => row.shape)]);
    expect(Object.keys(STRICTER).filter((shape) => !used.has(shape))).toEqual([]);
  });
});
