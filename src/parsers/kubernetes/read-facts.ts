import type { KubernetesDocument } from '../../documents/read-documents.ts';
import type { ClusterFacts, KubernetesService, ReferenceGrantFact, Workload } from '../../ir/facts.ts';
import { integer, type Loose, mapping, mappings, text, texts } from '../loose.ts';
import type { ParseOptions } from '../parser.ts';
import { readService, readSettingsService, type SettingsService } from './read-service.ts';
import { readWorkload } from './read-workload.ts';

/** By `namespace/name`. */
export type SettingsServices = Readonly<Record<string, SettingsService>>;

const WORKLOADS = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Rollout',
  'Pod',
]);
const DEFAULT_CLASS = 'ingressclass.kubernetes.io/is-default-class';

/**
 * Reads what the input says about the cluster; the settings fill in Services that it lacks. Values
 * that do not fit are passed over: facts are no product, and nothing is reported about them.
 */
export function readFacts(
  documents: readonly KubernetesDocument[],
  settings: SettingsServices,
  options: ParseOptions,
): ClusterFacts {
  const services = new Map<string, KubernetesService>(
    Object.entries(settings).map(([key, service]) => [key, readSettingsService(key, service)]),
  );
  const serviceImports = new Map<
    string,
    { readonly ports: readonly number[]; readonly origin: KubernetesDocument['origin'] }
  >();
  const namespaces = new Map<string, Readonly<Record<string, string>>>();
  const ingressClasses = new Map<string, { readonly controller: string; readonly isDefault: boolean }>();
  const workloads: Workload[] = [];
  const grants: ReferenceGrantFact[] = [];
  const endpoints = new Map<string, readonly string[]>();
  for (const document of documents) {
    const { kind, name } = document.resource;
    const namespace = document.resource.namespace ?? options.defaultNamespace;
    const spec = mapping(document.object['spec']);
    const metadata = mapping(document.object['metadata']);
    if (kind === 'Service' && document.resource.apiVersion === 'v1') {
      services.set(`${namespace}/${name}`, readService(document, options.defaultNamespace));
    } else if (kind === 'Namespace') {
      namespaces.set(name, { ...texts(metadata['labels']), 'kubernetes.io/metadata.name': name });
    } else if (kind === 'IngressClass') {
      const isDefault = texts(metadata['annotations'])[DEFAULT_CLASS] === 'true';
      ingressClasses.set(name, { controller: text(spec['controller']) ?? '', isDefault });
    } else if (kind === 'ServiceImport') {
      const ports = mappings(spec['ports']).flatMap((port) => integer(port['port']) ?? []);
      serviceImports.set(`${namespace}/${name}`, { ports, origin: document.origin });
    } else if (kind === 'ReferenceGrant' || kind === 'ReferencePolicy') {
      grants.push(readGrant(spec, namespace));
    } else if (kind === 'EndpointSlice') {
      const service = texts(metadata['labels'])['kubernetes.io/service-name'];
      if (service === undefined) continue;
      const key = `${namespace}/${service}`;
      endpoints.set(key, [...new Set([...(endpoints.get(key) ?? []), ...readAddresses(document.object)])].sort());
    } else if (WORKLOADS.has(kind)) {
      workloads.push(readWorkload(document, options.defaultNamespace));
    }
  }
  return { services, serviceImports, namespaces, ingressClasses, workloads, endpoints, grants };
}

/** Addresses that take requests; a condition that is not stated counts as ready, as in Kubernetes. */
function readAddresses(object: Loose): readonly string[] {
  return mappings(object['endpoints'])
    .filter(({ conditions }) => mapping(conditions)['ready'] !== false)
    .flatMap(({ addresses }) => (Array.isArray(addresses) ? addresses.filter((one) => typeof one === 'string') : []));
}

function readGrant(spec: Loose, namespace: string): ReferenceGrantFact {
  const peer = (value: Loose) => ({ group: text(value['group']) ?? '', kind: text(value['kind']) ?? '' });
  return {
    namespace,
    from: mappings(spec['from']).map((from) => ({ ...peer(from), namespace: text(from['namespace']) ?? '' })),
    to: mappings(spec['to']).map((to) => {
      const name = text(to['name']);
      return name === undefined ? peer(to) : { ...peer(to), name };
    }),
  };
}
