import type { KubernetesDocument } from '../../documents/read-documents.ts';
import type { KubernetesService, ServicePort } from '../../ir/facts.ts';
import { integer, type Loose, mapping, mappings, text, texts } from '../loose.ts';

/** What the settings say about a Service that the input lacks. */
export interface SettingsService {
  readonly ports: readonly {
    readonly name?: string;
    readonly port: number;
    readonly targetPort?: number | string;
    readonly appProtocol?: string;
  }[];
  readonly selector?: Readonly<Record<string, string>>;
}

/** A Service of the input. */
export function readService(
  { object, resource, origin }: KubernetesDocument,
  defaultNamespace: string,
): KubernetesService {
  const metadata = mapping(object['metadata']);
  const spec = mapping(object['spec']);
  return {
    namespace: resource.namespace ?? defaultNamespace,
    name: resource.name,
    type: readType(spec['type']),
    headless: spec['clusterIP'] === 'None',
    ports: mappings(spec['ports']).flatMap(readPort),
    selector: texts(spec['selector']),
    labels: texts(metadata['labels']),
    annotations: texts(metadata['annotations']),
    from: 'input',
    origin,
  };
}

/** A Service of the settings. */
export function readSettingsService(key: string, service: SettingsService): KubernetesService {
  const [namespace = '', name = ''] = key.split('/');
  return {
    namespace,
    name,
    type: 'ClusterIP',
    headless: false,
    ports: service.ports.map((port) => ({ ...port, protocol: 'TCP' })),
    selector: service.selector ?? {},
    labels: {},
    annotations: {},
    from: 'settings',
  };
}

function readType(value: unknown): KubernetesService['type'] {
  return value === 'NodePort' || value === 'LoadBalancer' || value === 'ExternalName' ? value : 'ClusterIP';
}

function readPort(port: Loose): readonly ServicePort[] {
  const number = integer(port['port']);
  if (number === undefined || number < 1 || number > 65_535) return [];
  const name = text(port['name']);
  const targetPort = integer(port['targetPort']) ?? text(port['targetPort']);
  const appProtocol = text(port['appProtocol']);
  return [
    {
      ...(name === undefined ? {} : { name }),
      port: number,
      ...(targetPort === undefined ? {} : { targetPort }),
      protocol: text(port['protocol']) ?? 'TCP',
      ...(appProtocol === undefined ? {} : { appProtocol }),
    },
  ];
}
