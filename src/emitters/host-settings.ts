import type { VirtualHost } from '../ir/model.ts';
import { type EmitOptions, type HostSettings, printHost } from './emitter.ts';

/** What the settings say about a host: of its own name, and else of the wildcard that it was expanded from. */
export function settingsOf(host: VirtualHost, options: EmitOptions): HostSettings {
  const [own, wider] = settingsNamesOf(host, options).map((name) => options.hosts[name]);
  return { ...wider, ...own };
}

/** The entry of the settings that says something about a host. */
export function settingsNameOf(host: VirtualHost, field: keyof HostSettings, options: EmitOptions): string | undefined {
  return settingsNamesOf(host, options).find((name) => options.hosts[name]?.[field] !== undefined);
}

/** The names by which the settings know a host, two at most; one of the mesh is also known by the short names of its Service. */
export function settingsNamesOf({ host, scope, expands }: VirtualHost, options: EmitOptions): readonly string[] {
  const name = printHost(host);
  const names = [name];
  if (scope.kind === 'mesh' && scope.target !== undefined) {
    const { service, namespace } = scope.target;
    names.push(
      `${service}.${namespace}.svc.${options.clusterDomain}`,
      `${service}.${namespace}.svc`,
      `${service}.${namespace}`,
    );
  }
  const own = names.filter((one) => Object.hasOwn(options.hosts, one)).slice(0, 1);
  if (expands === undefined) return own;
  const lists = (entry: HostSettings) => entry.expand?.some((listed) => listed.toLowerCase() === name) === true;
  const wider = Object.keys(options.hosts).filter((one) => one !== name && lists(options.hosts[one] ?? {}));
  return [...own, ...wider.slice(0, 1)];
}
