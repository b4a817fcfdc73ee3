import type { Backend } from '../../ir/actions.ts';
import type { BackendSettings } from '../emitter.ts';
import { compareText } from '../manifest.ts';
import type { LatticeContext } from './context.ts';
import { findAddresses } from './find-addresses.ts';
import { targetGroupName } from './names.ts';
import type { ExternalTargetGroup, ResourceOrigin, TargetGroup, TargetGroupConfig } from './resources.ts';
import { targetProtocol } from './target-protocol.ts';

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
    return { kind: 'TargetGroup', name, type, targets: [{ id: lambdaArn }], origin };
  }
  if (albArn !== undefined) {
    const { protocol = 'HTTP', healthCheck } = mapping;
    const type = 'ALB' as const;
    const config = { port, protocol, protocolVersion: mapping.protocolVersion ?? 'HTTP1', vpcIdentifier: vpcId };
    const { name } = named({ type, config, albArn });
    // A check that the settings ask for is kept, so that it is refused and not forgotten.
    const checked = healthCheck === undefined ? config : { ...config, healthCheck: { enabled: true, ...healthCheck } };
    return { kind: 'TargetGroup', name, type, config: checked, targets: [{ id: albArn, port }], origin };
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
