import type { Gateway } from '../ir/model.ts';
import type { EmitOptions } from './emitter.ts';
import { LATTICE_CLASS } from './lattice-limits.ts';

/** Whether a gateway is run by the AWS controller already. */
export function isNativeGateway({ className }: Gateway, { gatewayClass }: EmitOptions): boolean {
  return className === LATTICE_CLASS || className === gatewayClass;
}
