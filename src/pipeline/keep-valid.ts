import type { Report } from '../diagnostics/diagnostic.ts';
import { checkSchema } from '../documents/check-schema.ts';
import { loadValidators } from '../documents/load-validators.ts';
import type { KubernetesDocument } from '../documents/read-documents.ts';
import type { SortedDocuments } from './sort-out-documents.ts';
import { splitApiVersion } from './split-api-version.ts';
import { writtenHosts } from './written-hosts.ts';

/** Leaves out the documents that their schema refuses, as the API server would, and reports why. */
export async function keepValid(sorted: SortedDocuments, report: Report): Promise<SortedDocuments> {
  const validators = await loadValidators(
    sorted.known.map(({ resource: { apiVersion, kind } }) => ({ group: splitApiVersion(apiVersion).group, kind })),
  );
  const refused = new Set<KubernetesDocument>();
  for (const document of sorted.known) {
    // Its parser never sees the object, so only the names that it writes say whom its absence concerns.
    const names = () => writtenHosts(document.object);
    const valid = checkSchema(document, validators, (finding) => {
      report(finding.severity === 'error' ? { ...finding, affects: { kind: 'hostnames', names: names() } } : finding);
    });
    if (!valid) refused.add(document);
  }
  if (refused.size === 0) return sorted;
  const keep = (documents: readonly KubernetesDocument[]) => documents.filter((document) => !refused.has(document));
  return {
    ...sorted,
    byParser: new Map([...sorted.byParser].map(([parser, documents]) => [parser, keep(documents)])),
    known: keep(sorted.known),
  };
}
