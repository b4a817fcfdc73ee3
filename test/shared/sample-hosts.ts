import { Origin, type SourceDocument } from '../../src/diagnostics/origin.ts';
import type { EmitOptions } from '../../src/emitters/emitter.ts';
import type { LegalHost, LegalMatch, LegalRule } from '../../src/emitters/legal-host.ts';
import { type Action, type Backend, type Forward, NO_HEADER_OPS } from '../../src/ir/actions.ts';
import type { ClusterFacts, KubernetesService } from '../../src/ir/facts.ts';
import type { Gateway, Listener, RoutingModel, SourceObject, VirtualHost } from '../../src/ir/model.ts';

/** Hand-made legal hosts, for tests that start behind the parsers. */

/** A place in an object of the kind and name. */
export function originOf(kind: string, namespace: string | undefined, name: string): Origin {
  const document: SourceDocument = {
    file: 'input.yaml',
    resource: { apiVersion: 'v1', kind, name, ...(namespace === undefined ? {} : { namespace }) },
    span: () => ({ file: 'input.yaml', line: 1, col: 1, endLine: 1, endCol: 2 }),
    order: 0,
    lineText: () => undefined,
  };
  return new Origin(document);
}

export function sourceOf(name: string, parts: Partial<SourceObject> = {}): SourceObject {
  const kind = parts.kind ?? 'VirtualService';
  return {
    apiVersion: 'networking.istio.io/v1',
    kind,
    namespace: 'shop',
    name,
    labels: {},
    annotations: {},
    origin: originOf(kind, 'shop', name),
    ...parts,
  };
}

export function backendOf(name: string, port = 80, parts: Partial<Backend> = {}): Backend {
  return {
    kind: 'Service',
    namespace: 'shop',
    name,
    port,
    requestHeaders: NO_HEADER_OPS,
    responseHeaders: NO_HEADER_OPS,
    origin: originOf('VirtualService', 'shop', 'shop'),
    ...parts,
  };
}

export function forwardTo(
  backends: readonly (Backend | readonly [Backend, number])[],
  parts: Partial<Forward> = {},
): Forward {
  return {
    kind: 'forward',
    shares: backends.map((one) =>
      'length' in one
        ? { kind: 'backend', backend: one[0], weight: one[1] }
        : { kind: 'backend', backend: one, weight: 1 },
    ),
    requestHeaders: NO_HEADER_OPS,
    responseHeaders: NO_HEADER_OPS,
    mirrors: [],
    origin: originOf('VirtualService', 'shop', 'shop'),
    ...parts,
  };
}

export function matchOf(path: string, parts: Partial<LegalMatch> = {}): LegalMatch {
  const exact = path.startsWith('=');
  return {
    path: { kind: exact ? 'exact' : 'prefix', value: exact ? path.slice(1) : path },
    headers: [],
    query: [],
    ...parts,
  };
}

/** `=/a` is an exact path, `/a` a prefix. */
export function ruleOf(
  source: SourceObject,
  matches: readonly (string | LegalMatch)[],
  action: Action,
  parts: Partial<LegalRule> = {},
): LegalRule {
  const { origin } = source;
  const legal = matches.map((match) => (typeof match === 'string' ? matchOf(match) : match));
  const rule = { source, hostIndex: 0, index: 0, matches: [], action, origin };
  return { source, hostIndex: 0, rule, matches: legal, places: legal.map(() => origin), action, origin, ...parts };
}

export function listenerOf(name: string, parts: Partial<Listener> = {}): Listener {
  return {
    name,
    port: 80,
    protocol: 'HTTP',
    host: { kind: 'any' },
    httpsRedirect: false,
    origin: originOf('Gateway', 'shop', 'gw'),
    ...parts,
  };
}

export function gatewayOf(name: string, listeners: readonly Listener[], parts: Partial<Gateway> = {}): Gateway {
  return {
    id: name,
    namespace: 'shop',
    name,
    className: 'istio',
    workload: 'istio=ingressgateway',
    exposure: 'internal',
    listeners,
    source: sourceOf(name, { kind: 'Gateway', namespace: parts.namespace ?? 'shop' }),
    extra: {},
    origin: originOf('Gateway', 'shop', name),
    ...parts,
  };
}

/** A host at the listeners `gateway/listener`; the first says port and protocol. */
export function hostAt(
  name: string,
  places: readonly string[],
  rules: readonly LegalRule[],
  scope: { readonly port?: number; readonly protocol?: 'HTTP' | 'HTTPS' } = {},
): LegalHost {
  const { port = 80, protocol = 'HTTP' } = scope;
  const listeners = places.map((place) => {
    const [gateway = '', listener = ''] = place.split('/');
    return { gateway, listener };
  });
  const host: VirtualHost = {
    id: `${port}/${name}`,
    scope: { kind: 'gateway', workload: 'istio=ingressgateway', port, protocol, listeners },
    host:
      name === '*'
        ? { kind: 'any' }
        : name.startsWith('*.')
          ? { kind: 'suffix', suffix: name.slice(2), labels: 'many' }
          : { kind: 'exact', name },
    order: { kind: 'first-match' },
    rules: [],
    otherwise: {
      kind: 'respond',
      status: 404,
      responseHeaders: NO_HEADER_OPS,
      origin: originOf('Gateway', 'shop', 'gw'),
    },
    origin: rules[0]?.origin ?? originOf('VirtualService', 'shop', name),
  };
  return { host, rules };
}

/** A Service of the mesh, called by every namespace or by one. */
export function meshHost(
  service: string,
  port: number | undefined,
  rules: readonly LegalRule[],
  client?: string,
): LegalHost {
  const { host } = hostAt(service, [], rules);
  return {
    host: {
      ...host,
      id: `mesh/${service}:${port ?? ''}`,
      scope: {
        kind: 'mesh',
        target: { namespace: 'shop', service },
        ...(port === undefined ? {} : { port }),
        clients: client === undefined ? { kind: 'all' } : { kind: 'namespace', namespace: client },
      },
    },
    rules,
  };
}

export function serviceOf(name: string, parts: Partial<KubernetesService> = {}): KubernetesService {
  return {
    namespace: 'shop',
    name,
    type: 'ClusterIP',
    headless: false,
    ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
    selector: { app: name },
    labels: {},
    annotations: {},
    from: 'input',
    origin: originOf('Service', 'shop', name),
    ...parts,
  };
}

export function modelOf(
  gateways: readonly Gateway[],
  services: readonly KubernetesService[] = [],
  facts: Partial<ClusterFacts> = {},
): RoutingModel {
  return {
    gateways,
    virtualHosts: [],
    carried: [],
    guards: [],
    facts: {
      services: new Map(services.map((service) => [`${service.namespace}/${service.name}`, service])),
      serviceImports: new Map(),
      namespaces: new Map(),
      ingressClasses: new Map(),
      workloads: [],
      grants: [],
      ...facts,
    },
  };
}

export function optionsOf(profile: EmitOptions['profile'], parts: Partial<EmitOptions> = {}): EmitOptions {
  return {
    profile,
    channel: 'standard',
    latticePrefix: 'unknown',
    inPlace: false,
    defaultNamespace: 'default',
    clusterDomain: 'cluster.local',
    explicitTimeouts: false,
    hosts: {},
    limits: {},
    toolVersion: '0.1.0',
    ...parts,
  };
}
