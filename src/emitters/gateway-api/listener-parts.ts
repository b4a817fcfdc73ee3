import type { HostPattern, Listener, ListenerTls } from '../../ir/model.ts';
import { compareText, fields, listOrNone, type Manifest } from '../manifest.ts';
import { sortKeys } from './metadata.ts';

/** A host pattern as a hostname field says it; nothing for every host. */
export function hostnameOf(host: HostPattern): string | undefined {
  return host.kind === 'any' ? undefined : host.kind === 'exact' ? host.name : `*.${host.suffix}`;
}

/** Who may attach to a listener of a Gateway in `own`: the namespaces of the routes that do, and no others. */
/** The part of a parentRef that names a listener: as the source does where its Gateway is not in the input. */
export function printSection(listener: Listener | undefined, section: string): Manifest {
  return fields({ ...(listener?.referredBy ?? { sectionName: section }) });
}

export function printAllowedRoutes(own: string, namespaces: Iterable<string>): Manifest {
  const needed = [...new Set(namespaces)].sort(compareText);
  const [first] = needed;
  if (first === undefined || (needed.length === 1 && first === own)) return { namespaces: { from: 'Same' } };
  const label = 'kubernetes.io/metadata.name';
  const selector =
    needed.length === 1
      ? { matchLabels: { [label]: first } }
      : { matchExpressions: [{ key: label, operator: 'In', values: needed }] };
  return { namespaces: { from: 'Selector', selector } };
}

/** The Secrets of a listener, as seen from the namespace `own` of its Gateway. */
export function printTls(
  certificates: readonly { readonly namespace: string; readonly name: string }[],
  options: ListenerTls['options'],
  own: string,
): Manifest {
  const refs = certificates.map(({ namespace, name }) =>
    fields({ kind: 'Secret', name, namespace: namespace === own ? undefined : namespace }),
  );
  return fields({
    mode: 'Terminate',
    certificateRefs: listOrNone(refs),
    options: Object.keys(options).length === 0 ? undefined : sortKeys(options),
  });
}

/** Whether a listener lets in routes of the namespace of its Gateway and no others. */
export function admitsOwnOnly(allowedRoutes: Listener['allowedRoutes']): boolean {
  const namespaces = allowedRoutes?.['namespaces'];
  if (typeof namespaces !== 'object' || namespaces === null || !('from' in namespaces)) return true;
  return namespaces.from === undefined || namespaces.from === 'Same';
}
