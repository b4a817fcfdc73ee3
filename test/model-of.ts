import type { Diagnostic } from '../src/index.ts';
import type { RoutingModel } from '../src/ir/model.ts';
import { translate } from '../src/pipeline.ts';
import { codes, parsers, toolVersion } from '../src/registry.ts';

/** The routing model of documents, with what was found on the way. */
export async function modelOf(
  ...documents: readonly string[]
): Promise<RoutingModel & { readonly found: readonly Diagnostic[] }> {
  const translation = await translate(
    [{ file: 'in.yaml', bytes: new TextEncoder().encode(documents.join('\n---\n')) }],
    {
      parsers,
      emitter: undefined,
      codes,
      parse: { defaultNamespace: 'default', clusterDomain: 'cluster.local' },
      emit: {
        profile: 'standard',
        channel: 'standard',
        latticePrefix: 'unknown',
        inPlace: false,
        defaultNamespace: 'default',
        clusterDomain: 'cluster.local',
        explicitTimeouts: false,
        hosts: {},
        limits: {},
        toolVersion,
      },
      services: {},
      accept: [],
      severities: {},
      strict: false,
      partial: true,
    },
  );
  return { ...translation.model, found: translation.diagnostics };
}
