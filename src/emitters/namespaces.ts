import type { RoutingModel } from '../ir/model.ts';
import type { EmitOptions } from './emitter.ts';

/** The namespace that an object without one gets. */
export function resolveNamespace(namespace: string | undefined, options: EmitOptions): string {
  return namespace ?? options.defaultNamespace;
}

/** A namespace as it is written beside an object of `written`: the default one stays absent where it was absent. */
export function writtenNamespace(
  namespace: string,
  written: string | undefined,
  options: EmitOptions,
): string | undefined {
  return written === undefined && namespace === options.defaultNamespace ? undefined : namespace;
}

/**
 * The namespace of a Gateway that is no object of the input (an IngressClass, or none at all, stands behind it). Where
 * routes have namespaces they must name that of the Gateway, so it is written; else both leave it to whoever applies them.
 */
export function inventedNamespace({ virtualHosts }: RoutingModel, options: EmitOptions): string | undefined {
  const isNamespaced = virtualHosts.some(
    ({ rules, scope }) =>
      (scope.kind === 'mesh' && scope.target !== undefined && scope.target.namespace !== options.defaultNamespace) ||
      rules.some(({ source }) => source.namespace !== undefined),
  );
  return isNamespaced ? options.defaultNamespace : undefined;
}
