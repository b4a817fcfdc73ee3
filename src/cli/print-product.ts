import type { EmittedResource } from '../emitters/emitter.ts';
import { printDocuments, printManifests } from '../emitters/print-manifest.ts';
import type { Translation } from '../pipeline.ts';
import { emitters } from '../registry.ts';
import type { ConvertFlags } from './flags.ts';
import { printResource } from './render/diagnostics.ts';
import { modelToPlain } from './render/model.ts';

const CHUNK = 65_536;

/** Texts put together to pieces that are worth a write each. */
export function* joinChunks(texts: Iterable<string>): Generator<string> {
  let parts: string[] = [];
  let length = 0;
  for (const text of texts) {
    parts.push(text);
    length += text.length;
    if (length < CHUNK) continue;
    yield parts.join('');
    parts = [];
    length = 0;
  }
  if (length > 0) yield parts.join('');
}

/** Whether a target is printed as one document of ours. */
export function isOneDocument(to: string): boolean {
  return to === 'ir' || emitters.find(({ name }) => name === to)?.product === 'document';
}

/** The product in pieces. */
export function printProduct(
  resources: readonly EmittedResource[],
  { output, to }: Pick<ConvertFlags, 'output' | 'to'>,
): Iterable<string> {
  if (resources.length === 0) return [];
  const objects = resources.map(({ object }) => object);
  if (isOneDocument(to)) {
    if (output === 'yaml') return printDocuments(objects, () => []);
    return objects.map((object) => `${JSON.stringify(object, undefined, 2)}\n`);
  }
  if (output === 'json') {
    return [`${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, undefined, 2)}\n`];
  }
  return printDocuments(objects, (_, index) => {
    const source = resources[index]?.origin?.document.resource;
    // No file and no line here: moving an object to another file must not change the output.
    return source === undefined ? [] : [`from ${printResource(source)}`];
  });
}

/** The routing model of the hosts that can be written; empty where there is nothing in it. */
export function printModel({ model, hosts }: Pick<Translation, 'model' | 'hosts'>, output: 'yaml' | 'json'): string {
  const withheld = new Set(hosts.filter(({ withheldBy }) => withheldBy.length > 0).map(({ id }) => id));
  const virtualHosts = model.virtualHosts.filter(({ id }) => !withheld.has(id));
  if (virtualHosts.length === 0 && model.gateways.length === 0 && model.carried.length === 0) return '';
  const plain = modelToPlain({ ...model, virtualHosts });
  return output === 'json' ? `${JSON.stringify(plain, undefined, 2)}\n` : printManifests([plain]);
}
