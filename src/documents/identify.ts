import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Origin, ResourceId } from '../diagnostics/origin.ts';
import { documentDiagnostics } from './diagnostics.ts';
import { isMapping } from './expand-list.ts';
import { findPlaceholder } from './find-placeholder.ts';
import { directoryOf } from './render-command.ts';

/** A finding that still lacks its place. */
type Finding = (origin: Origin) => Diagnostic;

/** A Kubernetes object with its name, or what there is to say about something else. */
export type Identity =
  | { readonly kind: 'object'; readonly resource: ResourceId; readonly object: Readonly<Record<string, unknown>> }
  | { readonly kind: 'other'; readonly finding: Finding };

/** Resources of VPC Lattice as we print them: the one kind that is read and is no object of Kubernetes. */
const OWN_KIND = 'LatticeResources';
const OWN_GROUP = 'latticectl/';

/** Tells what a document is. An object of a kind that nothing reads may lack a name without an error. */
export function identify(
  value: unknown,
  file: string,
  isSupported: (apiVersion: string, kind: string) => boolean,
): Identity {
  const foreign = foreignFinding(value, file);
  if (foreign !== undefined) return { kind: 'other', finding: foreign };
  if (!isMapping(value))
    return other((origin) => documentDiagnostics['not-kubernetes']({ found: describe(value) }, origin));
  const { apiVersion, kind, metadata } = value;
  if (apiVersion === undefined && kind === undefined) {
    return other((origin) =>
      documentDiagnostics['not-kubernetes']({ found: 'it has neither apiVersion nor kind' }, origin),
    );
  }
  if (apiVersion === undefined && kind === OWN_KIND) {
    const name = isText(value['stack']) ? value['stack'] : 'latticectl';
    return { kind: 'object', resource: { apiVersion: OWN_GROUP, kind, name }, object: value };
  }
  if (!isText(apiVersion)) return incomplete('apiVersion', apiVersion, true);
  if (!isText(kind)) return incomplete('kind', kind, true);
  const counts = isSupported(apiVersion, kind);
  if (!isMapping(metadata)) return incomplete('metadata', metadata, counts);
  const { name, namespace, generateName } = metadata;
  if (name === undefined && isText(generateName)) {
    return other((origin) =>
      documentDiagnostics['generated-name'](
        { prefix: generateName },
        origin.at('metadata', 'generateName'),
        weigh(counts),
      ),
    );
  }
  if (!isText(name)) return incomplete('metadata.name', name, counts);
  if (counts && !isName(name, 253)) return malformed('metadata.name', name);
  if (namespace === undefined || namespace === null || namespace === '') {
    return { kind: 'object', resource: { apiVersion, kind, name }, object: value };
  }
  if (!isText(namespace)) return incomplete('metadata.namespace', namespace, counts);
  if (counts && (!isName(namespace, 63) || namespace.includes('.'))) return malformed('metadata.namespace', namespace);
  return { kind: 'object', resource: { apiVersion, kind, namespace, name }, object: value };
}

function other(finding: Finding): Identity {
  return { kind: 'other', finding };
}

function weigh(counts: boolean): { readonly severity?: 'info' } {
  return counts ? {} : { severity: 'info' };
}

function incomplete(field: string, value: unknown, counts: boolean): Identity {
  const problem =
    value === undefined || value === null || value === '' ? `${field} is missing` : `${field} is ${describe(value)}`;
  return other((origin) =>
    documentDiagnostics['not-an-object']({ problem }, origin.at(...field.split('.')), weigh(counts)),
  );
}

/** No object of a cluster has such a name; a template that was not filled in is named as one. */
function malformed(field: string, value: string): Identity {
  const problem = `${field} ${JSON.stringify(value)} is no name of a Kubernetes object`;
  return other((origin) => documentDiagnostics['not-an-object']({ problem }, origin.at(...field.split('.'))));
}

function isName(text: string, longest: number): boolean {
  const isClosed = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(text);
  return isClosed ? text.length <= longest : findPlaceholder({ text }) !== undefined;
}

/** Files of tools that render manifests: what stands beside them is not what reaches the cluster. */
function foreignFinding(value: unknown, file: string): Finding | undefined {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const { apiVersion, kind } = isMapping(value) ? value : {};
  const directory = directoryOf(file);
  const ofKustomize = typeof apiVersion === 'string' && apiVersion.startsWith('kustomize.config.k8s.io/');
  const namedKustomization = /^kustomization\.ya?ml$/.test(name) && apiVersion === undefined;
  if (ofKustomize || namedKustomization) return (origin) => documentDiagnostics.kustomization({ directory }, origin);
  if (kind !== undefined || !isMapping(value)) return undefined;
  if (/^Chart\.ya?ml$/.test(name)) return (origin) => documentDiagnostics['helm-chart']({ directory }, origin);
  if (/^values([-.][\w.-]+)?\.ya?ml$/.test(name) && apiVersion === undefined) {
    // On its own such a file is harmless: the chart beside it, or its templates, carry the warning.
    return (origin) => documentDiagnostics['helm-chart']({ directory }, origin, { severity: 'info' });
  }
  return undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (isMapping(value)) return 'a mapping';
  if (typeof value === 'string') return 'a text';
  return typeof value === 'number' ? `the number ${value}` : `the boolean ${String(value)}`;
}
