import type { VirtualHost } from '../../ir/model.ts';
import { printHost } from '../emitter.ts';

/**
 * Whether a host without a rule becomes a service that answers 404. A name that no service has is answered so anyway; a
 * Service of the mesh would be called itself.
 */
export function answersWithoutRules({ scope }: VirtualHost): boolean {
  return scope.kind === 'mesh' && scope.target !== undefined;
}

/** Equal for the virtual hosts that become one Lattice service: one name, whatever ports it is served on. */
export function serviceKeyOf({ id, host, scope }: VirtualHost): string {
  if (scope.kind === 'mesh' && scope.target !== undefined)
    return `mesh ${scope.target.namespace}/${scope.target.service}`;
  if (host.kind !== 'any') return `host ${printHost(host)}`;
  // A route without a host name is reached by a generated domain of its own.
  const [, route] = id.split('@');
  if (route !== undefined) return `route ${route}`;
  return scope.kind === 'gateway' ? `any ${scope.workload}` : `any ${id}`;
}
