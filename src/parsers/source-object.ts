import type { KubernetesDocument } from '../documents/read-documents.ts';
import type { SourceObject } from '../ir/model.ts';

type TextMap = Readonly<Record<string, string>>;

interface Metadata {
  readonly labels?: Readonly<Record<string, string | null>> | null;
  readonly annotations?: Readonly<Record<string, string | null>> | null;
  readonly creationTimestamp?: unknown;
}

/** An object of a source with its `spec` as written. */
export interface SpecObject<Spec> {
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
export function toSpecObject<Spec extends object>(
  { resource, object, origin }: KubernetesDocument,
  defaultNamespace: string,
): SpecObject<Spec> {
  const metadata = (object['metadata'] ?? {}) as Metadata;
  const created = metadata.creationTimestamp;
  const { apiVersion, kind, namespace, name } = resource;
  const labels = withoutNulls(metadata.labels);
  const annotations = withoutNulls(metadata.annotations);
  const source: { -readonly [K in keyof SourceObject]: SourceObject[K] } =
    namespace === undefined
      ? { apiVersion, kind, name, labels, annotations, origin }
      : { apiVersion, kind, namespace, name, labels, annotations, origin };
  if (typeof created === 'string') source.created = created;
  const spec = (object['spec'] ?? {}) as Spec;
  return { source, namespace: resource.namespace ?? defaultNamespace, name: resource.name, spec };
}

const NO_ENTRIES: TextMap = {};

/** Kubernetes drops entries that are null. */
function withoutNulls(map: Metadata['labels']): TextMap {
  if (map === undefined || map === null) return NO_ENTRIES;
  // Mostly there are none, and nothing needs copying.
  if (!holdsNull(map)) return map as TextMap;
  return Object.fromEntries(Object.entries(map).filter((entry): entry is [string, string] => entry[1] !== null));
}

function holdsNull(map: Readonly<Record<string, string | null>>): boolean {
  for (const key in map) if (map[key] === null) return true;
  return false;
}
