import type { KubernetesDocument } from '../../documents/read-documents.ts';
import type { ReadinessProbe, Workload } from '../../ir/facts.ts';
import { integer, type Loose, mapping, mappings, text, texts } from '../loose.ts';

/** A pod or the pod template of a workload: labels, ports and the first HTTP readiness probe. */
export function readWorkload({ object, resource }: KubernetesDocument, defaultNamespace: string): Workload {
  const spec = mapping(object['spec']);
  const template = resource.kind === 'Pod' ? object : mapping(spec['template']);
  const containers = mappings(mapping(template['spec'])['containers']);
  const readiness = containers.map(readProbe).find((probe) => probe !== undefined);
  return {
    kind: resource.kind,
    namespace: resource.namespace ?? defaultNamespace,
    name: resource.name,
    labels: texts(mapping(template['metadata'])['labels']),
    ports: containers.flatMap((container) => mappings(container['ports']).flatMap(readPort)),
    ...(readiness === undefined ? {} : { readiness }),
  };
}

function readPort(port: Loose): Workload['ports'] {
  const number = integer(port['containerPort']);
  const name = text(port['name']);
  if (number === undefined) return [];
  return [name === undefined ? { port: number } : { name, port: number }];
}

function readProbe(container: Loose): ReadinessProbe | undefined {
  const probe = mapping(container['readinessProbe']);
  const http = mapping(probe['httpGet']);
  const port = integer(http['port']) ?? text(http['port']);
  if (port === undefined) return undefined;
  const seconds = (field: string, as: keyof ReadinessProbe): Partial<ReadinessProbe> => {
    const value = integer(probe[field]);
    return value === undefined ? {} : { [as]: value };
  };
  return {
    path: text(http['path']) ?? '/',
    port,
    scheme: http['scheme'] === 'HTTPS' ? 'HTTPS' : 'HTTP',
    ...seconds('periodSeconds', 'intervalSeconds'),
    ...seconds('timeoutSeconds', 'timeoutSeconds'),
    ...seconds('successThreshold', 'successThreshold'),
    ...seconds('failureThreshold', 'failureThreshold'),
  };
}
