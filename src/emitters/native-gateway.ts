import type { Gateway, VirtualHost } from '../ir/model.ts';
import type { EmitOptions } from './emitter.ts';
import { LATTICE_CLASS } from './lattice-limits.ts';

/** Whether a gateway is run by the AWS controller already. */
export function isNativeGateway({ className }: Gateway, { gatewayClass }: EmitOptions): boolean {
  return className === LATTICE_CLASS || className === gatewayClass;
}

/**
 * Whether VPC Lattice runs the rules of a host already, under whatever name its class goes: its prefixes are read as the
 * service reads them. Nothing may be dropped or closed then, since that takes one of the two readings for granted.
 */
export function isReadByLattice({ order, rules }: VirtualHost): boolean {
  if (order.kind !== 'first-match') return false;
  const prefixes = rules.flatMap(({ matches }) =>
    matches.flatMap(({ path }) => (path.kind === 'prefix' ? [path] : [])),
  );
  return prefixes.length > 0 && prefixes.every(({ reading }) => reading === 'lattice');
}
