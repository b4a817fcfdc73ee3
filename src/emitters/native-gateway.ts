import type { Gateway } from '../ir/model.ts';
import type { EmitOptions } from './emitter.ts';
import { LATTICE_CLASS } from './lattice-limits.ts';

/** Whether a gateway is run by the AWS controller today. */
export function isOnLattice({ className, onLattice }: Gateway): boolean {
  return className === LATTICE_CLASS || onLattice === true;
}

/** Whether the AWS controller runs it under the class that the output gives it. */
export function staysOnLattice(gateway: Gateway, className: string): boolean {
  return className === LATTICE_CLASS || (isOnLattice(gateway) && className === gateway.className);
}

/** Whether it stays with the AWS controller as it is, in the class that it has. */
export function isNativeGateway(gateway: Gateway, { gatewayClass }: EmitOptions): boolean {
  return isOnLattice(gateway) || gateway.className === gatewayClass;
}
