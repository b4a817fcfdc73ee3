import { compareText, getOrAdd } from '../manifest.ts';
import type { Placed } from './assemble.ts';
import { SERVICES_OF_ALB } from './constraints.ts';
import type { LatticeContext } from './context.ts';
import { settingsOfLatticeDiagnostics as d } from './settings-diagnostics.ts';

interface UsedArn {
  readonly arn: string;
  readonly field: string;
  /** A network may be shared by another account; a certificate is read in its region. */
  readonly parts: readonly ('region' | 'account')[];
}

/** What lies elsewhere than the stack, and load balancers that too many services lead to. */
export function checkArns(placed: readonly Placed[], context: LatticeContext): void {
  const { settings, findings } = context;
  const balancers = new Map<string, { readonly services: Set<string>; readonly users: Placed[] }>();
  for (const one of placed) {
    const { resource, ids, origin, blame } = one;
    for (const { arn, field, parts } of arnsOf(one)) {
      const [, , , region = '', account = ''] = arn.split(':');
      for (const part of parts) {
        const [found, wanted] = part === 'region' ? [region, settings.region] : [account, settings.account];
        if (found === '' || wanted === undefined || found === wanted) continue;
        findings.add(d['arn-elsewhere'], { arn, part, found, wanted }, blame?.(field) ?? origin, ids);
      }
    }
    if (resource.kind !== 'TargetGroup' || resource.type !== 'ALB') continue;
    for (const { id } of resource.targets) {
      const entry = getOrAdd(balancers, id, () => ({ services: new Set<string>(), users: [] as Placed[] }));
      entry.services.add(one.service ?? resource.name);
      entry.users.push(one);
    }
  }
  for (const [arn, { services, users }] of balancers) {
    if (services.size <= SERVICES_OF_ALB) continue;
    const [first] = users;
    const args = { arn, services: [...services].sort(compareText) };
    const ids = users.flatMap((user) => user.ids);
    findings.add(d['balancer-shared'], args, first?.blame?.('targets') ?? first?.origin, ids);
  }
}

function arnsOf({ resource }: Placed): readonly UsedArn[] {
  switch (resource.kind) {
    case 'ServiceNetwork':
      return resource.arn === undefined ? [] : [{ arn: resource.arn, field: 'arn', parts: ['region'] }];
    case 'Service': {
      const { certificateArn: arn } = resource;
      return arn === undefined ? [] : [{ arn, field: 'certificateArn', parts: ['region', 'account'] }];
    }
    case 'ExternalTargetGroup':
      return resource.arn === undefined ? [] : [{ arn: resource.arn, field: 'arn', parts: ['region', 'account'] }];
    case 'TargetGroup':
      if (resource.type !== 'LAMBDA' && resource.type !== 'ALB') return [];
      return resource.targets.map(({ id }) => ({ arn: id, field: 'targets', parts: ['region', 'account'] }));
    default:
      return [];
  }
}
