import { type Backend, isPart } from '../../ir/actions.ts';
import type { ClusterFacts } from '../../ir/facts.ts';

/** The key of a backend in the settings: `namespace/name:port[@subset]`. A subset of all endpoints is none. */
export function backendKey({ kind, namespace, name, port, subset }: Backend, { serviceImports }: ClusterFacts): string {
  const imported = kind === 'ServiceImport' ? serviceImports.get(`${namespace}/${name}`)?.ports[0] : undefined;
  return `${namespace}/${name}:${port ?? imported ?? 80}${isPart(subset) ? `@${subset.name}` : ''}`;
}
