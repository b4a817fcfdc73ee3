import { isMapping } from './expand-list.ts';

type Mapping = Readonly<Record<string, unknown>>;

/** A Secret without its values, also those that kubectl copied into an annotation; anything else as it is. */
export function withoutSecretValues(object: Mapping): Mapping {
  if (object['kind'] !== 'Secret') return object;
  const { data: _data, stringData: _stringData, metadata, ...rest } = object;
  if (!isMapping(metadata) || !isMapping(metadata['annotations'])) return { ...rest, metadata };
  const { 'kubectl.kubernetes.io/last-applied-configuration': _applied, ...annotations } = metadata['annotations'];
  return { ...rest, metadata: { ...metadata, annotations } };
}

/** Whether a text that cannot be parsed may be a Secret; then nothing of it may be shown. */
export function mentionsSecret(text: string): boolean {
  return /\bSecret\b/.test(text);
}
