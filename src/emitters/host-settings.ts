import type { VirtualHost } from '../ir/model.ts';
import { type EmitOptions, printHost } from './emitter.ts';

/** What the settings say about a host. */
export function settingsOf(host: VirtualHost, options: EmitOptions): EmitOptions['hosts'][string] {
  const name = settingsNameOf(host, options);
  return (name === undefined ? undefined : options.hosts[name]) ?? {};
}

/** The name by which the settings know a host; one of the mesh is also known by the short names of its Service. */
export function settingsNameOf({ host, scope }: VirtualHost, options: EmitOptions): string | undefined {
  const names = [printHost(host)];
  if (scope.kind === 'mesh' && scope.target !== undefined) {
    const { service, namespace } = scope.target;
    names.push(
      `${service}.${namespace}.svc.${options.clusterDomain}`,
      `${service}.${namespace}.svc`,
      `${service}.${namespace}`,
    );
  }
  return names.find((one) => Object.hasOwn(options.hosts, one));
}
