import type { Report } from '../../diagnostics/diagnostic.ts';
import type { MeshScope, VirtualHost } from '../../ir/model.ts';
import { HostIndexes } from '../host-indexes.ts';
import { sortByAge } from './age.ts';
import { gatewayApiSourceDiagnostics as d } from './diagnostics.ts';
import type { ParentDraft, RouteDraft } from './draft.ts';
import { notFound } from './gateway-hosts.ts';
import type { Rules } from './rules.ts';

/** A route that a parentRef of kind Service binds to the calls of mesh clients. */
export interface MeshAttachment {
  readonly route: RouteDraft;
  readonly parent: ParentDraft;
}

/**
 * The virtual hosts of the mesh: a route in the Service's namespace is for all clients, one of another namespace for
 * the clients there.
 */
export function buildMeshHosts(
  attachments: readonly MeshAttachment[],
  clusterDomain: string,
  rules: Rules,
  report: Report,
): readonly VirtualHost[] {
  const indexes = new HostIndexes<RouteDraft>(({ hostnames }) => hostnames.length);
  const drafts = new Map<string, { readonly scope: MeshScope; readonly name: string; readonly routes: RouteDraft[] }>();
  for (const { route, parent } of attachments) {
    const [first] = route.hostnames;
    if (first !== undefined) report(d['mesh-ignores-hostnames']({}, first.origin));
    const namespace = parent.namespace ?? route.namespace;
    const isProducer = namespace === route.namespace;
    const id = `service/${namespace}/${parent.name}:${parent.port ?? '*'}${isProducer ? '' : `@${route.namespace}`}`;
    const scope: MeshScope = {
      kind: 'mesh',
      target: { namespace, service: parent.name },
      ...(parent.port === undefined ? {} : { port: parent.port }),
      clients: isProducer ? { kind: 'all' } : { kind: 'namespace', namespace: route.namespace },
    };
    const name = `${parent.name}.${namespace}.svc.${clusterDomain}`;
    const draft = drafts.get(id) ?? { scope, name, routes: [] };
    drafts.set(id, draft);
    if (!draft.routes.includes(route)) draft.routes.push(route);
  }
  return [...drafts].map(([id, { scope, name, routes }]) => {
    const sorted = sortByAge(routes);
    const origin = sorted[0]?.source.origin ?? attachments[0]?.route.source.origin;
    if (origin === undefined) throw new Error('a host of the mesh has a route');
    const virtualHost: VirtualHost = {
      id,
      scope,
      host: { kind: 'exact', name },
      order: { kind: 'gateway-api' },
      rules: sorted.flatMap((route) => rules.of(route, 'specification', indexes.of(route, name, 0))),
      otherwise: notFound(origin),
      origin,
    };
    return virtualHost;
  });
}
