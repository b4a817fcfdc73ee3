/** What a field of a resource must be. `shape` is the name of its type in the API model, version 2022-11-30. */
export type Constraint =
  | { readonly kind: 'text'; readonly shape: string; readonly min: number; readonly max: number; readonly form?: Form }
  | { readonly kind: 'number'; readonly shape: string; readonly min: number; readonly max: number }
  | { readonly kind: 'one-of'; readonly shape: string; readonly values: readonly (string | number)[] }
  | { readonly kind: 'list'; readonly shape: string; readonly min: number; readonly max: number };

/** A form that a text must have, and how people are told. */
interface Form {
  readonly pattern: RegExp;
  readonly words: string;
}

const nameForm = (prefix?: string): Form => ({
  pattern: prefix === undefined ? /^[a-z0-9]+(?:-[a-z0-9]+)*$/ : new RegExp(`^(?!${prefix})[a-z0-9]+(?:-[a-z0-9]+)*$`),
  words: `lower-case letters, digits and single hyphens between them${prefix === undefined ? '' : `, not starting with ${prefix}`}`,
});
const PATH: Form = {
  pattern: /^\/[a-zA-Z0-9@:%_+.~#?&/=-]*$/,
  words: 'a path of letters, digits and @ : % _ + . ~ # ? & / = -',
};
const arnForm = (resource: string, words: string): Form => ({
  pattern: new RegExp(`^arn:[a-z0-9-]+:vpc-lattice:[a-zA-Z0-9-]+:\\d{12}:${resource}-[0-9a-z]{17}$`),
  words,
});

const name = (shape: string, max: number, prefix?: string): Constraint => ({
  kind: 'text',
  shape,
  min: 3,
  max,
  form: nameForm(prefix),
});
const text = (shape: string, min: number, max: number, form?: Form): Constraint => ({
  kind: 'text',
  shape,
  min,
  max,
  ...(form === undefined ? {} : { form }),
});
const number = (shape: string, min: number, max: number): Constraint => ({ kind: 'number', shape, min, max });
const list = (shape: string, min: number, max: number): Constraint => ({ kind: 'list', shape, min, max });
const oneOf = (shape: string, ...values: readonly (string | number)[]): Constraint => ({
  kind: 'one-of',
  shape,
  values,
});

const VPC_ID: Constraint = text('VpcId', 5, 50, {
  pattern: /^vpc-(?:[0-9a-z]{8}|[0-9a-z]{17})$/,
  words: 'vpc- and 8 or 17 letters and digits',
});

const action = {
  'forward.targetGroups': list('WeightedTargetGroupList', 1, 10),
  'forward.targetGroups[].weight': number('TargetGroupWeight', 0, 999),
  // The model takes 100 to 599; the service has these two (User Guide, listener rules).
  'fixedResponse.statusCode': oneOf('HttpStatusCode', 404, 500),
} as const;

/**
 * The constraints of the API on single fields, by kind and path; `[]` stands for every item of a list. Stricter than the
 * model where the guide says so: bounds of health checks have 0 in the model, which only resets them.
 */
export const constraints: Readonly<Record<string, Readonly<Record<string, Constraint>>>> = {
  ServiceNetwork: {
    name: name('ServiceNetworkName', 63),
    arn: text('ServiceNetworkArn', 32, 2048, arnForm('servicenetwork/sn', 'the ARN of a service network')),
    authType: oneOf('AuthType', 'NONE', 'AWS_IAM'),
  },
  ServiceNetworkVpcAssociation: {
    vpcId: VPC_ID,
    securityGroupIds: list('CreateServiceNetworkVpcAssociationRequestSecurityGroupIdsList', 0, 5),
    'securityGroupIds[]': text('SecurityGroupId', 5, 200, {
      pattern: /^sg-(?:[0-9a-z]{8}|[0-9a-z]{17})$/,
      words: 'sg- and 8 or 17 letters and digits',
    }),
  },
  Service: {
    name: name('ServiceName', 40, 'svc-'),
    customDomainName: text('ServiceCustomDomainName', 3, 255),
    certificateArn: text('CertificateArn', 0, 2048, {
      pattern:
        /^arn(?::[a-z0-9]+(?:[.-][a-z0-9]+)*){2}(?::(?:[a-z0-9]+(?:[.-][a-z0-9]+)*)?){2}:certificate\/[0-9a-z-]+$/,
      words: 'the ARN of a certificate',
    }),
    authType: oneOf('AuthType', 'NONE', 'AWS_IAM'),
  },
  AuthPolicy: {
    // 36 864 in the model; the quota is 10 KB and not adjustable (User Guide, quotas).
    policy: text('AuthPolicyString', 0, 10_240),
  },
  AccessLogSubscription: {
    destinationArn: text('AccessLogDestinationArn', 20, 2048, {
      pattern: /^arn(?::[a-z0-9]+(?:[.-][a-z0-9]+)*){2}(?::(?:[a-z0-9]+(?:[.-][a-z0-9]+)*)?){2}:[^/].*$/,
      words: 'the ARN of a log group, a bucket or a delivery stream',
    }),
  },
  Listener: {
    name: name('ListenerName', 63, 'listener-'),
    protocol: oneOf('ListenerProtocol', 'HTTP', 'HTTPS'),
    port: number('Port', 1, 65_535),
    ...under('defaultAction', action),
  },
  Rule: {
    name: name('RuleName', 63, 'rule-'),
    priority: number('RulePriority', 1, 2000),
    'match.httpMatch.method': text('HttpMethod', 0, 16),
    'match.httpMatch.pathMatch.match.exact': text('PathMatchExact', 1, 200, PATH),
    'match.httpMatch.pathMatch.match.prefix': text('PathMatchPrefix', 1, 200, PATH),
    'match.httpMatch.headerMatches': list('HeaderMatchList', 1, 5),
    'match.httpMatch.headerMatches[].name': text('HeaderMatchName', 1, 100),
    'match.httpMatch.headerMatches[].match.exact': text('HeaderMatchExact', 1, 200),
    'match.httpMatch.headerMatches[].match.prefix': text('HeaderMatchPrefix', 1, 200),
    'match.httpMatch.headerMatches[].match.contains': text('HeaderMatchContains', 1, 200),
    ...under('action', action),
  },
  TargetGroup: {
    name: name('TargetGroupName', 128, 'tg-'),
    type: oneOf('TargetGroupType', 'IP', 'INSTANCE', 'LAMBDA', 'ALB'),
    'config.port': number('Port', 1, 65_535),
    'config.protocol': oneOf('TargetGroupProtocol', 'HTTP', 'HTTPS'),
    'config.protocolVersion': oneOf('TargetGroupProtocolVersion', 'HTTP1', 'HTTP2', 'GRPC'),
    'config.ipAddressType': oneOf('IpAddressType', 'IPV4', 'IPV6'),
    'config.vpcIdentifier': VPC_ID,
    'config.healthCheck.protocol': oneOf('TargetGroupProtocol', 'HTTP', 'HTTPS'),
    'config.healthCheck.protocolVersion': oneOf('HealthCheckProtocolVersion', 'HTTP1', 'HTTP2'),
    'config.healthCheck.port': number('HealthCheckPort', 1, 65_535),
    'config.healthCheck.path': text('HealthCheckPath', 0, 2048, PATH),
    'config.healthCheck.healthCheckIntervalSeconds': number('HealthCheckIntervalSeconds', 5, 300),
    'config.healthCheck.healthCheckTimeoutSeconds': number('HealthCheckTimeoutSeconds', 1, 120),
    'config.healthCheck.healthyThresholdCount': number('HealthyThresholdCount', 2, 10),
    'config.healthCheck.unhealthyThresholdCount': number('UnhealthyThresholdCount', 2, 10),
    'config.healthCheck.matcher.httpCode': text('HttpCodeMatcher', 0, 2000, {
      pattern: /^[0-9-,]+$/,
      words: 'status codes such as 200,204-299',
    }),
    'targets[].id': text('TargetIdString', 1, 200),
    'targets[].port': number('Port', 1, 65_535),
  },
  ExternalTargetGroup: {
    arn: text('TargetGroupArn', 20, 2048, arnForm('targetgroup/tg', 'the ARN of a target group')),
  },
};

/** Tags of one resource: 50 of the model's 200 (User Guide, quotas). */
export const tagConstraints = {
  tags: { shape: 'TagMap', min: 0, max: 50 },
  key: text('TagKey', 1, 128, { pattern: /^(?!aws:)/, words: 'a key without the prefix aws:' }),
  value: text('TagValue', 0, 256),
} as const;

function under(path: string, rows: Readonly<Record<string, Constraint>>): Readonly<Record<string, Constraint>> {
  return Object.fromEntries(Object.entries(rows).map(([key, row]) => [`${path}.${key}`, row]));
}

/** Why a value breaks a constraint, in words; undefined where it does not. */
export function whyRefused(value: unknown, constraint: Constraint): string | undefined {
  switch (constraint.kind) {
    case 'text': {
      if (typeof value !== 'string') return 'it is no text';
      const { min, max, form } = constraint;
      if (value.length < min || value.length > max)
        return `it has ${value.length} characters, and ${min} to ${max} are allowed`;
      return form === undefined || form.pattern.test(value) ? undefined : `it is not of the form ${form.words}`;
    }
    case 'number': {
      const { min, max } = constraint;
      const fits = typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
      return fits ? undefined : `it is no whole number from ${min} to ${max}`;
    }
    case 'one-of':
      return constraint.values.some((one) => one === value)
        ? undefined
        : `it is none of ${constraint.values.join(', ')}`;
    case 'list': {
      const { min, max } = constraint;
      const length = Array.isArray(value) ? value.length : 0;
      return length >= min && length <= max ? undefined : `it has ${length} entries, and ${min} to ${max} are allowed`;
    }
  }
}
