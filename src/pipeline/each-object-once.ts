import type { Affects, Report } from '../diagnostics/diagnostic.ts';
import type { ResourceId } from '../diagnostics/origin.ts';
import type { KubernetesDocument } from '../documents/read-documents.ts';
import { inputDiagnostics } from './diagnostics.ts';
import { splitApiVersion } from './split-api-version.ts';
import { writtenHosts } from './written-hosts.ts';

/** Kinds of which two that differ do no harm: every workload is only asked whether it serves a Service. */
const severalAreFine = new Set(['EndpointSlice', 'Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);

/** What the API server writes into an object; copies of one object may differ in it. */
const serverFields = new Set([
  'resourceVersion',
  'uid',
  'generation',
  'creationTimestamp',
  'managedFields',
  'selfLink',
]);
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The documents in an order that their identity decides, never the file, so that moving an object between files
 * changes no output. An object that stands there twice is kept once; two that differ are reported.
 */
export function eachObjectOnce(
  documents: readonly KubernetesDocument[],
  defaultNamespace: string,
  report: Report,
): readonly KubernetesDocument[] {
  const keyed = documents.map((document) => ({ document, key: identityOf(document.resource, defaultNamespace) }));
  keyed.sort((left, right) => compare(left.key, right.key) || compareContents(left.document, right.document));
  const kept: KubernetesDocument[] = [];
  let lastKey: string | undefined;
  for (const { document, key } of keyed) {
    const last = kept.at(-1);
    if (last !== undefined && key === lastKey) {
      if (contentsOf(document) === contentsOf(last)) continue;
      if (!severalAreFine.has(document.resource.kind)) {
        reportConflict(last, document, defaultNamespace, report);
        continue;
      }
    }
    lastKey = key;
    kept.push(document);
  }
  return kept;
}

function reportConflict(
  first: KubernetesDocument,
  second: KubernetesDocument,
  defaultNamespace: string,
  report: Report,
): void {
  const { kind, namespace, name } = second.resource;
  const object = `${kind} ${JSON.stringify(namespace === undefined ? name : `${namespace}/${name}`)}`;
  const conflict = (at: KubernetesDocument, other: KubernetesDocument, affects: Affects) => {
    const related = [{ message: 'the other one', origin: other.origin }];
    const args = { object, other: other.origin.toString() };
    report(inputDiagnostics['conflicting-objects'](args, at.origin, { related, affects }));
  };
  if (kind === 'Service') {
    conflict(first, second, { kind: 'backends', namespace: namespace ?? defaultNamespace, service: name });
    return;
  }
  // The first of the two is read on, and what came of it is withheld by its place.
  conflict(first, second, { kind: 'document' });
  const known = writtenHosts(first.object);
  const names = writtenHosts(second.object).filter((host) => !known.includes(host));
  if (names.length > 0) conflict(second, first, { kind: 'hostnames', names });
}

function identityOf({ apiVersion, kind, namespace, name }: ResourceId, defaultNamespace: string): string {
  return [splitApiVersion(apiVersion).group, kind, namespace ?? defaultNamespace, name].join('\n');
}

/** Only asked for where two objects have one identity. */
function compareContents(left: KubernetesDocument, right: KubernetesDocument): number {
  return compare(contentsOf(left), contentsOf(right));
}

/** The object as text, without what the API server wrote; keys sorted, since their order means nothing. */
function contentsOf({ object }: KubernetesDocument): string {
  return JSON.stringify(object, (key, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const entries = Object.entries(value).filter(([name]) => {
      if (key === '') return name !== 'status';
      return key === 'metadata' ? !serverFields.has(name) : name !== lastApplied;
    });
    return Object.fromEntries(entries.sort(([first], [second]) => compare(first, second)));
  });
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
