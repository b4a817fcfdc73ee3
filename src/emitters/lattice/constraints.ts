import {
  LATTICE_PATH,
  MAX_HEADER_NAME,
  MAX_HEADER_VALUE,
  MAX_HEADERS,
  MAX_METHOD,
  MAX_PATH,
  MAX_PRIORITY,
  MAX_TARGETS_OF_RULE,
  MAX_WEIGHT,
  NAME_LENGTHS,
  SERVICE_PREFIX,
} from '../lattice-limits.ts';
import { isIpv6, isPrivateIpv4 } from './addresses.ts';
import { type Constraint, type Form, formOf, list, number, oneOf, text } from './constraint.ts';

const nameForm = (prefix?: string): Form => {
  const words = 'made of lower-case letters, digits and single hyphens between them';
  if (prefix === undefined) return formOf(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, words);
  return formOf(new RegExp(`^(?!${prefix})[a-z0-9]+(?:-[a-z0-9]+)*$`), `${words}, not starting with ${prefix}`);
};
const PATH = formOf(LATTICE_PATH, 'a path of letters, digits and @ : % _ + . ~ # ? & / = -');
const arnForm = (resource: string, words: string): Form =>
  formOf(new RegExp(`^arn:[a-z0-9-]+:vpc-lattice:[a-zA-Z0-9-]+:\\d{12}:${resource}-[0-9a-z]{17}$`), words);

const name = (shape: string, max: number, prefix?: string): Constraint => text(shape, 3, max, nameForm(prefix));

const VPC_ID: Constraint = text(
  'VpcId',
  5,
  50,
  formOf(/^vpc-(?:[0-9a-z]{8}|[0-9a-z]{17})$/, 'an id of vpc- and 8 or 17 letters and digits'),
);
/** A name of DNS; whether a custom domain may be a wildcard is not documented, and a service answers to one name. */
const DOMAIN = formOf(
  /^(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/i,
  'a single host name of letters, digits, hyphens and dots',
);
/** 200 to 499 (API reference, Matcher). */
const STATUS_CODES: Form = {
  takes: (text) =>
    text.split(',').every((part) => {
      const [, low = '', high = low] = /^([2-4]\d\d)(?:-([2-4]\d\d))?$/.exec(part) ?? [];
      return low !== '' && low <= high;
    }),
  words: 'a list of status codes from 200 to 499, such as 200,204-299',
};

const action = {
  'forward.targetGroups': list('WeightedTargetGroupList', 1, MAX_TARGETS_OF_RULE),
  'forward.targetGroups[].weight': number('TargetGroupWeight', 0, MAX_WEIGHT),
  // The model takes 100 to 599; the service has these two (User Guide, listener rules).
  'fixedResponse.statusCode': oneOf('HttpStatusCode', 404, 500),
} as const;

/**
 * The constraints of the API on single fields, by kind and path; `[]` stands for every item of a list. Stricter than the
 * model where the guide says so: bounds of health checks have 0 in the model, which only resets them.
 */
export const constraints: Readonly<Record<string, Readonly<Record<string, Constraint>>>> = {
  ServiceNetwork: {
    name: name('ServiceNetworkName', NAME_LENGTHS.serviceNetwork),
    arn: text('ServiceNetworkArn', 32, 2048, arnForm('servicenetwork/sn', 'the ARN of a service network')),
    authType: oneOf('AuthType', 'NONE', 'AWS_IAM'),
  },
  ServiceNetworkVpcAssociation: {
    vpcId: VPC_ID,
    securityGroupIds: list('CreateServiceNetworkVpcAssociationRequestSecurityGroupIdsList', 0, 5),
    'securityGroupIds[]': text(
      'SecurityGroupId',
      5,
      200,
      formOf(/^sg-(?:[0-9a-z]{8}|[0-9a-z]{17})$/, 'an id of sg- and 8 or 17 letters and digits'),
    ),
  },
  Service: {
    name: name('ServiceName', NAME_LENGTHS.service, SERVICE_PREFIX),
    customDomainName: text('ServiceCustomDomainName', 3, 255, DOMAIN),
    certificateArn: text(
      'CertificateArn',
      0,
      2048,
      formOf(
        /^arn(?::[a-z0-9]+(?:[.-][a-z0-9]+)*){2}(?::(?:[a-z0-9]+(?:[.-][a-z0-9]+)*)?){2}:certificate\/[0-9a-z-]+$/,
        'the ARN of a certificate',
      ),
    ),
    authType: oneOf('AuthType', 'NONE', 'AWS_IAM'),
  },
  AuthPolicy: {
    // 36 864 in the model; the quota is 10 KB and not adjustable (User Guide, quotas).
    policy: text('AuthPolicyString', 0, 10_240),
  },
  AccessLogSubscription: {
    destinationArn: text(
      'AccessLogDestinationArn',
      20,
      2048,
      formOf(
        /^arn(?::[a-z0-9]+(?:[.-][a-z0-9]+)*){2}(?::(?:[a-z0-9]+(?:[.-][a-z0-9]+)*)?){2}:[^/].*$/,
        'the ARN of a log group, a bucket or a delivery stream',
      ),
    ),
  },
  Listener: {
    name: name('ListenerName', NAME_LENGTHS.listener, 'listener-'),
    protocol: oneOf('ListenerProtocol', 'HTTP', 'HTTPS'),
    port: number('Port', 1, 65_535),
    ...under('defaultAction', action),
  },
  Rule: {
    name: name('RuleName', NAME_LENGTHS.rule, 'rule-'),
    priority: number('RulePriority', 1, MAX_PRIORITY),
    'match.httpMatch.method': text('HttpMethod', 0, MAX_METHOD),
    'match.httpMatch.pathMatch.match.exact': text('PathMatchExact', 1, MAX_PATH, PATH),
    'match.httpMatch.pathMatch.match.prefix': text('PathMatchPrefix', 1, MAX_PATH, PATH),
    'match.httpMatch.headerMatches': list('HeaderMatchList', 1, MAX_HEADERS),
    'match.httpMatch.headerMatches[].name': text('HeaderMatchName', 1, MAX_HEADER_NAME),
    'match.httpMatch.headerMatches[].match.exact': text('HeaderMatchExact', 1, MAX_HEADER_VALUE),
    'match.httpMatch.headerMatches[].match.prefix': text('HeaderMatchPrefix', 1, MAX_HEADER_VALUE),
    'match.httpMatch.headerMatches[].match.contains': text('HeaderMatchContains', 1, MAX_HEADER_VALUE),
    ...under('action', action),
  },
  TargetGroup: {
    name: name('TargetGroupName', NAME_LENGTHS.targetGroup, 'tg-'),
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
    'config.healthCheck.matcher.httpCode': text('HttpCodeMatcher', 0, 2000, STATUS_CODES),
    'targets[].id': text('TargetIdString', 1, 200),
    'targets[].port': number('Port', 1, 65_535),
  },
  ExternalTargetGroup: {
    arn: text('TargetGroupArn', 20, 2048, arnForm('targetgroup/tg', 'the ARN of a target group')),
  },
};

/** The marks of ownership (`latticectl/stack`, `latticectl/id`), which stand beside the tags of the settings. */
const OWN_TAGS = 2;

/** Tags of one resource: 50 of the model's 200 (User Guide, quotas), less those that say whose it is. */
export const tagConstraints = {
  tags: { shape: 'TagMap', min: 0, max: 50 - OWN_TAGS },
  key: text(
    'TagKey',
    1,
    128,
    formOf(
      /^(?!aws:|latticectl\/|application-networking\.k8s\.aws\/)/i,
      'a key of your own: aws:, latticectl/ and application-networking.k8s.aws/ say whose a resource is',
    ),
  ),
  value: text('TagValue', 0, 256),
} as const;

/** What a target is, by the type of its group (API reference, Target; User Guide, register targets). */
export const targetForms: Readonly<Record<TargetKind, Form>> = {
  IPV4: { takes: isPrivateIpv4, words: 'a private IPv4 address' },
  IPV6: { takes: isIpv6, words: 'an IPv6 address' },
  INSTANCE: formOf(/^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/, 'the id of an instance'),
  LAMBDA: formOf(/^arn:[a-z0-9-]+:lambda:[a-z0-9-]+:\d{12}:function:\S+$/, 'the ARN of a function'),
  ALB: formOf(
    /^arn:[a-z0-9-]+:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/app\/\S+$/,
    'the ARN of an Application Load Balancer',
  ),
};

export type TargetKind = 'IPV4' | 'IPV6' | 'INSTANCE' | 'LAMBDA' | 'ALB';

/** Services that one Application Load Balancer may be a target of (User Guide, target groups). */
export const SERVICES_OF_ALB = 2;

function under(path: string, rows: Readonly<Record<string, Constraint>>): Readonly<Record<string, Constraint>> {
  return Object.fromEntries(Object.entries(rows).map(([key, row]) => [`${path}.${key}`, row]));
}
