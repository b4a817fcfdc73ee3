import type { Context, Outcome } from '../context.ts';
import type { Input, OperationName } from '../model/operations.ts';
import * as logs from './access-logs.ts';
import { batchUpdateRule } from './batch-update-rule.ts';
import * as listeners from './listeners.ts';
import * as networks from './networks.ts';
import * as others from './other-associations.ts';
import * as policies from './policies.ts';
import * as rules from './rules.ts';
import * as serviceAssociations from './service-associations.ts';
import * as services from './services.ts';
import * as tags from './tags.ts';
import * as groups from './target-groups.ts';
import * as targets from './targets.ts';
import * as vpcAssociations from './vpc-associations.ts';

type Handlers = { readonly [Name in OperationName]: (context: Context, input: Input<Name>) => Outcome };

/** What each call does. */
export const handlers: Handlers = {
  CreateServiceNetwork: networks.createServiceNetwork,
  GetServiceNetwork: networks.getServiceNetwork,
  ListServiceNetworks: networks.listServiceNetworks,
  UpdateServiceNetwork: networks.updateServiceNetwork,
  DeleteServiceNetwork: networks.deleteServiceNetwork,
  CreateService: services.createService,
  GetService: services.getService,
  ListServices: services.listServices,
  UpdateService: services.updateService,
  DeleteService: services.deleteService,
  CreateListener: listeners.createListener,
  GetListener: listeners.getListener,
  ListListeners: listeners.listListeners,
  UpdateListener: listeners.updateListener,
  DeleteListener: listeners.deleteListener,
  CreateRule: rules.createRule,
  GetRule: rules.getRule,
  ListRules: rules.listRules,
  UpdateRule: rules.updateRule,
  BatchUpdateRule: batchUpdateRule,
  DeleteRule: rules.deleteRule,
  CreateTargetGroup: groups.createTargetGroup,
  GetTargetGroup: groups.getTargetGroup,
  ListTargetGroups: groups.listTargetGroups,
  UpdateTargetGroup: groups.updateTargetGroup,
  DeleteTargetGroup: groups.deleteTargetGroup,
  RegisterTargets: targets.registerTargets,
  DeregisterTargets: targets.deregisterTargets,
  ListTargets: targets.listTargets,
  CreateServiceNetworkServiceAssociation: serviceAssociations.createServiceAssociation,
  GetServiceNetworkServiceAssociation: serviceAssociations.getServiceAssociation,
  ListServiceNetworkServiceAssociations: serviceAssociations.listServiceAssociations,
  DeleteServiceNetworkServiceAssociation: serviceAssociations.deleteServiceAssociation,
  CreateServiceNetworkVpcAssociation: vpcAssociations.createVpcAssociation,
  GetServiceNetworkVpcAssociation: vpcAssociations.getVpcAssociation,
  ListServiceNetworkVpcAssociations: vpcAssociations.listVpcAssociations,
  UpdateServiceNetworkVpcAssociation: vpcAssociations.updateVpcAssociation,
  DeleteServiceNetworkVpcAssociation: vpcAssociations.deleteVpcAssociation,
  ListServiceNetworkVpcEndpointAssociations: others.listVpcEndpointAssociations,
  ListServiceNetworkResourceAssociations: others.listResourceAssociations,
  PutAuthPolicy: policies.putAuthPolicy,
  GetAuthPolicy: policies.getAuthPolicy,
  DeleteAuthPolicy: policies.deleteAuthPolicy,
  PutResourcePolicy: policies.putResourcePolicy,
  GetResourcePolicy: policies.getResourcePolicy,
  DeleteResourcePolicy: policies.deleteResourcePolicy,
  CreateAccessLogSubscription: logs.createAccessLogSubscription,
  GetAccessLogSubscription: logs.getAccessLogSubscription,
  ListAccessLogSubscriptions: logs.listAccessLogSubscriptions,
  UpdateAccessLogSubscription: logs.updateAccessLogSubscription,
  DeleteAccessLogSubscription: logs.deleteAccessLogSubscription,
  TagResource: tags.tagResource,
  UntagResource: tags.untagResource,
  ListTagsForResource: tags.listTagsForResource,
};
