import type { KubernetesDocument } from '../../documents/read-documents.ts';
import type { SourceObject } from '../../ir/model.ts';

type TextMap = Readonly<Record<string, string>>;

interface Metadata {
  readonly labels?: Readonly<Record<string, string | null>> | null;
  readonly annotations?: Readonly<Record<string, string | null>> | null;
  readonly creationTimestamp?: unknown;
}

/** An object with its `spec` as written. */
export interface ApiObject<Spec> {
  readonly source: SourceObject;
  /** Resolved. */
  readonly namespace: string;
  readonly name: string;
  readonly spec: Spec;
}

/**
 * Gives a document the type of its kind. The documents have passed the schema of their kind, so the cast is the border
 * between checked data and types.
 */
export function toApiObject<Spec extends object>(
  { resource, object, origin }: KubernetesDocument,
  defaultNamespace: string,
): ApiObject<Spec> {
  const metadata = (object['metadata'] ?? {}) as Metadata;
  const created = metadata.creationTimestamp;
  const source: SourceObject = {
    ...resource,
    labels: withoutNulls(metadata.labels),
    annotations: withoutNulls(metadata.annotations),
    ...(typeof created === 'string' ? { created } : {}),
    origin,
  };
  const spec = (object['spec'] ?? {}) as Spec;
  return { source, namespace: resource.namespace ?? defaultNamespace, name: resource.name, spec };
}

function withoutNulls(map: Readonly<Record<string, string | null>> | null | undefined): TextMap {
  return Object.fromEntries(Object.entries(map ?? {}).filter((entry): entry is [string, string] => entry[1] !== null));
}

interface Aged {
  readonly source: SourceObject;
  readonly namespace: string;
  readonly name: string;
}

/**
 * The order of routes whose rules rank alike: the oldest first, then by `namespace/name`. Without the times of all of
 * them the names alone decide.
 */
export function sortByAge<T extends Aged>(objects: readonly T[]): readonly T[] {
  const dated = objects.every(({ source }) => source.created !== undefined);
  const text = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);
  return [...objects].sort(
    (left, right) =>
      (dated ? text(left.source.created ?? '', right.source.created ?? '') : 0) ||
      text(`${left.namespace}/${left.name}`, `${right.namespace}/${right.name}`),
  );
}
