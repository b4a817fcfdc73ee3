import type { TargetGroupConfig } from '../../emitters/lattice/resources.ts';
import type { AnyResource } from '../fields.ts';
import type { LiveResource } from '../live-state.ts';
import type { Loose } from '../loose.ts';
import type { Calls, LiveGroupConfig } from '../port.ts';
import { nameCall } from '../recall.ts';
import { forEach, type Reading } from './reading.ts';

/** The names of target groups by id. */
export type GroupNames = ReadonlyMap<string, string>;

export const LIST_GROUPS = nameCall('ListTargetGroups', {});

type Summary = Calls['ListTargetGroups']['output'][number];

/** Reads the target groups of the account, those of the stack with their targets. */
export async function readTargetGroups(reading: Reading): Promise<GroupNames> {
  const { value: summaries } = await reading.ask('ListTargetGroups', {});
  for (const { arn } of summaries) reading.noteAccount(arn);
  await forEach(summaries, (summary) => readGroup(reading, summary));
  return new Map(summaries.map(({ id, name }) => [id, name]));
}

async function readGroup(reading: Reading, summary: Summary): Promise<void> {
  const { id, arn, name, status } = summary;
  const { owner, tags, isRead, calls } = await reading.readOwner(arn, LIST_GROUPS);
  const common = { kind: 'TargetGroup', key: `TargetGroup ${name}`, name, id, arn, owner, tags } as const;
  const found: LiveResource = {
    ...common,
    ...(status === undefined ? {} : { status }),
    calls: [LIST_GROUPS, ...calls],
  };
  if (!isRead) {
    reading.resources.push(found);
    return;
  }
  const input = { targetGroupIdentifier: id };
  const listed = { list: LIST_GROUPS, lastUpdatedAt: summary.lastUpdatedAt };
  const [{ value: group }, { value: targets }] = await Promise.all([
    reading.askListed('GetTargetGroup', input, listed),
    reading.askListed('ListTargets', input, { list: LIST_GROUPS }),
  ]);
  const members = targets.filter((target) => target.status !== 'DRAINING');
  const version = group.config?.lambdaEventStructureVersion;
  const resource: AnyResource = {
    kind: 'TargetGroup',
    name,
    type: group.type,
    ...(group.type === 'LAMBDA' ? {} : { config: toConfig(group.config) }),
    ...(version === undefined || version === 'V1' ? {} : { lambdaEventStructureVersion: version }),
    targets: members.map((target) => ({
      id: target.id,
      ...(group.type === 'LAMBDA' || target.port === undefined ? {} : { port: target.port }),
    })),
    origin: {},
  };
  reading.resources.push({
    ...found,
    resource,
    users: group.serviceArns ?? [],
    ...(group.status === undefined ? {} : { status: group.status }),
    calls: [...found.calls, nameCall('GetTargetGroup', input), nameCall('ListTargets', input)],
  });
}

function toConfig(config: LiveGroupConfig = {}): Loose<TargetGroupConfig> {
  const { port = 0, protocol = 'HTTP', protocolVersion, ipAddressType, vpcIdentifier = '', healthCheck } = config;
  // A group for TCP has no version.
  const version = protocol === 'TCP' ? undefined : (protocolVersion ?? 'HTTP1');
  const { enabled, matcher, ...rest } = healthCheck ?? {};
  const isOn = enabled ?? (protocol !== 'TCP' && version === 'HTTP1');
  const check = {
    ...rest,
    enabled: isOn,
    ...(matcher?.httpCode === undefined ? {} : { matcher: { httpCode: matcher.httpCode } }),
  };
  return {
    port,
    protocol,
    ...(version === undefined ? {} : { protocolVersion: version }),
    ...(ipAddressType === undefined ? {} : { ipAddressType }),
    vpcIdentifier,
    ...(healthCheck === undefined ? {} : { healthCheck: check }),
  };
}
