import type { Report } from '../../diagnostics/diagnostic.ts';
import type { KubernetesDocument } from '../../documents/read-documents.ts';
import type { CarriedObject } from '../../ir/model.ts';
import { toSpecObject } from '../source-object.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import { AWS_GROUP } from './reading.ts';

/** The newest version of the kinds that are emitted as they came. */
const NEWEST: Readonly<Record<string, readonly [apiVersion: string, kind: string]>> = {
  GatewayClass: ['gateway.networking.k8s.io/v1', 'GatewayClass'],
  ReferenceGrant: ['gateway.networking.k8s.io/v1beta1', 'ReferenceGrant'],
  ReferencePolicy: ['gateway.networking.k8s.io/v1beta1', 'ReferenceGrant'],
  ServiceImport: [`${AWS_GROUP}/v1alpha1`, 'ServiceImport'],
  ServiceExport: [`${AWS_GROUP}/v1alpha1`, 'ServiceExport'],
};

/** An object that is emitted as it came: its metadata and spec, in the newest version. */
export function toCarried(document: KubernetesDocument, defaultNamespace: string, report: Report): CarriedObject {
  const { apiVersion: from, kind: written } = document.resource;
  const [apiVersion, kind] = NEWEST[written] ?? [from, written];
  const { source } = toSpecObject(document, defaultNamespace);
  const isImport = written === 'ServiceImport' || written === 'ServiceExport';
  if (isImport && !from.startsWith(`${AWS_GROUP}/`)) {
    report(d['kind-moved']({ kind, from, to: apiVersion }, source.origin.at('apiVersion')));
  }
  const { metadata, spec } = document.object;
  const body = {
    apiVersion,
    kind,
    metadata,
    ...(spec === undefined || spec === null ? {} : { spec: withoutNulls(spec) }),
  };
  return { apiVersion, kind, source, body };
}

/** A field that is null counts as absent, as in Kubernetes. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, child]) => child !== null);
  return Object.fromEntries(entries.map(([key, child]) => [key, withoutNulls(child)]));
}
