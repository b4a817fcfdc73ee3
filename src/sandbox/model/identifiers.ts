import { text } from './shape.ts';

// Ids, ARNs and names of the API. Source of every row: the service model of VPC Lattice, version 2022-11-30.

const arn = 'arn:[a-z0-9-]+:vpc-lattice:[a-zA-Z0-9-]+:\\d{12}:';
/** The looser form of an ARN, which the operations on policies and access logs take. */
const looseArn = 'arn(:[a-z0-9]+([.-][a-z0-9]+)*){2}(:([a-z0-9]+([.-][a-z0-9]+)*)?){2}:';
const id = (prefix: string) => `${prefix}-[0-9a-z]{17}`;

/** An id, or an ARN that ends in this path; never a name. */
function identifier(prefix: string, path: string, min: number) {
  return text(min, 2048, new RegExp(`^(${id(prefix)}|${arn}${path}${id(prefix)})$`));
}

const inService = `service/${id('svc')}/`;

export const serviceNetworkIdentifier = identifier('sn', 'servicenetwork/', 3);
export const serviceIdentifier = identifier('svc', 'service/', 17);
export const listenerIdentifier = identifier('listener', `${inService}listener/`, 20);
export const ruleIdentifier = identifier('rule', `${inService}listener/${id('listener')}/rule/`, 20);
export const targetGroupIdentifier = identifier('tg', 'targetgroup/', 17);
export const serviceAssociationIdentifier = identifier('snsa', 'servicenetworkserviceassociation/', 17);
export const vpcAssociationIdentifier = identifier('snva', 'servicenetworkvpcassociation/', 17);
export const accessLogSubscriptionIdentifier = identifier('als', 'accesslogsubscription/', 17);
export const resourceConfigurationIdentifier = identifier('rcfg', 'resourceconfiguration/', 20);

const shareable = '(servicenetwork/sn|service/svc|resourceconfiguration/rcfg)-[0-9a-z]{17}';
/** What has policies and access logs: a service network or a service. */
export const resourceIdentifier = text(17, 200, new RegExp(`^((sn|svc|rcfg)-[0-9a-z]{17}|${looseArn}${shareable})$`));
export const resourceArn = text(20, 200, new RegExp(`^${looseArn}${shareable}$`));
/** What has tags. */
export const taggedArn = text(
  0,
  1224,
  /^arn:[a-z0-9][-.a-z0-9]{0,62}:vpc-lattice:([a-z0-9][-.a-z0-9]{0,62})?:\d{12}?:[^/].{0,1023}$/,
);

export const vpcId = text(5, 50, /^vpc-([0-9a-z]{8}|[0-9a-z]{17})$/);
export const securityGroupId = text(5, 200, /^sg-([0-9a-z]{8}|[0-9a-z]{17})$/);
export const certificateArn = text(0, 2048, new RegExp(`^(${looseArn}certificate/[0-9a-z-]+)?$`));
export const accessLogDestinationArn = text(20, 2048, new RegExp(`^${looseArn}([^/].*)?$`));

/** Lower-case letters, digits and single hyphens inside; some kinds reserve the prefix of their ids. */
function name(max: number, reserved?: string) {
  const prefix = reserved === undefined ? '' : `(?!${reserved}-)`;
  return text(3, max, new RegExp(`^${prefix}(?!-)(?!.*-$)(?!.*--)[a-z0-9-]+$`));
}

export const serviceNetworkName = name(63);
export const serviceName = name(40, 'svc');
export const listenerName = name(63, 'listener');
export const ruleName = name(63, 'rule');
export const targetGroupName = name(128, 'tg');
