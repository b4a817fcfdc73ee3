import type { Report } from '../diagnostics/diagnostic.ts';
import type { KubernetesDocument } from '../documents/read-documents.ts';
import { append } from './append.ts';
import { inputDiagnostics } from './diagnostics.ts';

/** The annotation that marks what latticectl has written. */
const GENERATOR_ANNOTATION = 'gateway.networking.k8s.io/generator';

/** Whether an object was written by latticectl, of any version. */
export function isOwnOutput(object: Readonly<Record<string, unknown>>): boolean {
  // A product of ours, whoever wrote it down.
  if (object['kind'] === 'LatticeResources' && object['apiVersion'] === undefined) return true;
  const metadata = object['metadata'];
  if (typeof metadata !== 'object' || metadata === null || !('annotations' in metadata)) return false;
  const { annotations } = metadata;
  if (typeof annotations !== 'object' || annotations === null) return false;
  return isGeneratorOurs(annotations as Readonly<Record<string, unknown>>);
}

/** Whether annotations say that latticectl wrote their object. */
export function isGeneratorOurs(annotations: Readonly<Record<string, unknown>>): boolean {
  const generator = annotations[GENERATOR_ANNOTATION];
  return typeof generator === 'string' && generator.startsWith('latticectl-');
}

/** The documents that latticectl did not write itself; the others are counted by file in an info. */
export function skipOwnOutput(documents: readonly KubernetesDocument[], report: Report): readonly KubernetesDocument[] {
  const own = new Map<string, KubernetesDocument[]>();
  const rest = documents.filter((document) => {
    if (!isOwnOutput(document.object)) return true;
    append(own, document.file, document);
    return false;
  });
  for (const [file, [first, ...more]] of own) {
    report(inputDiagnostics['own-output']({ count: more.length + 1, file }, first?.origin));
  }
  return rest;
}
