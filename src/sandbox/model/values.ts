import { ruleIdentifier, targetGroupIdentifier, vpcId } from './identifiers.ts';
import { choice, type Dictionary, flag, list, structure, text, union, type ValueOf, whole } from './shape.ts';

// The values that several operations share. Source of every row: the service model of VPC Lattice, version 2022-11-30.

const clientToken = text(1, 64, /[!-~]/);
const maxResults = whole(1, 100);
const nextToken = text(1, 2048);
export const authType = choice('NONE', 'AWS_IAM');
export const port = whole(1, 65_535);
/** The service's model allows 200 tags in a call; a resource has at most 50 (checked with the quotas). */
export const tags: Dictionary = { kind: 'dictionary', key: text(1, 128), value: text(0, 256), max: 200 };
export const tagKeys = list(tags.key, 0, 200);
/** What every list takes. */
export const page = { maxResults, nextToken };
/** What every create takes. */
export const created = { clientToken, tags };

export const customDomainName = text(3, 255);
export const idleTimeoutSeconds = whole(60, 600);
export const sharingConfig = structure({}, { enabled: flag });
export const listenerProtocol = choice('HTTP', 'HTTPS', 'TLS_PASSTHROUGH');

export const authPolicy = text(0, 36_864);
export const resourcePolicy = text(1, 10_000, /\S/);

export const rulePriority = whole(1, 2000);
const path = text(1, 200, /^\/[a-zA-Z0-9@:%_+.~#?&/=-]*$/);
const headerValue = text(1, 200);

export const ruleMatch = union({
  httpMatch: structure(
    {},
    {
      method: text(0, 16),
      pathMatch: structure({ match: union({ exact: path, prefix: path }) }, { caseSensitive: flag }),
      headerMatches: list(
        structure(
          {
            name: text(1, 100),
            match: union({ exact: headerValue, prefix: headerValue, contains: headerValue }),
          },
          { caseSensitive: flag },
        ),
        1,
        5,
      ),
    },
  ),
});
export type RuleMatch = ValueOf<typeof ruleMatch>;

export const ruleAction = union({
  forward: structure(
    { targetGroups: list(structure({ targetGroupIdentifier }, { weight: whole(0, 999) }), 1, 10) },
    {},
  ),
  fixedResponse: structure({ statusCode: whole(100, 599) }, {}),
});
export type RuleAction = ValueOf<typeof ruleAction>;

/** One item of a batch; what is left out stays as it is. */
export const ruleUpdate = structure(
  { ruleIdentifier },
  { match: ruleMatch, priority: rulePriority, action: ruleAction },
);

export const targetGroupType = choice('IP', 'LAMBDA', 'INSTANCE', 'ALB');
const targetGroupProtocol = choice('HTTP', 'HTTPS', 'TCP');

/** The lower ends are 0 because 0 stands for the default; what else is allowed is checked with the target group. */
export const healthCheck = structure(
  {},
  {
    enabled: flag,
    protocol: targetGroupProtocol,
    protocolVersion: choice('HTTP1', 'HTTP2'),
    port: whole(0, 65_535),
    path: text(0, 2048, /^(\/[a-zA-Z0-9@:%_+.~#?&/=-]*)?$/),
    healthCheckIntervalSeconds: whole(0, 300),
    healthCheckTimeoutSeconds: whole(0, 120),
    healthyThresholdCount: whole(0, 10),
    unhealthyThresholdCount: whole(0, 10),
    matcher: union({ httpCode: text(0, 2000, /^[0-9,-]*$/) }),
  },
);
export type HealthCheck = ValueOf<typeof healthCheck>;

export const targetGroupConfig = structure(
  {},
  {
    port,
    protocol: targetGroupProtocol,
    protocolVersion: choice('HTTP1', 'HTTP2', 'GRPC'),
    ipAddressType: choice('IPV4', 'IPV6'),
    vpcIdentifier: vpcId,
    healthCheck,
    lambdaEventStructureVersion: choice('V1', 'V2'),
  },
);
export type TargetGroupConfig = ValueOf<typeof targetGroupConfig>;

export const target = structure({ id: text(1, 200) }, { port });
export type Target = ValueOf<typeof target>;

export const dnsOptions = structure(
  {},
  {
    privateDnsPreference: choice(
      'VERIFIED_DOMAINS_ONLY',
      'ALL_DOMAINS',
      'VERIFIED_DOMAINS_AND_SPECIFIED_DOMAINS',
      'SPECIFIED_DOMAINS_ONLY',
    ),
    privateDnsSpecifiedDomains: list(text(1, 255), 1, 10),
  },
);
export type DnsOptions = ValueOf<typeof dnsOptions>;
