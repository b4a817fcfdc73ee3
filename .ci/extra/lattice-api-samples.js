// Values of the shapes of the service model: one that is fine, texts of a given length, texts that may break a pattern.

const account = 'us-west-2:123456789012';
const id = (prefix) => `${prefix}-0123456789abcdefg`;
const arn = (path) => `arn:aws:vpc-lattice:${account}:${path}`;
const serviceArn = arn(`service/${id('svc')}`);

/**
 * For the shapes with a pattern a value that is fine, and what it can be made longer with. A value without a filler has
 * one length only.
 */
const SEEDS = {
  ServiceNetworkName: ['abc', 'a'],
  ServiceName: ['abc', 'a'],
  ListenerName: ['abc', 'a'],
  RuleName: ['abc', 'a'],
  TargetGroupName: ['abc', 'a'],
  ServiceNetworkIdentifier: [id('sn')],
  ServiceIdentifier: [id('svc')],
  ListenerIdentifier: [id('listener')],
  RuleIdentifier: [id('rule')],
  TargetGroupIdentifier: [id('tg')],
  ServiceNetworkServiceAssociationIdentifier: [id('snsa')],
  ServiceNetworkVpcAssociationIdentifier: [id('snva')],
  AccessLogSubscriptionIdentifier: [id('als')],
  ResourceConfigurationIdentifier: [id('rcfg')],
  ResourceIdentifier: [id('sn')],
  ResourceArn: [serviceArn],
  Arn: [serviceArn, 'a'],
  VpcId: ['vpc-0123456789abcdef0'],
  SecurityGroupId: ['sg-0123456789abcdef0'],
  CertificateArn: ['arn:aws:acm:us-west-2:123456789012:certificate/', 'a'],
  AccessLogDestinationArn: ['arn:aws:logs:us-west-2:1:log-group:', 'a'],
  ClientToken: ['a', 'a'],
  PolicyString: ['x', ' '],
  PathMatchExact: ['/', 'a'],
  PathMatchPrefix: ['/', 'a'],
  HealthCheckPath: ['/', 'a'],
  HttpCodeMatcher: ['200', '0'],
};

/** Values that a pattern or the meaning of a member does not ask for, but a call that is to succeed. */
export const FINE = {
  PolicyString: '{"Statement":[{"Effect":"Allow"}]}',
  AuthPolicyString: '{"Statement":[{"Effect":"Allow"}]}',
  AccessLogDestinationArn: 'arn:aws:logs:us-west-2:123456789012:log-group:a',
  HttpStatusCode: 404,
  TargetIdString: '10.0.0.1',
  TargetGroupType: 'LAMBDA',
  ServiceCustomDomainName: 'a.example.com',
  // An empty list cannot be said in a query.
  TagKeys: ['a'],
};

/** What may break a pattern; whether it does, the pattern says. */
const SUSPECTS = [
  '',
  ' ',
  'a',
  'abc',
  'a-b',
  'Abc',
  'a_b',
  'a--b',
  '-ab',
  'ab-',
  'a.b',
  'äbc',
  '/',
  '/a b',
  '/a?b#c',
  'a/',
  '200',
  '200-299,301',
  '200;',
  ...['sn', 'svc', 'listener', 'rule', 'tg', 'snsa', 'snva', 'als', 'rcfg'].flatMap((prefix) => [
    `${prefix}-a`,
    id(prefix),
    `${id(prefix)}x`,
    id(prefix).slice(0, -1),
    id(prefix).toUpperCase(),
  ]),
  ...['vpc', 'sg'].flatMap((prefix) => [`${prefix}-12345678`, `${prefix}-123456789`, `${prefix}-1234567`]),
  serviceArn,
  `${serviceArn}/`,
  serviceArn.replace('vpc-lattice', 'ec2'),
  serviceArn.replace('123456789012', '12345678901'),
  arn(`servicenetwork/${id('sn')}`),
  arn(`targetgroup/${id('tg')}`),
  arn(`service/${id('svc')}/listener/${id('listener')}`),
  arn(`service/${id('svc')}/listener/${id('listener')}/rule/${id('rule')}`),
  arn(`servicenetworkserviceassociation/${id('snsa')}`),
  arn(`servicenetworkvpcassociation/${id('snva')}`),
  arn(`accesslogsubscription/${id('als')}`),
  arn(`resourceconfiguration/${id('rcfg')}`),
  'arn:aws:acm:us-west-2:123456789012:certificate/0-a',
  'arn:aws:acm:us-west-2:123456789012:certificate/A',
  'arn:aws:s3:::a-long-enough-bucket',
  'arn:aws:s3:::/no-bucket-at-all',
  'arn:aws:logs:us-west-2:123456789012:log-group:a',
];

/** Patterns of the model are not anchored in the file, but a value has to match as a whole. */
export function fits(shape, text) {
  return shape.pattern === undefined || new RegExp(`^(?:${shape.pattern})$`).test(text);
}

/** A text of a length that keeps the pattern, or undefined where there is none. */
export function textOf(name, shape, length) {
  if (length < 0) return undefined;
  const [seed, filler] = shape.pattern === undefined ? ['', 'a'] : (SEEDS[name] ?? unknownSeed(name));
  const text = filler === undefined ? seed : seed.slice(0, length).padEnd(length, filler);
  return text.length === length && fits(shape, text) ? text : undefined;
}

/** Texts with and without the pattern. */
export function suspectsOf(shape) {
  return shape.pattern === undefined ? [] : SUSPECTS.map((text) => ({ text, isFine: isFineText(shape, text) }));
}

export function isFineText(shape, text) {
  const length = [...text].length;
  return length >= (shape.min ?? 0) && length <= (shape.max ?? Number.POSITIVE_INFINITY) && fits(shape, text);
}

/** A value of a shape with what it requires and nothing else. */
export function sampleOf(shapes, name) {
  const shape = shapes[name];
  if (FINE[name] !== undefined) return FINE[name];
  switch (shape.type) {
    case 'string':
      if (shape.enum !== undefined) return shape.enum[0];
      return SEEDS[name]?.[0] ?? textOf(name, shape, Math.max(shape.min ?? 1, 1));
    case 'integer':
    case 'long':
      return Math.max(shape.min ?? 1, 1);
    case 'boolean':
      return true;
    case 'list':
      return Array.from({ length: shape.min ?? 0 }, () => sampleOf(shapes, shape.member.shape));
    case 'map':
      return {};
    case 'structure': {
      const members = shape.union ? Object.keys(shape.members).slice(-1) : (shape.required ?? []);
      return Object.fromEntries(members.map((member) => [member, sampleOf(shapes, shape.members[member].shape)]));
    }
    default:
      throw new Error(`${name}: no sample of ${shape.type}`);
  }
}

function unknownSeed(name) {
  throw new Error(`${name} has a pattern and no seed`);
}
