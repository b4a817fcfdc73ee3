import { targetGroupIdentifier, targetGroupName, vpcId as vpcIdentifier } from './identifiers.ts';
import { operation } from './operation.ts';
import { list } from './shape.ts';
import * as values from './values.ts';

const { created, page, target, targetGroupConfig, targetGroupType } = values;
const ofGroup = { targetGroupIdentifier };
const group = '/targetgroups/{targetGroupIdentifier}';

/**
 * The calls on target groups and their targets.
 * Source: the service model of VPC Lattice, version 2022-11-30.
 */
export const targetOperations = {
  CreateTargetGroup: operation('POST', '/targetgroups', 201, {
    required: { name: targetGroupName, type: targetGroupType },
    optional: { ...created, config: targetGroupConfig },
  }),
  GetTargetGroup: operation('GET', group, 200, { path: ofGroup }),
  ListTargetGroups: operation('GET', '/targetgroups', 200, {
    optional: { ...page, vpcIdentifier, targetGroupType },
  }),
  UpdateTargetGroup: operation('PATCH', group, 200, {
    path: ofGroup,
    required: { healthCheck: values.healthCheck },
  }),
  DeleteTargetGroup: operation('DELETE', group, 200, { path: ofGroup }),
  RegisterTargets: operation('POST', `${group}/registertargets`, 200, {
    path: ofGroup,
    required: { targets: list(target, 1, 100) },
  }),
  DeregisterTargets: operation('POST', `${group}/deregistertargets`, 200, {
    path: ofGroup,
    required: { targets: list(target, 1, 100) },
  }),
  ListTargets: operation('POST', `${group}/listtargets`, 200, {
    path: ofGroup,
    optional: { ...page, targets: list(target, 0, 20) },
  }),
};
