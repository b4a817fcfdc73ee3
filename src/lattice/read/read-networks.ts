import { claimOnDomain, claimOnVpc } from '../claims.ts';
import { Contradiction } from '../live-error.ts';
import type { LiveResource } from '../live-state.ts';
import { accountIn } from '../owner.ts';
import type { ServiceAssociationSummary, Summary, VpcAssociationDetails, VpcAssociationSummary } from '../port.ts';
import { nameCall } from '../recall.ts';
import { readAccess } from './read-access.ts';
import { type KnownService, LIST_SERVICES } from './read-services.ts';
import { forEach, type Reading } from './reading.ts';

const LIST_NETWORKS = nameCall('ListServiceNetworks', {});

type Services = ReadonlyMap<string, KnownService>;

interface Network {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly key: string;
  readonly isRead: boolean;
}

/** Reads the networks with their associations, as far as these are ours or concern what is ours. */
export async function readNetworks(reading: Reading, services: Services): Promise<void> {
  const { value: summaries } = await reading.ask('ListServiceNetworks', {});
  await forEach(summaries, async (summary) => {
    const network = await readNetwork(reading, { ...summary, name: nameOf(summary, summaries, reading.account) });
    await forEach([readServiceAssociations, readVpcAssociations], (step) => step(reading, network, services));
  });
}

/** Networks that are shared may have a name that another one has. */
function nameOf({ id, name, arn }: Summary, all: readonly Summary[], account: string | undefined): string {
  const isUnique = all.every((other) => other.id === id || other.name !== name);
  return isUnique || accountIn(arn) === account ? name : `${name}@${accountIn(arn)}`;
}

async function readNetwork(reading: Reading, summary: Summary): Promise<Network> {
  const { id, arn, name } = summary;
  const { owner, tags, isRead, calls } = await reading.readOwner(arn, LIST_NETWORKS);
  const key = `ServiceNetwork ${name}`;
  const found: LiveResource = {
    ...{ kind: 'ServiceNetwork', key, name, id, arn, owner, tags },
    calls: [LIST_NETWORKS, ...calls],
  };
  const network = { id, arn, name, key, isRead };
  if (!isRead) {
    reading.resources.push(found);
    return network;
  }
  const input = { serviceNetworkIdentifier: id };
  const readDetails = async () => {
    const listed = { list: LIST_NETWORKS, lastUpdatedAt: summary.lastUpdatedAt };
    const { value } = await reading.askListed('GetServiceNetwork', input, listed);
    const enabled = value.sharingConfig?.enabled;
    const authType = value.authType ?? 'NONE';
    reading.resources.push({
      ...found,
      resource: {
        ...{ kind: 'ServiceNetwork', name, create: true, authType },
        ...(enabled === undefined ? {} : { sharing: { enabled } }),
      },
      calls: [...found.calls, nameCall('GetServiceNetwork', input)],
    });
  };
  const owned = { of: 'ServiceNetwork', name, id, arn, key, owner, list: LIST_NETWORKS } as const;
  await forEach([readDetails, () => readAccess(reading, owned)], (step) => step());
  return network;
}

async function readServiceAssociations(reading: Reading, network: Network, services: Services): Promise<void> {
  const input = { serviceNetworkIdentifier: network.id };
  const list = nameCall('ListServiceNetworkServiceAssociations', input);
  const { value, requestId } = await reading.askListed('ListServiceNetworkServiceAssociations', input, {
    list: LIST_NETWORKS,
  });
  await forEach(value, async (summary: ServiceAssociationSummary) => {
    const { id, arn, serviceId, status } = summary;
    const service = services.get(serviceId);
    const isHere = accountIn(arn) === reading.account;
    if (service === undefined && isHere && summary.serviceName === undefined) {
      const message = `the association ${id} names a service that no list names (request ${requestId})`;
      throw new Contradiction(message, { calls: [LIST_SERVICES, list] });
    }
    const serviceName = service?.name ?? summary.serviceName ?? serviceId;
    const name = `${network.name}/${serviceName}`;
    const key = `ServiceNetworkServiceAssociation ${name}`;
    if (summary.customDomainName) {
      const what = claimOnDomain(summary.customDomainName, network.key);
      reading.noteClaim({ what, key, call: list }, status);
    }
    // What others bring into a network of others is none of ours.
    if (service?.isRead !== true && !network.isRead) return;
    const { owner, tags, isRead, calls } = await reading.readOwner(arn, list, network.arn);
    reading.resources.push({
      ...{ kind: 'ServiceNetworkServiceAssociation', key, name },
      ...{ id, arn, owner, tags, parent: network.key, leadsTo: `Service ${serviceName}` },
      ...(status === undefined ? {} : { status }),
      ...(!isRead
        ? {}
        : {
            resource: {
              kind: 'ServiceNetworkServiceAssociation',
              name,
              serviceNetwork: network.name,
              service: serviceName,
            },
          }),
      calls: [list, ...calls],
    });
  });
}

async function readVpcAssociations(reading: Reading, network: Network): Promise<void> {
  const input = { serviceNetworkIdentifier: network.id };
  const list = nameCall('ListServiceNetworkVpcAssociations', input);
  const { value } = await reading.askListed('ListServiceNetworkVpcAssociations', input, { list: LIST_NETWORKS });
  await forEach(value, async (summary: VpcAssociationSummary) => {
    const { id, arn, vpcId, status } = summary;
    const { owner, tags, isRead, calls } = await reading.readOwner(arn, list, network.arn);
    const name = `${network.name}/${vpcId}`;
    const key = `ServiceNetworkVpcAssociation ${name}`;
    reading.noteClaim({ what: claimOnVpc(vpcId), key, call: list }, status);
    const found: LiveResource = {
      ...{ kind: 'ServiceNetworkVpcAssociation', key, name },
      ...{ id, arn, owner, tags, parent: network.key },
      ...(status === undefined ? {} : { status }),
      calls: [list, ...calls],
    };
    if (!isRead) {
      reading.resources.push(found);
      return;
    }
    const details = { serviceNetworkVpcAssociationIdentifier: id };
    const listed = { list, lastUpdatedAt: summary.lastUpdatedAt };
    const { value: one } = await reading.askListed('GetServiceNetworkVpcAssociation', details, listed);
    const { securityGroupIds = [], privateDnsEnabled, dnsOptions } = one;
    reading.resources.push({
      ...found,
      resource: {
        ...{ kind: 'ServiceNetworkVpcAssociation', name, serviceNetwork: network.name },
        ...{ vpcId, securityGroupIds },
        // What nobody has chosen is not written out.
        ...(privateDnsEnabled === true ? { privateDnsEnabled } : {}),
        ...(isChosen(dnsOptions) ? { dnsOptions } : {}),
      },
      ...(one.status === undefined ? {} : { status: one.status }),
      calls: [...found.calls, nameCall('GetServiceNetworkVpcAssociation', details)],
    });
  });
}

function isChosen(options: VpcAssociationDetails['dnsOptions']): options is NonNullable<typeof options> {
  const { privateDnsPreference = 'VERIFIED_DOMAINS_ONLY', privateDnsSpecifiedDomains = [] } = options ?? {};
  return privateDnsPreference !== 'VERIFIED_DOMAINS_ONLY' || privateDnsSpecifiedDomains.length > 0;
}
