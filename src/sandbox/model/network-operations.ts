import * as ids from './identifiers.ts';
import { operation } from './operation.ts';
import { flag, list } from './shape.ts';
import { authType, created, dnsOptions, page, sharingConfig } from './values.ts';

const { securityGroupId, serviceIdentifier, serviceNetworkIdentifier, vpcId: vpcIdentifier } = ids;
const ofNetwork = { serviceNetworkIdentifier };
const ofServiceAssociation = { serviceNetworkServiceAssociationIdentifier: ids.serviceAssociationIdentifier };
const ofVpcAssociation = { serviceNetworkVpcAssociationIdentifier: ids.vpcAssociationIdentifier };
const network = '/servicenetworks/{serviceNetworkIdentifier}';
const serviceAssociations = '/servicenetworkserviceassociations';
const serviceAssociation = `${serviceAssociations}/{serviceNetworkServiceAssociationIdentifier}`;
const vpcAssociations = '/servicenetworkvpcassociations';
const vpcAssociation = `${vpcAssociations}/{serviceNetworkVpcAssociationIdentifier}`;

/**
 * The calls on service networks and on what is associated with them. Endpoints and resources cannot be associated here,
 * but they can be asked for.
 * Source: the service model of VPC Lattice, version 2022-11-30.
 */
export const networkOperations = {
  CreateServiceNetwork: operation('POST', '/servicenetworks', 201, {
    required: { name: ids.serviceNetworkName },
    optional: { ...created, authType, sharingConfig: sharingConfig },
  }),
  GetServiceNetwork: operation('GET', network, 200, { path: ofNetwork }),
  ListServiceNetworks: operation('GET', '/servicenetworks', 200, { optional: page }),
  UpdateServiceNetwork: operation('PATCH', network, 200, {
    path: ofNetwork,
    required: { authType },
  }),
  DeleteServiceNetwork: operation('DELETE', network, 204, { path: ofNetwork }),

  CreateServiceNetworkServiceAssociation: operation('POST', serviceAssociations, 200, {
    required: { serviceIdentifier, serviceNetworkIdentifier },
    optional: created,
  }),
  GetServiceNetworkServiceAssociation: operation('GET', serviceAssociation, 200, { path: ofServiceAssociation }),
  ListServiceNetworkServiceAssociations: operation('GET', serviceAssociations, 200, {
    optional: { ...page, serviceIdentifier, serviceNetworkIdentifier },
  }),
  DeleteServiceNetworkServiceAssociation: operation('DELETE', serviceAssociation, 200, { path: ofServiceAssociation }),

  CreateServiceNetworkVpcAssociation: operation('POST', vpcAssociations, 200, {
    required: { serviceNetworkIdentifier, vpcIdentifier },
    optional: {
      ...created,
      securityGroupIds: list(securityGroupId, 0, 5),
      privateDnsEnabled: flag,
      dnsOptions: dnsOptions,
    },
  }),
  GetServiceNetworkVpcAssociation: operation('GET', vpcAssociation, 200, { path: ofVpcAssociation }),
  ListServiceNetworkVpcAssociations: operation('GET', vpcAssociations, 200, {
    optional: { ...page, serviceNetworkIdentifier, vpcIdentifier },
  }),
  UpdateServiceNetworkVpcAssociation: operation('PATCH', vpcAssociation, 200, {
    path: ofVpcAssociation,
    required: { securityGroupIds: list(securityGroupId, 1, 5) },
    // Newer models take these too, and then do without security groups.
    optional: { privateDnsEnabled: flag, dnsOptions: dnsOptions },
  }),
  DeleteServiceNetworkVpcAssociation: operation('DELETE', vpcAssociation, 200, { path: ofVpcAssociation }),
  ListServiceNetworkVpcEndpointAssociations: operation('GET', '/servicenetworkvpcendpointassociations', 200, {
    required: { serviceNetworkIdentifier },
    optional: page,
  }),
  ListServiceNetworkResourceAssociations: operation('GET', '/servicenetworkresourceassociations', 200, {
    optional: {
      ...page,
      serviceNetworkIdentifier,
      resourceConfigurationIdentifier: ids.resourceConfigurationIdentifier,
      includeChildren: flag,
    },
  }),
};
