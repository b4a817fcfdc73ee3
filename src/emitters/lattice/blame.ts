import type { Origin } from '../../diagnostics/origin.ts';
import type { VirtualHost } from '../../ir/model.ts';
import { type LatticeContext, settingsPlace, settingsPlaceOfHost } from './context.ts';
import type { ExternalTargetGroup, TargetGroup } from './resources.ts';

/** Fields of a service that the settings call otherwise. */
const HOST_FIELDS = {
  name: 'serviceName',
  customDomainName: 'customDomain',
  certificateArn: 'certificateArn',
  authType: 'authType',
} as const;

/** Where the settings say a field of the service of a host; undefined where they do not. */
export function blameHost(host: VirtualHost, field: string, context: LatticeContext): Origin | undefined {
  const key = Object.entries(HOST_FIELDS).find(([name]) => name === field)?.[1];
  return key === undefined ? undefined : settingsPlaceOfHost(host, key, context);
}

/** Where the settings say something of a backend: the field, else its entry. */
export function blameBackend(
  key: string,
  { kind }: TargetGroup | ExternalTargetGroup,
  field: string,
  context: LatticeContext,
): Origin | undefined {
  const mapping = context.settings.backends?.[key] ?? {};
  if (kind === 'ExternalTargetGroup')
    return settingsPlace(context, 'backends', key, field === 'arn' ? 'targetGroupArn' : 'serviceExport');
  if (field.startsWith('targets')) {
    const form = (['lambdaArn', 'albArn', 'instances', 'ips', 'endpointSlices'] as const).find((one) => one in mapping);
    return settingsPlace(context, 'backends', key, ...(form === undefined ? [] : [form]));
  }
  const path = field
    .replace(/^config\./, '')
    .replace('vpcIdentifier', 'vpcId')
    .split('.');
  return settingsPlace(context, 'backends', key, ...path);
}
