import type { EmitOptions } from '../emitter.ts';

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
