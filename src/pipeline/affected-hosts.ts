import type { Affects, Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceDocument } from '../diagnostics/origin.ts';
import { printHost } from '../emitters/emitter.ts';
import type { Backend } from '../ir/actions.ts';
import { assertNever } from '../ir/assert-never.ts';
import type { ClusterFacts } from '../ir/facts.ts';
import type { Gateway, RoutingModel, VirtualHost } from '../ir/model.ts';

/** Which findings keep a host from being written, by the id of the host. */
export type Withheld = ReadonlyMap<string, readonly Diagnostic[]>;

/** Finds the hosts that each of the findings withholds. */
export function findWithheld(
  findings: readonly Diagnostic[],
  hosts: readonly VirtualHost[],
  model: RoutingModel,
  defaultNamespace: string,
): Withheld {
  const withheld = new Map<string, Diagnostic[]>();
  if (findings.length === 0) return withheld;
  // Indexed once: a large input has thousands of hosts, and in a bad case as many findings.
  const gateways = new Map(model.gateways.map((gateway) => [gateway.id, gateway]));
  const byDocument = indexBy(hosts, (host) => documentsOf(host, gateways));
  const byName = indexBy(hosts, namesOf);
  const byId = indexBy(hosts, ({ id }) => [id]);
  const reach = reachOf(model.facts, defaultNamespace);
  const affected = (affects: Affects, origin: Diagnostic['origin']): readonly VirtualHost[] => {
    switch (affects.kind) {
      case 'none':
        return [];
      case 'all':
        return hosts;
      case 'document':
        return origin === undefined ? hosts : (byDocument.get(origin.document) ?? []);
      case 'hosts':
        return affects.ids.flatMap((id) => byId.get(id) ?? []);
      case 'hostnames':
        return [...new Set(affects.names.flatMap((name) => byName.get(name) ?? []))];
      case 'backends':
        return hosts.filter((host) => backendsOf(host).some((backend) => reach(backend, affects)));
      case 'gateways':
        return hosts.filter(({ scope }) => gatewaysOf(scope, gateways).some((one) => isSelected(one, affects)));
      case 'each-of':
        return [...new Set(affects.of.flatMap((one) => affected(one, origin)))];
      default:
        return assertNever(affects);
    }
  };
  const isSelected = (gateway: Gateway, wanted: Extract<Affects, { kind: 'gateways' }>): boolean => {
    const { namespace, name, labels } = wanted;
    // The gateway of an ingress class stands in a namespace that no object names.
    const own = gateway.source.kind === 'IngressClass' ? namespace : (gateway.namespace ?? defaultNamespace);
    return (
      gateway.podLabels !== undefined &&
      (namespace === undefined || own === namespace) &&
      (name === undefined || gateway.name === name) &&
      contains(gateway.podLabels, labels ?? {})
    );
  };
  for (const finding of findings) {
    for (const { id } of affected(finding.affects, finding.origin)) {
      const causes = withheld.get(id);
      if (causes === undefined) withheld.set(id, [finding]);
      else causes.push(finding);
    }
  }
  return withheld;
}

function indexBy<Key>(
  hosts: readonly VirtualHost[],
  keysOf: (host: VirtualHost) => Iterable<Key>,
): ReadonlyMap<Key, readonly VirtualHost[]> {
  const index = new Map<Key, VirtualHost[]>();
  for (const host of hosts) {
    for (const key of keysOf(host)) {
      const known = index.get(key);
      if (known === undefined) index.set(key, [host]);
      else known.push(host);
    }
  }
  return index;
}

function gatewaysOf(scope: VirtualHost['scope'], gateways: ReadonlyMap<string, Gateway>): readonly Gateway[] {
  if (scope.kind !== 'gateway') return [];
  return scope.listeners.flatMap(({ gateway }) => gateways.get(gateway) ?? []);
}

type Reach = (backend: Backend, affects: Extract<Affects, { kind: 'backends' }>) => boolean;

function documentsOf(host: VirtualHost, gateways: ReadonlyMap<string, Gateway>): ReadonlySet<SourceDocument> {
  const documents = new Set<SourceDocument>([host.origin.document, host.otherwise.origin.document]);
  for (const rule of host.rules) {
    documents.add(rule.origin.document);
    documents.add(rule.source.origin.document);
    documents.add(rule.action.origin.document);
  }
  if (host.scope.kind === 'gateway') {
    for (const { gateway } of host.scope.listeners) {
      const document = gateways.get(gateway)?.origin.document;
      if (document !== undefined) documents.add(document);
    }
  }
  return documents;
}

/** The names a source may write for a host; a mesh host is also known by the short names of its Service. */
function namesOf({ host, scope }: VirtualHost): readonly string[] {
  const written = [printHost(host)];
  if (scope.kind === 'gateway' || scope.target === undefined) return written;
  const { namespace, service } = scope.target;
  return [...written, service, `${service}.${namespace}`, `${service}.${namespace}.svc`];
}

function backendsOf(host: VirtualHost): readonly Backend[] {
  return host.rules.flatMap(({ action }) => {
    if (action.kind !== 'forward') return [];
    const shares = action.shares.flatMap((share) => (share.kind === 'backend' ? [share.backend] : []));
    return [...shares, ...action.mirrors.map(({ backend }) => backend)];
  });
}

/**
 * Whether a backend's pods may carry given labels. Where the input has the pods they decide; else only labels that
 * contradict the Service's selector rule it out, so that a guarded workload is never written without its guard.
 */
function reachOf({ services, workloads }: ClusterFacts, defaultNamespace: string): Reach {
  return (backend, { namespace, service, labels }) => {
    if (namespace !== undefined && (backend.namespace || defaultNamespace) !== namespace) return false;
    if (service !== undefined && backend.name !== service) return false;
    if (labels === undefined || Object.keys(labels).length === 0) return true;
    const known = services.get(`${backend.namespace}/${backend.name}`);
    if (known === undefined || Object.keys(known.selector).length === 0) return true;
    const selector = { ...known.selector, ...backend.subset?.labels };
    const pods = workloads.filter((pod) => pod.namespace === backend.namespace && contains(pod.labels, selector));
    if (pods.length > 0) return pods.some((pod) => contains(pod.labels, labels));
    return Object.entries(labels).every(([key, value]) => !Object.hasOwn(selector, key) || selector[key] === value);
  };
}

function contains(labels: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}
