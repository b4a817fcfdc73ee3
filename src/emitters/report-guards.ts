import type { Report } from '../diagnostics/diagnostic.ts';
import type { RoutingModel } from '../ir/model.ts';
import type { EmitOptions } from './emitter.ts';

/** Reports what becomes of the policies of the source: only gateways of their own class go on enforcing them. */
export function reportGuards({ guards }: RoutingModel, { profile, gatewayClass }: EmitOptions, report: Report): void {
  for (const { lost, kept } of guards) {
    const stays = profile === 'standard' && kept !== undefined && (gatewayClass ?? kept.className) === kept.className;
    report(stays ? kept.finding : lost);
  }
}
