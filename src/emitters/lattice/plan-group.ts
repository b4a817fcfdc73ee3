import type { Backend } from '../../ir/actions.ts';
import type { BackendSettings } from '../emitter.ts';
import { latticeDiagnostics } from '../lattice-diagnostics.ts';
import { compareText } from '../manifest.ts';
import { type LatticeContext, settingsPlace } from './context.ts';
import { findAddresses } from './find-addresses.ts';
import { targetGroupName } from './names.ts';
import type { ExternalTargetGroup, ResourceOrigin, TargetGroup, TargetGroupConfig } from './resources.ts';
import { settingsOfLatticeDiagnostics } from './settings-diagnostics.ts';
import { spokenBy, targetProtocol } from './target-protocol.ts';

/** A backend with what the settings say of it, and the hosts that reach it. */
interface MappedBackend {
  readonly backend: Backend;
  readonly key: string;
  readonly mapping: BackendSettings;
  readonly ids: readonly string[];
}

/** The group of a service for a backend, in the form that the settings give it. */
export function planGroup(
  service: string,
  { backend, key, mapping, ids }: MappedBackend,
  context: LatticeContext,
): TargetGroup | ExternalTargetGroup {
  const labels = backend.subset?.labels ?? {};
  const origin: ResourceOrigin = {
    backend: backend.port === undefined ? key.replace(/:\d+/, '') : key,
    ...(backend.kind === 'ServiceImport' ? { kind: backend.kind } : {}),
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
  };
  const named = (config: unknown) => ({ name: targetGroupName(service, key, config), origin });
  reportUnheard({ backend, key, mapping, ids }, context);
  const { targetGroupArn: arn, serviceExport, lambdaArn, albArn, instances, port = 80, vpcId = '' } = mapping;
  if (arn !== undefined) return { kind: 'ExternalTargetGroup', ...named({}), arn };
  if (serviceExport !== undefined)
    return {
      kind: 'ExternalTargetGroup',
      ...named({}),
      serviceExport,
      ...(mapping.port === undefined ? {} : { port }),
    };
  if (lambdaArn !== undefined) {
    const type = 'LAMBDA' as const;
    const { name } = named({ type, lambdaArn });
    if (spokenBy(backend, mapping, context).protocolVersion === 'GRPC') {
      const args = {
        field: `lambdaArn of ${key}`,
        reason: 'a function is not called by gRPC, which the backend speaks',
      };
      context.findings.add(latticeDiagnostics['value-not-allowed'], args, backend.origin, ids);
    }
    return { kind: 'TargetGroup', name, type, targets: [{ id: lambdaArn }], origin };
  }
  if (albArn !== undefined) {
    const { protocol, protocolVersion } = spokenBy(backend, mapping, context);
    const type = 'ALB' as const;
    const config = { port, protocol, protocolVersion, vpcIdentifier: vpcId };
    const { name } = named({ type, config, albArn });
    return { kind: 'TargetGroup', name, type, config, targets: [{ id: albArn, port }], origin };
  }
  const { healthCheck, ...speaks } = targetProtocol(backend, mapping, ids, context);
  const ofInstances = instances !== undefined;
  const addresses = instances ?? findAddresses(backend, key, mapping, ids, context);
  const type = ofInstances ? ('INSTANCE' as const) : ('IP' as const);
  const isIpv6 = !ofInstances && addresses.some((address) => address.includes(':'));
  const config: TargetGroupConfig = {
    port,
    ...speaks,
    ...(ofInstances ? {} : { ipAddressType: isIpv6 ? 'IPV6' : 'IPV4' }),
    vpcIdentifier: vpcId,
  };
  const targets = [...new Set(addresses)].sort(compareText).map((id) => ({ id, port }));
  const { name } = named({ type, config });
  const checked = healthCheck === undefined ? config : { ...config, healthCheck };
  return { kind: 'TargetGroup', name, type, config: checked, targets, origin };
}

/** What a form of backend does not have, and why: what the settings say of it would go unheard. */
const UNHEARD = {
  targetGroupArn: {
    settings: ['port', 'vpcId', 'protocol', 'protocolVersion', 'healthCheck'],
    why: 'the target group exists and is not changed',
  },
  serviceExport: {
    settings: ['vpcId', 'protocol', 'protocolVersion', 'healthCheck'],
    why: 'the AWS Gateway API Controller makes the target group',
  },
  lambdaArn: {
    settings: ['port', 'vpcId', 'protocol', 'protocolVersion', 'healthCheck'],
    why: 'a function has no port, protocol, VPC and health check',
  },
  albArn: { settings: ['healthCheck'], why: 'a load balancer checks its own targets' },
} as const;

function reportUnheard({ backend, key, mapping, ids }: MappedBackend, context: LatticeContext): void {
  for (const form of ['targetGroupArn', 'serviceExport', 'lambdaArn', 'albArn'] as const) {
    if (mapping[form] === undefined) continue;
    const { settings, why } = UNHEARD[form];
    for (const setting of settings) {
      if (mapping[setting] === undefined) continue;
      const place = settingsPlace(context, 'backends', key, setting) ?? backend.origin;
      context.findings.add(
        settingsOfLatticeDiagnostics['setting-without-effect'],
        { of: key, setting, why, instead: 'choose another form of backend' },
        place,
        ids,
      );
    }
  }
}
