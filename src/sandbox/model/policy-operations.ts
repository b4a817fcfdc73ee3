import {
  accessLogSubscriptionIdentifier,
  accessLogDestinationArn as destinationArn,
  resourceArn,
  resourceIdentifier,
  taggedArn,
} from './identifiers.ts';
import { operation } from './operation.ts';
import { choice } from './shape.ts';
import { authPolicy, created, page, resourcePolicy, tagKeys, tags } from './values.ts';

const ofLog = { accessLogSubscriptionIdentifier };
const ofTagged = { resourceArn: taggedArn };
const logs = '/accesslogsubscriptions';
const log = `${logs}/{accessLogSubscriptionIdentifier}`;

/**
 * The calls on policies, access logs and tags, which hang on other resources.
 * Source: the service model of VPC Lattice, version 2022-11-30.
 */
export const policyOperations = {
  PutAuthPolicy: operation('PUT', '/authpolicy/{resourceIdentifier}', 200, {
    path: { resourceIdentifier },
    required: { policy: authPolicy },
  }),
  GetAuthPolicy: operation('GET', '/authpolicy/{resourceIdentifier}', 200, { path: { resourceIdentifier } }),
  DeleteAuthPolicy: operation('DELETE', '/authpolicy/{resourceIdentifier}', 204, { path: { resourceIdentifier } }),
  PutResourcePolicy: operation('PUT', '/resourcepolicy/{resourceArn}', 200, {
    path: { resourceArn },
    required: { policy: resourcePolicy },
  }),
  GetResourcePolicy: operation('GET', '/resourcepolicy/{resourceArn}', 200, { path: { resourceArn } }),
  DeleteResourcePolicy: operation('DELETE', '/resourcepolicy/{resourceArn}', 204, { path: { resourceArn } }),

  CreateAccessLogSubscription: operation('POST', logs, 201, {
    required: { resourceIdentifier, destinationArn },
    optional: { ...created, serviceNetworkLogType: choice('SERVICE', 'RESOURCE') },
  }),
  GetAccessLogSubscription: operation('GET', log, 200, { path: ofLog }),
  ListAccessLogSubscriptions: operation('GET', logs, 200, { required: { resourceIdentifier }, optional: page }),
  UpdateAccessLogSubscription: operation('PATCH', log, 200, {
    path: ofLog,
    required: { destinationArn },
  }),
  DeleteAccessLogSubscription: operation('DELETE', log, 204, { path: ofLog }),

  TagResource: operation('POST', '/tags/{resourceArn}', 200, { path: ofTagged, required: { tags } }),
  UntagResource: operation('DELETE', '/tags/{resourceArn}', 200, {
    path: ofTagged,
    required: { tagKeys: tagKeys },
  }),
  ListTagsForResource: operation('GET', '/tags/{resourceArn}', 200, { path: ofTagged }),
};
