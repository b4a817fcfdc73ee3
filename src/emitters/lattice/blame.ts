import type { Origin, PathSegment } from '../../diagnostics/origin.ts';
import { type LatticeContext, settingsPlace } from './context.ts';
import type { ServicePlan } from './plan-services.ts';
import type { ExternalTargetGroup, TargetGroup } from './resources.ts';

/** Fields of a service that the settings call otherwise. */
const HOST_FIELDS: Readonly<Record<string, string>> = { name: 'serviceName', customDomainName: 'customDomain' };

/** Where the settings say something of a host; undefined where they do not. */
export function blameHost(
  { settings, settingsName }: ServicePlan,
  [field = '', ...rest]: readonly PathSegment[],
  context: LatticeContext,
): Origin | undefined {
  const key = HOST_FIELDS[field] ?? field;
  if (settingsName === undefined || !Object.hasOwn(settings, key)) return undefined;
  return settingsPlace(context, 'hosts', settingsName, key, ...rest);
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
