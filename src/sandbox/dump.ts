import { canonical } from './canonical.ts';
import { showAccessLogSubscription } from './operations/access-logs.ts';
import { showListener } from './operations/listeners.ts';
import { showServiceNetwork } from './operations/networks.ts';
import { stateOf } from './operations/policies.ts';
import { showRule } from './operations/rules.ts';
import { showServiceAssociation } from './operations/service-associations.ts';
import { showService } from './operations/services.ts';
import { showTargetGroup } from './operations/target-groups.ts';
import { showVpcAssociation } from './operations/vpc-associations.ts';
import { settle } from './state/settle.ts';
import type { State } from './state/state.ts';

type Row = Readonly<Record<string, unknown>>;

/** How each kind is dumped: its rows as Get calls show them, each with what it is sorted by. */
const kinds: Readonly<Record<string, (state: State) => readonly (readonly [string, Row])[]>> = {
  ServiceNetwork: (state) => rows(state.ServiceNetwork, (row) => [row.name, showServiceNetwork(row)]),
  Service: (state) => rows(state.Service, (row) => [row.name, showService(row)]),
  Listener: (state) => rows(state.Listener, (row) => [`${nameOf(state, row)} ${row.name}`, showListener(row)]),
  Rule: (state) =>
    rows(state.Rule, (row) => {
      const listener = state.Listener.get(row.listenerId)?.name ?? '';
      return [`${nameOf(state, row)} ${listener} ${String(row.priority).padStart(4, '0')}`, showRule(row)];
    }),
  TargetGroup: (state) => rows(state.TargetGroup, (row) => [row.name, showTargetGroup(row)]),
  Target: (state) =>
    rows(state.Target, ({ targetGroupId, id, port }) => {
      const targetGroupName = state.TargetGroup.get(targetGroupId)?.name ?? '';
      return [`${targetGroupName} ${id} ${port ?? ''}`, { targetGroupId, targetGroupName, id, port }];
    }),
  ServiceNetworkServiceAssociation: (state) =>
    rows(state.ServiceAssociation, (row) => {
      const shown = showServiceAssociation(state, row);
      return [`${shown.serviceNetworkName} ${shown.serviceName}`, shown];
    }),
  ServiceNetworkVpcAssociation: (state) =>
    rows(state.VpcAssociation, (row) => {
      const shown = showVpcAssociation(state, row);
      return [`${shown.serviceNetworkName} ${row.vpcId}`, shown];
    }),
  AccessLogSubscription: (state) =>
    rows(state.AccessLogSubscription, (row) => [
      `${row.resourceArn} ${row.destinationArn} ${row.serviceNetworkLogType ?? ''}`,
      showAccessLogSubscription(row),
    ]),
  AuthPolicy: (state) =>
    [...state.AuthPolicy].map(([resourceId, { policy }]) => {
      const resource = state.Service.get(resourceId) ?? state.ServiceNetwork.get(resourceId);
      const { arn = '', name = '' } = resource ?? {};
      const inForce = resource === undefined ? {} : { state: stateOf(resource) };
      return [`${name} ${arn}`, { resourceId, resourceArn: arn, resourceName: name, policy, ...inForce }];
    }),
  ResourcePolicy: (state) =>
    [...state.ResourcePolicy].map(([resourceArn, { policy }]) => [resourceArn, { resourceArn, policy }]),
};

/**
 * The whole state as JSON: what is under way is over, and times, counters and health are left out. Two ways to the same
 * resources give the same bytes.
 */
export function dump(state: State): Readonly<Record<string, readonly unknown[]>> {
  const settled = settle(state, Number.POSITIVE_INFINITY);
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, list]) => {
      const sorted = [...list(settled)].sort(([one, a], [other, b]) =>
        compare(`${one} ${String(a['id'])}`, `${other} ${String(b['id'])}`),
      );
      return [kind, sorted.map(([, row]) => canonical(withTags(settled, row)))];
    }),
  );
}

function rows<Value>(
  table: ReadonlyMap<string, Value>,
  show: (row: Value) => readonly [string, Row],
): readonly (readonly [string, Row])[] {
  return [...table.values()].map(show);
}

function withTags(state: State, { createdAt: _, lastUpdatedAt: __, ...row }: Row): Row {
  const { arn } = row;
  return typeof arn === 'string' ? { ...row, tags: state.Tags.get(arn) ?? {} } : row;
}

function nameOf(state: State, { serviceId }: { readonly serviceId: string }): string {
  return state.Service.get(serviceId)?.name ?? '';
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
