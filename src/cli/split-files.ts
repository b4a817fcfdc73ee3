import type { EmittedResource } from '../emitters/emitter.ts';
import type { OutputFile } from './write-output.ts';

type Print = (resources: readonly EmittedResource[]) => string;

/** Distributes resources over the files of a directory. Names come from the objects, made safe for every file system. */
export function splitFiles(
  resources: readonly EmittedResource[],
  split: 'none' | 'namespace' | 'resource',
  { extension, print }: { readonly extension: 'yaml' | 'json'; readonly print: Print },
): readonly OutputFile[] {
  const files = new Map<string, EmittedResource[]>();
  for (const resource of resources) {
    const name = fileNameOf(resource, split);
    files.set(name, [...(files.get(name) ?? []), resource]);
  }
  return [...files].map(([name, members]) => ({ name: `${name}.${extension}`, text: print(members) }));
}

function fileNameOf({ object }: EmittedResource, split: 'none' | 'namespace' | 'resource'): string {
  if (split === 'none') return 'gateway-api';
  const metadata = object['metadata'] as { readonly name?: unknown; readonly namespace?: unknown } | undefined;
  const namespace = typeof metadata?.namespace === 'string' ? sanitise(metadata.namespace) : '_cluster';
  if (split === 'namespace') return namespace;
  // `_` occurs in no Kubernetes name, so two objects never meet in one file name.
  return [namespace, sanitise(String(object['kind'])).toLowerCase(), sanitise(String(metadata?.name))].join('_');
}

/** Leaves letters, digits, dots and dashes; anything else (a slash above all) becomes its code. */
function sanitise(text: string): string {
  const safe = text.replace(/[^A-Za-z0-9.-]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return safe.startsWith('.') ? `%2e${safe.slice(1)}` : safe;
}
