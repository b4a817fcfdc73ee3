import type { VirtualHost } from '../ir/model.ts';
import { type EmitOptions, printHost } from './emitter.ts';

/** What the settings say about a host; a mesh host is also known by the short names of its Service. */
export function settingsOf({ host, scope }: VirtualHost, options: EmitOptions): EmitOptions['hosts'][string] {
  const names = [printHost(host)];
  if (scope.kind === 'mesh' && scope.target !== undefined) {
    const { service, namespace } = scope.target;
    names.push(
      `${service}.${namespace}.svc.${options.clusterDomain}`,
      `${service}.${namespace}.svc`,
      `${service}.${namespace}`,
    );
  }
  const name = names.find((one) => Object.hasOwn(options.hosts, one));
  return (name === undefined ? undefined : options.hosts[name]) ?? {};
}
