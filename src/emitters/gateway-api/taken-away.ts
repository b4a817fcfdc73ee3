import type { Gateway } from '../../ir/model.ts';
import { gatewayName } from '../names.ts';
import { gatewayApiDiagnostics } from './diagnostics.ts';
import type { EmitContext } from './emit-context.ts';

/**
 * Reports listeners that a Gateway loses that is written under the name it has. False where no host comes in at it, so
 * that the live one is better left alone.
 */
export function mayReplace(
  gateway: Gateway | undefined,
  hosts: readonly string[],
  { findings }: Pick<EmitContext, 'findings'>,
): boolean {
  if (gateway?.leftOut === undefined) return true;
  if (hosts.length === 0) return false;
  const args = { gateway: gatewayName(gateway), listeners: gateway.leftOut };
  findings.add(gatewayApiDiagnostics['listener-taken-away'], args, gateway.origin, hosts);
  return true;
}
