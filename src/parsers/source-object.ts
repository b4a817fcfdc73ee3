import type { KubernetesDocument } from '../documents/read-documents.ts';
import type { SourceObject } from '../ir/model.ts';
import { type Loose, mapping, texts } from './loose.ts';

type TextMap = Readonly<Record<string, string>>;

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
  const metadata = mapping(object['metadata']);
  const created = metadata['creationTimestamp'];
  const { apiVersion, kind, namespace, name } = resource;
  const labels = textsOf(metadata['labels']);
  const annotations = textsOf(metadata['annotations']);
  const source: { -readonly [K in keyof SourceObject]: SourceObject[K] } =
    namespace === undefined
      ? { apiVersion, kind, name, labels, annotations, origin }
      : { apiVersion, kind, namespace, name, labels, annotations, origin };
  if (typeof created === 'string') source.created = created;
  const spec = mapping(object['spec']) as Spec;
  return { source, namespace: resource.namespace ?? defaultNamespace, name: resource.name, spec };
}

const NO_ENTRIES: TextMap = {};

/** Kubernetes drops entries that are null; those of other types only objects without a schema here can have. */
function textsOf(value: unknown): TextMap {
  if (value === undefined || value === null) return NO_ENTRIES;
  const map = mapping(value);
  // Mostly there are texts only, and nothing needs copying.
  return holdsTextsOnly(map) ? map : texts(map);
}

function holdsTextsOnly(map: Loose): map is TextMap {
  for (const key in map) if (typeof map[key] !== 'string') return false;
  return true;
}
