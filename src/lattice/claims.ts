import type { LatticeResource } from '../emitters/lattice/resources.ts';

/** Something that only one resource has at a time, whatever the two are called. */
export interface Claim {
  /** As people say it, and the same for all that want it. */
  readonly what: string;
  /** The key of what has it. */
  readonly key: string;
  /** The call that told. */
  readonly call?: string;
}

/** A VPC is associated with one service network. */
export function claimOnVpc(vpcId: string): string {
  return vpcId;
}

/** A custom domain leads to one service in a network. */
export function claimOnDomain(domain: string, network: string): string {
  return `the domain ${domain.toLowerCase()} in ${network}`;
}

/** A port of a service has one listener. */
export function claimOnPort(port: number, service: string): string {
  return `port ${port} of ${service}`;
}

/** A priority of a listener has one rule. */
export function claimOnPriority(priority: number, listener: string): string {
  return `priority ${priority} of ${listener}`;
}

/** What each resource of a list claims; `keyOf` gives the key under which the account has what a wanted key names. */
export function claimsOf(resources: readonly LatticeResource[], keyOf: (key: string) => string) {
  const domains = new Map(
    resources.flatMap((one) => (one.kind === 'Service' ? [[one.name, one.customDomainName] as const] : [])),
  );
  return (resource: LatticeResource): string | undefined => {
    switch (resource.kind) {
      case 'ServiceNetworkVpcAssociation':
        return claimOnVpc(resource.vpcId);
      case 'ServiceNetworkServiceAssociation': {
        const domain = domains.get(resource.service);
        return domain === undefined
          ? undefined
          : claimOnDomain(domain, keyOf(`ServiceNetwork ${resource.serviceNetwork}`));
      }
      case 'Listener':
        return claimOnPort(resource.port, `Service ${resource.service}`);
      case 'Rule':
        return claimOnPriority(resource.priority, `Listener ${resource.service}/${resource.listener}`);
      default:
        return undefined;
    }
  };
}
