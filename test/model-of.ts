import type { Diagnostic } from '../src/index.ts';
import type { RoutingModel } from '../src/ir/model.ts';
import { translate } from '../src/pipeline.ts';
import { plainOptions } from './plain-options.ts';

/** The routing model of documents, with what was found on the way. */
export async function modelOf(
  ...documents: readonly string[]
): Promise<RoutingModel & { readonly found: readonly Diagnostic[] }> {
  const translation = await translate(
    [{ file: 'in.yaml', bytes: new TextEncoder().encode(documents.join('\n---\n')) }],
    plainOptions,
  );
  return { ...translation.model, found: translation.diagnostics };
}
