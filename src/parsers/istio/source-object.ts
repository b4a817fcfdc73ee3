import type { KubernetesDocument } from '../../documents/read-documents.ts';
import type { SourceObject } from '../../ir/model.ts';

interface Metadata {
  readonly labels?: Readonly<Record<string, string>> | null;
  readonly annotations?: Readonly<Record<string, string>> | null;
  readonly creationTimestamp?: unknown;
}

const NO_ENTRIES: Readonly<Record<string, string>> = {};

/** An object of Istio with its `spec` as written. */
export interface IstioObject<Spec> {
  readonly source: SourceObject;
  /** Resolved. */
  readonly namespace: string;
  readonly name: string;
  readonly spec: Spec;
}

/**
 * Gives a document the type of its kind. The documents have passed the schema of their kind, so the cast is the
 * border between checked data and types.
 */
export function toIstioObject<Spec extends object>(
  { resource, object, origin }: KubernetesDocument,
  defaultNamespace: string,
): IstioObject<Spec> {
  const metadata = (object['metadata'] ?? {}) as Metadata;
  const created = metadata.creationTimestamp;
  const source: SourceObject = {
    ...resource,
    labels: metadata.labels ?? NO_ENTRIES,
    annotations: metadata.annotations ?? NO_ENTRIES,
    ...(typeof created === 'string' ? { created } : {}),
    origin,
  };
  const spec = (object['spec'] ?? {}) as Spec;
  return { source, namespace: resource.namespace ?? defaultNamespace, name: resource.name, spec };
}

interface Aged {
  readonly source: SourceObject;
  readonly namespace: string;
}

/** Istio's own order: creation time, then name, then namespace; without all times the names alone decide. */
export function sortByAge<T extends Aged>(objects: readonly T[]): readonly T[] {
  const dated = objects.every(({ source }) => source.created !== undefined);
  const text = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);
  return [...objects].sort(
    (left, right) =>
      (dated ? Date.parse(left.source.created ?? '') - Date.parse(right.source.created ?? '') : 0) ||
      text(left.source.name, right.source.name) ||
      text(left.namespace, right.namespace),
  );
}
