import type { KubernetesService } from '../../ir/facts.ts';
import type { EmitOptions, EmittedResource } from '../emitter.ts';
import { fields } from '../manifest.ts';
import { writtenNamespace } from '../namespaces.ts';
import { buildMetadata, sortKeys } from './metadata.ts';

/** A Service that stands for a part of another one: the same ports, its own selector. */
export function printService(
  service: KubernetesService,
  hosts: readonly string[],
  options: EmitOptions,
): EmittedResource {
  const written = service.origin?.document.resource?.namespace;
  const metadata = buildMetadata(
    {
      name: service.name,
      namespace: writtenNamespace(service.namespace, written, options),
      labels: service.labels,
    },
    options,
  );
  const ports = service.ports.map(({ name, port, targetPort, protocol, appProtocol }) =>
    fields({ name, protocol: protocol === 'TCP' ? undefined : protocol, appProtocol, port, targetPort }),
  );
  const spec = fields({
    clusterIP: service.headless ? 'None' : undefined,
    selector: sortKeys(service.selector),
    ports,
  });
  const object = { apiVersion: 'v1', kind: 'Service', metadata, spec };
  return { object, hosts, ...(service.origin === undefined ? {} : { origin: service.origin }) };
}
